"""A complaint: file it first, ask afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.acts import AddReport, OpenCase, Say, ToDo
from bot.conversation.heard import Heard, Turn
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.state import Asking, Slot, Talk
from bot.conversation.taps import Act, Tap
from models.domain.case import Case
from models.domain.category import Category, Channel
from models.domain.outgoing import Choice
from models.domain.place import Place
from routing.decision import AskCategory, AskPlace, Decision, HandToTriage, NotOurs, RouteTo
from routing.understanding import Understanding


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a citizen is told about a new report, and the question in it, if any."""

    text: str
    choices: tuple[Choice, ...]
    asking: Asking | None


def new_report(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """A complaint in Messenger: its case at once, and one reply."""
    understanding, decision = _judged(heard)
    if (known := same_trouble(heard.own_cases, understanding)) is not None:
        added = AddReport(number=known.number, text=text, channel=Channel.MESSENGER)
        said = Say(text=_added(known, understanding), because="receipt", number=known.number)
        return Turn(talk=replace(talk, last_case=known.number), todo=(added, said))
    number = heard.fresh_number
    receipt = receipt_for(number, understanding, decision, city)
    todo: tuple[ToDo, ...] = (
        OpenCase(
            number=number,
            text=text,
            channel=Channel.MESSENGER,
            understanding=understanding,
            decision=decision,
        ),
        Say(text=receipt.text, because="receipt", choices=receipt.choices, number=number),
    )
    return Turn(talk=replace(talk, asking=receipt.asking, last_case=number), todo=todo)


def same_trouble(cases: Sequence[Case], understanding: Understanding) -> Case | None:
    """The citizen's own open case of the same category at the same place: told twice, kept once."""
    place = understanding.place
    if not place.is_known:
        return None
    return next(
        (
            case
            for case in cases
            if case.state.is_open
            and case.category is understanding.category
            and (case.place.street, case.place.landmark, case.place.kelurahan)
            == (place.street, place.landmark, place.kelurahan)
        ),
        None,
    )


def receipt_for(number: str, understanding: Understanding, decision: Decision, city: CityNames) -> Receipt:
    """One reply: danger first, then number and what was understood, then who gets it or the one question."""
    lines = [phrases.CALL_112] if understanding.emergency else []
    if isinstance(decision, NotOurs):
        lines.append(phrases.not_ours(decision.owner, number, city))
        return Receipt(text="\n".join(lines), choices=(), asking=None)
    lines.append(phrases.received(number, understanding.category, understanding.place, city))
    follow, choices, asking = what_follows(number, decision, understanding.place, city)
    lines.extend(follow)
    if asking is None:
        choices = (*choices, _cancel(number))
    return Receipt(text="\n".join(lines), choices=choices, asking=asking)


def what_follows(
    number: str, decision: Decision, place: Place, city: CityNames
) -> tuple[list[str], tuple[Choice, ...], Asking | None]:
    """The sentences after "received": who gets it, or the question with its options."""
    match decision:
        case RouteTo():
            return _routed(number, decision, city), (), None
        case AskPlace(kecamatan=kecamatan):
            choices = _kecamatan_choices(number, kecamatan)
            question = phrases.ask_place(kecamatan, place)
            return [question], choices, Asking(slot=Slot.PLACE, number=number)
        case AskCategory(options=options):
            choices = _category_choices(number, options, city)
            return [phrases.ask_category()], choices, Asking(slot=Slot.CATEGORY, number=number)
        case NotOurs(owner=owner):
            return [phrases.not_ours(owner, number, city)], (), None
        case HandToTriage():
            return [phrases.triage_looks(city), phrases.updates_follow(number, city)], (), None
        case _:
            return [], (), None


def _routed(number: str, decision: RouteTo, city: CityNames) -> list[str]:
    lines = [phrases.forwarded_to(decision.opd, decision.due_at, city)]
    if decision.beyond:
        lines.append(phrases.coordinated_with(decision.beyond, city))
    lines.append(phrases.updates_follow(number, city))
    return lines


def _kecamatan_choices(number: str, kecamatan: Sequence[str]) -> tuple[Choice, ...]:
    # Messenger takes 13 quick replies; Pekanbaru has 15 kecamatan, but no name is in that many.
    return tuple(
        Choice(title=name[:20], payload=Tap(act=Act.PLACE, number=number, choice=name).payload())
        for name in kecamatan[:13]
    )


def _category_choices(number: str, options: Sequence[Category], city: CityNames) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            title=city.titles[option],
            payload=Tap(act=Act.CATEGORY, number=number, choice=option.value).payload(),
        )
        for option in options
    )


def _cancel(number: str) -> Choice:
    return Choice(title=phrases.CANCEL, payload=Tap(act=Act.CANCEL, number=number).payload())


def _added(known: Case, understanding: Understanding) -> str:
    added = phrases.added_to(known.number)
    return f"{phrases.CALL_112}\n{added}" if understanding.emergency else added


def _judged(heard: Heard) -> tuple[Understanding, Decision]:
    if heard.understanding is None or heard.decision is None:
        raise ValueError("a report needs its text understood and decided")
    return heard.understanding, heard.decision
