"""CRC-32C (RFC 3720) over whole buffers with array operations.

The register is linear: rows of a buffer are taken side by side, one byte of each at a time, and then neighbours are
joined, each time shifting the left ones over the length of the right ones.
"""

import functools

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


def _over_zeros(length, registers):
    """What becomes of registers over so many zero bytes."""
    tables = _tables(length)
    result = tables[0][registers & 255]
    for byte in range(1, 4):
        result ^= tables[byte][(registers >> np.uint32(8 * byte)) & 255]
    return result


@functools.lru_cache(maxsize=4096)
def _tables(length):
    """The linear map of so many zero bytes: what becomes of each value of each byte of the register."""
    if length == 1:
        bits = _over_zero_byte(_BITS)
    else:
        bits = _over_zeros(length // 2, _over_zeros(length // 2, _BITS))
        if length % 2:
            bits = _over_zero_byte(bits)
    tables = np.zeros((4, 256), dtype=np.uint32)
    for byte in range(4):
        for bit in range(8):
            tables[byte, 1 << bit:2 << bit] = tables[byte, :1 << bit] ^ bits[8 * byte + bit]
    return tables


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
        register = _over_zeros(width, register[0::2]) ^ register[1::2]
        width *= 2
    return int(register[0]) ^ 0xFFFFFFFF
