"""The first page of the desk: the forwarded cases, all of them for the mayor, their own for an agency."""

from dataclasses import dataclass
from datetime import datetime, time
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response

from app.web.desk.cards import CaseCard, as_card
from app.web.pages import GUARDS, PRIVATE, is_htmx, pages_of
from app.web.signin import Visitor, VisitorDep, refuse_other_sites
from app.wiring import Service
from bot.conversation.phrases.dates import WIB
from models.store import case_lists, reports
from models.store.case_lists import Figures

router = APIRouter(dependencies=[Depends(refuse_other_sites)])


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage:
    """For a stranger: how to get in. ``triage_team`` is whom to ask."""

    triage_team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """``opd`` is the agency whose cases these are, empty for the whole city."""

    name: str
    role: str
    opd: str
    figures: Figures
    cases: tuple[CaseCard, ...]


@router.get("/")
def home(request: Request, visitor: VisitorDep) -> Response:
    service: Service = request.app.state.service
    if visitor is not None:
        page = home_page(service, visitor)
        return pages_of(request).show(request, "desk/home.html", page, fragment="desk/_cases.html")
    if is_htmx(request):
        # A list that refreshes itself after its session ended: the whole page must go to the door.
        return Response(
            status_code=HTTPStatus.UNAUTHORIZED, headers={**GUARDS, **PRIVATE, "HX-Redirect": "/"}
        )
    door = DoorPage(triage_team=service.settings.triage_team_name)
    return pages_of(request).show(request, "desk/door.html", door)


def home_page(service: Service, visitor: Visitor) -> HomePage:
    at, city = service.clock(), service.counsel.city
    with service.database.read() as session:
        found = case_lists.forwarded(session, visitor.scope)
        citizens = reports.citizens(session, [case.id for case in found])
        figures = case_lists.figures(session, visitor.scope, since=start_of_day(at), at=at)
    return HomePage(
        name=visitor.name,
        role=visitor.role,
        opd=city.opd(visitor.scope.opd) if visitor.scope.opd else "",
        figures=figures,
        cases=tuple(as_card(case, citizens=citizens.get(case.id, 1), city=city, at=at) for case in found),
    )


def start_of_day(at: datetime) -> datetime:
    """Midnight in Pekanbaru."""
    return datetime.combine(at.astimezone(WIB).date(), time(), WIB)
