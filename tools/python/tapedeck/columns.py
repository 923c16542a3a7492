"""The payload of a chunk of format 2: records as columns, decoded all at once."""

import lz4.block
import numpy as np

from .errors import Fault, require
from .records import BLOCK_LENGTH, EVENT, EVENT_TEMPLATE, MESSAGE_TEMPLATE, SCHEMA

_HEAD_BYTES = 84
_FORM_BYTES = 8
_RAW = 15
_RAW_BYTES = 48
_SECTIONS = ("directory", "controls", "bits", "order ids", "aux ids", "extras")

# Of a listed id: width of the distance and what it begins at, by its half byte.
_ID_WIDTH = np.array(list(range(13)) + [16, 32, 64], dtype=np.int64)
_ID_BASE = np.array([(1 << c) - 1 for c in range(13)] + [8191, 73727, 0], dtype=np.uint64)


def _u32(data, offset):
    return int.from_bytes(data[offset:offset + 4], "little")


def _unzigzag(values):
    """Signed, of unsigned 64 bit numbers."""
    return (values >> np.uint64(1)).view(np.int64) ^ -(values & np.uint64(1)).view(np.int64)


class _Bits:
    """Numbers of any width at any place of a string of bits, the lowest bit first."""

    def __init__(self, data):
        self.length_bits = 8 * len(data)
        padded = np.zeros(len(data) + 16, dtype=np.uint8)
        padded[:len(data)] = data
        # The eight bytes from every byte on.
        self._words = np.lib.stride_tricks.as_strided(padded[:8].view("<u8"), (len(data) + 8,), (1,))
        self._bytes = padded

    def take(self, position, width):
        """Numbers of 0 to 64 bits as u64; arrays of the same length."""
        at = position >> 3
        shift = (position & 7).astype(np.uint64)
        value = self._words[at] >> shift
        wide = np.flatnonzero(width > 56)
        if len(wide):
            above = self._bytes[at[wide] + 8].astype(np.uint64)
            # Two shifts, because one of 64 is none.
            value[wide] |= (above << (np.uint64(63) - shift[wide])) << np.uint64(1)
        return value & ((np.uint64(1) << np.minimum(width, 63).astype(np.uint64)) - np.uint64(1)
                        | np.where(width == 64, ~np.uint64(0), np.uint64(0)))


def _ends(position, width, bits, section):
    """Makes sure that a section of bits is used up, and that the rest of its last byte is zeros."""
    used = int(position[-1] + width[-1]) if len(position) else 0
    require(-(-used // 8) * 8 == bits.length_bits,
            f"the section of {section} has {bits.length_bits // 8} bytes, of which {used} bits are used")
    if bits.length_bits > used:
        last = bits.take(np.array([used]), np.array([bits.length_bits - used]))
        require(last[0] == 0, f"the section of {section} does not end with zeros")


def _varints(data):
    """All varints of a section, and where each of them begins."""
    if len(data) == 0:
        return np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)
    ends = np.flatnonzero(data < 128)
    require(len(ends) and ends[-1] == len(data) - 1, "the directory ends within a number")
    starts = np.concatenate([[0], ends[:-1] + 1])
    require((ends - starts).max() < 10, "the directory has a number of more than ten bytes")
    place = np.arange(len(data)) - np.repeat(starts, ends - starts + 1)
    parts = (data & 127).astype(np.uint64) << (7 * place).astype(np.uint64)
    return np.add.reduceat(parts, starts), starts


def _sections(payload, at):
    """The six sections, inflated."""
    sections = []
    for i, name in enumerate(_SECTIONS):
        length = _u32(payload, 36 + 8 * i)
        stored = _u32(payload, 40 + 8 * i)
        require(stored <= length <= 255 * stored, f"the {name} have length {length} and stored length {stored}")
        require(at + stored <= len(payload), f"the {name} go beyond the payload")
        data = payload[at:at + stored]
        at += stored
        if stored < length:
            try:
                data = lz4.block.decompress(data, uncompressed_size=length)
            except lz4.block.LZ4BlockError as ex:
                raise Fault(f"the {name} do not inflate: {ex}") from ex
            require(len(data) == length, f"the {name} inflate to {len(data)} bytes, must be {length}")
        sections.append(np.frombuffer(data, dtype=np.uint8))
    require(at == len(payload), f"the payload has {len(payload)} bytes, its sections end at {at}")
    return sections


class _Forms:
    """What records have in common; form 15 stands for raw records and has nothing."""

    def __init__(self, payload, count):
        require(count <= _RAW, f"{count} forms, must be at most 15")
        require(len(payload) >= _HEAD_BYTES + _FORM_BYTES * count, "the payload ends within its forms")
        raw = np.frombuffer(payload, dtype=np.uint8, count=_FORM_BYTES * count, offset=_HEAD_BYTES)
        raw = raw.reshape(count, _FORM_BYTES)
        key = np.zeros(16, dtype=np.int64)
        key[:count] = raw[:, 0:2].copy().view("<u2").ravel()
        self.quantity_width = np.zeros(16, dtype=np.int64)
        self.quantity_width[:count] = raw[:, 2]
        self.quantity_base = np.zeros(16, dtype=np.int64)
        self.quantity_base[:count] = raw[:, 4:8].copy().view("<u4").ravel()
        require(not raw[:, 3].any() and not (key >> 13).any(), "a form has bits that must be 0")
        require((self.quantity_width <= 24).all(), "a form has quantities of more than 24 bits")
        self.type = key & 15
        self.side = key >> 4 & 3
        self.flags = key >> 6 & 3
        self.has_attributes = (key >> 8 & 1).astype(bool)
        self.price = key >> 9 & 3
        self.is_new = (key >> 11 & 1).astype(bool)
        self.has_aux = (key >> 12 & 1).astype(bool)
        require(not (self.is_new & ((self.price == 0) | (self.price == 2))).any(),
                "a form makes an order and gives it no price")
        require(not (self.is_new & (self.price == 3) & self.has_aux).any(), "a form has two aux ids")


class _Directory:
    """The instruments of a chunk, and the orders that they begin with."""

    def __init__(self, data, instrument_count, carried_count, new_count, are_orders_listed, are_auxes_listed):
        values, _ = _varints(data)
        signed = _unzigzag(values)
        fixed = 5 + (not are_orders_listed) + (not are_auxes_listed)
        require(len(values) == fixed * instrument_count + 2 * carried_count,
                f"the directory has {len(values)} numbers, which is not what the head says")
        count = instrument_count
        self.instrument_id = np.zeros(count, dtype=np.int64)
        self.carried = np.zeros(count, dtype=np.int64)
        self.new = np.zeros(count, dtype=np.int64)
        self.base_price = np.zeros(count, dtype=np.int64)
        self.price_unit = np.zeros(count, dtype=np.int64)
        self.first_order = np.zeros(count, dtype=np.uint64)
        self.first_aux = np.zeros(count, dtype=np.uint64)
        #: Where an instrument's list of orders begins among all orders.
        self.list_start = np.zeros(count, dtype=np.int64)
        self.order_id = np.zeros(carried_count + new_count, dtype=np.uint64)
        self.order_price = np.zeros(carried_count + new_count, dtype=np.int64)
        at = 0
        order = 0
        for i in range(count):
            require(at + fixed <= len(values), "the directory ends within an instrument")
            numbers = values[at:at + fixed]
            self.instrument_id[i] = np.int64(numbers[0].astype(np.uint32).view(np.int32))
            carried = int(numbers[1])
            new = int(numbers[2])
            require(order + carried + new <= len(self.order_id), "instruments have more orders than the head says")
            self.carried[i] = carried
            self.new[i] = new
            self.base_price[i] = signed[at + 3]
            self.price_unit[i] = numbers[4].view(np.int64)
            if not are_orders_listed:
                self.first_order[i] = numbers[5]
            if not are_auxes_listed:
                self.first_aux[i] = numbers[-1]
            at += fixed
            require(at + 2 * carried <= len(values), "the directory ends within an instrument's orders")
            pairs = slice(at, at + 2 * carried)
            self.list_start[i] = order
            self.order_id[order:order + carried] = np.cumsum(signed[pairs][0::2].view(np.uint64)) + self.first_order[i]
            self.order_price[order:order + carried] = signed[pairs][1::2] + self.base_price[i]
            at += 2 * carried
            order += carried + new
        require(at == len(values), "the directory is longer than its instruments")
        require(self.carried.sum() == carried_count and self.new.sum() == new_count,
                "instruments have fewer orders than the head says")


def _listed(data, count, section):
    """Ids that are listed."""
    if count == 0:
        require(len(data) == 0, f"the section of {section} has {len(data)} bytes for no id")
        return np.zeros(0, dtype=np.uint64)
    half_bytes = -(-count // 2)
    require(len(data) >= half_bytes, f"the section of {section} is too short for {count} ids")
    codes = np.empty(2 * half_bytes, dtype=np.uint8)
    codes[0::2] = data[:half_bytes] & 15
    codes[1::2] = data[:half_bytes] >> 4
    require(count == len(codes) or codes[-1] == 0, f"the section of {section} has a code for no id")
    width = _ID_WIDTH[codes[:count]]
    position = np.cumsum(width) - width
    bits = _Bits(data[half_bytes:])
    require(position[-1] + width[-1] <= bits.length_bits, f"the section of {section} is too short for {count} ids")
    _ends(position, width, bits, section)
    return np.cumsum(bits.take(position, width) + _ID_BASE[codes[:count]], dtype=np.uint64)


def _ranks(groups):
    """The how-manieth of its group each element is, from 0."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(groups) else np.zeros(0, int)
    ranks = np.empty(len(groups), dtype=np.int64)
    ranks[order] = np.arange(len(groups)) - np.repeat(starts, np.diff(np.append(starts, len(groups))))
    return ranks


def _running_sums(groups, values):
    """Sums within each group up to and with each element."""
    order = np.argsort(groups, kind="stable")
    ordered = groups[order]
    sums = np.cumsum(values[order])
    starts = np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]])) if len(groups) else np.zeros(0, int)
    before = sums[starts] - values[order][starts]
    result = np.empty(len(groups), dtype=np.int64)
    result[order] = sums - np.repeat(before, np.diff(np.append(starts, len(groups))))
    return result


def _extras(data, is_raw, has_delta, has_attributes):
    """Where each record's extras begin, and the prices less those of the orders."""
    fixed = _RAW_BYTES * is_raw.astype(np.int64) + 8 * has_attributes.astype(np.int64)
    start = np.cumsum(fixed) - fixed
    at_delta = np.flatnonzero(has_delta)
    deltas = np.zeros(len(at_delta), dtype=np.int64)
    lengths = np.zeros(len(is_raw), dtype=np.int64)
    if len(at_delta):
        # How long a number is says where the next one begins; there is no way around one after the other.
        stream = data.tobytes()
        moved = 0
        values = []
        sizes = []
        for begin in start[at_delta].tolist():
            at = begin + moved
            value = shift = 0
            while True:
                require(at < len(stream) and shift < 70, "the extras end within a number")
                byte = stream[at]
                at += 1
                value |= (byte & 127) << shift
                shift += 7
                if byte < 128:
                    break
            values.append(value & 0xFFFFFFFFFFFFFFFF)
            sizes.append(at - begin - moved)
            moved = at - begin
        deltas = _unzigzag(np.array(values, dtype=np.uint64))
        lengths[at_delta] = sizes
    start = start + np.cumsum(lengths) - lengths
    used = int(fixed.sum() + lengths.sum())
    require(used == len(data), f"the extras have {len(data)} bytes, the records need {used}")
    # Attributes stand behind the price.
    return start + lengths, deltas


def _gather(data, starts, length):
    return data[starts[:, None] + np.arange(length)]


def decode(payload, count, first_sequence, first_time_ns):
    """The records of a payload whose CRC matched, as an array of EVENT.

    :raises Fault: if it is not what the format says.
    """
    require(len(payload) >= _HEAD_BYTES, f"the payload has {len(payload)} bytes, a head alone has {_HEAD_BYTES}")
    instrument_count, carried_count, new_count = (_u32(payload, at) for at in (0, 4, 8))
    listed_orders, listed_auxes = _u32(payload, 12), _u32(payload, 16)
    form_count, instrument_width, listing = payload[20], payload[21], payload[22]
    require(listing < 4 and payload[23] == 0, "the head has bits that must be 0")
    require(instrument_count <= count and new_count <= count and carried_count <= count
            and listed_auxes <= count, "the head has more than there are records")
    require(instrument_width == max(instrument_count - 1, 0).bit_length(),
            f"instrument width {instrument_width} for {instrument_count} instruments")
    are_orders_listed = bool(listing & 1)
    are_auxes_listed = bool(listing & 2)
    require(listed_orders == (new_count if are_orders_listed else 0), "not all order ids are listed, or some are")
    require(are_auxes_listed or listed_auxes == 0, "aux ids are listed, and are not")
    widths = np.frombuffer(payload, dtype=np.uint8, count=12, offset=24).astype(np.int64).reshape(3, 4)
    require((widths <= [[40], [26], [26]]).all(), "a class is too wide")
    offsets = np.cumsum(np.int64(1) << widths, axis=1) - (np.int64(1) << widths)
    forms = _Forms(payload, form_count)
    directory_bytes, controls, bit_bytes, order_bytes, aux_bytes, extras = _sections(
        payload, _HEAD_BYTES + _FORM_BYTES * form_count)
    require(len(controls) == count, f"{len(controls)} controls for {count} records")
    directory = _Directory(
        directory_bytes, instrument_count, carried_count, new_count, are_orders_listed, are_auxes_listed)

    form = (controls & 15).astype(np.int64)
    is_raw = form == _RAW
    require((is_raw | (form < form_count)).all(), "a record is of a form that there is not")
    records = np.zeros(count, dtype=EVENT)
    records["sequence"] = np.uint64(first_sequence) + np.arange(count, dtype=np.uint64)
    records["block_length"] = BLOCK_LENGTH
    records["schema"] = SCHEMA
    records["template"] = EVENT_TEMPLATE
    has_attributes = forms.has_attributes[form]
    price_kind = forms.price[form]
    extras_start, deltas = _extras(extras, is_raw, ~is_raw & (price_kind == 3), has_attributes)

    # Raw records first: the times of others count from theirs.
    raw = np.flatnonzero(is_raw)
    if len(raw):
        bodies = _gather(extras, extras_start[raw], _RAW_BYTES)
        slots = records.view(np.uint8).reshape(count, 64)
        slots[raw, 16:] = bodies
        records["template"][raw[bodies[:, 62 - 16] != 0]] = MESSAGE_TEMPLATE

    packed = np.flatnonzero(~is_raw)
    if len(packed) == 0:
        require(len(bit_bytes) == 0 and new_count == 0, "there is no record for what the sections have")
        _listed(order_bytes, 0, "order ids")
        _listed(aux_bytes, listed_auxes, "aux ids")
        return records
    require(instrument_count > 0, "there are events and no instrument")
    _decode_packed(records, packed, raw, controls, form, forms, directory, widths, offsets, instrument_width,
                   _Bits(bit_bytes), first_time_ns,
                   _listed(order_bytes, listed_orders, "order ids") if are_orders_listed else None,
                   _listed(aux_bytes, listed_auxes, "aux ids") if are_auxes_listed else None, deltas)
    if not are_orders_listed:
        _listed(order_bytes, 0, "order ids")
    if not are_auxes_listed:
        _listed(aux_bytes, 0, "aux ids")
    attributed = np.flatnonzero(has_attributes)
    if len(attributed):
        attributes = _gather(extras, extras_start[attributed], 8)
        records["mpid"][attributed] = attributes[:, 0:4].copy().view("<u4").ravel()
        records["flags"][attributed] = attributes[:, 4:6].copy().view("<u2").ravel()
        records["tracking"][attributed] = attributes[:, 6:8].copy().view("<u2").ravel()
    return records


def _decode_packed(records, packed, raw, controls, form, forms, directory, widths, offsets, instrument_width, bits,
                   first_time_ns, order_ids, aux_ids, deltas):
    count = len(records)
    time_class = (controls >> 4 & 3).astype(np.int64)[packed]
    argument_class = (controls >> 6).astype(np.int64)[packed]
    form = form[packed]
    kind = forms.price[form]
    names_order = (kind != 1).astype(np.int64)

    # Bits: instrument, time, argument, quantity.
    time_width = widths[0][time_class]
    argument_width = widths[1:][names_order, argument_class]
    quantity_width = forms.quantity_width[form]
    width = instrument_width + time_width + argument_width + quantity_width
    position = np.cumsum(width) - width
    require(position[-1] + width[-1] <= bits.length_bits, "the section of bits is too short")
    _ends(position, width, bits, "bits")
    instrument = bits.take(position, np.full(len(packed), instrument_width)).astype(np.int64)
    require((instrument < len(directory.instrument_id)).all(), "a record is of an instrument that there is not")
    position += instrument_width
    elapsed = bits.take(position, time_width).astype(np.int64) + offsets[0][time_class]
    position += time_width
    argument = bits.take(position, argument_width).astype(np.int64) + offsets[1:][names_order, argument_class]
    position += argument_width
    quantity = bits.take(position, quantity_width).astype(np.int64) + forms.quantity_base[form]

    # Times: sums that begin anew at every raw record.
    steps = np.zeros(count, dtype=np.int64)
    steps[packed] = elapsed
    sums = np.cumsum(steps)
    last_raw = np.full(count, -1, dtype=np.int64)
    last_raw[raw] = raw
    last_raw = np.maximum.accumulate(last_raw)[packed]
    since = np.where(last_raw < 0, first_time_ns, records["time_ns"][last_raw] - sums[last_raw])
    records["time_ns"][packed] = since + sums[packed]

    # New orders: their place in their instrument's list, and their ids.
    is_new = forms.is_new[form]
    new = np.flatnonzero(is_new)
    new_instrument = instrument[new]
    rank = _ranks(new_instrument)
    require((np.bincount(new_instrument, minlength=len(directory.new)) == directory.new).all(),
            "an instrument has not as many new orders as the directory says")
    place = directory.list_start[new_instrument] + directory.carried[new_instrument] + rank
    new_id = directory.first_order[new_instrument] + rank.astype(np.uint64) if order_ids is None else order_ids
    directory.order_id[place] = new_id

    # Prices that say how far they are from the last one of their side.
    price = np.zeros(len(packed), dtype=np.int64)
    order_id = np.zeros(len(packed), dtype=np.uint64)
    aux_id = np.zeros(len(packed), dtype=np.uint64)
    quoted = np.flatnonzero(kind == 1)
    quoted_instrument = instrument[quoted]
    side = (forms.side[form][quoted] == 2).astype(np.int64)
    moves = _unzigzag(argument[quoted].view(np.uint64)) * directory.price_unit[quoted_instrument]
    price[quoted] = directory.base_price[quoted_instrument] + _running_sums(2 * quoted_instrument + side, moves)

    # Orders that are named: counted back in the list as it was then.
    named = np.flatnonzero(kind != 1)
    new_before = np.zeros(len(packed), dtype=np.int64)
    new_before[new] = rank + 1
    so_far = _counts_so_far(instrument, is_new)
    listed = directory.carried[instrument[named]] + so_far[named] - is_new[named]
    at = listed - 1 - argument[named]
    require((at >= 0).all(), "a record names an order that there is not")
    at += directory.list_start[instrument[named]]
    order_id[named] = directory.order_id[at]

    # The price of an order that replaced one is that one's and a difference: followed back in doubling steps.
    delta = np.zeros(len(packed), dtype=np.int64)
    delta[kind == 3] = deltas
    nowhere = len(directory.order_id)
    before = np.full(nowhere + 1, nowhere, dtype=np.int64)
    value = np.append(directory.order_price, 0)
    new_kind = kind[new]
    value[place] = np.where(new_kind == 1, price[new], delta[new])
    at_of = np.full(len(packed), nowhere, dtype=np.int64)
    at_of[named] = at
    before[place] = at_of[new]
    while (before != nowhere).any():
        value = value + value[before]
        before = before[before]
    price[named] = np.where(kind[named] == 0, 0, value[at] + delta[named])

    # Ids of what is new, and of what has an aux id.
    opened = new[new_kind == 1]
    order_id[opened] = new_id[new_kind == 1]
    replaced = new[new_kind == 3]
    aux_id[replaced] = new_id[new_kind == 3]
    has_aux = np.flatnonzero(forms.has_aux[form])
    if aux_ids is None:
        aux_id[has_aux] = directory.first_aux[instrument[has_aux]] + _ranks(instrument[has_aux]).astype(np.uint64)
    else:
        require(len(aux_ids) == len(has_aux), f"{len(aux_ids)} aux ids are listed, {len(has_aux)} are needed")
        aux_id[has_aux] = aux_ids

    records["order_id"][packed] = order_id
    records["aux_id"][packed] = aux_id
    records["instrument_id"][packed] = directory.instrument_id[instrument]
    records["price_ticks"][packed] = price.astype(np.int32)
    records["quantity"][packed] = quantity.astype(np.uint32).view(np.int32)
    records["flags"][packed] = forms.flags[form]
    records["type"][packed] = forms.type[form]
    records["side"][packed] = forms.side[form]


def _counts_so_far(groups, is_counted):
    """How many counted elements of its group there were, up to and with each element."""
    return _running_sums(groups, is_counted.astype(np.int64))
