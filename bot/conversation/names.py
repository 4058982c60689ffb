"""The names that our sentences need, handed in from outside."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.domain.category import Category
from models.domain.opd import Opd


@dataclass(frozen=True, slots=True, kw_only=True)
class CityNames:
    """``labels`` are for sentences ("sampah menumpuk"), ``titles`` for buttons (at most 20 characters);
    ``link`` makes the address of a case's page from its number, for its own citizen alone.
    """

    labels: Mapping[Category, str]
    titles: Mapping[Category, str]
    opds: Mapping[str, Opd]
    triage_team: str
    link: Callable[[str], str]

    def label(self, category: Category | None) -> str:
        return self.labels[category] if category else "laporan"

    def opd(self, code: str | None) -> str:
        """What citizens read for an agency; the triage team while nobody has it."""
        return self.opds[code].short_name if code and code in self.opds else self.triage_team

    def contact(self, code: str) -> str:
        return self.opds[code].contact if code in self.opds else ""
