"""What people of the city do to a case at the desk, beside moving it: each is one act with its line of history."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import group_card
from bot.case_moves import CaseFile
from bot.conversation.acts import ChangeCase
from bot.conversation.phrases import id as phrases
from bot.status_updates import Update, update_for
from models.domain.case import CITIZEN, SYSTEM, Actor, Case, CaseState
from models.domain.category import Category
from models.domain.outgoing import Audience, Way, Word
from models.domain.place import Place
from models.store import outbox, reports
from routing.decision import RouteTo


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirection:
    """To whom a case goes from now on, with the times that agency has."""

    opd: str
    area: str | None
    beyond: str | None
    respond_due_at: datetime
    due_at: datetime


def redirect(file: CaseFile, case: Case, to: Redirection, *, by: Actor, why: str, tell: bool = True) -> Case:
    """Another agency gets it: its group is alerted, its citizens are told, the old card says where it went.

    ``tell`` is off where the citizen's own receipt says it already.
    """
    moved = replace(
        case,
        opd=to.opd,
        area=to.area,
        beyond=to.beyond,
        respond_due_at=to.respond_due_at,
        due_at=to.due_at,
        accepted_at=None,
        waits_for_citizen=False,
    )
    note = f"{case.opd or '-'} -> {to.opd}: {why}"
    if case.state is not CaseState.DITERUSKAN:
        return file.move_case(moved, CaseState.DITERUSKAN, by=by, note=note, tell=tell)
    entry = file.change(moved, what="dialihkan", by=by, note=note)
    if tell and (update := update_for(moved, file.city)) is not None:
        file.tell_followers(moved, update, entry)
    file.alert_groups(moved, entry)
    return moved


def correct(file: CaseFile, case: Case, *, category: Category | None, place: Place | None, by: Actor) -> Case:
    """Put right what the bot understood. Who has the case stays; redirect it where that is wrong too."""
    right = replace(case, category=category or case.category, place=place or case.place)
    was = f"{case.category or '-'}, {phrases.place_name(case.place) or '-'}"
    now = f"{right.category or '-'}, {phrases.place_name(right.place) or '-'}"
    file.change(right, what="dikoreksi", by=by, note=f"{was} -> {now}")
    return right


def change_by_citizen(file: CaseFile, case: Case, change: ChangeCase) -> Case:
    """The citizen corrected us. While no officer has begun, another agency gets it where that follows from it."""
    if case.state is CaseState.PERLU_VERIFIKASI:
        filled = replace(case, category=change.category, place=change.place)
        file.change(filled, what="dikoreksi", by=CITIZEN)
        return file.decide(filled, change.decision)
    right = correct(file, case, category=change.category, place=change.place, by=CITIZEN)
    decision = change.decision
    if not isinstance(decision, RouteTo) or (decision.opd, decision.area) == (case.opd, case.area):
        return right
    if case.state is not CaseState.DITERUSKAN or case.accepted_at is not None:
        file.tell_triage(right, group_card.CHANGED.format(number=case.number), about=f"changed:{file.at}")
        return right
    to = Redirection(
        opd=decision.opd,
        area=decision.area,
        beyond=decision.beyond,
        respond_due_at=decision.respond_due_at,
        due_at=decision.due_at,
    )
    return redirect(file, right, to, by=SYSTEM, why="pelapor mengubah laporannya", tell=False)


def merge(file: CaseFile, case: Case, into: Case, *, by: Actor) -> Case:
    """The same trouble twice: everybody who reported ``case`` follows ``into`` from now on."""
    duplicate = replace(case, merged_into=into.id)
    moved = file.move_case(duplicate, CaseState.DUPLIKAT, by=by, note=into.number, tell=False)
    entry = file.note(into, f"digabung dengan {case.number}", by=by)
    told = Update(
        text=phrases.merged(case.number, into, file.city),
        in_public=phrases.public_standing(into, file.city),
    )
    file.tell_followers(moved, told, entry)
    taken = [report.id for report in reports.of_case(file.session, case.id)]
    reports.hand_over(file.session, taken, to_case=into.id)
    return moved


def split(file: CaseFile, case: Case, report_ids: Sequence[int], *, number: str, by: Actor) -> Case:
    """Some reports speak of another trouble: they become a case of their own, for triage to send on."""
    other = file.found(
        replace(case, number=number, merged_into=None, closed_at=None), by=by, note=case.number
    )
    reports.hand_over(file.session, report_ids, to_case=other.id)
    file.note(case, f"sebagian laporan dipisahkan ke {number}", by=by)
    waiting = file.to_triage(other, f"dipisahkan dari {case.number}")
    entry = file.note(waiting, "pelapor diberi tahu nomor barunya", by=by)
    told = Update(
        text=phrases.split_off(case.number, waiting, file.city),
        in_public=phrases.public_standing(waiting, file.city),
    )
    file.tell_followers(waiting, told, entry)
    return waiting


def direct(file: CaseFile, case: Case, text: str, *, by: Actor) -> int:
    """The mayor's word (arahan): into the history, and to the agency's group."""
    entry = file.note(case, text, by=by, what="arahan")
    word = Word(
        to=Audience.OPD,
        recipient="",
        way=Way.TELEGRAM,
        text=group_card.DIRECTION.format(number=case.number, text=text),
        because="arahan",
        about=f"history:{entry}",
        case_id=case.id,
    )
    file.to_agency(case, word)
    return entry


def reply(file: CaseFile, case: Case, citizen: str, text: str, *, by: Actor) -> int:
    """An officer writes to one of the case's citizens. Facebook allows that for 7 days, as a person's word."""
    entry = file.note(case, text, by=by, what="balasan")
    word = Word(
        to=Audience.CITIZEN,
        recipient=citizen,
        way=Way.MESSENGER,
        text=text,
        because="reply",
        about=f"history:{entry}",
        by_officer=True,
        case_id=case.id,
    )
    outbox.put(file.session, word, at=file.at)
    return entry
