"""Reads Tapedeck journals into NumPy arrays.

>>> import tapedeck
>>> tape = tapedeck.open("2026-01-02.qrsdp")
>>> records = tape.read()
>>> adds = records[records["type"] == 1]
"""

import builtins

from . import format1, format2
from .errors import JournalError
from .format1 import Format1Journal
from .format2 import Format2Journal
from .records import EVENT, FORMAT1, MESSAGE

__all__ = ["EVENT", "FORMAT1", "MESSAGE", "Format1Journal", "Format2Journal", "JournalError", "open"]


def open(path):
    """Opens a journal of either format, by its first eight bytes.

    :raises JournalError: if it is damaged, was not closed, or is no journal.
    """
    with builtins.open(path, "rb") as file:
        magic = file.read(8)
    if magic == format2.MAGIC:
        return Format2Journal(path)
    if magic == format1.MAGIC:
        return Format1Journal(path)
    raise JournalError(path, 0, f"the file begins with {magic!r} and is no journal", "Check the path")
