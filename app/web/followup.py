"""The citizen's page of a case, behind a link that nobody can guess. No account, no script, no name of anybody."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Request, Response

from app.web.pages import Sorry, Why, pages_of
from app.wiring import Service, link_token
from bot.conversation.names import CityNames
from bot.conversation.phrases.id import place_name
from models.domain.case import Case, CaseState
from models.domain.number import find_number
from models.store import case_lists, cases
from models.tables import HistoryRow

router = APIRouter()

_S = CaseState
#: What a citizen can still look forward to.
_AHEAD = {
    _S.DITERIMA: (_S.DITERUSKAN, _S.DIPROSES, _S.SELESAI),
    _S.PERLU_VERIFIKASI: (_S.DITERUSKAN, _S.DIPROSES, _S.SELESAI),
    _S.DITERUSKAN: (_S.DIPROSES, _S.SELESAI),
    _S.DIBUKA_KEMBALI: (_S.DIPROSES, _S.SELESAI),
    _S.DIPROSES: (_S.SELESAI,),
}
#: An officer took the case: told as a step, though the state stays.
_TAKEN = "diterima_opd"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step on the way, ``at`` None while it lies ahead. ``opd`` is empty where the agency may have been another."""

    what: str
    at: datetime | None
    opd: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedPage:
    """For whoever comes without the right key: nothing by which a person or a house could be found."""

    label: str
    kecamatan: str
    state: CaseState


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUpPage:
    """For the citizen who reported. ``handler`` has the case, empty when nobody has to do anything any more;
    ``contact`` is that of an owner outside the city.
    """

    number: str
    label: str
    place: str
    state: CaseState
    handler: str
    is_outside: bool
    contact: str
    due_at: datetime | None
    is_late: bool
    is_emergency: bool
    steps: tuple[Step, ...]
    triage_team: str


@router.get("/l/{code}")
def follow_up(request: Request, code: str, k: str = "") -> Response:
    service: Service = request.app.state.service
    case, lines = _find(service, code)
    city = service.counsel.city
    token = link_token(service.settings.signing_key(), case.number)
    if not hmac.compare_digest(k.encode(), token.encode()):
        guarded = guarded_page(case, city)
        return pages_of(request).show(request, "followup/guarded.html", guarded)
    page = follow_up_page(case, lines, city, at=service.clock())
    return pages_of(request).show(request, "followup/case.html", page)


def _find(service: Service, code: str) -> tuple[Case, list[HistoryRow]]:
    """Raises Sorry for a number that no case has."""
    number = find_number(code)
    with service.database.read() as session:
        case = cases.by_number(session, number) if number else None
        if case is None:
            raise Sorry(Why.NO_SUCH_REPORT)
        return case, cases.history(session, case.id)


def guarded_page(case: Case, city: CityNames) -> GuardedPage:
    return GuardedPage(
        label=city.label(case.category), kecamatan=case.place.kecamatan or "", state=case.state
    )


def follow_up_page(case: Case, lines: Sequence[HistoryRow], city: CityNames, *, at: datetime) -> FollowUpPage:
    is_outside = bool(case.opd and case.opd.startswith("LUAR-"))
    due_at = case.due_at if case.state.is_open else None
    return FollowUpPage(
        number=case.number,
        label=city.label(case.category),
        place=place_name(case.place),
        state=case.state,
        handler=city.opd(case.opd if is_outside else _agency_with(case)) if _is_somebodys(case) else "",
        is_outside=is_outside,
        contact=city.contact(case.opd) if case.opd and is_outside else "",
        due_at=due_at,
        is_late=due_at is not None and due_at < at,
        is_emergency=case.emergency and case.state.is_open,
        steps=(*steps_so_far(lines, city.opd(case.opd)), *steps_ahead(case.state)),
        triage_team=city.triage_team,
    )


def _agency_with(case: Case) -> str | None:
    """A guess at the agency is not yet one that has the case: until it is forwarded the triage team has it."""
    return case.opd if case.state in (*case_lists.ON_HAND, _S.SELESAI, _S.DITUTUP) else None


def _is_somebodys(case: Case) -> bool:
    return case.state not in {_S.DIBATALKAN, _S.DUPLIKAT}


def steps_so_far(lines: Sequence[HistoryRow], opd: str) -> list[Step]:
    """What happened, without who did it. The agency is named where it is certain: since the last forwarding."""
    last = max((n for n, line in enumerate(lines) if line.to_state == _S.DITERUSKAN), default=0)
    return [
        Step(what=what, at=line.at, opd=opd if n >= last else "")
        for n, line in enumerate(lines)
        if (what := _TAKEN if line.what == _TAKEN else line.to_state)
    ]


def steps_ahead(state: CaseState) -> list[Step]:
    return [Step(what=ahead, at=None) for ahead in _AHEAD.get(state, ())]
