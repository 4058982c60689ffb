"""One JSON value, one line on standard output, at once: what programs read."""

import json
import sys


def print_line(value: object) -> None:
    """UTF-8 whatever the machine's locale says, and flushed, so that a reader at a pipe need not wait."""
    sys.stdout.buffer.write(as_line(value))
    sys.stdout.buffer.flush()


def as_line(value: object) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        # Half an emoji, as a phone cuts it: JSON can say it in ASCII, UTF-8 cannot say it at all.
        return json.dumps(value).encode() + b"\n"
