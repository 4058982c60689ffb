"""The place a text tells: which of the names it mentions, and what they settle together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from models.domain.place import NOWHERE, Place
from routing.gazetteer import Area, Gazetteer, Kelurahan, Landmark, Outside, Street
from routing.mentions import Mention, UnknownStreet, find_mentions
from routing.normalise import Words
from routing.points import find_point
from routing.understanding import Evidence
from routing.wards import ward_at

_RT = re.compile(r" rt (?:rw )?(\d{1,3}) ")
_RW = re.compile(r" rw (\d{1,3}) | rt rw \d{1,3} (\d{1,3}) ")
_UNKNOWN_SURE = 0.45
_UNSETTLED = 0.6


@dataclass(frozen=True, slots=True)
class Located:
    """A place and the words it rests on. ``spoken`` are the tokens that name places, not troubles."""

    place: Place
    evidence: tuple[Evidence, ...]
    spoken: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Named:
    """What the text names, by kind, best first."""

    streets: tuple[Street, ...]
    kelurahan: Kelurahan | None
    kecamatan: str | None
    areas: tuple[Area, ...]
    landmark: Landmark | None


def locate(words: Words, gazetteer: Gazetteer) -> Located:
    """The place named in the words. Never guesses between several of one name: it lists them."""
    point = find_point(words.text)
    mentions, unknown = find_mentions(words, gazetteer)
    place, chosen = _settle(mentions, unknown)
    evidence = [Evidence(field=_field(mention), words=_written(words, mention)) for mention in chosen]
    if point:
        place = _with_point(place, point[0], point[1], gazetteer)
        evidence.append(Evidence(field="lat", words=point[2]))
    return Located(_with_rt(place, words), tuple(evidence), tuple(map(_spoken, mentions)))


def place_at(lat: float, lon: float, gazetteer: Gazetteer) -> Place:
    """The ward of a shared pin."""
    return _with_point(NOWHERE, lat, lon, gazetteer)


def _settle(mentions: Sequence[Mention], unknown: UnknownStreet | None) -> tuple[Place, list[Mention]]:
    inside = [mention for mention in mentions if not isinstance(mention.thing, Outside)]
    if not inside:
        return _no_city_place(mentions, unknown)
    chosen = [best for best in (_best(inside, kind) for kind in (tuple, Kelurahan, str, Landmark)) if best]
    chosen += [mention for mention in inside if isinstance(mention.thing, Area)]
    named = _named(chosen)
    place = _combine(named, max(mention.sure for mention in chosen))
    if place.street is None and unknown:
        place = replace(place, street=unknown.full_name)
    return place, chosen


def _no_city_place(mentions: Sequence[Mention], unknown: UnknownStreet | None) -> tuple[Place, list[Mention]]:
    if mentions:
        return Place(in_city=False, confidence=mentions[0].sure), [mentions[0]]
    if unknown:
        return Place(street=unknown.full_name, in_city=True, confidence=_UNKNOWN_SURE), []
    return NOWHERE, []


def _best(mentions: Sequence[Mention], kind: type) -> Mention | None:
    """The one announced by "jl", "kel" ... before those that are not; else the first."""
    of_kind = [mention for mention in mentions if isinstance(mention.thing, kind)]
    return max(of_kind, key=lambda mention: (mention.cued, _precise(mention), -mention.first), default=None)


def _precise(mention: Mention) -> bool:
    """Panam and Rumbai name a quarter as often as a road."""
    return mention.sure > _UNSETTLED


def _named(chosen: Sequence[Mention]) -> _Named:
    streets: tuple[Street, ...] = ()
    kelurahan, kecamatan, landmark = None, None, None
    areas = []
    for mention in chosen:
        match mention.thing:
            case tuple():
                streets = mention.thing
            case Kelurahan():
                kelurahan = mention.thing
            case str():
                kecamatan = mention.thing
            case Landmark():
                landmark = mention.thing
            case Area():
                areas.append(mention.thing)
            case _:
                pass
    return _Named(streets, kelurahan, kecamatan, tuple(areas), landmark)


def _combine(named: _Named, sure: float) -> Place:
    possible = _possible_kecamatan(named)
    streets = [s for s in named.streets if set(s.kecamatan) & set(possible)] or list(named.streets)
    kelurahan = _kelurahan(named, streets, possible)
    ambiguous = len(possible) > 1 and _several_places(streets, possible)
    return Place(
        street=streets[0].full_name if streets else named.landmark.street if named.landmark else None,
        landmark=named.landmark.name if named.landmark else None,
        kelurahan=kelurahan,
        kecamatan=possible[0] if len(possible) == 1 else None,
        kecamatan_candidates=possible,
        in_city=True,
        ambiguous=ambiguous,
        confidence=min(sure, _UNSETTLED) if ambiguous else sure,
    )


def _possible_kecamatan(named: _Named) -> tuple[str, ...]:
    """What is left when everything named has to agree; the more exact name wins where it cannot."""
    sources: list[tuple[str, ...]] = []
    if named.kelurahan:
        sources.append((named.kelurahan.kecamatan,))
    if named.kecamatan:
        sources.append((named.kecamatan,))
    if named.landmark and named.landmark.kecamatan:
        sources.append((named.landmark.kecamatan,))
    if named.streets:
        sources.append(tuple(dict.fromkeys(name for s in named.streets for name in s.kecamatan)))
    sources.extend(area.kecamatan for area in named.areas)
    possible: tuple[str, ...] = ()
    for source in sources:
        both = tuple(name for name in possible if name in source)
        possible = both or possible or source
    return possible


def _kelurahan(named: _Named, streets: Sequence[Street], possible: tuple[str, ...]) -> str | None:
    if named.kelurahan:
        return named.kelurahan.name
    if named.landmark and named.landmark.kelurahan and named.landmark.kecamatan in possible:
        return named.landmark.kelurahan
    for area in named.areas:
        if area.kelurahan:
            return area.kelurahan
    left = {ward for street in streets for ward in street.kelurahan}
    return left.pop() if len(left) == 1 else None


def _several_places(streets: Sequence[Street], possible: tuple[str, ...]) -> bool:
    """Whether one name stands for several streets, unlike one long street through several kecamatan."""
    if not streets:
        return False
    if any(street.road_class == "arteri" for street in streets):
        return False
    left = [street for street in streets if set(street.kecamatan) & set(possible)]
    return len(left) > 1 or left[0].is_gang


def _with_point(place: Place, lat: float, lon: float, gazetteer: Gazetteer) -> Place:
    """A point settles the ward, whatever the names left open."""
    ward = ward_at(lat, lon, gazetteer.wards)
    if ward is None:
        return replace(NOWHERE, lat=lat, lon=lon, in_city=False, confidence=0.95)
    return replace(
        place,
        kelurahan=ward.kelurahan,
        kecamatan=ward.kecamatan,
        kecamatan_candidates=(ward.kecamatan,),
        lat=lat,
        lon=lon,
        in_city=True,
        ambiguous=False,
        confidence=0.97,
    )


def _with_rt(place: Place, words: Words) -> Place:
    rt, rw = _RT.search(words.line), _RW.search(words.line)
    if not rt and not rw:
        return place
    return replace(place, rt=rt.group(1) if rt else None, rw=(rw.group(1) or rw.group(2)) if rw else None)


def _spoken(mention: Mention) -> tuple[int, int]:
    """A landmark's first word says what it is (a market, a clinic): it still tells of the trouble."""
    first = mention.first + 1 if isinstance(mention.thing, Landmark) else mention.first
    return first, mention.last


def _field(mention: Mention) -> str:
    match mention.thing:
        case tuple():
            return "street"
        case Kelurahan():
            return "kelurahan"
        case Landmark():
            return "landmark"
        case Outside():
            return "in_city"
        case _:
            return "kecamatan"


def _written(words: Words, mention: Mention) -> str:
    """The name as written, with the "jl" or "kel" before it."""
    return words.as_written(mention.first - 1 if mention.cued else mention.first, mention.last)
