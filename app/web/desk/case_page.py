"""One case: what, where, until when, what its citizens wrote, what happened, and what this person can do."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from app.media.links import FOR_A_PAGE, photo_link
from app.web.desk import deeds, words
from app.web.desk.acts import done_words
from app.web.desk.cards import CaseCard, cards
from app.web.desk.deeds import Deed
from app.web.desk.delivered import Delivered, Shown, delivered, shown
from app.web.desk.frame import AtDesk, DeskDep, Frame, frame
from app.web.desk.guess import Guess, guess, suggested_agency
from app.web.desk.reach import Reachable, reach_of
from app.web.desk.story import Happened, Told, story, told
from app.web.pages import Sorry, Why, pages_of
from app.web.signin import refuse_other_sites
from bot.case_moves import first_words
from bot.conversation.phrases.id import place_name
from models.domain.case import Case, CaseState
from models.domain.number import find_number
from models.domain.place import Place
from models.store import case_views, groups, media

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

#: The one button that an agency presses next.
_NEXT = (Deed.ACCEPT, Deed.START, Deed.FINISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """``can`` are the deeds that are open to this person now, ``next`` the one that comes first.

    ``version`` and ``seen`` go with every form. ``reach`` says of each citizen whether they can be written to;
    ``guess`` is None for whom the bot's judgement is no matter. ``merged_into`` is the case that goes on.
    """

    frame: Frame
    card: CaseCard
    state: CaseState
    beyond: str
    came_in: datetime
    map_link: str
    share_link: str
    respond_due_at: datetime | None
    due_at: datetime | None
    accepted_at: datetime | None
    version: int
    seen: int
    can: frozenset[str]
    next: str
    photos: tuple[str, ...]
    told: tuple[Told, ...]
    story: tuple[Happened, ...]
    delivered: Delivered
    shown: tuple[Shown, ...]
    reach: tuple[Reachable, ...]
    guess: Guess | None
    suggested: str
    opds: tuple[tuple[str, str], ...]
    directions: tuple[str, ...]
    merged_into: str
    done: str


def find_case(session: Session, desk: AtDesk, number: str) -> Case:
    """Raises Sorry for a number that this person has no case of, whether another agency has it or nobody."""
    case = case_views.find(session, desk.visitor.scope, find_number(number) or "")
    if case is None:
        raise Sorry(Why.NO_SUCH_REPORT)
    return case


@router.get("/kasus/{number}")
def show(request: Request, desk: DeskDep, number: str, baru: str = "") -> Response:
    with desk.service.database.read() as session:
        page = case_page(session, desk, find_case(session, desk, number), done=done_words(baru))
    return pages_of(request).show(request, "desk/case.html", page)


def case_page(session: Session, desk: AtDesk, case: Case, *, done: str) -> CasePage:
    scope, role = desk.visitor.scope, desk.visitor.role
    reports = case_views.reports(session, scope, case)
    reporters = case_views.reporters(session, scope, case)
    lines = case_views.history(session, scope, case)
    spoken = first_words(reports)
    card = cards(session, desk, [case])[0]
    can = deeds.possible(case, role)
    into = case_views.numbers(session, scope, [case.merged_into]) if case.merged_into else {}
    return CasePage(
        frame=frame(session, desk, ""),
        card=card,
        state=case.state,
        beyond=desk.city.opd(case.beyond) if case.beyond and case.beyond != case.opd else "",
        came_in=case.created_at,
        map_link=map_link(case.place),
        share_link=share_link(card, desk),
        respond_due_at=case.respond_due_at,
        due_at=case.due_at,
        accepted_at=case.accepted_at,
        version=card.version,
        seen=lines[-1].id if lines else 0,
        can=frozenset(deed.value for deed in can),
        next=next((deed.value for deed in _NEXT if deed in can), ""),
        photos=tuple(_photo(desk, photo.id) for photo in media.photos_of_case(session, case.id)),
        told=tuple(told(reports, reporters, desk)),
        story=tuple(story(lines, desk)),
        delivered=delivered(case_views.words(session, scope, case), reporters, desk),
        shown=tuple(shown(case_views.group_cards(session, scope, case), groups.every(session), desk)),
        reach=tuple(reach_of(citizen, desk.at) for citizen in reporters) if desk.is_of_triage else (),
        guess=guess(desk, spoken) if desk.is_of_triage and spoken else None,
        suggested=suggested_agency(desk, case, spoken, lines) if desk.is_of_triage else "",
        opds=words.agencies(desk.city),
        directions=words.DIRECTIONS,
        merged_into=next(iter(into.values()), ""),
        done=done,
    )


def _photo(desk: AtDesk, media_id: int) -> str:
    """A short-lived address on our own page."""
    settings = desk.service.settings
    link = photo_link(settings, media_id, lives=FOR_A_PAGE, at=desk.at)
    return link.removeprefix(settings.public_url.rstrip("/"))


def map_link(place: Place) -> str:
    """A search in the map of the phone; nothing of it is shown on our own page. Empty without a place."""
    if place.lat is not None and place.lon is not None:
        wanted = f"{place.lat:.6f},{place.lon:.6f}"
    elif named := place_name(place):
        wanted = f"{named}, Pekanbaru"
    else:
        return ""
    return f"https://www.google.com/maps/search/?{urlencode({'api': 1, 'query': wanted})}"


def share_link(card: CaseCard, desk: AtDesk) -> str:
    """For a WhatsApp group, sent by a person's own hand: no citizen and none of their words are in it."""
    base = desk.service.settings.public_url.rstrip("/")
    lines = (
        f"{card.number} · {card.label[:1].upper()}{card.label[1:]}",
        f"Lokasi: {card.place or 'belum jelas'}",
        f"Status: {card.standing}",
        f"{base}/kasus/{card.number}",
    )
    return f"https://wa.me/?text={quote(chr(10).join(lines), safe='')}"
