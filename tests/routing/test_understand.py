"""What holds for any text at all, and what `understand` writes."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.knowledge import Knowledge, load_knowledge
from models.domain.category import Category, Channel, Intent
from routing.understand import as_json
from routing.understanding import Understanding

KNOWLEDGE = load_knowledge()
#: Any characters, and texts made of words that mean something here.
WORDS = [
    "banjir",
    "Jl.",
    "melati",
    "sampah",
    "kel",
    "di",
    "PKU",
    "RT 03",
    "tidak",
    "\n",
    "gg",
    "tolong",
    "@",
    "ké",
]
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)
FIELDS = [
    "id",
    "intent",
    "intent_confidence",
    "category",
    "category_confidence",
    "category_top3",
    "agency",
    "beyond",
    "emergency",
    "street",
    "landmark",
    "kelurahan",
    "kecamatan",
    "kecamatan_candidates",
    "place_confidence",
    "lat",
    "lon",
    "in_city",
    "rt",
    "rw",
    "also",
    "evidence",
]


def understand(text: str) -> Understanding:
    return KNOWLEDGE.understander.understand(text, Channel.MESSENGER)


@settings(deadline=None, max_examples=300)
@given(text=TEXTS)
def test_any_text_is_understood_to_mean_something_honest(text: str) -> None:
    read = understand(text)

    confidences = [read.intent_confidence, read.category_confidence, read.place.confidence]
    confidences += [guess.confidence for guess in read.category_top3]
    assert all(0 <= confidence <= 1 for confidence in confidences)
    assert [item.words for item in read.evidence if item.words not in text] == []
    assert [guess.category for guess in read.category_top3][:1] == ([read.category] if read.category else [])
    assert read.emergency == (read.intent is Intent.EMERGENCY)


@settings(deadline=None, max_examples=100)
@given(text=TEXTS)
def test_a_place_is_settled_or_has_candidates_never_both(text: str) -> None:
    place = understand(text).place

    assert place.kecamatan is None or place.kecamatan_candidates == (place.kecamatan,)
    assert place.kecamatan is not None or len(place.kecamatan_candidates) != 1


@given(text=st.text(max_size=50))
def test_as_json_writes_exactly_the_agreed_fields(text: str) -> None:
    line = as_json("m1", understand(text))

    assert list(line) == FIELDS
    assert json.loads(json.dumps(line))["id"] == "m1"


@pytest.mark.parametrize("text", ["", "   ", "👍👍", "...", "\u200b"])
def test_nothing_said_is_other(text: str) -> None:
    assert understand(text) == Understanding(intent=Intent.OTHER)


@pytest.mark.parametrize(
    "text",
    ["a" * 100_000, "banjir " * 20_000, "jl " * 30_000, "z̷̧̛͈" * 20_000, "😀" * 50_000, "@0.5,101.4" * 9_000],
)
@pytest.mark.timeout(20)
def test_hostile_text_ends_in_bounded_time(text: str) -> None:
    assert understand(text).intent in Intent


def test_the_words_of_the_evidence_stand_as_in_the_text() -> None:
    read = understand("Smpah numpukkk dpn ps pagi Arengka!!")

    assert {item.field: item.words for item in read.evidence} == {
        "category": "Smpah numpukkk",
        "landmark": "ps pagi Arengka",
    }


def test_the_second_trouble_of_another_agency_is_told_beside_the_first() -> None:
    read = understand("sampah numpuk di jl durian dan lampu jalan mati di jl melur")

    assert read.category is Category.SAMPAH
    assert as_json(None, read)["also"] == [
        {
            "category": "lampu_jalan",
            "agency": "DISHUB",
            "street": "Jalan Melur",
            "kecamatan": understand("jl melur").place.kecamatan,
        }
    ]


def test_the_cause_of_a_trouble_is_no_second_trouble() -> None:
    assert understand("banjir karena parit penuh sampah di jl durian").also == ()


def test_everything_known_is_loaded(knowledge: Knowledge) -> None:
    assert set(knowledge.categories) == set(Category)
    assert all(len(words.title) <= 20 for words in knowledge.categories.values())
    assert {rule.agency for rule in knowledge.rules.rules} <= set(knowledge.opds)
    assert {rule.beyond for rule in knowledge.rules.rules if rule.beyond} <= set(knowledge.opds)
    assert knowledge.opds["LUAR-PLN"].contact == "PLN 123"
