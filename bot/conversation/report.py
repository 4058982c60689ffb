"""A complaint: file it first, ask afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.conversation.acts import AddReport, OpenCase, Say, TellTriage, ToDo
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

#: What a citizen can choose from: the troubles most often reported.
OFFERED = (
    Category.SAMPAH,
    Category.JALAN_RUSAK,
    Category.DRAINASE_BANJIR,
    Category.LAMPU_JALAN,
    Category.POHON_TAMAN,
    Category.LALU_LINTAS,
    Category.PARKIR,
    Category.KETERTIBAN_PKL,
    Category.AIR_BERSIH,
    Category.KEBISINGAN_POLUSI,
)
#: Beside our own guesses; who finds nothing that fits taps the last or writes it.
_MOST_OPTIONS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a citizen is told about a new report, and the question in it, if any."""

    text: str
    choices: tuple[Choice, ...] = ()
    asking: Asking | None = None


def new_report(talk: Talk, heard: Heard, text: str, city: CityNames) -> Turn:
    """A complaint in Messenger: its case at once, and one reply."""
    understanding, decision = _judged(heard)
    if (known := same_trouble(heard.own_cases, understanding)) is not None:
        added = AddReport(number=known.number, text=text, channel=Channel.MESSENGER)
        said = Say(text=_added(known, understanding), because="receipt", number=known.number)
        return Turn(talk=replace(talk, last_case=known.number), todo=(added, said))
    if heard.joins is not None:
        return _join(talk, heard, heard.joins, text, city)
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
        *tell_of_the_rest(number, understanding, city),
    )
    # A question about another report stays open: nothing else would bring its answer home.
    return Turn(talk=replace(talk, asking=receipt.asking or talk.asking, last_case=number), todo=todo)


def tell_of_the_rest(number: str, understanding: Understanding, city: CityNames) -> tuple[TellTriage, ...]:
    """One message, two problems: the second is not lost, a person makes a report of it."""
    rest = _rest(understanding, city)
    if not rest:
        return ()
    text = f"Laporan {number} menyebut masalah lain juga: {'; '.join(rest)}."
    return (TellTriage(text=text, because="also", number=number),)


def _rest(understanding: Understanding, city: CityNames) -> list[str]:
    return [phrases.also_reported(other.category, other.street, city) for other in understanding.also]


def _join(talk: Talk, heard: Heard, case: Case, text: str, city: CityNames) -> Turn:
    """Neighbours reported it already: this citizen follows the same case."""
    added = AddReport(number=case.number, text=text, channel=Channel.MESSENGER)
    said = Say(text=joined(heard, case, city), because="receipt", number=case.number)
    return Turn(talk=replace(talk, last_case=case.number), todo=(added, said))


def joined(heard: Heard, case: Case, city: CityNames) -> str:
    """Danger first, then the number, how many others, and how it stands."""
    told = phrases.joined(case, heard.others, city)
    emergency = heard.understanding is not None and heard.understanding.emergency
    return f"{phrases.CALL_112}\n{told}" if emergency else told


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
    follows = what_follows(number, decision, understanding.place, city, emergency=understanding.emergency)
    if not isinstance(decision, NotOurs):
        # What we are unsure of is asked, not stated.
        category = None if isinstance(decision, AskCategory) else understanding.category
        lines.append(phrases.received(number, category, understanding.place, city))
    rest = _rest(understanding, city)
    also = (phrases.also_noted(rest, city),) if rest else ()
    choices = follows.choices
    if follows.asking is None and not isinstance(decision, NotOurs):
        # In danger nobody is asked to confirm: only a wrong place is worth a tap.
        choices = change_choices(number)[:1] if understanding.emergency else confirm_choices(number)
    told = "\n".join((*lines, *follows.lines, *also))
    return Receipt(text=told, choices=choices, asking=follows.asking)


@dataclass(frozen=True, slots=True, kw_only=True)
class Follows:
    """The sentences after "received": who gets it, or the question with its options."""

    lines: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    asking: Asking | None = None


def what_follows(
    number: str, decision: Decision, place: Place, city: CityNames, *, emergency: bool = False
) -> Follows:
    """What a citizen is told of a decision, and what they are asked."""
    match decision:
        case RouteTo():
            return Follows(lines=_routed(number, decision, place, city, emergency=emergency))
        case AskPlace():
            kecamatan = to_choose_from(decision)
            return Follows(
                lines=(phrases.ask_place(kecamatan, place),),
                choices=kecamatan_choices(number, kecamatan),
                asking=Asking(number=number, slot=Slot.KECAMATAN if kecamatan else Slot.PLACE),
            )
        case AskCategory(options=options):
            return Follows(
                lines=(phrases.ask_category(),),
                choices=category_choices(number, _enough(options), city),
                asking=Asking(number=number, slot=Slot.CATEGORY),
            )
        case NotOurs(owner=owner):
            return Follows(lines=(phrases.not_ours(owner, number, city, emergency=emergency),))
        case HandToTriage():
            return Follows(lines=(phrases.triage_looks(city), phrases.updates_follow(number, city)))
        case _:
            return Follows()


def _routed(
    number: str, decision: RouteTo, place: Place, city: CityNames, *, emergency: bool
) -> tuple[str, ...]:
    if emergency:
        # A target in days would mock somebody in danger.
        sent = phrases.alerted(decision.opd, city)
    else:
        sent = phrases.forwarded_to(decision.opd, decision.respond_due_at, city)
    if emergency and not place.is_known:
        return (sent, phrases.tell_the_place(), phrases.updates_follow(number, city))
    owner = (phrases.coordinated_with(decision.beyond, decision.opd, city),) if decision.beyond else ()
    return (sent, *owner, phrases.updates_follow(number, city))


def to_choose_from(asked: AskPlace) -> tuple[str, ...]:
    """The kecamatan that a name can stand for; a single one is known already and no choice."""
    return asked.kecamatan if len(asked.kecamatan) > 1 else ()


def kecamatan_choices(number: str, kecamatan: Sequence[str]) -> tuple[Choice, ...]:
    # Messenger takes 13 quick replies; Pekanbaru has 15 kecamatan, but no name is in that many.
    return tuple(
        Choice(title=name[:20], payload=Tap(act=Act.PLACE, number=number, choice=name).payload())
        for name in kecamatan[:13]
    )


def _enough(guesses: Sequence[Category]) -> tuple[Category, ...]:
    """Our guesses first; one button alone would not be a choice."""
    options = tuple(dict.fromkeys((*guesses, *OFFERED)))[:_MOST_OPTIONS]
    return (*options, Category.LAINNYA) if Category.LAINNYA not in options else options


def category_choices(number: str, options: Sequence[Category], city: CityNames) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            title=city.titles[option],
            payload=Tap(act=Act.CATEGORY, number=number, choice=option.value).payload(),
        )
        for option in options
    )


def confirm_choices(number: str) -> tuple[Choice, ...]:
    """Under a receipt. Silence means yes."""
    right = Choice(title=phrases.RIGHT, payload=Tap(act=Act.RIGHT, number=number).payload())
    return (right, *change_choices(number))


def change_choices(number: str) -> tuple[Choice, ...]:
    titles = (
        (Act.CHANGE_PLACE, phrases.CHANGE_PLACE),
        (Act.CHANGE_CATEGORY, phrases.CHANGE_CATEGORY),
        (Act.CANCEL, phrases.CANCEL),
    )
    return tuple(Choice(title=title, payload=Tap(act=act, number=number).payload()) for act, title in titles)


def _added(known: Case, understanding: Understanding) -> str:
    added = phrases.added_to(known.number)
    return f"{phrases.CALL_112}\n{added}" if understanding.emergency else added


def _judged(heard: Heard) -> tuple[Understanding, Decision]:
    if heard.understanding is None or heard.decision is None:
        raise ValueError("a report needs its text understood and decided")
    return heard.understanding, heard.decision
