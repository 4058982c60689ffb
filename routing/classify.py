"""What a text is about: the weights of the signs found, as probabilities over the categories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp

from models.domain.category import Category
from routing.lexicon import Hit
from routing.normalise import Words
from routing.understanding import Guess

#: How much weight of signs "none of these" has: one weak word alone must not look certain.
_NONE = 1.2
_PROBLEM = "problem"
CATEGORIES = frozenset(category.value for category in Category)


#: What stands after these words is where the trouble is, not what it is ("di depan sekolah").
_NEAR = frozenset({"depan", "dekat", "belakang", "samping", "sebelah", "seberang", "sekitar"})
_NEAR_SHARE = 0.35
_REPEATED_SHARE = 0.4


def rank(hits: Iterable[Hit], words: Words) -> tuple[Guess, ...]:
    """The categories spoken for, likeliest first; empty when no sign speaks for any.

    A later model over words and counts joins its own scores to these before they become probabilities.
    """
    scores = score(hits, words)
    if not scores:
        return ()
    total = exp(_NONE) + sum(exp(value) for value in scores.values())
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].value))
    return tuple(Guess(category=category, confidence=exp(value) / total) for category, value in ranked)


def score(hits: Iterable[Hit], words: Words) -> dict[Category, float]:
    """The sum of the weights for each category; words already counted by a longer sign count half."""
    counted: defaultdict[str, set[int]] = defaultdict(set)
    scores: defaultdict[Category, float] = defaultdict(float)
    for hit in sorted(hits, key=lambda hit: -hit.sign.weight):
        target = hit.sign.target
        if target not in CATEGORIES:
            continue
        span = set(range(hit.first, hit.last))
        share = _REPEATED_SHARE if span & counted[target] else 1.0
        if hit.first and words.forms[hit.first - 1] in _NEAR:
            share *= _NEAR_SHARE
        counted[target] |= span
        scores[Category(target)] += hit.sign.weight * share
    return {category: value for category, value in scores.items() if value > 0}


def names_a_trouble(hits: Iterable[Hit], category: Category) -> bool:
    """Whether a sign of this category says that something is wrong, beyond what the talk is about."""
    return any(hit.sign.kind == _PROBLEM and hit.sign.target == category for hit in hits)


def strongest(hits: Sequence[Hit], target: str) -> Hit | None:
    """The sign that speaks most for ``target``."""
    own = [hit for hit in hits if hit.sign.target == target]
    return max(own, key=lambda hit: (hit.sign.weight, -hit.first), default=None)
