"""What must hold in any city at any moment, whoever did what: each promise is one function that asserts it."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy.orm import Session

from models.domain.case import MOVES, Case, CaseState, Role
from models.domain.outgoing import Audience
from models.store import cases, conversations, outbox, reports
from models.tables import HistoryRow, OutboxRow

QUESTIONS = ("Mohon bantu kami menemukan lokasinya", "ada di beberapa kecamatan", "Masalahnya tentang apa")
#: Every arrival in one of these is told, whoever moved the case.
TOLD = {
    CaseState.DIPROSES,
    CaseState.SELESAI,
    CaseState.DITUTUP,
    CaseState.DIBUKA_KEMBALI,
    CaseState.TIDAK_LENGKAP,
}
WITH_AN_AGENCY = {CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI}
_NUMBER = re.compile(r"PKU-[0-9A-Z]{5,6}")


@dataclass(slots=True)
class Look:
    """One moment of a city."""

    session: Session
    cases: Sequence[Case]
    words: Sequence[OutboxRow]

    def of(self, case: Case, *, to: Audience | None = None) -> list[OutboxRow]:
        return [
            word for word in self.words if word.case_id == case.id and (to is None or word.audience == to)
        ]

    def history(self, case: Case) -> list[HistoryRow]:
        return cases.history(self.session, case.id)

    def person(self, key: str) -> frozenset[str]:
        """All the keys of whoever is behind this one."""
        row = conversations.get(self.session, key)
        return frozenset(conversations.same_citizen(self.session, row)) if row else frozenset({key})


def look(session: Session) -> Look:
    made = [case for case, _ in cases.every(session)]
    return Look(session=session, cases=made, words=outbox.every(session))


def every_open_case_has_an_owner_and_a_next_step(now: Look) -> None:
    for case in now.cases:
        told_triage = now.of(case, to=Audience.STAFF)
        if case.state in WITH_AN_AGENCY:
            assert case.opd
            assert now.of(case, to=Audience.OPD), f"{case.number}: nobody was alerted"
        elif case.state is CaseState.PERLU_VERIFIKASI:
            assert case.waits_for_citizen or told_triage, f"{case.number} waits for nobody"
        elif case.state is CaseState.BUKAN_KEWENANGAN and not (case.opd or "").startswith("LUAR-"):
            assert told_triage, f"{case.number} was returned to nobody"
        assert case.state is not CaseState.DITERIMA


def nobody_is_asked_twice_or_a_third_time(now: Look) -> None:
    for case in now.cases:
        receipts = [word.text for word in now.of(case, to=Audience.CITIZEN) if word.because == "receipt"]
        asked = Counter(question for text in receipts for question in QUESTIONS if question in text)
        assert all(times == 1 for times in asked.values()), f"{case.number}: {asked}"
        assert sum(asked.values()) <= 2, f"{case.number}: {asked}"


def nobody_is_told_twice(now: Look) -> None:
    """Neither for the same reason, nor in the same words about the same line of history."""
    told = [word for word in now.words if word.audience == Audience.CITIZEN and word.because == "status"]
    heard = Counter((min(now.person(word.recipient)), word.about) for word in told)
    assert {key: times for key, times in heard.items() if times > 1} == {}
    reasons = Counter((word.recipient, word.because, word.about) for word in now.words)
    assert max(reasons.values(), default=1) == 1


def no_follower_is_forgotten(now: Look, *, since: int) -> int:
    """Each new move that is told was put for each who follows the case; the last line that was looked at."""
    last = since
    for case in now.cases:
        followers = {min(now.person(key)) for key in reports.followers(now.session, case.id)}
        for line in [line for line in now.history(case) if line.id > since]:
            last = max(last, line.id)
            told = {
                min(now.person(word.recipient)) for word in now.words if word.about == f"history:{line.id}"
            }
            is_told = line.to_state in TOLD or line.what == "diterima_opd"
            is_told = is_told or (line.to_state == CaseState.BUKAN_KEWENANGAN and line.by_role == Role.OPD)
            assert not is_told or followers <= told, f"{case.number}: {line.what} {line.to_state}"
    return last


def history_has_legal_moves_only_and_ends_in_the_state(now: Look) -> None:
    for case in now.cases:
        moves = [line for line in now.history(case) if line.to_state]
        assert moves[0].what == "dibuka"
        assert moves[-1].to_state == case.state
        for before, move in pairwise(moves):
            assert move.from_state == before.to_state
            allowed = MOVES[CaseState(move.from_state or "")].get(CaseState(move.to_state or ""), frozenset())
            assert Role(move.by_role) in allowed, f"{case.number}: {move.from_state} -> {move.to_state}"


def reporters(now: Look) -> dict[str, set[str]]:
    """For each number the people who have told of it, as it is now: a merge hands reports on, a split away."""
    return {
        case.number: {
            key for row in reports.of_case(now.session, case.id) for key in now.person(row.conversation)
        }
        for case in now.cases
    }


def nobody_hears_of_anothers_case(now: Look, ever: Mapping[str, set[str]]) -> None:
    """Who reads of a number has reported it at some time; to name a number oneself brings no news of it."""
    for word in now.words:
        refused = word.text.startswith("Nomor PKU-")
        if word.audience == Audience.CITIZEN and not refused:
            person = now.person(word.recipient)
            strange = [
                number for number in _NUMBER.findall(word.text) if not person & ever.get(number, set())
            ]
            assert strange == [], f"{person} heard of {strange}: {word.text}"


def no_card_names_a_citizen(now: Look, citizens: Sequence[str]) -> None:
    for word in now.words:
        if word.audience == Audience.OPD:
            assert not any(psid in word.text for psid in citizens)
            assert "3456" not in word.text
