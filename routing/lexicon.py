"""Readable patterns over words: ``lampu jalan|pju .. mati|padam`` (a bar: or, two dots: up to six words between,
a tilde: the same without a denial among them, a star: any letters, a question mark: may be missing).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from routing.normalise import Words, usual_form

_GAP = r"(?:\w+ ){0,6}?"
_UNDENIED_GAP = r"(?:(?!(?:tidak|belum|jarang|kapan|masih|mohon|tolong|minta|harap) )\w+ ){0,4}?"
_GAPS = {"..": _GAP, "~": _UNDENIED_GAP}
_ANY_START = "*"
#: A whole word of a pattern, not one that a star lengthens.
_PLAIN_WORD = re.compile(r"(?<![\w*])[^\W_]+(?![\w*])|(?<=_)[^\W_]+(?![^\W_]|\*)|(?<![\w*])[^\W_]+(?=_)")


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that speaks for ``target`` (a category, an intent, a fact) with ``weight``.

    ``kind`` tells how: ``problem`` names a trouble, ``topic`` only what the talk is about.
    """

    target: str
    kind: str
    weight: float
    pattern: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A sign found in the tokens ``[first, last)``."""

    sign: Sign
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Signs by the first letters of the words they can begin with, so that few are tried on a text."""

    by_start: Mapping[str, tuple[tuple[re.Pattern[str], Sign], ...]]

    def find(self, words: Words) -> list[Hit]:
        """Every sign in the text, at its first place, in the order of the text."""
        starts = {form[:2] for form in words.forms}
        starts.add(_ANY_START)
        seen: set[int] = set()
        hits = []
        for start in starts:
            for pattern, sign in self.by_start.get(start, ()):
                if id(sign) in seen:
                    continue
                seen.add(id(sign))
                if found := pattern.search(words.line):
                    hits.append(Hit(sign, *words.between(found.start() + 1, found.end())))
        return sorted(hits, key=lambda hit: (hit.first, -hit.sign.weight, hit.sign.pattern))


def build_lexicon(rows: Iterable[Mapping[str, str]], spelling: Mapping[str, str]) -> Lexicon:
    """From the rows of the lexicon files: target, kind, weight, pattern; words in any spelling that texts have."""
    by_start: defaultdict[str, list[tuple[re.Pattern[str], Sign]]] = defaultdict(list)
    for row in rows:
        sign = Sign(row["target"], row["kind"], float(row["weight"]), row["pattern"])
        pattern = _usual(sign.pattern, spelling)
        compiled = re.compile(" " + _expression(pattern))
        for start in _starts(pattern.split()):
            by_start[start].append((compiled, sign))
    return Lexicon({start: tuple(signs) for start, signs in by_start.items()})


def _usual(pattern: str, spelling: Mapping[str, str]) -> str:
    """The pattern in the spelling that texts are read into, so that either may be written in the files."""
    return _PLAIN_WORD.sub(lambda found: usual_form(found.group(), spelling).replace(" ", "_"), pattern)


def _expression(pattern: str) -> str:
    parts = []
    for element in pattern.split():
        if element in _GAPS:
            parts.append(_GAPS[element])
            continue
        words = "|".join(_word(word) for word in element.rstrip("?").split("|"))
        parts.append(f"(?:(?:{words}) )" + ("?" if element.endswith("?") else ""))
    return "".join(parts)


def _word(word: str) -> str:
    """An underscore joins two words inside one alternative: ``tempat_sampah|tps``."""
    return re.escape(word).replace(r"\*", r"\w*").replace("_", " ")


def _starts(elements: Sequence[str]) -> set[str]:
    """The first two letters of every word the pattern can begin with; ``*`` where that is open."""
    starts: set[str] = set()
    for element in elements:
        for word in element.rstrip("?").split("|"):
            starts.add(word[:2] if "*" not in word[:2] else _ANY_START)
        if not element.endswith("?"):
            break
    return starts
