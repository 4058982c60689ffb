"""What stands around every page of the desk: who is signed in, and where they can go."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.web.desk import deeds
from app.web.pages import Sorry, Why
from app.web.signin import Visitor, VisitorDep
from app.wiring import Service
from bot.conversation.names import CityNames
from models.store import triage_lists


@dataclass(frozen=True, slots=True, kw_only=True)
class AtDesk:
    """One request of somebody who is signed in."""

    service: Service
    visitor: Visitor
    at: datetime

    @property
    def city(self) -> CityNames:
        return self.service.counsel.city

    @property
    def is_of_triage(self) -> bool:
        return deeds.is_of_triage(self.visitor.role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """``opd`` is the agency's name, empty for the whole city. ``tab`` is where in the desk the page is.

    ``triage`` is how much waits for the triage team, None for whom that is no matter.
    """

    name: str
    role: str
    opd: str
    tab: str
    triage: int | None


def signed_in(request: Request, visitor: VisitorDep) -> AtDesk:
    """Raises Sorry for a stranger."""
    if visitor is None:
        raise Sorry(Why.SIGN_IN)
    service: Service = request.app.state.service
    return AtDesk(service=service, visitor=visitor, at=service.clock())


DeskDep = Annotated[AtDesk, Depends(signed_in)]


def frame(session: Session, desk: AtDesk, tab: str) -> Frame:
    visitor = desk.visitor
    return Frame(
        name=visitor.name,
        role=visitor.role,
        opd=desk.city.opd(visitor.scope.opd) if visitor.scope.opd else "",
        tab=tab,
        triage=triage_lists.count(session, visitor.scope) if desk.is_of_triage else None,
    )
