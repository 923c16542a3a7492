"""Journals of format 2: order-level records of a unit's day."""

import json
import struct

import numpy as np

from . import columns
from .contenthash import ContentHash
from .crc32c import crc32c
from .errors import Fault, JournalError, require
from .records import EVENT, SCHEMA

MAGIC = b"TAPEDECK"

_HEADER = struct.Struct("<8sHHIHHIII")
_CHUNK = struct.Struct("<4sIIIQII4qQ4Q")
_TAIL = struct.Struct("<32sQQIII4s")
_ENTRY_BYTES = 104
_MAX_CAPACITY = 1 << 16
_MAX_METADATA = 1 << 24
_NEWER = "Read it with the program that wrote it"


class Chunk:
    """What a chunk header says: where it is, what is in it, and which times it spans."""

    def __init__(self, path, offset, header):
        (self.magic, self.header_crc, self.payload_crc, self.payload_length, self.first_sequence, self.record_count,
         self.reserved, self.first_time_ns, self.last_time_ns, self.least_time_ns, self.greatest_time_ns,
         self.types, *self.instruments) = _CHUNK.unpack(header)
        self.path = path
        self.offset = offset
        self.header = header

    def fault(self, fault):
        """An error at this chunk."""
        return JournalError(self.path, self.offset, f"chunk of records {self.first_sequence} to"
                            f" {self.first_sequence + self.record_count - 1}: {fault}")


class Format2Journal:
    """A closed file. Header and index are checked when it is opened, each chunk when it is read.

    Memory is that of the file's bytes in the page cache and of the chunks that are asked for.
    """

    def __init__(self, path):
        self.path = path
        self._data = np.memmap(path, dtype=np.uint8, mode="r")
        self._bytes = memoryview(self._data)
        self._read_header()
        self._read_footer()

    def __len__(self):
        return self.record_count

    def _error(self, offset, fault, *remedy):
        return JournalError(self.path, offset, fault, *remedy)

    def _read_header(self):
        if len(self._data) < _HEADER.size:
            raise self._error(0, f"the file has {len(self._data)} bytes, a header alone has {_HEADER.size}")
        (magic, major, minor, self.chunk_capacity, schema, schema_version, length, metadata_crc,
         header_crc) = _HEADER.unpack(self._bytes[:_HEADER.size])
        if magic != MAGIC:
            raise self._error(0, f"magic is {magic!r}, must be {MAGIC!r}")
        if (major, minor) != (2, 1):
            raise self._error(8, f"version is {major}.{minor}, must be 2.1", _NEWER)
        if crc32c(self._bytes[:28]) != header_crc:
            raise self._error(0, "the file header does not match its checksum")
        if (schema, schema_version) != (SCHEMA, 0):
            raise self._error(16, f"record schema is {schema} version {schema_version}, must be {SCHEMA} version 0", _NEWER)
        if not 1 <= self.chunk_capacity <= _MAX_CAPACITY:
            raise self._error(12, f"chunk capacity is {self.chunk_capacity}, must be 1 to {_MAX_CAPACITY}")
        self._data_offset = _HEADER.size + length
        if length > _MAX_METADATA or self._data_offset > len(self._data):
            raise self._error(20, f"metadata length is {length}, which is not inside the file")
        metadata = bytes(self._bytes[_HEADER.size:self._data_offset])
        if crc32c(metadata) != metadata_crc:
            raise self._error(_HEADER.size, "the metadata does not match its checksum")
        try:
            #: What the file says of its session, as the format's documentation lists it.
            self.metadata = json.loads(metadata.decode("ascii"))
        except ValueError as ex:
            raise self._error(_HEADER.size, f"the metadata is no JSON: {ex}") from ex

    def _read_footer(self):
        tail_at = len(self._data) - _TAIL.size
        if tail_at < self._data_offset + 8 or bytes(self._bytes[-4:]) != b"TEND":
            raise self._error(len(self._data), "the file has no footer: its writer has not closed it")
        content_hash, self.record_count, index_at, count, flags, crc, _ = _TAIL.unpack(self._bytes[tail_at:])
        if index_at < self._data_offset or index_at + 8 + count * _ENTRY_BYTES != tail_at:
            raise self._error(tail_at, f"the footer of {count} chunks at {index_at} does not fit the file")
        if crc32c(self._bytes[index_at:len(self._data) - 8]) != crc:
            raise self._error(index_at, "the footer does not match its checksum")
        if bytes(self._bytes[index_at:index_at + 8]) != b"TIDX" + count.to_bytes(4, "little") or flags > 1:
            raise self._error(index_at, "the footer is not one")
        #: 64 hexadecimal digits, as the file has it; :meth:`verify` compares it with the records.
        self.content_hash = content_hash.hex()
        self.chunks = []
        behind = self._data_offset
        sequence = 0
        records = 0
        for i in range(count):
            at = index_at + 8 + i * _ENTRY_BYTES
            offset = int.from_bytes(self._bytes[at:at + 8], "little")
            chunk = Chunk(self.path, offset, b"TCHK" + bytes(4) + bytes(self._bytes[at + 8:at + _ENTRY_BYTES]))
            gap_is_right = chunk.first_sequence > sequence if flags else chunk.first_sequence == sequence + 1
            if (offset != behind or not gap_is_right or not 1 <= chunk.record_count <= self.chunk_capacity
                    or chunk.reserved or offset + _CHUNK.size + chunk.payload_length > index_at):
                raise self._error(at, f"index entry {i} does not follow the one before it")
            behind = offset + _CHUNK.size + chunk.payload_length
            sequence = chunk.first_sequence + chunk.record_count - 1
            records += chunk.record_count
            self.chunks.append(chunk)
        if behind != index_at or records != self.record_count:
            raise self._error(index_at, "the index does not cover the file")

    def read_chunk(self, chunk):
        """The records of one of :attr:`chunks`, as an array of EVENT."""
        header = bytes(self._bytes[chunk.offset:chunk.offset + _CHUNK.size])
        at = chunk.offset + _CHUNK.size
        payload = bytes(self._bytes[at:at + chunk.payload_length])
        if header[:4] != b"TCHK" or header[8:] != chunk.header[8:]:
            raise chunk.fault("the chunk header is not the one that the index has")
        if crc32c(header[8:]) != int.from_bytes(header[4:8], "little"):
            raise chunk.fault("the chunk header does not match its checksum")
        if crc32c(payload) != chunk.payload_crc:
            raise chunk.fault("the payload does not match its checksum")
        try:
            records = columns.decode(payload, chunk.record_count, chunk.first_sequence, chunk.first_time_ns)
            self._require_header(chunk, records)
            return records
        except Fault as ex:
            raise chunk.fault(str(ex)) from ex

    @staticmethod
    def _require_header(chunk, records):
        times = records["time_ns"]
        require((times[0], times[-1], times.min(), times.max())
                == (chunk.first_time_ns, chunk.last_time_ns, chunk.least_time_ns, chunk.greatest_time_ns),
                "the times are not those of the chunk header")

    def __iter__(self):
        """Chunk after chunk."""
        for chunk in self.chunks:
            yield self.read_chunk(chunk)

    def read(self, first_chunk=0, last_chunk=None):
        """The records of a range of chunks in one array; of all if none is given."""
        wanted = self.chunks[first_chunk:last_chunk]
        records = np.empty(sum(chunk.record_count for chunk in wanted), dtype=EVENT)
        at = 0
        for chunk in wanted:
            records[at:at + chunk.record_count] = self.read_chunk(chunk)
            at += chunk.record_count
        return records

    def verify(self):
        """Reads everything and compares the content hash.

        :raises JournalError: if anything is wrong.
        """
        content_hash = ContentHash()
        for records in self:
            content_hash.update(records)
        if content_hash.hexdigest() != self.content_hash:
            raise self._error(len(self._data) - _TAIL.size, "the records do not have the content hash of the footer")
