"""The nearest known spelling of a mistyped name."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

#: Letters that a slip of the thumb adds or leaves out.
_SLIPS = 2

Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spellings:
    """Names written as one word, by first letter and length: people rarely mistype the first letter."""

    by_start: Mapping[tuple[str, int], Mapping[str, Forms]]

    def nearest(self, written: str, *, likeness: float) -> Forms | None:
        """The name most like ``written`` (0 to 100), if it is at least so much alike."""
        best: tuple[float, Forms] | None = None
        for length in range(len(written) - _SLIPS, len(written) + _SLIPS + 1):
            names = self.by_start.get((written[0], length))
            if not names:
                continue
            found = process.extractOne(written, names.keys(), scorer=fuzz.ratio, score_cutoff=likeness)
            if found and (best is None or found[1] > best[0]):
                best = found[1], names[found[0]]
        return best[1] if best else None


def build_spellings(names: Iterable[Forms]) -> Spellings:
    by_start: defaultdict[tuple[str, int], dict[str, Forms]] = defaultdict(dict)
    for forms in names:
        joined = "".join(forms)
        by_start[joined[0], len(joined)].setdefault(joined, forms)
    return Spellings(by_start)
