"""A word as the Send API takes it. Pure. Nothing is ever dropped: a word that breaks a limit is Unsayable.

Limits (Send API reference, Quick replies): text under 2,000 characters, 13 quick replies, titles of 20
characters, payloads and metadata of 1,000.
"""

import unicodedata
from typing import Final

from bot.messenger.errors import Unsayable
from models.domain.outgoing import Choice, Way, Word

TEXT_LIMIT: Final = 1990
"""Facebook says "under 2,000"; others saw emoji counted as more than one and stay a little below."""

COMMENT_LIMIT: Final = 8000
CHOICES_LIMIT: Final = 13
TITLE_LIMIT: Final = 20
PAYLOAD_LIMIT: Final = 1000

DOT: Final = "·"

SENTENCE_ENDS: Final = ".!?\n"
JOINER: Final = "\u200d"
LONGEST_CLUSTER: Final = 32


def render(word: Word, *, word_id: int) -> dict[str, object]:
    """The ``message`` of a Send API call. ``metadata`` comes back with the echo and says which word arrived.

    Raises Unsayable.
    """
    message: dict[str, object] = {"text": _whole(word.text, TEXT_LIMIT), "metadata": f"word:{word_id}"}
    if len(word.choices) > CHOICES_LIMIT:
        raise Unsayable(f"{len(word.choices)} quick replies, {CHOICES_LIMIT} are allowed")
    if word.choices:
        message["quick_replies"] = [_quick_reply(choice) for choice in word.choices]
    return message


def comment_text(word: Word) -> str:
    """A word as a public comment; quick replies do not exist there. Raises Unsayable.

    What was written for one person never goes public: such a word needs its own ``in_public``.
    """
    text = word.text if word.in_public is None and word.way is Way.PUBLIC_REPLY else word.in_public
    if text is None:
        raise Unsayable("a word without a form for the public")
    return _whole(text, COMMENT_LIMIT)


def varied(text: str) -> str:
    """The same for a reader, and not for Facebook, which refuses (506) one text twice in a row."""
    return f"{text} {DOT}"


def same_text(said: str, text: str) -> bool:
    """Whether this is our text, which may come back with other white space and was perhaps varied."""
    return _words(said) == _words(text)


def _words(text: str) -> list[str]:
    return [part for part in text.split() if part != DOT]


def split_text(text: str, limit: int = TEXT_LIMIT) -> list[str]:
    """Parts of at most ``limit`` (>= 2) units, cut after sentences, else between words, else in a word.

    An emoji with its skin, its joiners or its flag stays whole where the limit allows it. No part is blank;
    the space at a cut is dropped.
    """
    if limit < 2:
        raise ValueError(f"a part cannot hold {limit} units")
    parts, rest = [], text.strip()
    while rest:
        cut = _cut(rest, limit)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return parts


def units(text: str) -> int:
    """UTF-16 units, the stricter of the two ways in which the limits may be counted."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _whole(text: str, limit: int) -> str:
    if not text.strip():
        raise Unsayable("a word without text")
    if units(text) > limit:
        raise Unsayable(f"a text of {units(text)} characters, {limit} are allowed")
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise Unsayable("a text with half an emoji")
    return text


def _quick_reply(choice: Choice) -> dict[str, str]:
    if not 0 < len(choice.title) <= TITLE_LIMIT:
        raise Unsayable(
            f"a quick reply's title of {len(choice.title)} characters, 1 to {TITLE_LIMIT} are allowed"
        )
    if not 0 < len(choice.payload) <= PAYLOAD_LIMIT:
        raise Unsayable(f"a payload of {len(choice.payload)} characters, 1 to {PAYLOAD_LIMIT} are allowed")
    return {"content_type": "text", "title": choice.title, "payload": choice.payload}


def _cut(text: str, limit: int) -> int:
    """Where the first part ends."""
    room = _room(text, limit)
    if room == len(text):
        return room
    # A sentence that ends in the first half would leave a part too short to be pleasant.
    borders = [at for at in range(room // 2 + 1, room + 1) if text[at].isspace()]
    ends = [at for at in borders if text[at - 1] in SENTENCE_ENDS or text[at] == "\n"]
    if ends or borders:
        return (ends or borders)[-1]
    return _last_space(text, room) or _between_clusters(text, room)


def _room(text: str, limit: int) -> int:
    """How many code points fit into ``limit`` units."""
    used = 0
    for at, letter in enumerate(text):
        used += 2 if letter > "\uffff" else 1
        if used > limit:
            return at
    return len(text)


def _last_space(text: str, room: int) -> int:
    return next((at for at in range(room, 0, -1) if text[at].isspace()), 0)


def _between_clusters(text: str, room: int) -> int:
    lowest = max(room - LONGEST_CLUSTER, 0)
    return next((at for at in range(room, lowest, -1) if not _belong(text[at - 1], text[at])), room)


def _belong(left: str, right: str) -> bool:
    """Whether two neighbouring code points are one sign for a reader."""
    flags = _is_flag_letter(left) and _is_flag_letter(right)
    return flags or JOINER in (left, right) or _extends(right)


def _is_flag_letter(letter: str) -> bool:
    return "\U0001f1e6" <= letter <= "\U0001f1ff"


def _extends(letter: str) -> bool:
    """Accents and variation selectors; skin tones; the tags of a regional flag."""
    mark = unicodedata.category(letter).startswith("M")
    return mark or "\U0001f3fb" <= letter <= "\U0001f3ff" or "\U000e0020" <= letter <= "\U000e007f"
