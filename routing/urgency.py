"""Danger to life or a home, now: signs that speak for it and signs that take it back."""

from collections.abc import Sequence

from routing.lexicon import Hit

_ENOUGH = 3.0


def emergency_confidence(hits: Sequence[Hit]) -> float:
    """How sure it is that somebody needs help now; below one half it is no emergency."""
    danger = max((hit.sign.weight for hit in hits if hit.sign.target == "emergency"), default=0.0)
    plea = sum(hit.sign.weight for hit in hits if hit.sign.target == "plea")
    past = sum(hit.sign.weight for hit in hits if hit.sign.target == "not_now")
    left = danger + min(plea, 1.5) - past if danger else 0.0
    return 0.0 if left <= 0 else min(0.98, left / (2 * _ENOUGH) + (0.2 if left >= _ENOUGH else 0.0))
