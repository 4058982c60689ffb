"""The first page of the desk: the forwarded cases, all of them for the mayor, their own for an agency."""

from dataclasses import dataclass
from datetime import datetime, time
from http import HTTPStatus

from fastapi import APIRouter, Depends, Request, Response

from app.web.desk import words
from app.web.desk.cards import CaseCard, cards
from app.web.desk.frame import AtDesk, Frame, frame
from app.web.pages import GUARDS, PRIVATE, is_htmx, pages_of
from app.web.signin import VisitorDep, refuse_other_sites
from app.wiring import Service
from bot.conversation.phrases.dates import WIB
from models.domain.number import find_number
from models.store import case_lists
from models.store.case_lists import Figures, Only

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

#: What somebody looks through standing; the rest is found by searching.
ON_A_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage:
    """For a stranger: how to get in. ``triage_team`` is whom to ask."""

    triage_team: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """``only`` is the chip that is chosen, empty for all; ``directed`` the case that the mayor just spoke about."""

    frame: Frame
    figures: Figures
    only: str
    cases: tuple[CaseCard, ...]
    has_more: bool
    directions: tuple[str, ...]
    directed: str


@router.get("/")
def home(request: Request, visitor: VisitorDep, tampil: str = "", arahan: str = "") -> Response:
    service: Service = request.app.state.service
    if visitor is not None:
        desk = AtDesk(service=service, visitor=visitor, at=service.clock())
        page = home_page(desk, only=tampil, directed=find_number(arahan) or "")
        return pages_of(request).show(request, "desk/home.html", page, fragment="desk/_cases.html")
    if is_htmx(request):
        # A list that refreshes itself after its session ended: the whole page must go to the door.
        return Response(
            status_code=HTTPStatus.UNAUTHORIZED, headers={**GUARDS, **PRIVATE, "HX-Redirect": "/"}
        )
    door = DoorPage(triage_team=service.settings.triage_team_name)
    return pages_of(request).show(request, "desk/door.html", door)


def home_page(desk: AtDesk, *, only: str, directed: str) -> HomePage:
    scope, at = desk.visitor.scope, desk.at
    narrowed = Only(only) if only in set(Only) else None
    with desk.service.database.read() as session:
        found = case_lists.forwarded(session, scope, at=at, only=narrowed, limit=ON_A_PAGE + 1)
        return HomePage(
            frame=frame(session, desk, "daftar"),
            figures=case_lists.figures(session, scope, since=start_of_day(at), at=at),
            only=narrowed.value if narrowed else "",
            cases=cards(session, desk, found[:ON_A_PAGE]),
            has_more=len(found) > ON_A_PAGE,
            directions=words.DIRECTIONS,
            directed=directed,
        )


def start_of_day(at: datetime) -> datetime:
    """Midnight in Pekanbaru."""
    return datetime.combine(at.astimezone(WIB).date(), time(), WIB)
