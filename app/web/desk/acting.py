"""A form of the desk becomes an act on its case. Everything here happens inside the caller's transaction."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from app.web.desk import deeds
from app.web.desk.deeds import LEADS_TO, Deed
from app.web.desk.forms import LONGEST, ActForm, Missing, Refused
from app.web.desk.frame import AtDesk
from app.web.desk.placing import placed
from app.web.desk.reach import reach_of
from bot import desk_acts
from bot.case_moves import CaseFile
from bot.conversation.phrases import id as phrases
from bot.status_updates import Update
from bot.triage import word_for_triage
from models.domain.case import Actor, Case, CaseState
from models.domain.category import Category
from models.domain.errors import IllegalMove
from models.domain.number import find_number, new_number
from models.store import case_lists, case_views, outbox
from routing.assign import area_of, assign_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One person's form about one case, which is locked."""

    desk: AtDesk
    file: CaseFile
    case: Case
    form: ActForm
    by: Actor

    def reason(self, missing: Missing = Missing.REASON) -> str:
        """What was written. Raises Refused where nothing, or too much, was."""
        if not self.form.words:
            raise Refused(missing)
        if len(self.form.words) > LONGEST:
            raise Refused(Missing.TOO_LONG)
        return self.form.words


def perform(act: Act, deed: Deed) -> None:
    """Raises IllegalMove when the case has moved on, Refused when the form lacks something."""
    if not deeds.is_possible(deed, act.case, act.desk.visitor.role):
        raise IllegalMove(number=act.case.number, now=act.case.state, wanted=deed, by=act.by.role)
    _DO[deed](act)


def _accept(act: Act) -> None:
    act.file.accept_case(act.case, by=act.by)


def _move(deed: Deed) -> Callable[[Act], None]:
    def move(act: Act) -> None:
        act.file.move_case(act.case, LEADS_TO[deed], by=act.by, note=act.form.words[:LONGEST])

    return move


def _move_with_reason(deed: Deed) -> Callable[[Act], None]:
    def move(act: Act) -> None:
        act.file.move_case(act.case, LEADS_TO[deed], by=act.by, note=act.reason())

    return move


def _not_ours(act: Act) -> None:
    """The reason is kept, and whose the officer thinks it is."""
    suggested = act.form.opd if act.form.opd in act.desk.city.opds else ""
    note = f"{act.reason()} (saran: {suggested})" if suggested else act.reason()
    act.file.move_case(act.case, CaseState.BUKAN_KEWENANGAN, by=act.by, note=note)


def _verify(act: Act) -> None:
    act.file.move_case(act.case, CaseState.PERLU_VERIFIKASI, by=act.by, note=act.reason(), tell=False)


def _note(act: Act) -> None:
    act.file.note(act.case, act.reason(Missing.TEXT), by=act.by)


def _direct(act: Act) -> None:
    """To the agency that has the case; while nobody has it, to the triage team."""
    text = act.reason(Missing.TEXT)
    if act.case.state in (*case_lists.ON_HAND, CaseState.SELESAI, CaseState.DITUTUP):
        desk_acts.direct(act.file, act.case, text, by=act.by)
        return
    entry = act.file.note(act.case, text, by=act.by, what="arahan")
    word = word_for_triage(
        f"Arahan Wali Kota: {text}", because="arahan", about=f"history:{entry}", case_id=act.case.id
    )
    outbox.put(act.file.session, word, at=act.file.at)


def _redirect(act: Act) -> None:
    opd = act.desk.city.opds.get(act.form.opd)
    if opd is None or (opd.code == act.case.opd and act.case.state in case_lists.ON_HAND):
        raise Refused(Missing.AGENCY)
    why = act.reason()
    if opd.is_city:
        desk_acts.redirect(act.file, act.case, redirection(act, opd.code), by=act.by, why=why)
    else:
        _hand_outside(act, opd.code, why)


def redirection(act: Act, opd: str) -> desk_acts.Redirection:
    """The times that the agency has from now on, and which of its offices it is."""
    rules, case = act.desk.service.counsel.rules, act.case
    category = case.category or Category.LAINNYA
    target, days = rules.targets[category], rules.working_days
    assigned = assign_text(category, case.place, "", rules, emergency=case.emergency)
    return desk_acts.Redirection(
        opd=opd,
        area=area_of(opd, case.place, rules),
        beyond=assigned.beyond if assigned.agency == opd else None,
        respond_due_at=days.due(act.file.at, target.respond_days),
        due_at=days.due(act.file.at, target.resolve_days),
    )


def _hand_outside(act: Act, owner: str, why: str) -> None:
    """Not the city's after all: its citizens are told whose it is, and no group is alerted."""
    case, file = act.case, act.file
    if case.state is CaseState.BUKAN_KEWENANGAN:
        # Returned by an agency, it is looked at once more: only from there it leaves the city.
        case = file.move_case(case, CaseState.PERLU_VERIFIKASI, by=act.by, tell=False)
    outside = replace(case, opd=owner, beyond=owner, due_at=None, respond_due_at=None, accepted_at=None)
    moved = file.move_case(outside, CaseState.BUKAN_KEWENANGAN, by=act.by, note=why, tell=False)
    entry = file.note(moved, f"pelapor diberi tahu: {owner}", by=act.by)
    told = Update(
        text=phrases.not_ours(owner, moved.number, file.city),
        in_public=phrases.public_standing(moved, file.city),
    )
    file.tell_followers(moved, told, entry)


def _correct(act: Act) -> None:
    form = act.form
    category = Category(form.category) if form.category in set(Category) else None
    place = placed(act.desk.service.counsel, form.place, form.kelurahan)
    if place is None and category in {None, act.case.category}:
        raise Refused(Missing.CHANGE)
    desk_acts.correct(act.file, act.case, category=category, place=place, by=act.by)


def _merge(act: Act) -> None:
    number = find_number(act.form.into)
    into = case_views.lock(act.file.session, act.desk.visitor.scope, number) if number else None
    if into is None or into.id == act.case.id or not into.state.is_open:
        raise Refused(Missing.OTHER_CASE)
    desk_acts.merge(act.file, act.case, into, by=act.by)


def _split(act: Act) -> None:
    """Some of the reports, never all: the case itself must keep one."""
    told = case_views.reports(act.file.session, act.desk.visitor.scope, act.case)
    chosen = [report.id for report in told if report.id in set(act.form.reports)]
    if not 0 < len(chosen) < len(told):
        raise Refused(Missing.REPORTS)
    desk_acts.split(act.file, act.case, chosen, number=new_number(secrets.choice), by=act.by)


def _reply(act: Act) -> None:
    reporters = case_views.reporters(act.file.session, act.desk.visitor.scope, act.case)
    text = act.reason(Missing.TEXT)
    if not 0 < act.form.citizen <= len(reporters):
        raise Refused(Missing.WINDOW)
    citizen = reporters[act.form.citizen - 1]
    if not reach_of(citizen, act.file.at).is_open:
        raise Refused(Missing.WINDOW)
    desk_acts.reply(act.file, act.case, citizen.conversation, text, by=act.by)


_DO: Mapping[Deed, Callable[[Act], None]] = MappingProxyType(
    {
        Deed.ACCEPT: _accept,
        Deed.START: _move(Deed.START),
        Deed.FINISH: _move(Deed.FINISH),
        Deed.NOT_OURS: _not_ours,
        Deed.NOTE: _note,
        Deed.DIRECT: _direct,
        Deed.REDIRECT: _redirect,
        Deed.CORRECT: _correct,
        Deed.MERGE: _merge,
        Deed.SPLIT: _split,
        Deed.INCOMPLETE: _move_with_reason(Deed.INCOMPLETE),
        Deed.CANCEL: _move_with_reason(Deed.CANCEL),
        Deed.VERIFY: _verify,
        Deed.REPLY: _reply,
    }
)
