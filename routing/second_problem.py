"""A second trouble in the same message, when it is another matter than the first."""

from models.domain.category import Category
from routing.assign import Rules, assign
from routing.classify import names_a_trouble, rank
from routing.gazetteer import Gazetteer
from routing.lexicon import Lexicon
from routing.locate import locate
from routing.normalise import Words, clauses
from routing.understanding import AlsoReported

#: Words that add a matter, against those that tell the cause of the same one.
_ADDING = frozenset(
    {"dan", "juga", "selain", "serta", "plus", "terus", "kemudian", "sama", "satu", "trus", "tambah"}
)
_SURE = 0.6


def find_second(
    words: Words, main: Category | None, lexicon: Lexicon, gazetteer: Gazetteer, rules: Rules
) -> tuple[AlsoReported, ...]:
    """The first part of the text that surely names another trouble than ``main``."""
    whole = locate(words, gazetteer).place
    parts = _parts(words)
    if len(parts) < 2 or not any(_main_stands_in(part, main, lexicon) for part in parts):
        return ()
    for part in parts:
        hits = lexicon.find(part)
        guesses = rank(hits)
        if not guesses or guesses[0].confidence < _SURE or guesses[0].category is main:
            continue
        category = guesses[0].category
        if not names_a_trouble(hits, category) or main in {guess.category for guess in guesses}:
            continue
        here = locate(part, gazetteer).place
        place = here if here.in_city else whole
        return (
            AlsoReported(
                category=category,
                agency=assign(category, place, part, rules, emergency=False).agency,
                street=place.street,
                kecamatan=place.kecamatan,
            ),
        )
    return ()


def _main_stands_in(part: Words, main: Category | None, lexicon: Lexicon) -> bool:
    guesses = rank(lexicon.find(part))
    return bool(guesses) and guesses[0].category is main


def _parts(words: Words) -> list[Words]:
    """The text cut at full stops and at words that add a matter."""
    parts = []
    for first, last in clauses(words):
        begin = first
        for index in range(first, last):
            if words.forms[index] in _ADDING and index > begin:
                parts.append((begin, index))
                begin = index
        parts.append((begin, last))
    return [Words(words.text, words.tokens[first:last]) for first, last in parts if last - first > 1]
