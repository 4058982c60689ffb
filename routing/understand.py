"""From a text to its understanding: words, signs, intent, category, place and agency in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.domain.category import Category, Channel, Intent
from models.domain.place import Place
from routing.assign import Assignment, Rules, assign
from routing.classify import rank, strongest
from routing.gazetteer import Gazetteer
from routing.intent import keeps_category, read_intent, weigh
from routing.lexicon import Hit, Lexicon
from routing.locate import locate
from routing.normalise import Words, read_words
from routing.troubles import Trouble, still_open, troubles_in
from routing.understanding import AlsoReported, Evidence, Guess, Understanding

_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """All that the judgement knows of Pekanbaru and its people's words."""

    lexicon: Lexicon
    gazetteer: Gazetteer
    rules: Rules


@dataclass(frozen=True, slots=True)
class Judgement:
    """Our own understanding, from rules and the gazetteer."""

    city: City

    def understand(self, text: str, channel: Channel) -> Understanding:
        """Never raises for any text; an empty one is Intent.OTHER. The channel does not matter yet."""
        del channel
        words = read_words(text, self.city.rules.spelling)
        if not words.tokens:
            return Understanding(intent=Intent.OTHER)
        return self._understand(words)

    def _understand(self, words: Words) -> Understanding:
        located = locate(words, self.city.gazetteer)
        said = still_open(words.without(located.spoken), self.city.lexicon)
        hits = self.city.lexicon.find(said)
        guesses = rank(hits, said)
        wanted = read_intent(weigh(said, hits, guesses))
        if not keeps_category(wanted.intent, guesses):
            return Understanding(
                intent=wanted.intent,
                intent_confidence=wanted.confidence,
                place=located.place,
                evidence=(*_evidence(said, hits, wanted.intent, None), *located.evidence),
            )
        troubles = (
            troubles_in(words, self.city.lexicon, self.city.gazetteer) if wanted.intent.makes_a_case else []
        )
        guesses = _first_leads(guesses, troubles)
        category = guesses[0].category
        assigned = self._assign(category, located.place, words, wanted.intent)
        return Understanding(
            intent=wanted.intent,
            intent_confidence=wanted.confidence,
            category=category,
            category_confidence=guesses[0].confidence,
            category_top3=guesses[:_SHOWN],
            agency=assigned.agency,
            beyond=assigned.beyond,
            place=located.place,
            also=tuple(self._also(trouble, located.place) for trouble in troubles[1:2]),
            evidence=(*_evidence(said, hits, wanted.intent, category), *located.evidence),
        )

    def _assign(self, category: Category, place: Place, words: Words, intent: Intent) -> Assignment:
        return assign(category, place, words, self.city.rules, emergency=intent is Intent.EMERGENCY)

    def _also(self, trouble: Trouble, whole: Place) -> AlsoReported:
        """The second trouble; where its part names no place it is that of the whole message."""
        place = trouble.place if trouble.place.in_city else whole
        assigned = self._assign(trouble.guess.category, place, trouble.part, Intent.COMPLAINT)
        return AlsoReported(
            category=trouble.guess.category,
            agency=assigned.agency,
            street=place.street,
            kecamatan=place.kecamatan,
        )


def _first_leads(guesses: tuple[Guess, ...], troubles: Sequence[Trouble]) -> tuple[Guess, ...]:
    """Of several troubles the one the citizen began with."""
    if not troubles:
        return guesses
    first = troubles[0].guess
    return (first, *(guess for guess in guesses if guess.category is not first.category))


def as_json(id: object, understanding: Understanding) -> dict[str, object]:  # noqa: A002 - the field's own name
    """One line of ``understand``."""
    place = understanding.place
    return {
        "id": id,
        "intent": understanding.intent.value,
        "intent_confidence": round(understanding.intent_confidence, 3),
        "category": understanding.category.value if understanding.category else None,
        "category_confidence": round(understanding.category_confidence, 3),
        "category_top3": [guess.category.value for guess in understanding.category_top3],
        "agency": understanding.agency,
        "beyond": understanding.beyond,
        "emergency": understanding.emergency,
        "street": place.street,
        "landmark": place.landmark,
        "kelurahan": place.kelurahan,
        "kecamatan": place.kecamatan,
        "kecamatan_candidates": list(place.kecamatan_candidates),
        "place_confidence": round(place.confidence, 3),
        "lat": place.lat,
        "lon": place.lon,
        "in_city": place.in_city,
        "rt": place.rt,
        "rw": place.rw,
        "also": [
            {
                "category": second.category.value,
                "agency": second.agency,
                "street": second.street,
                "kecamatan": second.kecamatan,
            }
            for second in understanding.also
        ],
        "evidence": [{"field": item.field, "words": item.words} for item in understanding.evidence],
    }


def _evidence(
    words: Words, hits: Sequence[Hit], intent: Intent, category: Category | None
) -> Iterator[Evidence]:
    for field, target in (("intent", intent.value), ("category", category.value if category else "")):
        if hit := strongest(hits, target):
            yield Evidence(field=field, words=words.as_written(hit.first, hit.last))
