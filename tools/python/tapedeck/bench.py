"""``python3 -m tapedeck.bench FILE...``: how fast this reader is.

Each round opens the file anew and reads it chunk by chunk, with every check that reading makes. What it read is compared: once,
before the rounds, everything is verified, of format 2 with the content hash; each round has to come to the same number of
records and to the same sum over their times. Rounds of several files alternate.
"""

import argparse
import os
import statistics
import sys
import time

import numpy as np

import tapedeck


def totals(tape):
    """Reads a tape: its number of records, and the sum of their times modulo 2 to the 64."""
    count = 0
    time_sum = 0
    for records in tape:
        count += len(records)
        time_sum += int(np.sum(records["time_ns"].astype(np.uint64), dtype=np.uint64))
    return count, time_sum % 2**64


def timed(path):
    """One round: what it came to, and seconds of the clock and of this process."""
    wall = time.perf_counter()
    cpu = time.process_time()
    result = totals(tapedeck.open(path))
    return result, time.perf_counter() - wall, time.process_time() - cpu


def checked(path):
    """What every round has to come to."""
    tape = tapedeck.open(path)
    tape.verify()
    expected = totals(tape)
    if expected[0] != len(tape):
        raise tapedeck.JournalError(path, 0, f"{expected[0]} records were read, the index has {len(tape)}")
    return tape, expected


def bench(paths, rounds):
    """Prints a line for each file; raises JournalError if a round came to something else."""
    tapes = {path: checked(path) for path in paths}
    seconds = {path: [] for path in paths}
    for _ in range(rounds):
        for path in paths:
            result, wall, cpu = timed(path)
            if result != tapes[path][1]:
                raise tapedeck.JournalError(path, 0, f"a round came to {result}, not to {tapes[path][1]}")
            seconds[path].append((wall, cpu))
    for path in paths:
        tape, (count, time_sum) = tapes[path]
        size = os.path.getsize(path)
        print(f"{path}")
        print(f"  records {count}, bytes {size}, time sum {time_sum}, content hash {getattr(tape, 'content_hash', 'none')}")
        for name, number in (("clock", 0), ("processor", 1)):
            rates = [count / pair[number] / 1e6 for pair in seconds[path]]
            print(f"  M records/s by {name} time: median {statistics.median(rates):.2f}, rounds "
                  + ", ".join(f"{rate:.2f}" for rate in rates))


def main():
    parser = argparse.ArgumentParser(prog="tapedeck.bench", description="Measure how fast journals are read.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--rounds", type=int, default=5, help="how often each file is read; default 5")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error(f"--rounds must be 1 or more: {arguments.rounds}")
    try:
        bench(arguments.files, arguments.rounds)
    except (tapedeck.JournalError, OSError) as ex:
        print(ex, file=sys.stderr)
        return 4 if isinstance(ex, tapedeck.JournalError) else 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
