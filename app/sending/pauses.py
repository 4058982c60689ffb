"""A channel that refuses everything (a dead token, a restricted page) is left alone for a while, by all workers."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from models.domain.outgoing import Way
from models.store import facts

PAUSE = timedelta(seconds=60)
_PREFIX = "paused:"


class Line(StrEnum):
    """What can be down as a whole."""

    FACEBOOK = "facebook"
    TELEGRAM = "telegram"


WAYS_OF = {
    Line.FACEBOOK: (Way.MESSENGER, Way.PRIVATE_REPLY, Way.PUBLIC_REPLY, Way.UTILITY, Way.HUMAN_AGENT),
    Line.TELEGRAM: (Way.TELEGRAM,),
}


def line_of(way: Way) -> Line:
    return Line.TELEGRAM if way in WAYS_OF[Line.TELEGRAM] else Line.FACEBOOK


def pause(session: Session, line: Line, *, why: str, until: datetime) -> None:
    """Send nothing on this line until then; after that one more try shows whether it works again."""
    facts.remember(session, f"{_PREFIX}{line}", why, at=until)


def resumed(session: Session, line: Line) -> None:
    """Something went through: the line works."""
    facts.forget(session, f"{_PREFIX}{line}")


def paused(session: Session, *, at: datetime) -> dict[Line, str]:
    """The lines that are left alone now, and why."""
    names = {f"{_PREFIX}{line}": line for line in Line}
    return {
        names[fact.name]: fact.value
        for fact in facts.starting_with(session, _PREFIX)
        if fact.at > at and fact.name in names
    }
