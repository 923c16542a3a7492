"""The files whose bytes are in docs/journal-format.md, and every byte of them changed."""

import contextlib
import io
import pathlib
import re
import tempfile
import unittest

import numpy as np

import tapedeck
from tapedeck import bench
from tapedeck.contenthash import xxh64
from tapedeck.crc32c import crc32c

DOCUMENT = pathlib.Path(__file__).resolve().parents[3] / "docs" / "journal-format.md"
LINE = re.compile(r"^ *(\d+)((?:  ?[0-9a-f]{2})(?: [0-9a-f]{2})*)(?:  .*)?$")


def examples():
    """The hexadecimal listings of the document, each as bytes."""
    files = []
    for block in re.findall(r"```hex\n(.*?)```", DOCUMENT.read_text(), re.S):
        data = bytearray()
        for line in block.splitlines():
            offset, digits = LINE.match(line).groups()
            if int(offset) != len(data):
                raise ValueError(f"listing jumps at {line!r}")
            data += bytes.fromhex(digits)
        files.append(bytes(data))
    return files


class DocumentsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name) / "tape.qrsdp"

    def open(self, data):
        self.path.write_bytes(data)
        return tapedeck.open(self.path)

    def test_should_know_published_check_values(self):
        self.assertEqual(crc32c(b"123456789"), 0xE3069283)
        self.assertEqual(crc32c(bytes(32)), 0x8A9136AA)
        whole = np.random.default_rng(1).integers(0, 256, 5_003, dtype=np.uint8).tobytes()
        register = 0xFFFFFFFF
        for byte in whole:
            register ^= byte
            for _ in range(8):
                register = register >> 1 ^ (0x82F63B78 if register & 1 else 0)
        self.assertEqual(crc32c(whole), register ^ 0xFFFFFFFF)

    def test_should_measure_what_it_read_and_check_it(self):
        for example, count in ((0, 3), (1, 11)):
            tape = self.open(examples()[example])
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                bench.bench([self.path], 2)
            self.assertIn(f"records {count}, bytes {len(examples()[example])}, "
                          f"time sum {sum(tape.read()['time_ns'].tolist())}, ", out.getvalue())
            self.assertEqual(out.getvalue().count("median"), 2)
        self.path.write_bytes(examples()[1][:-9] + b"x" + examples()[1][-8:])
        with self.assertRaises(tapedeck.JournalError):
            bench.bench([self.path], 1)

    def test_should_read_the_file_of_format_1(self):
        tape = self.open(examples()[0])
        records = tape.read()
        tape.verify()
        self.assertEqual(tape.header["seed"], 42)
        self.assertEqual(records["time_ns"].tolist(), [34200000000125, 34200000004096, 34200250000000])
        self.assertEqual(records[2].tolist(), (34200250000000, 4, 1, 10001, 1, 3))

    def test_should_read_the_file_of_format_2(self):
        tape = self.open(examples()[1])
        records = tape.read()
        tape.verify()
        nine = 34_200_000_000_000
        self.assertEqual(len(tape), 11)
        self.assertEqual(records["sequence"].tolist(), list(range(1, 12)))
        self.assertEqual((records["time_ns"] - nine).tolist(),
                         [0, 125, 125, 4096, 5000, 9000, 9500, 9800, 9800, 11000, 12000])
        self.assertEqual(records["template"].tolist(), [2] + 10 * [1])
        message = records[:1].view(tapedeck.MESSAGE)[0]
        self.assertEqual((chr(message["type"]), bytes(message["body"])[:1]), ("S", b"Q"))
        events = records[1:]
        self.assertEqual(events["type"].tolist(), [1, 1, 1, 4, 3, 5, 6, 1, 1, 3])
        self.assertEqual(events["order_id"].tolist(), [1, 2, 3, 1, 3, 2, 2, 20, 21, 9])
        self.assertEqual(events["aux_id"].tolist(), [0, 0, 0, 1, 0, 2, 9, 0, 0, 0])
        self.assertEqual(events["price_ticks"].tolist()[:9],
                         [9999, 10001, 9998, 9999, 9998, 10002, 10003, 10005, 9990])
        self.assertEqual(events["quantity"].tolist()[:9], [100, 100, 7, 100, 7, 40, 60, 50, 50])
        self.assertEqual(events["instrument_id"].tolist(), [1, 1, 1, 1, 1, 1, 1, 2, 1, 1])
        self.assertEqual(events["flags"].tolist()[:6], [1, 1, 0, 0, 0, 4])
        self.assertEqual(tape.metadata["instruments"][1]["symbol"], "MSFT")

    def test_should_notice_every_changed_byte_of_format_2(self):
        whole = examples()[1]
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1 << at % 8
            with self.assertRaises(tapedeck.JournalError, msg=f"byte {at}"):
                self.open(bytes(changed)).verify()

    def test_should_refuse_every_cut_file(self):
        for whole in examples():
            for length in range(len(whole)):
                with self.assertRaises(tapedeck.JournalError, msg=f"{length} bytes"):
                    self.open(whole[:length]).verify()

    def test_should_give_records_or_an_error_for_every_changed_byte_of_format_1(self):
        whole = examples()[0]
        for at in range(len(whole)):
            changed = bytearray(whole)
            changed[at] ^= 1 << at % 8
            try:
                self.open(bytes(changed)).verify()
            except tapedeck.JournalError as ex:
                self.assertIn("at offset", str(ex))

    def test_should_give_records_or_an_error_for_hostile_columns(self):
        """Behind a right checksum, whatever the columns say."""
        whole = examples()[1]
        random = np.random.default_rng(3)
        refused = 0
        for _ in range(3_000):
            changed = bytearray(whole)
            for _ in range(random.integers(1, 4)):
                changed[random.integers(613, 780)] = random.integers(0, 256)
            changed[517:521] = crc32c(bytes(changed[613:780])).to_bytes(4, "little")
            changed[513:517] = crc32c(bytes(changed[517:613])).to_bytes(4, "little")
            changed[1064:1064 + 96] = changed[517:613]
            changed[1320:1324] = crc32c(bytes(changed[1048:1320])).to_bytes(4, "little")
            try:
                self.open(bytes(changed)).verify()
            except tapedeck.JournalError:
                refused += 1
        self.assertGreater(refused, 2_000)


if __name__ == "__main__":
    unittest.main()
