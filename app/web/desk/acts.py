"""An act on a case: one form, one transaction. Nobody overwrites what somebody else did meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from sqlalchemy.orm import Session

from app.web.desk import deeds, words
from app.web.desk.acting import Act, perform
from app.web.desk.cards import CaseCard, cards
from app.web.desk.deeds import LEADS_TO, Deed
from app.web.desk.forms import ActForm, Refused
from app.web.desk.frame import AtDesk, DeskDep, Frame, frame
from app.web.desk.story import Happened, story
from app.web.pages import Sorry, Why, pages_of, see_other
from app.web.signin import refuse_other_sites
from bot.case_moves import CaseFile
from models.db import wake
from models.domain.case import Case
from models.domain.errors import IllegalMove
from models.domain.number import find_number
from models.store import case_views
from models.tables import HistoryRow

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

#: The same act of the same person within this time is a second tap, not a second wish.
_SECOND_TAP = timedelta(minutes=5)
_WRITTEN_AS = {Deed.NOTE: "catatan", Deed.DIRECT: "arahan", Deed.REPLY: "balasan"}


class Stale(Exception):
    """The case has changed since the form was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage:
    """``why``: what the form lacks, ``stale`` or ``not_now``. ``changed`` is what happened meanwhile.

    ``again`` are the form's own fields for another try, empty where the act is no longer possible.
    """

    frame: Frame
    why: str
    deed: str
    case: CaseCard
    changed: tuple[Happened, ...]
    again: tuple[tuple[str, str], ...]


@router.post("/kasus/{number}/{deed}")
def act(
    request: Request, desk: DeskDep, number: str, deed: str, form: Annotated[ActForm, Form()]
) -> Response:
    wanted = deed_named(deed)
    try:
        with desk.service.database.write() as session:
            _act(session, desk, number, wanted, form)
            wake(session, "outbox")
    except Stale:
        return _refused(request, desk, number, wanted, form, "stale", HTTPStatus.CONFLICT)
    except IllegalMove:
        return _refused(request, desk, number, wanted, form, "not_now", HTTPStatus.CONFLICT)
    except Refused as lacking:
        why = lacking.missing.value
        return _refused(request, desk, number, wanted, form, why, HTTPStatus.UNPROCESSABLE_ENTITY)
    desk.service.wake_sender()
    return see_other(_back(form, number, wanted))


def deed_named(name: str) -> Deed:
    """Raises Sorry for an address that is none of ours."""
    if name not in set(Deed):
        raise Sorry(Why.NO_SUCH_PAGE)
    return Deed(name)


def _act(session: Session, desk: AtDesk, number: str, deed: Deed, form: ActForm) -> None:
    visitor = desk.visitor
    case = _lock(session, desk, number, form, deed)
    if not deeds.may(visitor.role, deed):
        raise Sorry(Why.NOT_YOUR_PART)
    by = deeds.actor(visitor.role, visitor.name)
    lines = case_views.history(session, visitor.scope, case)
    if is_second_tap(lines, deed, form, name=by.name, at=desk.at):
        return
    if form.version != case_views.version(session, visitor.scope, case):
        raise Stale
    file = CaseFile(session=session, city=desk.city, at=desk.at)
    perform(Act(desk=desk, file=file, case=case, form=form, by=by), deed)


def _lock(session: Session, desk: AtDesk, number: str, form: ActForm, deed: Deed) -> Case:
    """The case for us alone; raises Sorry where this person has no such case.

    Two cases are always locked in one order, or two officers who merge them into each other would wait for ever.
    """
    wanted = find_number(number) or ""
    other = find_number(form.into) if deed is Deed.MERGE else None
    locked = {
        name: case_views.lock(session, desk.visitor.scope, name) for name in sorted({wanted, other or wanted})
    }
    case = locked[wanted]
    if case is None:
        raise Sorry(Why.NO_SUCH_REPORT)
    return case


def is_second_tap(lines: Sequence[HistoryRow], deed: Deed, form: ActForm, *, name: str, at: datetime) -> bool:
    """Whether the last line says that this very person has just done this very thing."""
    last = lines[-1] if lines else None
    if last is None or last.by_name != name or at - last.at > _SECOND_TAP:
        return False
    if deed is Deed.ACCEPT:
        return last.what == "diterima_opd"
    if deed in LEADS_TO:
        return last.to_state == LEADS_TO[deed]
    return last.what == _WRITTEN_AS.get(deed) and last.note == form.words


def _back(form: ActForm, number: str, deed: Deed) -> str:
    if form.back == "daftar":
        return f"/?arahan={number}"
    return f"/kasus/{number}?baru={deed.value}"


def _refused(
    request: Request, desk: AtDesk, number: str, deed: Deed, form: ActForm, why: str, status: HTTPStatus
) -> Response:
    page = refused_page(desk, number, deed, form, why)
    return pages_of(request).show(request, "desk/refused.html", page, status=status)


def refused_page(desk: AtDesk, number: str, deed: Deed, form: ActForm, why: str) -> RefusedPage:
    """How the case stands now, and the same form once more where it still makes sense."""
    scope = desk.visitor.scope
    with desk.service.database.read() as session:
        case = case_views.find(session, scope, find_number(number) or "")
        if case is None:
            raise Sorry(Why.NO_SUCH_REPORT)
        lines = case_views.history(session, scope, case)
        card = cards(session, desk, [case])[0]
        possible = deeds.is_possible(deed, case, desk.visitor.role)
        return RefusedPage(
            frame=frame(session, desk, ""),
            why=why,
            deed=deed.value,
            case=card,
            changed=tuple(story([line for line in lines if line.id > form.seen], desk))
            if why == "stale"
            else (),
            again=_again(form, card.version, lines) if why == "stale" and possible else (),
        )


def _again(form: ActForm, version: int, lines: Sequence[HistoryRow]) -> tuple[tuple[str, str], ...]:
    """The form's fields as they came, but made for the case as it is now."""
    fields = {
        **form.model_dump(exclude={"reports", "version", "seen"}),
        "version": version,
        "seen": lines[-1].id if lines else 0,
    }
    chosen = [("reports", str(report)) for report in form.reports]
    return (*((name, str(value)) for name, value in fields.items() if value), *chosen)


def done_words(deed: str) -> str:
    """What is told after a redirect; empty for an address that somebody wrote by hand."""
    return words.DONE[Deed(deed)] if deed in set(Deed) else ""
