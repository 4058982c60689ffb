"""A case changed: what its citizens hear. Pure: a change in, sentences out."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.taps import Act, Tap
from models.domain.case import Case, CaseState
from models.domain.outgoing import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """What is told in Messenger, and what may be said of it in public."""

    text: str
    in_public: str
    choices: tuple[Choice, ...] = ()


_TOLD: dict[CaseState, Callable[[Case, CityNames], str]] = {
    CaseState.DITERUSKAN: phrases.forwarded,
    CaseState.DIPROSES: phrases.in_progress,
    CaseState.SELESAI: phrases.finished,
    CaseState.BUKAN_KEWENANGAN: phrases.returned,
    CaseState.TIDAK_LENGKAP: phrases.incomplete,
    CaseState.DIBUKA_KEMBALI: phrases.reopened,
    CaseState.DITUTUP: lambda case, _city: phrases.closed(case.number),
    CaseState.DIBATALKAN: lambda case, _city: phrases.cancelled(case.number),
}


def update_for(case: Case, city: CityNames) -> Update | None:
    """What the citizens of a case hear about the state it has just reached; None where there is nothing to tell."""
    if case.state not in _TOLD:
        return None
    return Update(
        text=_TOLD[case.state](case, city),
        in_public=phrases.public_standing(case, city),
        choices=_is_it_fixed(case.number) if case.state is CaseState.SELESAI else (),
    )


def update_for_acceptance(case: Case, city: CityNames) -> Update:
    """An officer took the case; it stays forwarded."""
    return Update(text=phrases.accepted(case, city), in_public=phrases.public_standing(case, city))


def _is_it_fixed(number: str) -> tuple[Choice, ...]:
    return (
        Choice(title=phrases.FIXED, payload=Tap(act=Act.FIXED, number=number).payload()),
        Choice(title=phrases.NOT_FIXED, payload=Tap(act=Act.NOT_FIXED, number=number).payload()),
    )
