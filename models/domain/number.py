"""Case numbers: easy to read aloud, impossible to guess from one another."""

import re
from collections.abc import Callable, Sequence

#: Without 0/O and 1/I/L, which people mix up on paper and on the phone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 5
_NUMBER = re.compile(rf"\bPKU[-\s]?([{ALPHABET}]{{5,6}})\b", re.IGNORECASE)


def new_number(choose: Callable[[Sequence[str]], str]) -> str:
    """A fresh number such as ``PKU-7F3K9``; ``choose`` is a source of chance (secrets.choice)."""
    return "PKU-" + "".join(choose(ALPHABET) for _ in range(LENGTH))


def find_number(text: str) -> str | None:
    """The case number a citizen wrote ("cek pku 7f3k9"), in its proper spelling, or None."""
    found = _NUMBER.search(text)
    return f"PKU-{found.group(1).upper()}" if found else None
