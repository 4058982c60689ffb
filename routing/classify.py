"""What a text is about: the weights of the signs found, as probabilities over the categories."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import exp

from models.domain.category import Category
from routing.lexicon import Hit
from routing.understanding import Guess

#: How much weight of signs "none of these" has: one weak word alone must not look certain.
_NONE = 1.2
_PROBLEM = "problem"
CATEGORIES = frozenset(category.value for category in Category)


def rank(hits: Iterable[Hit]) -> tuple[Guess, ...]:
    """The categories spoken for, likeliest first; empty when no sign speaks for any.

    A later model over words and counts joins its own scores to these before they become probabilities.
    """
    scores = score(hits)
    if not scores:
        return ()
    total = exp(_NONE) + sum(exp(value) for value in scores.values())
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0].value))
    return tuple(Guess(category=category, confidence=exp(value) / total) for category, value in ranked)


def score(hits: Iterable[Hit]) -> dict[Category, float]:
    """The sum of the weights for each category; words already counted by a longer sign count half."""
    counted: defaultdict[str, set[int]] = defaultdict(set)
    scores: defaultdict[Category, float] = defaultdict(float)
    for hit in sorted(hits, key=lambda hit: -hit.sign.weight):
        target = hit.sign.target
        if target not in CATEGORIES:
            continue
        span = set(range(hit.first, hit.last))
        share = 0.4 if span & counted[target] else 1.0
        counted[target] |= span
        scores[Category(target)] += hit.sign.weight * share
    return dict(scores)


def names_a_trouble(hits: Iterable[Hit], category: Category) -> bool:
    """Whether a sign of this category says that something is wrong, beyond what the talk is about."""
    return any(hit.sign.kind == _PROBLEM and hit.sign.target == category for hit in hits)


def strongest(hits: Sequence[Hit], target: str) -> Hit | None:
    """The sign that speaks most for ``target``."""
    own = [hit for hit in hits if hit.sign.target == target]
    return max(own, key=lambda hit: (hit.sign.weight, -hit.first), default=None)
