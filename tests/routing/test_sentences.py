"""What people write, and what is to be understood: one table, sentences.csv."""

import csv
from importlib.resources import files

import pytest

from app.knowledge import Knowledge
from models.domain.category import Category, Channel, Intent

_TABLE = (files("tests.routing") / "sentences.csv").read_text(encoding="utf-8")
SENTENCES = list(csv.DictReader(_TABLE.splitlines()))
FIELDS = ("intent", "category", "agency", "street", "kecamatan")
#: The share that has to be right; single sentences may stay wrong, and the table says so openly.
AT_LEAST = {"intent": 0.95, "category": 0.95, "agency": 0.95, "street": 0.95, "kecamatan": 0.9}
PLAIN_PER_CATEGORY = 6


def _understood(row: dict[str, str], knowledge: Knowledge) -> dict[str, str]:
    """The checked fields as the table writes them: ``-`` for none."""
    read = knowledge.understander.understand(row["text"], Channel(row["channel"]))
    values = (read.intent, read.category, read.agency, read.place.street, read.place.kecamatan)
    return {field: str(value or "-") for field, value in zip(FIELDS, values, strict=True)}


@pytest.mark.parametrize("field", FIELDS)
def test_most_sentences_are_understood(field: str, knowledge: Knowledge) -> None:
    checked = [row for row in SENTENCES if row[field]]

    wrong = [
        f"{row['id']} {row['text']!r}: {got} instead of {row[field]}"
        for row in checked
        if (got := _understood(row, knowledge)[field]) != row[field]
    ]

    assert 1 - len(wrong) / len(checked) >= AT_LEAST[field], "\n".join(wrong)


def test_every_category_has_plain_sentences() -> None:
    plain = [row["category"] for row in SENTENCES if not row["hard"]]

    assert {category: plain.count(category) >= PLAIN_PER_CATEGORY for category in Category} == dict.fromkeys(
        Category, True
    )


def test_every_intent_occurs() -> None:
    assert {row["intent"] for row in SENTENCES} == set(Intent)
