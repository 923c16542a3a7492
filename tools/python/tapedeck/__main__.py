"""``python3 -m tapedeck FILE``: checks a journal and says what is in it; with ``--raw OUT`` its records go to a file."""

import argparse
import sys
import time

import tapedeck


def main():
    parser = argparse.ArgumentParser(prog="tapedeck", description="Check a journal of either format.")
    parser.add_argument("file")
    parser.add_argument("--raw", metavar="OUT", help="write the records as they are in memory: 64 or 26 bytes each")
    arguments = parser.parse_args()
    start = time.perf_counter()
    try:
        tape = tapedeck.open(arguments.file)
        count = 0
        if arguments.raw:
            with open(arguments.raw, "wb") as out:
                for records in tape:
                    out.write(records.tobytes())
        for records in tape:
            count += len(records)
        read_seconds = time.perf_counter() - start
        tape.verify()
    except (tapedeck.JournalError, OSError) as ex:
        print(ex, file=sys.stderr)
        return 4 if isinstance(ex, tapedeck.JournalError) else 3
    print(f"records {count}")
    print(f"content hash {getattr(tape, 'content_hash', 'none')}")
    if not arguments.raw:
        print(f"records per second {count / read_seconds:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
