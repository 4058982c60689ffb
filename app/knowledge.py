"""Reads routing/data, once: everything the judgement and the words to citizens rest on."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from models.domain.category import Category
from models.domain.opd import Opd
from routing.answers import Answers, build_answers
from routing.assign import Rules, Target, build_rules
from routing.due import WorkingDays, public_holidays
from routing.gazetteer import Gazetteer, PlaceRows, build_gazetteer
from routing.lexicon import build_lexicon
from routing.understand import City, Judgement
from routing.understanding import Understands
from routing.wards import Ward

Row = dict[str, str]
_DATA = files("routing") / "data"
_YEARS = range(2025, 2033)
_ARTERIAL = frozenset({"arteri", "kolektor"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryWords:
    """How citizens read a category: ``title`` fits a quick reply (20 characters)."""

    label: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """All of routing/data, parsed. ``areas`` are the names of the kelurahan and kecamatan, as places are told."""

    understander: Understands
    rules: Rules
    gazetteer: Gazetteer
    categories: Mapping[Category, CategoryWords]
    opds: Mapping[str, Opd]
    areas: tuple[str, ...]
    answers: Answers


def load_knowledge() -> Knowledge:
    """Reads every file anew (under a second); keep the result."""
    spelling = {row["written"]: row["means"] for row in _rows("spelling.csv")}
    lexicon_rows = [*_rows("lexicon_categories.csv"), *_rows("lexicon_intents.csv")]
    gazetteer = build_gazetteer(
        _place_rows(), wards=_wards(), spelling=spelling, ordinary=_ordinary(lexicon_rows, spelling)
    )
    rules = _rules(spelling)
    city = City(lexicon=build_lexicon(lexicon_rows, spelling), gazetteer=gazetteer, rules=rules)
    return Knowledge(
        understander=Judgement(city),
        rules=rules,
        gazetteer=gazetteer,
        categories=_categories(),
        opds=_opds(),
        answers=build_answers(_rows("answers.csv"), spelling),
        areas=tuple(
            dict.fromkeys(row["name"] for file in ("kelurahan.csv", "kecamatan.csv") for row in _rows(file))
        ),
    )


@cache
def kelurahan() -> Mapping[str, str]:
    """Each kelurahan with its kecamatan, as the desk offers them."""
    return {row["name"]: row["kecamatan"] for row in _rows("kelurahan.csv")}


def _rows(name: str) -> list[Row]:
    return list(csv.DictReader((_DATA / name).read_text(encoding="utf-8").splitlines()))


def _place_rows() -> PlaceRows:
    return PlaceRows(
        streets=_rows("streets.csv"),
        street_aliases=_rows("street_aliases.csv"),
        kelurahan=_rows("kelurahan.csv"),
        kecamatan=_rows("kecamatan.csv"),
        areas=_rows("areas.csv"),
        landmarks=_rows("landmarks.csv"),
        outside=_rows("outside.csv"),
        common_names=_rows("common_names.csv"),
    )


def _wards() -> list[Ward]:
    outlines = json.loads((_DATA / "wards.json").read_text(encoding="utf-8"))
    return [
        Ward(
            outline["kelurahan"],
            outline["kecamatan"],
            tuple(tuple((x, y) for x, y in ring) for ring in outline["rings"]),
        )
        for outline in outlines
    ]


def _ordinary(lexicon_rows: Sequence[Row], spelling: Mapping[str, str]) -> set[str]:
    """Words that speak of troubles, or that have a usual spelling, are not names of streets."""
    patterns = {
        word for row in lexicon_rows for word in row["pattern"].replace("|", " ").replace("_", " ").split()
    }
    listed = {row["word"] for row in _rows("ordinary_words.csv")}
    meant = {word for means in spelling.values() for word in means.split()}
    return {word.strip("?") for word in patterns if "*" not in word} | listed | meant


def _rules(spelling: Mapping[str, str]) -> Rules:
    targets = {
        Category(row["code"]): Target(
            agency=row["agency"],
            respond_days=int(row["respond_days"]),
            resolve_days=int(row["resolve_days"]),
            needs_place=row["needs_place"] == "yes",
        )
        for row in _rows("categories.csv")
    }
    circumstances = [{**row, "kind": "fact", "weight": "1"} for row in _rows("circumstances.csv")]
    return Rules(
        rules=build_rules(_rows("rules.csv")),
        targets=targets,
        circumstances=build_lexicon(circumstances, spelling),
        spelling=spelling,
        provincial_roads=frozenset(row["name"] for row in _rows("provincial_roads.csv")),
        main_roads=frozenset(row["name"] for row in _rows("streets.csv") if row["road_class"] in _ARTERIAL),
        working_days=WorkingDays(public_holidays(_YEARS)),
    )


def _categories() -> dict[Category, CategoryWords]:
    return {
        Category(row["code"]): CategoryWords(label=row["label"], title=row["title"])
        for row in _rows("categories.csv")
    }


def _opds() -> dict[str, Opd]:
    return {
        row["code"]: Opd(
            code=row["code"], name=row["name"], short_name=row["short_name"], contact=row["contact"]
        )
        for row in _rows("opd.csv")
    }
