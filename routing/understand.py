"""From a text to its understanding: words, signs, intent, category, place and agency in one pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.domain.category import Category, Channel, Intent
from models.domain.place import Place
from routing.assign import Rules, assign
from routing.classify import rank, strongest
from routing.gazetteer import Gazetteer
from routing.intent import keeps_category, read_intent, weigh
from routing.lexicon import Hit, Lexicon
from routing.locate import locate
from routing.normalise import Words, read_words
from routing.second_problem import find_second
from routing.understanding import Evidence, Understanding

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
        hits = self.city.lexicon.find(words)
        guesses = rank(hits)
        wanted = read_intent(weigh(hits, guesses))
        located = locate(words, self.city.gazetteer)
        category = guesses[0].category if guesses else None
        if not keeps_category(wanted.intent, category):
            category = None
        agency, beyond = self._agency(category, located.place, words, wanted.intent)
        return Understanding(
            intent=wanted.intent,
            intent_confidence=wanted.confidence,
            category=category,
            category_confidence=guesses[0].confidence if category else 0.0,
            category_top3=guesses[:_SHOWN] if category else (),
            agency=agency,
            beyond=beyond,
            place=located.place,
            also=find_second(words, category, self.city.lexicon, self.city.gazetteer, self.city.rules)
            if wanted.intent.makes_a_case and category
            else (),
            evidence=(*_evidence(words, hits, wanted.intent, category), *located.evidence),
        )

    def _agency(
        self, category: Category | None, place: Place, words: Words, intent: Intent
    ) -> tuple[str | None, str | None]:
        if category is None:
            return None, None
        found = assign(category, place, words, self.city.rules, emergency=intent is Intent.EMERGENCY)
        return found.agency, found.beyond


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
