"""CRC-32C (RFC 3720) over whole buffers with array operations.

The register is linear: rows of a buffer are taken side by side, one byte of each at a time, and then neighbours are
joined, each time shifting the left ones over the length of the right ones.
"""

import numpy as np

_POLYNOMIAL = 0x82F63B78
_ROWS = 512


def _byte_table():
    table = np.arange(256, dtype=np.uint32)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ np.uint32(_POLYNOMIAL), table >> 1).astype(np.uint32)
    return table


_TABLE = _byte_table()
_BITS = np.uint32(1) << np.arange(32, dtype=np.uint32)


def _over_zero_byte(register):
    return (register >> 8) ^ _TABLE[register & 255]


def _apply(columns, values):
    """A linear map, given by what becomes of each of the 32 bits, by way of a table for each byte."""
    result = np.zeros_like(values)
    for byte in range(4):
        table = np.zeros(256, dtype=np.uint32)
        for bit in range(8):
            table[1 << bit:2 << bit] = table[:1 << bit] ^ columns[8 * byte + bit]
        result ^= table[(values >> np.uint32(8 * byte)) & 255]
    return result


def _power(length, cache={}):
    """What becomes of each bit of the register over so many zero bytes."""
    columns = cache.get(length)
    if columns is None:
        if length == 1:
            columns = _over_zero_byte(_BITS)
        else:
            half = _power(length // 2)
            columns = _apply(half, half)
            if length % 2:
                columns = _over_zero_byte(columns)
        cache[length] = columns
    return columns


def crc32c(data):
    """The CRC of bytes or of an array of them, as an int."""
    message = np.frombuffer(data, dtype=np.uint8)
    if len(message) < 4 * _ROWS:
        register = 0xFFFFFFFF
        table = _TABLE
        for byte in message.tobytes():
            register = (register >> 8) ^ int(table[(register ^ byte) & 255])
        return register ^ 0xFFFFFFFF
    # Zeros in front change nothing in a register that begins with 0; that it begins with ones is said by four bytes.
    width = -(-len(message) // _ROWS)
    padded = np.zeros(_ROWS * width, dtype=np.uint8)
    padded[-len(message):] = message
    padded[len(padded) - len(message):][:4] ^= 0xFF
    rows = np.ascontiguousarray(padded.reshape(_ROWS, width).T)
    register = np.zeros(_ROWS, dtype=np.uint32)
    for column in rows:
        register = (register >> 8) ^ _TABLE[(register ^ column) & 255]
    while len(register) > 1:
        register = _apply(_power(width), register[0::2]) ^ register[1::2]
        width *= 2
    return int(register[0]) ^ 0xFFFFFFFF
