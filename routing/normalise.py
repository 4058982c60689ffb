"""Spelling for matching: "Jln.A.Yani gg 02" -> jalan a yani gang 2, with the way back to the words as written."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

#: Nobody describes a trouble in more; the rest is pasted text, and hostile text must end in bounded time.
LONGEST_TEXT = 4_000

_WORD = re.compile(r"[^\W\d_]+(?:['’`´][^\W\d_]+)*|\d+")
_APOSTROPHES = re.compile(r"['’`´]")
_STRETCHED = re.compile(r"(.)\1{2,}|([^sl])\2+$")
#: KK, PBB and the like are not stretched words.
_SHORTEST_STRETCHED = 3
_CLAUSE_END = re.compile(r"[.!?;\n]")
_MARK = "Mn"


@dataclass(frozen=True, slots=True)
class Token:
    """One word for matching, and where it stands in the text. An abbreviation may give two at one place."""

    form: str
    start: int
    end: int


@dataclass(frozen=True)
class Words:
    """A text as tokens. ``line`` is their forms with a space on both sides of each, for patterns."""

    text: str
    tokens: tuple[Token, ...]

    @cached_property
    def forms(self) -> tuple[str, ...]:
        return tuple(token.form for token in self.tokens)

    @cached_property
    def line(self) -> str:
        return f" {' '.join(self.forms)} "

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 1
        for form in self.forms:
            starts.append(at)
            at += len(form) + 1
        return starts

    def between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens ``[first, last)`` that the part ``[start, end)`` of ``line`` covers."""
        first = max(bisect_right(self._starts, start) - 1, 0)
        return first, max(bisect_left(self._starts, end), first + 1)

    def as_written(self, first: int, last: int) -> str:
        """The tokens ``[first, last)`` as the citizen wrote them."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def without(self, parts: Iterable[tuple[int, int]]) -> "Words":
        """The words that stand outside these parts ``[first, last)``."""
        dropped = {index for first, last in parts for index in range(first, last)}
        return Words(self.text, tuple(t for index, t in enumerate(self.tokens) if index not in dropped))

    def gap(self, index: int) -> str:
        """What stands in the text between token ``index - 1`` and token ``index``."""
        return self.text[self.tokens[index - 1].end : self.tokens[index].start]


def read_words(text: str, spelling: Mapping[str, str]) -> Words:
    """The words of a text in their usual spelling; ``spelling`` maps a written form to one or more words."""
    text = text[:LONGEST_TEXT]
    plain, origin = _plain(text)
    tokens: list[Token] = []
    for found in _WORD.finditer(plain):
        form = usual_form(found.group(), spelling)
        start, end = origin[found.start()], origin[found.end() - 1] + 1
        tokens.extend(Token(part, start, end) for part in form.split())
    return Words(text, tuple(tokens))


def usual_form(word: str, spelling: Mapping[str, str]) -> str:
    """One written word in its usual spelling: "bangettt" -> banget, "jln" -> jalan, "03" -> 3."""
    if word[0].isdigit():
        return word.lstrip("0") or "0"
    word = _APOSTROPHES.sub("", word)
    usual = spelling.get(word)
    if usual is None and len(word) > _SHORTEST_STRETCHED and (shrunk := _STRETCHED.sub(_once, word)) != word:
        usual = spelling.get(shrunk, shrunk)
    return usual or word


def clauses(words: Words) -> list[tuple[int, int]]:
    """The parts ``[first, last)`` of the tokens between full stops and line ends (not in "Jl. A.Yani")."""
    parts, first = [], 0
    for index in range(1, len(words.tokens)):
        gap = words.gap(index)
        if "\n" in gap or (_CLAUSE_END.search(gap) and _ends_a_clause(words.forms[index - 1], gap)):
            parts.append((first, index))
            first = index
    if first < len(words.tokens):
        parts.append((first, len(words.tokens)))
    return parts


def _ends_a_clause(form: str, gap: str) -> bool:
    return len(form) > 2 and form not in {"jalan", "gang", "simpang"} and gap != "."


def _once(found: re.Match[str]) -> str:
    return found.group(1) or found.group(2)


def _plain(text: str) -> tuple[str, range | list[int]]:
    """Lower case without accents and look-alike letters, and for each character where it came from."""
    if text.isascii():
        return text.lower(), range(len(text))
    plain: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        kept = [c for c in unicodedata.normalize("NFKD", char).lower() if unicodedata.category(c) != _MARK]
        plain.extend(kept)
        origin.extend([index] * len(kept))
    return "".join(plain), origin
