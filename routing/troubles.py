"""The several troubles of one message, when words like "and" or a full stop part them."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.domain.category import Category
from models.domain.place import Place
from routing.classify import names_a_trouble, rank
from routing.gazetteer import Gazetteer
from routing.lexicon import Lexicon
from routing.locate import locate
from routing.normalise import Words, clauses
from routing.understanding import Guess

#: Words that add a matter, unlike those that tell the cause of the same one.
_ADDING = frozenset(
    {"dan", "juga", "selain", "serta", "plus", "terus", "kemudian", "sama", "tambah", "sekalian"}
)
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Trouble:
    """One trouble, surely named in one part of a text, and the place that part tells."""

    guess: Guess
    place: Place
    part: Words


def troubles_in(words: Words, lexicon: Lexicon, gazetteer: Gazetteer) -> list[Trouble]:
    """The different troubles in the order of the text; empty when all of it is about one."""
    found: dict[Category, Trouble] = {}
    parts = _parts(words)
    if len(parts) > 1:
        for part in parts:
            for trouble in _named_in(part, lexicon, gazetteer):
                found.setdefault(trouble.guess.category, trouble)
    return list(found.values()) if len(found) > 1 else []


def still_open(words: Words, lexicon: Lexicon) -> Words:
    """What follows "but" after thanks: that is what the citizen still waits for; else the whole text."""
    firsts = {hit.sign.target: hit.first for hit in reversed(lexicon.find(words))}
    if "solved" in firsts and firsts.get("but", -1) > firsts["solved"]:
        return Words(words.text, words.tokens[firsts["but"] :])
    return words


def _named_in(part: Words, lexicon: Lexicon, gazetteer: Gazetteer) -> Iterator[Trouble]:
    located = locate(part, gazetteer)
    said = part.without(located.spoken)
    hits = lexicon.find(said)
    guesses = rank(hits, said)
    if guesses and guesses[0].confidence >= _SURE and names_a_trouble(hits, guesses[0].category):
        yield Trouble(guesses[0], located.place, part)


def _parts(words: Words) -> list[Words]:
    parts = []
    for first, last in clauses(words):
        begin = first
        for index in range(first + 1, last):
            if words.forms[index] in _ADDING:
                parts.append((begin, index))
                begin = index
        parts.append((begin, last))
    return [Words(words.text, words.tokens[first:last]) for first, last in parts if last - first > 1]
