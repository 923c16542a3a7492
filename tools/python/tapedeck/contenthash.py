"""The content hash: SHA-256 over the XXH64 of every 65,536 bytes of the records.

See https://github.com/Cyan4973/xxHash/blob/dev/doc/xxhash_spec.md for XXH64. Blocks of the same length go side by side.
"""

import hashlib

import numpy as np

BLOCK_BYTES = 65536

_P1 = np.uint64(0x9E3779B185EBCA87)
_P2 = np.uint64(0xC2B2AE3D27D4EB4F)
_P3 = np.uint64(0x165667B19E3779F9)
_P4 = np.uint64(0x85EBCA77C2B2AE63)
_P5 = np.uint64(0x27D4EB2F165667C5)
_BLOCKS_AT_ONCE = 128


def _rotate(values, bits):
    return (values << np.uint64(bits)) | (values >> np.uint64(64 - bits))


def _round(lane, values):
    return _rotate(lane + values * _P2, 31) * _P1


def xxh64(blocks):
    """Hashes of the rows of an array of u64, seed 0. A row is a whole number of records, so of eight words."""
    count, words = blocks.shape
    with np.errstate(over="ignore"):
        lanes = np.empty((4, count), dtype=np.uint64)
        lanes[0] = _P1 + _P2
        lanes[1] = _P2
        lanes[2] = 0
        lanes[3] = np.uint64(0) - _P1
        stripes = np.ascontiguousarray(blocks.reshape(count, words // 4, 4).transpose(1, 2, 0))
        for stripe in stripes:
            lanes = _round(lanes, stripe)
        result = _rotate(lanes[0], 1) + _rotate(lanes[1], 7) + _rotate(lanes[2], 12) + _rotate(lanes[3], 18)
        for lane in lanes:
            result = (result ^ _round(np.uint64(0), lane)) * _P1 + _P4
        result += np.uint64(words * 8)
        result = (result ^ (result >> np.uint64(33))) * _P2
        result = (result ^ (result >> np.uint64(29))) * _P3
        return result ^ (result >> np.uint64(32))


class ContentHash:
    """Takes in records, in order, in arrays of any length."""

    def __init__(self):
        self._digest = hashlib.sha256()
        self._waiting = np.zeros(0, dtype=np.uint64)

    def update(self, records):
        """Takes in slots of 64 bytes."""
        self._waiting = np.concatenate([self._waiting, np.ascontiguousarray(records).view("<u8").ravel()])
        words = BLOCK_BYTES // 8
        if len(self._waiting) >= _BLOCKS_AT_ONCE * words:
            self._add(len(self._waiting) // words)

    def _add(self, count):
        words = BLOCK_BYTES // 8
        for first in range(0, count, _BLOCKS_AT_ONCE):
            last = min(count, first + _BLOCKS_AT_ONCE)
            hashes = xxh64(self._waiting[first * words:last * words].reshape(last - first, words))
            self._digest.update(hashes.astype("<u8").tobytes())
        self._waiting = self._waiting[count * words:]

    def hexdigest(self):
        """Ends the hash: 64 hexadecimal digits."""
        self._add(len(self._waiting) // (BLOCK_BYTES // 8))
        if len(self._waiting):
            self._digest.update(xxh64(self._waiting.reshape(1, -1)).astype("<u8").tobytes())
            self._waiting = self._waiting[:0]
        return self._digest.hexdigest()
