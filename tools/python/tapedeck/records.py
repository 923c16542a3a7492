"""The records as NumPy sees them."""

import numpy as np

#: An event of format 2, or what the bytes of a carried message would be as one; see MESSAGE for those.
EVENT = np.dtype({
    "names": ["block_length", "template", "schema", "version", "sequence", "time_ns", "order_id", "aux_id",
              "instrument_id", "price_ticks", "quantity", "mpid", "flags", "tracking", "type", "side", "reserved"],
    "formats": ["<u2", "<u2", "<u2", "<u2", "<u8", "<i8", "<u8", "<u8",
                "<i4", "<i4", "<i4", "<u4", "<u2", "<u2", "u1", "u1", "<u2"],
    "offsets": [0, 2, 4, 6, 8, 16, 24, 32, 40, 44, 48, 52, 56, 58, 60, 61, 62],
    "itemsize": 64,
})

#: The same bytes as a carried ITCH message: ``records[records["template"] == 2].view(MESSAGE)``.
MESSAGE = np.dtype({
    "names": ["template", "sequence", "time_ns", "body", "instrument_id", "tracking", "type", "body_size"],
    "formats": ["<u2", "<u8", "<i8", "V32", "<i4", "<u2", "u1", "u1"],
    "offsets": [2, 8, 16, 24, 56, 60, 62, 63],
    "itemsize": 64,
})

#: A record of format 1, 26 bytes.
FORMAT1 = np.dtype([("time_ns", "<u8"), ("type", "u1"), ("side", "u1"), ("price_ticks", "<i4"), ("quantity", "<u4"),
                    ("order_id", "<u8")])

BLOCK_LENGTH = 56
SCHEMA = 5440
EVENT_TEMPLATE = 1
MESSAGE_TEMPLATE = 2
