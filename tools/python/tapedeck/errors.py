"""What is said about a file that cannot be what it claims to be."""


class JournalError(Exception):
    """Names file, offset and fault, and what a person can do."""

    def __init__(self, path, offset, fault, remedy="Repair the file with 'tapedeck verify --repair', or take another copy"):
        super().__init__(f"{path}: at offset {offset}: {fault}. {remedy}")
        self.path = path
        self.offset = offset


class Fault(Exception):
    """What is wrong inside of something; whoever knows the place makes a JournalError of it."""


def require(condition, fault):
    """Raises the fault unless the condition holds."""
    if not condition:
        raise Fault(fault)
