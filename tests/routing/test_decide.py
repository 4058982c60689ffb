"""What is to be done, and by when."""

from datetime import UTC, datetime

import pytest

from app.knowledge import Knowledge
from models.domain.category import Category, Channel, Intent
from models.domain.place import NOWHERE, Place
from routing.decide import decide, decide_case
from routing.decision import (
    AskCategory,
    AskPlace,
    Decision,
    HandToTriage,
    JustAnswer,
    NotOurs,
    RouteTo,
)
from routing.due import WIB

TUESDAY_MORNING = datetime(2026, 11, 24, 10, 0, tzinfo=WIB)
RAJAWALI = Place(street="Jalan Rajawali", kecamatan="Sukajadi", in_city=True, confidence=0.9)


def decided(text: str, knowledge: Knowledge, at: datetime = TUESDAY_MORNING) -> Decision:
    read = knowledge.understander.understand(text, Channel.MESSENGER)
    return decide(read, at=at, rules=knowledge.rules)


def opd_of(text: str, knowledge: Knowledge) -> tuple[str, str | None, str | None]:
    decision = decided(text, knowledge)
    assert isinstance(decision, RouteTo)
    return decision.opd, decision.area, decision.beyond


def test_a_clear_complaint_is_forwarded_with_its_due_times(knowledge: Knowledge) -> None:
    assert decided("TPS di jl rajawali penuh sampah", knowledge) == RouteTo(
        opd="DLHK",
        area=None,
        beyond=None,
        respond_due_at=datetime(2026, 11, 25, 9, 0, tzinfo=UTC),
        due_at=datetime(2026, 11, 27, 9, 0, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jalan arifin achmad berlubang", ("PUPR", None, "LUAR-PROV")),
        ("lampu jalan mati di arifin achmad", ("DISHUB", None, None)),
        ("jalan di perumahan kami rusak, kel delima", ("PERKIM", None, None)),
        ("sampah rumah kami tidak diangkut rt 2 kel delima", ("LPS", "Delima", None)),
        ("kantor lurah delima lama kali pelayanannya", ("KEC", "Bina Widya", None)),
        ("kebakaran rumah tolong cepat", ("DPKP", None, None)),
    ],
)
def test_place_and_circumstances_choose_the_agency(
    text: str, expected: tuple[str, str | None, str | None], knowledge: Knowledge
) -> None:
    assert opd_of(text, knowledge) == expected


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        ("mati lampu di kulim", "LUAR-PLN"),
        ("jalan rusak di pandau jaya", "LUAR-KAB"),
        ("motor saya dicuri", "LUAR-POLRI"),
        ("kabel wifi menjuntai di jl melur", "LUAR-TELKOM"),
    ],
)
def test_what_is_not_the_citys_is_said_whose_it_is(text: str, owner: str, knowledge: Knowledge) -> None:
    assert decided(text, knowledge) == NotOurs(owner=owner)


def test_without_a_place_it_is_asked(knowledge: Knowledge) -> None:
    assert decided("jalan depan rumah saya hancur", knowledge) == AskPlace(kecamatan=())


def test_of_several_places_the_candidates_are_asked(knowledge: Knowledge) -> None:
    decision = decided("jl melati rusak pak", knowledge)

    assert isinstance(decision, AskPlace)
    assert "Bina Widya" in decision.kecamatan


def test_papers_need_no_place(knowledge: Knowledge) -> None:
    assert isinstance(decided("ktp saya sudah 3 bulan belum jadi", knowledge), RouteTo)


@pytest.mark.parametrize("text", ["ini juga", "tolong ditindak pak, parah kali disini"])
def test_an_unclear_trouble_is_asked_about(text: str, knowledge: Knowledge) -> None:
    decision = decided(text, knowledge)

    assert isinstance(decision, AskCategory)
    assert 1 <= len(decision.options) <= 3


@pytest.mark.parametrize(
    ("text", "intent"), [("makasih pak", Intent.THANKS), ("halo", Intent.GREETING), ("up", Intent.OTHER)]
)
def test_what_is_no_report_is_just_answered(text: str, intent: Intent, knowledge: Knowledge) -> None:
    assert decided(text, knowledge) == JustAnswer(intent=intent)


def case(knowledge: Knowledge, category: Category, place: Place, *, questions_left: bool) -> Decision:
    return decide_case(
        category=category,
        place=place,
        emergency=False,
        text="parah kali pak",
        at=TUESDAY_MORNING,
        rules=knowledge.rules,
        questions_left=questions_left,
    )


def test_an_answered_question_completes_the_case(knowledge: Knowledge) -> None:
    assert isinstance(case(knowledge, Category.JALAN_RUSAK, RAJAWALI, questions_left=True), RouteTo)


def test_when_no_question_is_left_a_person_looks_at_it(knowledge: Knowledge) -> None:
    assert case(knowledge, Category.JALAN_RUSAK, NOWHERE, questions_left=True) == AskPlace(kecamatan=())
    assert isinstance(case(knowledge, Category.JALAN_RUSAK, NOWHERE, questions_left=False), HandToTriage)


def test_other_matters_go_to_a_person(knowledge: Knowledge) -> None:
    assert isinstance(case(knowledge, Category.LAINNYA, RAJAWALI, questions_left=True), HandToTriage)


@pytest.mark.parametrize(
    ("at", "days", "due"),
    [
        ("2026-11-24 10:00", 1, "2026-11-25 16:00"),
        ("2026-11-24 20:00", 1, "2026-11-26 16:00"),
        ("2026-11-27 09:00", 1, "2026-11-30 16:00"),
        ("2026-11-28 09:00", 1, "2026-12-01 16:00"),
        ("2026-12-23 09:00", 1, "2026-12-28 16:00"),
        ("2026-08-14 09:00", 1, "2026-08-18 16:00"),
    ],
    ids=["morning", "evening", "over a weekend", "saturday", "christmas and joint leave", "independence day"],
)
def test_due_times_count_working_days(at: str, days: int, due: str, knowledge: Knowledge) -> None:
    found = knowledge.rules.working_days.due(datetime.fromisoformat(at).replace(tzinfo=WIB), days)

    assert found == datetime.fromisoformat(due).replace(tzinfo=WIB)
    assert found.tzinfo is UTC


def test_the_fire_brigade_answers_within_the_hour_also_at_night(knowledge: Knowledge) -> None:
    midnight = datetime(2026, 12, 25, 0, 0, tzinfo=WIB)

    assert knowledge.rules.working_days.due(midnight, 0) == datetime(2026, 12, 24, 18, 0, tzinfo=UTC)
