"""Two pages on which the triage team looks before it acts: what a correction means, and which cases are one."""

from dataclasses import dataclass
from datetime import timedelta

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from app.knowledge import kelurahan as all_kelurahan
from app.web.desk import deeds, words
from app.web.desk.cards import CaseCard, cards
from app.web.desk.case_page import find_case
from app.web.desk.deeds import Deed
from app.web.desk.frame import AtDesk, DeskDep, Frame, frame
from app.web.desk.placing import placed
from app.web.desk.story import Told, told
from app.web.pages import Sorry, Why, pages_of
from app.web.signin import refuse_other_sites
from bot.conversation.phrases.id import place_name
from models.domain.case import Case
from models.store import case_views
from routing import duplicates

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

_LOOK_BACK = timedelta(days=30)
_MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectPage:
    """``understood`` is how the typed place is read, empty while nothing was typed."""

    frame: Frame
    card: CaseCard
    category: str
    categories: tuple[tuple[str, str], ...]
    kelurahan: tuple[tuple[str, str], ...]
    typed: str
    chosen: str
    asked: bool
    understood: str
    new_label: str
    is_change: bool
    seen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Another case that may be the same; ``is_same`` by the rule that joins reports."""

    card: CaseCard
    is_same: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePage:
    frame: Frame
    card: CaseCard
    told: tuple[Told, ...]
    candidates: tuple[Candidate, ...]
    seen: int


def _may(desk: AtDesk, deed: Deed) -> None:
    if not deeds.may(desk.visitor.role, deed):
        raise Sorry(Why.NOT_YOUR_PART)


@router.get("/kasus/{number}/koreksi")
def correct(
    request: Request,
    desk: DeskDep,
    number: str,
    category: str = "",
    place: str = "",
    kelurahan: str = "",
) -> Response:
    with desk.service.database.read() as session:
        case = find_case(session, desk, number)
        _may(desk, Deed.CORRECT)
        page = correct_page(session, desk, case, category=category, typed=place, ward=kelurahan)
    return pages_of(request).show(request, "desk/correct.html", page)


def correct_page(
    session: Session, desk: AtDesk, case: Case, *, category: str, typed: str, ward: str
) -> CorrectPage:
    new_place = placed(desk.service.counsel, typed, ward)
    categories = words.categories(desk.city)
    current = case.category.value if case.category else ""
    chosen = category if category in dict(categories) else current
    return CorrectPage(
        frame=frame(session, desk, ""),
        card=cards(session, desk, [case])[0],
        category=chosen,
        categories=categories,
        kelurahan=tuple(sorted(all_kelurahan().items())),
        typed=typed,
        chosen=ward,
        asked=bool(category or typed or ward),
        understood=place_name(new_place) if new_place else "",
        new_label=dict(categories).get(chosen, "") if chosen != current else "",
        is_change=new_place is not None or chosen != current,
        seen=_last(session, desk, case),
    )


@router.get("/kasus/{number}/gabung")
def merge(request: Request, desk: DeskDep, number: str) -> Response:
    with desk.service.database.read() as session:
        case = find_case(session, desk, number)
        _may(desk, Deed.MERGE)
        page = merge_page(session, desk, case)
    return pages_of(request).show(request, "desk/merge.html", page)


def merge_page(session: Session, desk: AtDesk, case: Case) -> MergePage:
    found = candidates(session, desk, case)
    shown = cards(session, desk, found)
    return MergePage(
        frame=frame(session, desk, ""),
        card=cards(session, desk, [case])[0],
        told=_told(session, desk, case),
        candidates=tuple(
            Candidate(
                card=card,
                is_same=duplicates.is_same_place(case.place, other.place),
                told=_told(session, desk, other)[:2],
            )
            for other, card in zip(found, shown, strict=True)
        ),
        seen=_last(session, desk, case),
    )


def candidates(session: Session, desk: AtDesk, case: Case) -> list[Case]:
    """The likeliest first: by the rule of joining, then the same street, kelurahan, kecamatan."""
    found = case_views.alike(session, desk.visitor.scope, case, since=desk.at - _LOOK_BACK)
    near = [(nearness(case, other), other) for other in found]
    near.sort(key=lambda pair: -pair[0])
    return [other for points, other in near if points][:_MOST_CANDIDATES]


def nearness(case: Case, other: Case) -> int:
    """0 for what is elsewhere."""
    one, two = case.place, other.place
    if duplicates.is_same_place(one, two):
        return 4
    if one.street and one.street == two.street:
        return 3
    if one.kelurahan and one.kelurahan == two.kelurahan:
        return 2
    return int(bool(one.kecamatan and one.kecamatan == two.kecamatan))


def _told(session: Session, desk: AtDesk, case: Case) -> tuple[Told, ...]:
    scope = desk.visitor.scope
    reporters = case_views.reporters(session, scope, case)
    return tuple(told(case_views.reports(session, scope, case), reporters, desk))


def _last(session: Session, desk: AtDesk, case: Case) -> int:
    lines = case_views.history(session, desk.visitor.scope, case)
    return lines[-1].id if lines else 0
