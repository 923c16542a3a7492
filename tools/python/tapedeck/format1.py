"""Journals of format 1: the queue events of one session."""

import struct

import lz4.block
import numpy as np

from .errors import JournalError
from .records import FORMAT1

MAGIC = b"QRSDPLOG"

_HEADER = struct.Struct("<8sHHIQiIIIIIIIQ")
_CHUNK = struct.Struct("<IIIIQQ")
_ENTRY = struct.Struct("<QQQII")
_TAIL = struct.Struct("<I4sQ")
_MAX_CAPACITY = 1 << 20
_MAX_INT = (1 << 31) - 1
_DAY_NS = 86_400 * 10**9
_FIELDS = ("major", "minor", "record_size", "seed", "opening_price_ticks", "tick_size", "session_seconds",
           "levels_per_side", "initial_spread_ticks", "initial_depth", "chunk_capacity", "flags", "market_open_ns")


class Format1Journal:
    """A closed file. Header and index are checked when it is opened, each chunk when it is read.

    There is no checksum: a changed price, quantity or order id cannot be noticed.
    """

    def __init__(self, path):
        self.path = path
        self._bytes = memoryview(np.memmap(path, dtype=np.uint8, mode="r"))
        if len(self._bytes) < _HEADER.size:
            raise self._error(0, f"the file has {len(self._bytes)} bytes, a header alone has {_HEADER.size}")
        magic, *values = _HEADER.unpack(self._bytes[:_HEADER.size])
        if magic != MAGIC:
            raise self._error(0, f"magic is {magic!r}, must be {MAGIC!r}")
        #: Every field of the file header by its name.
        self.header = dict(zip(_FIELDS, values))
        self._require_header()
        self._read_index()

    def __len__(self):
        return self.record_count

    def _error(self, offset, fault, *remedy):
        return JournalError(self.path, offset, fault, *remedy)

    def _require_header(self):
        limits = (("major", 1, 1, 8), ("record_size", FORMAT1.itemsize, FORMAT1.itemsize, 12),
                  ("tick_size", 1, _MAX_INT, 28), ("session_seconds", 0, _MAX_INT, 32),
                  ("levels_per_side", 0, _MAX_INT, 36), ("initial_spread_ticks", 0, _MAX_INT, 40),
                  ("initial_depth", 0, _MAX_INT, 44), ("chunk_capacity", 1, _MAX_CAPACITY, 48), ("flags", 0, 1, 52),
                  ("market_open_ns", 0, _DAY_NS - 1, 56))
        for name, least, greatest, offset in limits:
            if not least <= self.header[name] <= greatest:
                raise self._error(offset, f"{name} is {self.header[name]}, must be {least} to {greatest}")

    def _read_index(self):
        self._entries = []
        self.record_count = 0
        length = len(self._bytes)
        if not self.header["flags"]:
            if length > _HEADER.size:
                raise self._error(52, "the file has chunks and no index: its writer has not closed it")
            return
        tail_at = length - _TAIL.size
        if tail_at < _HEADER.size:
            raise self._error(length, "the file is too short for its index")
        count, magic, index_at = _TAIL.unpack(self._bytes[tail_at:])
        if magic != b"QIDX" or index_at < _HEADER.size or index_at + count * _ENTRY.size != tail_at:
            raise self._error(tail_at, "the tail does not fit the file")
        entries = list(_ENTRY.iter_unpack(self._bytes[index_at:tail_at]))
        behind = [entry[0] for entry in entries[1:]] + [index_at]
        offset = _HEADER.size
        last_time = 0
        for i, ((at, first_ns, last_ns, records, reserved), end) in enumerate(zip(entries, behind)):
            if (at != offset or end < at + _CHUNK.size or not 1 <= records <= self.header["chunk_capacity"] or reserved
                    or not last_time <= first_ns <= last_ns):
                raise self._error(index_at + i * _ENTRY.size, f"index entry {i} does not follow the one before it")
            self._entries.append((at, end, first_ns, last_ns, records))
            self.record_count += records
            offset = end
            last_time = last_ns

    @property
    def chunk_count(self):
        """How many chunks there are."""
        return len(self._entries)

    def read_chunk(self, number):
        """The records of a chunk, from 0, as an array of FORMAT1."""
        at, end, first_ns, last_ns, count = self._entries[number]
        expected = (count * FORMAT1.itemsize, end - at - _CHUNK.size, count, 0, first_ns, last_ns)
        if _CHUNK.unpack(self._bytes[at:at + _CHUNK.size]) != expected:
            raise self._error(at, f"the header of chunk {number} is not what the index says")
        try:
            raw = lz4.block.decompress(self._bytes[at + _CHUNK.size:end], uncompressed_size=expected[0])
        except lz4.block.LZ4BlockError as ex:
            raise self._error(at, f"chunk {number} does not inflate: {ex}") from ex
        if len(raw) != expected[0]:
            raise self._error(at, f"chunk {number} inflates to {len(raw)} bytes, must be {expected[0]}")
        records = np.frombuffer(raw, dtype=FORMAT1)
        times = records["time_ns"]
        if (times[0] != first_ns or times[-1] != last_ns or (times[1:] < times[:-1]).any() or times[-1] >> np.uint64(63)
                or (records["type"] > 5).any() or (records["side"] > 2).any()):
            raise self._error(at, f"chunk {number} has a record that cannot be one")
        return records

    def __iter__(self):
        """Chunk after chunk."""
        for number in range(self.chunk_count):
            yield self.read_chunk(number)

    def read(self):
        """All records in one array."""
        chunks = list(self)
        return np.concatenate(chunks) if chunks else np.zeros(0, dtype=FORMAT1)

    def verify(self):
        """Reads everything.

        :raises JournalError: if anything is wrong.
        """
        for _ in self:
            pass
