"""Who is at the desk: the one-time way in, the session it opens, and what that session may see.

Passkeys will stand beside the one-time link; everything behind a session stays as it is.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy.orm import Session

from app.web.pages import Sorry, Why, pages_of, see_other
from app.wiring import Service
from models.store import facts, staff
from models.store.case_lists import WHOLE_CITY, Scope
from models.tables import SessionRow, StaffRow

SESSION_LIVES = timedelta(days=30)
_SEE_THE_WHOLE_CITY = frozenset({"wali", "humas", "admin", "auditor"})
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody signed in."""

    name: str
    role: str
    scope: Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """Whom the link lets in; ``opd`` is the agency's name, empty for those of the whole city."""

    name: str
    role: str
    opd: str


def refuse_other_sites(request: Request) -> None:
    """A form of another site must not act with our visitor's cookie. What is no browser sends neither header."""
    if request.method in _SAFE_METHODS:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is None and origin is None:
        return
    is_ours = urlsplit(origin or "").netloc == request.headers.get("Host") if site is None else site in _OURS
    if not is_ours:
        raise Sorry(Why.FROM_ELSEWHERE)


_OURS = frozenset({"same-origin", "none"})

router = APIRouter(dependencies=[Depends(refuse_other_sites)])


def visitor(request: Request) -> Visitor | None:
    """Whose session the cookie names; None for a stranger."""
    service: Service = request.app.state.service
    token = request.cookies.get(cookie_name(service))
    if not token:
        return None
    with service.database.read() as session:
        person = staff.signed_in(session, token, at=service.clock())
    return as_visitor(person) if person else None


VisitorDep = Annotated[Visitor | None, Depends(visitor)]


def as_visitor(person: StaffRow) -> Visitor:
    """The one place that says what a role may see. A role that is not named sees its own agency at most."""
    sees_all = person.role in _SEE_THE_WHOLE_CITY
    scope = WHOLE_CITY if sees_all else Scope(opd=person.opd, area=person.area)
    return Visitor(name=person.name, role=person.role, scope=scope)


@router.get("/masuk/{token}")
def ask(request: Request, token: str) -> Response:
    """Shows whom the link lets in. Chats fetch links to preview them, so looking does not use it up."""
    service: Service = request.app.state.service
    with service.database.read() as session:
        person = staff.whose_link(session, token, at=service.clock())
    if person is None:
        raise Sorry(Why.LINK_OVER)
    opd = service.counsel.city.opd(person.opd) if person.opd else ""
    page = SignInPage(name=person.name, role=person.role, opd=opd)
    return pages_of(request).show(request, "signin/ask.html", page)


@router.post("/masuk/{token}")
def let_in(request: Request, token: str) -> Response:
    """Uses the link up and opens a session."""
    service: Service = request.app.state.service
    cookie = secrets.token_urlsafe(32)
    with service.database.write() as session:
        _open(session, service, link=token, cookie=cookie)
    answer = see_other("/")
    _set_cookie(answer, service, cookie, max_age=int(SESSION_LIVES.total_seconds()))
    return answer


def _open(session: Session, service: Service, *, link: str, cookie: str) -> None:
    at = service.clock()
    person = staff.use_link(session, link, at=at)
    if person is None:
        raise Sorry(Why.LINK_OVER)
    staff.open_session(session, token=cookie, staff_id=person.id, at=at, expires_at=at + SESSION_LIVES)
    facts.audit(session, by=person.name, what="signed in", about=f"staff {person.id} by link", at=at)


@router.post("/keluar")
def sign_out(request: Request) -> Response:
    """Ends the session here and in the database: a copy of the cookie is worth nothing afterwards."""
    service: Service = request.app.state.service
    token = request.cookies.get(cookie_name(service), "")
    with service.database.write() as session:
        row = session.get(SessionRow, staff.hashed(token))
        if row is not None:
            session.delete(row)
    answer = see_other("/")
    _set_cookie(answer, service, "", max_age=0)
    return answer


def cookie_name(service: Service) -> str:
    """``__Host-``: the browser itself refuses one that another host or plain http set."""
    return "__Host-sid" if _is_https(service) else "sid"


def _is_https(service: Service) -> bool:
    return service.settings.public_url.startswith("https://")


def _set_cookie(answer: Response, service: Service, value: str, *, max_age: int) -> None:
    answer.set_cookie(
        cookie_name(service),
        value,
        max_age=max_age,
        path="/",
        secure=_is_https(service),
        httponly=True,
        samesite="lax",
    )
