"""Category x place x circumstances -> the agency that gets it, by readable rules: the first that fits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.domain.category import Category
from models.domain.place import Place
from routing.due import WorkingDays
from routing.lexicon import Lexicon
from routing.normalise import Words, read_words

ANY = "*"
OUTSIDE = "LUAR-KAB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One line of rules.csv. Every one of ``conditions`` must hold; one that begins with ``!`` must not."""

    category: str
    conditions: tuple[str, ...]
    agency: str
    beyond: str | None
    area: str | None
    why: str

    def fits(self, category: Category, facts: frozenset[str]) -> bool:
        return self.category in {ANY, category} and all(
            (name[1:] not in facts) if name.startswith("!") else (name in facts) for name in self.conditions
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What the city promises for a category, in working days, and whether a place is needed to act."""

    agency: str
    respond_days: int
    resolve_days: int
    needs_place: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Everything a decision rests on beside the understanding. ``sure`` is the least confidence to act on."""

    rules: tuple[Rule, ...]
    targets: Mapping[Category, Target]
    circumstances: Lexicon
    spelling: Mapping[str, str]
    provincial_roads: frozenset[str]
    main_roads: frozenset[str]
    working_days: WorkingDays
    sure: float = 0.55


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Who gets it. ``beyond`` is the owner outside the city; then ``agency`` coordinates or is that owner too."""

    agency: str
    beyond: str | None = None
    area: str | None = None
    why: str = ""

    @property
    def is_city(self) -> bool:
        return not self.agency.startswith("LUAR-")


def assign(category: Category, place: Place, words: Words, rules: Rules, *, emergency: bool) -> Assignment:
    """The agency for this trouble at this place."""
    facts = _facts(place, words, rules, emergency=emergency)
    for rule in rules.rules:
        if rule.fits(category, facts):
            return _assignment(rule, place)
    return Assignment(agency=rules.targets[category].agency, why="default of the category")


def assign_text(category: Category, place: Place, text: str, rules: Rules, *, emergency: bool) -> Assignment:
    return assign(category, place, read_words(text, rules.spelling), rules, emergency=emergency)


def area_of(agency: str, place: Place, rules: Rules) -> str | None:
    """The kelurahan or kecamatan whose office of the agency gets it, where it has one per area."""
    for rule in rules.rules:
        if rule.agency == agency and rule.area:
            return _area(rule, place)
    return None


def build_rules(rows: Iterable[Mapping[str, str]]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            category=row["category"],
            conditions=tuple(row["when"].split()),
            agency=row["agency"],
            beyond=row["beyond"] or None,
            area=row["area"] or None,
            why=row["why"],
        )
        for row in rows
    )


def _assignment(rule: Rule, place: Place) -> Assignment:
    beyond = rule.beyond or (rule.agency if rule.agency.startswith("LUAR-") else None)
    return Assignment(agency=rule.agency, beyond=beyond, area=_area(rule, place), why=rule.why)


def _area(rule: Rule, place: Place) -> str | None:
    match rule.area:
        case "kelurahan":
            return place.kelurahan
        case "kecamatan":
            return place.kecamatan
        case _:
            return None


def _facts(place: Place, words: Words, rules: Rules, *, emergency: bool) -> frozenset[str]:
    facts = {hit.sign.target for hit in rules.circumstances.find(words)}
    road = (place.street or "").removeprefix("Jalan ")
    if place.street and road in rules.provincial_roads:
        facts.add("provincial_road")
    if place.street and road in rules.main_roads:
        facts.add("main_road")
    if place.street and place.street.startswith("Gang "):
        facts.add("gang")
    if place.rt or place.rw:
        facts.add("neighbourhood")
    if place.in_city is False:
        facts.add("outside_city")
    if emergency:
        facts.add("emergency")
    return frozenset(facts)
