"""Where a text names a place: the words, and what they may stand for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from routing.gazetteer import Area, Gazetteer, Kelurahan, Landmark, Outside, Street
from routing.normalise import Words

STREET_CUES = frozenset({"jalan", "gang"})
JUNCTION_CUES = frozenset(
    {"simpang", "pertigaan", "perempatan", "sepanjang", "ruas", "ujung", "flyover", "arah"}
)
WARD_CUES = frozenset({"kelurahan", "lurah"})
DISTRICT_CUES = frozenset({"kecamatan", "camat"})
PLACE_CUES = frozenset(
    {"di", "ke", "dari", "arah", "depan", "dekat", "belakang", "sekitar", "sekitaran", "seputaran", "daerah"}
    | {"kawasan", "wilayah", "sebelah", "samping", "seberang", "area", "lokasi", "tepatnya", "sampai"}
    | {"warga", "kampung", "perumahan"}
)
_SHORTEST_TYPO = 6
_LONGEST_NAME = 3
_CLOSE = 86
_CLOSER = 91
_UNKNOWN_NAME = 2


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in the tokens ``[first, last)``. ``sure`` is how likely it is meant as a place."""

    thing: tuple[Street, ...] | Kelurahan | Area | Landmark | Outside | str
    first: int
    last: int
    sure: float
    cued: bool


@dataclass(frozen=True, slots=True)
class UnknownStreet:
    """A street that the register lacks, as the citizen wrote it."""

    full_name: str


def find_mentions(words: Words, gazetteer: Gazetteer) -> tuple[list[Mention], UnknownStreet | None]:
    """Every place named, in the order of the text; longer names before shorter ones within them."""
    mentions: list[Mention] = []
    unknown = None
    index = 0
    while index < len(words.forms):
        best = max(_meant(words, index, mentions, gazetteer), key=_rank, default=None)
        best = best or _mistyped(words, index, gazetteer)
        if best is None:
            unknown = unknown or _unknown(words, index, gazetteer)
            index += 1
            continue
        mentions.append(best)
        index = best.last
    return mentions, unknown


def _meant(words: Words, index: int, mentions: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Mention]:
    follows = (bool(mentions) and mentions[-1].last == index) or _after_number(words, index)
    yield from _candidates(words, index, gazetteer, follows=follows)
    if index == 0:
        # A bare name is the answer to "where?".
        whole = _candidates(words, index, gazetteer, follows=True)
        yield from (mention for mention in whole if mention.last == len(words.forms))


def _after_number(words: Words, index: int) -> bool:
    """After "rt 4 rw 2" or "km 18" comes where that is."""
    return index > 1 and words.forms[index - 1].isdigit() and words.forms[index - 2] in {"rt", "rw", "km"}


def _rank(mention: Mention) -> tuple[int, float]:
    return mention.last - mention.first, mention.sure


def _candidates(words: Words, index: int, gazetteer: Gazetteer, *, follows: bool) -> Iterator[Mention]:
    """``follows``: a place stands right before, so that the next word is where it lies ("jl melur kulim")."""
    cue = "di" if follows else words.forms[index - 1] if index else ""
    for length, landmarks in gazetteer.landmarks.at(words.forms, index):
        yield Mention(landmarks[0], index, index + length, 0.9, cued=False)
    yield from _street_candidates(words, index, gazetteer, cue)
    yield from _ward_candidates(words, index, gazetteer, cue)
    for length, areas in gazetteer.areas.at(words.forms, index):
        if not areas[0].cue or cue in PLACE_CUES | DISTRICT_CUES | {"panam"}:
            yield Mention(areas[0], index, index + length, 0.82, cued=cue in DISTRICT_CUES)
    for length, outside in gazetteer.outside.at(words.forms, index):
        if cue not in STREET_CUES and (not outside[0].cue or cue in PLACE_CUES | {"kota", "kabupaten"}):
            yield Mention(outside[0], index, index + length, 0.8, cued=False)


def _street_candidates(words: Words, index: int, gazetteer: Gazetteer, cue: str) -> Iterator[Mention]:
    for length, streets in gazetteer.streets.at(words.forms, index):
        forms = words.forms[index : index + length]
        if cue in STREET_CUES:
            own = _of_kind(streets, cue)
            if own and not _ordinary_road(words, index, length, gazetteer):
                yield Mention(own, index, index + length, 0.95, cued=True)
        elif forms in gazetteer.common or _only_words(forms, gazetteer) or all(s.is_gang for s in streets):
            continue
        elif forms in gazetteer.popular:
            yield Mention(_of_kind(streets, "jalan"), index, index + length, 0.85, cued=False)
        elif cue in JUNCTION_CUES or (cue in PLACE_CUES and (length > 1 or streets[0].main)):
            yield Mention(_of_kind(streets, "jalan"), index, index + length, 0.7, cued=False)
        elif length > 1 and any(street.main for street in streets):
            yield Mention(_of_kind(streets, "jalan"), index, index + length, 0.75, cued=False)


def _only_words(forms: tuple[str, ...], gazetteer: Gazetteer) -> bool:
    """Without "jl" before them, names made of everyday words alone are those words ("di lampu merah", "blok c")."""
    return all(form in gazetteer.ordinary or len(form) == 1 for form in forms)


def _ward_candidates(words: Words, index: int, gazetteer: Gazetteer, cue: str) -> Iterator[Mention]:
    for length, wards in gazetteer.kelurahan.at(words.forms, index):
        forms = words.forms[index : index + length]
        spoken = forms not in gazetteer.common or (cue in PLACE_CUES and forms not in gazetteer.strict)
        if cue in WARD_CUES or (cue not in DISTRICT_CUES and spoken):
            sure = 0.97 if cue in WARD_CUES else 0.8
            yield Mention(wards[0], index, index + length, sure, cued=cue in WARD_CUES)
    for length, districts in gazetteer.kecamatan.at(words.forms, index):
        common = words.forms[index : index + length] in gazetteer.common
        if cue in DISTRICT_CUES or (cue not in WARD_CUES and (not common or cue in PLACE_CUES)):
            sure = 0.97 if cue in DISTRICT_CUES else 0.81
            yield Mention(districts[0], index, index + length, sure, cued=cue in DISTRICT_CUES)


def _of_kind(streets: tuple[Street, ...], cue: str) -> tuple[Street, ...]:
    """Those that are a gang, or a street, as the citizen said; gangs are called streets too, never the reverse."""
    own = tuple(street for street in streets if street.is_gang == (cue == "gang"))
    return own or (() if cue == "gang" else streets)


def _abbreviated(words: Words, index: int) -> bool:
    """Whether the cue announces a name ("jl", "gang"); the full word "jalan" is as often just the road."""
    return words.as_written(index - 1, index).lower() not in {"jalan", "jalanan"}


def _ordinary_road(words: Words, index: int, length: int, gazetteer: Gazetteer) -> bool:
    """A road that is new, the main road: "jalan baru", "jalan utama"."""
    return length == 1 and words.forms[index] in gazetteer.ordinary and not _abbreviated(words, index)


def _mistyped(words: Words, index: int, gazetteer: Gazetteer) -> Mention | None:
    """The nearest name to what follows "jl" or "gang", or to a long word that looks like a popular street."""
    cue = words.forms[index - 1] if index else ""
    if words.forms[index] in gazetteer.ordinary:
        return None
    if cue not in STREET_CUES:
        return _mistyped_popular(words, index, gazetteer)
    for length in range(_LONGEST_NAME, 0, -1):
        written = "".join(words.forms[index : index + length])
        if index + length > len(words.forms) or len(written) < _SHORTEST_TYPO:
            continue
        cutoff = _CLOSE if _abbreviated(words, index) else _CLOSER
        name = gazetteer.street_spellings.nearest(written, likeness=cutoff)
        own = _of_kind(gazetteer.streets.by_forms[name], cue) if name else ()
        if own:
            return Mention(own, index, index + length, 0.7, cued=True)
    return None


def _mistyped_popular(words: Words, index: int, gazetteer: Gazetteer) -> Mention | None:
    for length in (2, 1):
        written = "".join(words.forms[index : index + length])
        if index + length > len(words.forms) or len(written) <= _SHORTEST_TYPO:
            continue
        if name := gazetteer.popular_spellings.nearest(written, likeness=_CLOSER - 1):
            streets = gazetteer.streets.by_forms[name]
            return Mention(_of_kind(streets, "jalan"), index, index + length, 0.65, cued=False)
    return None


def _unknown(words: Words, index: int, gazetteer: Gazetteer) -> UnknownStreet | None:
    """A name after "jl" or "gang" that the register lacks: new estates are missing there."""
    cue = words.forms[index - 1] if index else ""
    if cue not in STREET_CUES or not _abbreviated(words, index):
        return None
    last = index
    while last < min(len(words.forms), index + _UNKNOWN_NAME) and _may_be_a_name(
        words, last, index, gazetteer
    ):
        last += 1
    if last == index:
        return None
    name = words.as_written(index, last).title()
    return UnknownStreet(f"{'Gang' if cue == 'gang' else 'Jalan'} {name}")


def _may_be_a_name(words: Words, at: int, first: int, gazetteer: Gazetteer) -> bool:
    form = words.forms[at]
    joined = at == first or not words.gap(at).strip()
    named = gazetteer.kelurahan.at(words.forms, at) or gazetteer.kecamatan.at(words.forms, at)
    plain = form.isalpha() and len(form) > 2 and form not in gazetteer.ordinary
    return joined and plain and (at == first or not named)
