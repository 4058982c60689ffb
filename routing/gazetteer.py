"""The named places of Pekanbaru, indexed by the words they begin with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from routing.normalise import read_words
from routing.typos import Spellings, build_spellings
from routing.wards import Ward

T = TypeVar("T")
Row = Mapping[str, str]
Spelling = Mapping[str, str]

#: Shorter names written as one word ("sail baru") would be found inside other words.
_SHORTEST_JOINED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Street:
    """A street or gang of the register. ``main``: an arterial or collector road."""

    name: str
    is_gang: bool
    road_class: str
    kelurahan: tuple[str, ...]
    kecamatan: tuple[str, ...]

    @property
    def main(self) -> bool:
        return self.road_class in {"arteri", "kolektor"}

    @property
    def full_name(self) -> str:
        return f"{'Gang' if self.is_gang else 'Jalan'} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kelurahan:
    """A ward as a name."""

    name: str
    kecamatan: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A name that stands for one or more kecamatan: an old one, a quarter. ``cue``: only after "di", "kec" ..."""

    name: str
    kecamatan: tuple[str, ...]
    kelurahan: str | None
    cue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Landmark:
    """A market, clinic, school, waste point ... with its ward, and the street in its name, where known."""

    name: str
    kind: str
    kelurahan: str | None
    kecamatan: str | None
    street: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """A place of a neighbouring regency or farther away."""

    name: str
    regency: str
    cue: bool


@dataclass(frozen=True, slots=True)
class Names(Generic[T]):
    """What each name, as a sequence of word forms, stands for."""

    by_forms: Mapping[tuple[str, ...], tuple[T, ...]]
    lengths: Mapping[str, tuple[int, ...]]

    def at(self, forms: Sequence[str], index: int) -> list[tuple[int, tuple[T, ...]]]:
        """The names that begin at ``index``: (how many words, what they stand for), longest first."""
        found = []
        for length in self.lengths.get(forms[index], ()):
            name = tuple(forms[index : index + length])
            if len(name) == length and (things := self.by_forms.get(name)):
                found.append((length, things))
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """All places by name, and the ward outlines for points.

    ``common`` names are words too and need a cue before them; for ``strict`` ones only "kelurahan" will do.
    """

    streets: Names[Street]
    popular: Mapping[tuple[str, ...], str]
    kelurahan: Names[Kelurahan]
    kecamatan: Names[str]
    areas: Names[Area]
    landmarks: Names[Landmark]
    outside: Names[Outside]
    common: frozenset[tuple[str, ...]]
    strict: frozenset[tuple[str, ...]]
    ordinary: frozenset[str]
    street_spellings: Spellings
    popular_spellings: Spellings
    wards: tuple[Ward, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRows:
    """The files of places as they stand in routing/data."""

    streets: Sequence[Row]
    street_aliases: Sequence[Row]
    kelurahan: Sequence[Row]
    kecamatan: Sequence[Row]
    areas: Sequence[Row]
    landmarks: Sequence[Row]
    outside: Sequence[Row]
    common_names: Sequence[Row]


def build_gazetteer(
    rows: PlaceRows, *, wards: Iterable[Ward], spelling: Spelling, ordinary: Iterable[str]
) -> Gazetteer:
    """``ordinary`` are words that are never the name of an unknown street."""
    popular = {forms_of(row["alias"], spelling): row["name"] for row in rows.street_aliases}
    popular |= {forms_of(name, spelling): name for name in set(popular.values())}
    popular |= {("".join(forms),): name for forms, name in popular.items() if _joins(forms)}
    streets = _streets(rows, popular, spelling)
    return Gazetteer(
        streets=streets,
        popular=popular,
        kelurahan=_names(_kelurahan(rows.kelurahan), spelling),
        kecamatan=_names(_kecamatan(rows.kecamatan), spelling),
        areas=_names(_areas(rows.areas), spelling),
        landmarks=_names(_landmarks(rows.landmarks, popular, spelling), spelling),
        outside=_names(_outside(rows.outside), spelling),
        common=frozenset(forms_of(row["name"], spelling) for row in rows.common_names),
        strict=frozenset(
            forms_of(row["name"], spelling)
            for row in rows.common_names
            if row["only_after_kelurahan"] == "yes"
        ),
        ordinary=frozenset(ordinary),
        street_spellings=build_spellings(streets.by_forms),
        popular_spellings=build_spellings(forms for forms in popular if forms in streets.by_forms),
        wards=tuple(wards),
    )


def forms_of(name: str, spelling: Spelling) -> tuple[str, ...]:
    """A name as the same word forms that a text is read into."""
    return read_words(name, spelling).forms


def _streets(rows: PlaceRows, popular: Mapping[tuple[str, ...], str], spelling: Spelling) -> Names[Street]:
    by_name: defaultdict[str, list[Street]] = defaultdict(list)
    for row in rows.streets:
        by_name[row["name"]].append(
            Street(
                name=row["name"],
                is_gang=row["kind"] == "gang",
                road_class=row["road_class"],
                kelurahan=_several(row["kelurahan"]),
                kecamatan=_several(row["kecamatan"]),
            )
        )
    named = [(name, street) for name, streets in by_name.items() for street in streets]
    aliased = [(" ".join(forms), street) for forms, name in popular.items() for street in by_name[name]]
    return _names([*named, *aliased, *_longer(named, popular, spelling)], spelling)


def _longer(
    named: Iterable[tuple[str, Street]], popular: Mapping[tuple[str, ...], str], spelling: Spelling
) -> Iterable[tuple[str, Street]]:
    """Streets named after a popular one, with its other spellings: Hangtuah Ujung, Arengka 2 Ujung."""
    spellings: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for forms, name in popular.items():
        spellings[forms_of(name, spelling)].append(" ".join(forms))
    for name, street in named:
        forms = forms_of(name, spelling)
        for length in range(1, len(forms)):
            rest = " ".join(forms[length:])
            yield from ((f"{other} {rest}", street) for other in spellings.get(forms[:length], ()))


def _kelurahan(rows: Sequence[Row]) -> Iterable[tuple[str, Kelurahan]]:
    for row in rows:
        ward = Kelurahan(name=row["name"], kecamatan=row["kecamatan"])
        for name in (row["name"], row["official"], *_several(row["aliases"])):
            yield name, ward


def _kecamatan(rows: Sequence[Row]) -> Iterable[tuple[str, str]]:
    for row in rows:
        for name in (row["name"], row["official"], *_several(row["aliases"])):
            yield name, row["name"]


def _areas(rows: Sequence[Row]) -> Iterable[tuple[str, Area]]:
    for row in rows:
        yield (
            row["name"],
            Area(
                name=row["name"],
                kecamatan=_several(row["kecamatan"]),
                kelurahan=row["kelurahan"] or None,
                cue=row["cue"] == "yes",
            ),
        )


def _landmarks(
    rows: Sequence[Row], popular: Mapping[tuple[str, ...], str], spelling: Spelling
) -> Iterable[tuple[str, Landmark]]:
    for row in rows:
        before, cue, street = row["name"].partition(" Jl. ")
        landmark = Landmark(
            name=row["name"],
            kind=row["kind"],
            kelurahan=row["kelurahan"] or None,
            kecamatan=row["kecamatan"] or None,
            street=f"Jalan {popular.get(forms_of(street, spelling), street)}" if cue else None,
        )
        for name in (row["name"], *_several(row["aliases"])):
            yield name, landmark
        if cue:
            # "TPS di Jalan Rajawali" is the same as "TPS Jalan Rajawali".
            yield f"{before} di Jl. {street}", landmark


def _outside(rows: Sequence[Row]) -> Iterable[tuple[str, Outside]]:
    for row in rows:
        yield row["name"], Outside(name=row["name"], regency=row["regency"], cue=row["cue"] == "yes")


def _names(named: Iterable[tuple[str, T]], spelling: Spelling) -> Names[T]:
    things: defaultdict[tuple[str, ...], list[T]] = defaultdict(list)
    for name, thing in named:
        forms = forms_of(name, spelling)
        for spelt in {forms, ("".join(forms),)} if _joins(forms) else {forms}:
            if spelt and thing not in things[spelt]:
                things[spelt].append(thing)
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for forms in things:
        lengths[forms[0]].add(len(forms))
    return Names(
        {forms: tuple(same) for forms, same in things.items()},
        {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()},
    )


def _joins(forms: tuple[str, ...]) -> bool:
    """Whether people can write the name as one word without its being taken for another."""
    return sum(map(len, forms)) >= _SHORTEST_JOINED


def _several(joined: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split("|") if part)
