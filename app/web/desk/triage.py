"""What the triage team has to look at: the few that the bot was unsure of, what came back, and what was asked."""

from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from app.web.desk import words
from app.web.desk.cards import CaseCard, cards
from app.web.desk.frame import AtDesk, DeskDep, Frame, frame
from app.web.desk.guess import Guess, guess, suggested_agency
from app.web.desk.story import Passage, evidence_of, passages
from app.web.pages import Sorry, Why, pages_of, see_other
from app.web.signin import refuse_other_sites
from models.domain.case import Case
from models.store import case_views, facts, triage_lists
from models.tables import ReportRow

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

ON_A_PAGE = 25
_LARGEST_ID = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsure:
    """A case that nobody has. ``why`` is the last reason in its history, ``suggested`` to whom it would go."""

    card: CaseCard
    since: datetime
    why: str
    passages: tuple[Passage, ...]
    guess: Guess | None
    suggested: str
    suggested_name: str
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A word for the team; ``number`` is the case that it is about, empty for none."""

    id: int
    kind: str
    text: str
    at: datetime
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagePage:
    frame: Frame
    cases: tuple[Unsure, ...]
    words: tuple[Asked, ...]


def _of_the_team(desk: AtDesk) -> None:
    if not desk.is_of_triage:
        raise Sorry(Why.NOT_YOUR_PART)


@router.get("/triase")
def show(request: Request, desk: DeskDep) -> Response:
    _of_the_team(desk)
    return pages_of(request).show(request, "desk/triage.html", triage_page(desk))


def triage_page(desk: AtDesk) -> TriagePage:
    scope = desk.visitor.scope
    with desk.service.database.read() as session:
        found = triage_lists.waiting(session, scope, limit=ON_A_PAGE)
        first = triage_lists.first_reports(session, scope, [case.id for case in found])
        shown = zip(found, cards(session, desk, found), strict=True)
        return TriagePage(
            frame=frame(session, desk, "triase"),
            cases=tuple(_unsure(session, desk, case, card, first.get(case.id)) for case, card in shown),
            words=tuple(
                Asked(
                    id=row.id,
                    kind=row.because,
                    text=row.text,
                    at=row.created_at,
                    number=number or "",
                )
                for row, number in triage_lists.unread_words(session, scope, limit=ON_A_PAGE)
            ),
        )


def _unsure(session: Session, desk: AtDesk, case: Case, card: CaseCard, report: ReportRow | None) -> Unsure:
    lines = case_views.history(session, desk.visitor.scope, case)
    text = report.text if report else ""
    suggested = suggested_agency(desk, case, text, lines)
    return Unsure(
        card=card,
        since=case.moved_at or case.created_at,
        why=words.reason(next((line.note for line in reversed(lines) if line.note), ""), desk.city),
        passages=tuple(passages(text, evidence_of(report))) if report else (),
        guess=guess(desk, text) if text else None,
        suggested=suggested,
        suggested_name=desk.city.opd(suggested) if suggested else "",
        seen=lines[-1].id if lines else 0,
    )


@router.post("/triase/{word_id}/dibaca")
def mark_read(desk: DeskDep, word_id: int) -> Response:
    """Somebody of the team has seen to it; who, is audited."""
    _of_the_team(desk)
    with desk.service.database.write() as session:
        if 0 < word_id < _LARGEST_ID and triage_lists.mark_read(
            session, desk.visitor.scope, word_id, at=desk.at
        ):
            facts.audit(session, by=desk.visitor.name, what="word read", about=f"word {word_id}", at=desk.at)
    return see_other("/triase")
