"""Lists of cases for the desk: whose cases somebody may see is decided here, in the query."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from models.domain.case import Case, CaseState
from models.store.cases import as_case
from models.tables import CaseRow

#: What an agency still has to do.
ON_HAND = (CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose cases a person may see: an agency's, or only one area's of it. No agency (None) is the whole city."""

    opd: str | None
    area: str = ""

    def conditions(self) -> list[ColumnElement[bool]]:
        mine = [] if self.opd is None else [CaseRow.opd == self.opd]
        return [*mine, CaseRow.area == self.area] if self.area else mine


WHOLE_CITY: Final = Scope(opd=None)


def forwarded(session: Session, scope: Scope, *, limit: int = 200) -> list[Case]:
    """What agencies have on their hands, urgent first, then by deadline, so the late ones lead: the mayor's list.

    What is done stands last.
    """
    query = (
        select(CaseRow)
        .where(CaseRow.state.in_((*ON_HAND, CaseState.SELESAI)), *scope.conditions())
        .order_by(
            (CaseRow.state == CaseState.SELESAI).asc(),
            CaseRow.emergency.desc(),
            # The engines disagree on where a missing deadline stands.
            CaseRow.due_at.is_(None),
            CaseRow.due_at,
            CaseRow.id,
        )
        .limit(limit)
    )
    return [as_case(row) for row in session.scalars(query)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How the city, or an agency, stands: cases that came in, that somebody has, and of these the late ones."""

    came_in: int
    on_hand: int
    late: int


def figures(session: Session, scope: Scope, *, since: datetime, at: datetime) -> Figures:
    on_hand = CaseRow.state.in_(ON_HAND)
    came_in, handled, late = session.execute(
        select(
            func.count().filter(CaseRow.created_at >= since),
            func.count().filter(on_hand),
            func.count().filter(on_hand, CaseRow.due_at < at),
        ).where(*scope.conditions())
    ).one()
    return Figures(came_in=came_in, on_hand=handled, late=late)
