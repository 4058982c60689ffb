"""What a text wants from us: one of nine, by signs and in their order of precedence."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from models.domain.category import Intent
from routing.classify import names_a_trouble
from routing.lexicon import Hit
from routing.normalise import Words
from routing.understanding import Guess
from routing.urgency import emergency_confidence

_STRONG = 2.0
_CERTAIN = 4.0
_ADVERTISED = 3.0
_ABOUT = 0.5
_AT_LENGTH = 4
_ASKING = frozenset({"ya", "kah", "min"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """An intent and the probability that it is the right one."""

    intent: Intent
    confidence: float


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for what in one text."""

    weights: dict[str, float]
    guesses: tuple[Guess, ...]
    trouble: bool
    emergency: float
    asks: bool
    length: int

    def has(self, target: str, least: float = 0.5) -> bool:
        return self.weights.get(target, 0.0) >= least


def weigh(words: Words, hits: Sequence[Hit], guesses: tuple[Guess, ...]) -> Signals:
    weights: defaultdict[str, float] = defaultdict(float)
    for hit in hits:
        weights[hit.sign.target] += hit.sign.weight
    return Signals(
        weights=dict(weights),
        guesses=guesses,
        trouble=any(names_a_trouble(hits, guess.category) for guess in guesses[:2]),
        emergency=emergency_confidence(hits),
        asks="?" in words.text or words.forms[-1:] in {(word,) for word in _ASKING},
        length=len(words.tokens),
    )


def read_intent(signals: Signals) -> Wanted:
    """The first intent, in order of precedence, that the signals carry."""
    if signals.emergency >= 0.5:
        return Wanted(Intent.EMERGENCY, signals.emergency)
    if signals.has("spam", _ADVERTISED):
        return Wanted(Intent.SPAM, 0.9)
    if signals.has("status", _STRONG):
        return Wanted(Intent.STATUS, 0.9)
    if _is_complaint(signals):
        return Wanted(Intent.COMPLAINT, _complaint_confidence(signals))
    if signals.has("status"):
        return Wanted(Intent.STATUS, 0.7)
    if _is_question(signals):
        return Wanted(Intent.QUESTION, 0.8)
    if _speaks_of_a_matter(signals):
        return Wanted(Intent.COMPLAINT, 0.6)
    for target in (Intent.ABUSE, Intent.SPAM, Intent.THANKS, Intent.GREETING):
        if signals.has(target):
            return Wanted(target, 0.85)
    return Wanted(Intent.OTHER, 0.5 if signals.guesses else 0.8)


def _is_complaint(signals: Signals) -> bool:
    if signals.has("question", _CERTAIN) or _is_content(signals):
        return False
    if signals.has("same_here"):
        return True
    asked = signals.has("question", _STRONG) or (
        signals.asks and (signals.has("question", 1.0) or signals.has("whether"))
    )
    if asked and not signals.has("pain", 1.0):
        return False
    if signals.trouble:
        return True
    return (bool(signals.guesses) and signals.has("pain")) or signals.has("pain", _STRONG)


def _is_content(signals: Signals) -> bool:
    """It was mended and nothing is left: "but" would name what is."""
    mended = signals.has("solved") or (signals.has("done") and signals.has("thanks"))
    return mended and not signals.has("but")


def _is_question(signals: Signals) -> bool:
    whether = signals.asks and signals.has("whether") and bool(signals.guesses)
    return whether or signals.has("question", 1.0)


def _speaks_of_a_matter(signals: Signals) -> bool:
    """Who tells this page of a city matter at some length, without thanks, wants it seen to."""
    content = any(signals.has(target) for target in ("thanks", "solved", "spam", "abuse"))
    sure = bool(signals.guesses) and signals.guesses[0].confidence >= _ABOUT
    return sure and not content and signals.length >= _AT_LENGTH


def _complaint_confidence(signals: Signals) -> float:
    if signals.trouble:
        return 0.93 if not signals.has("question") else 0.75
    return 0.8 if signals.guesses else 0.65


def keeps_category(intent: Intent, guesses: tuple[Guess, ...]) -> bool:
    """Cases and questions have a category; the rest talk of a matter without asking for anything."""
    return bool(guesses) and (intent.makes_a_case or intent is Intent.QUESTION)
