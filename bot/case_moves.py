"""The only writer of a case: state, history and words together, in the caller's transaction.

A test forbids any other module to write a case's state, so a citizen is told of every move, or none happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import group_card
from bot.conversation.acts import CompleteCase, OpenCase
from bot.conversation.names import CityNames
from bot.group_card import Card, card
from bot.status_updates import Update, update_for, update_for_acceptance
from bot.triage import word_for_triage
from models.domain.case import SYSTEM, Actor, Case, CaseState, Role
from models.domain.outgoing import Audience, Way, Word
from models.domain.place import Place
from models.store import cases, conversations, groups, outbox
from models.tables import ReportRow
from routing.decision import Decision, HandToTriage, NotOurs, RouteTo


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A transaction's hand on the cases: where, in whose names, and when."""

    session: Session
    city: CityNames
    at: datetime

    def open_case(self, opening: OpenCase) -> Case:
        """A case from the first message on; its citizen is told by the receipt, so not by the moves here."""
        understanding = opening.understanding
        case = cases.add(
            self.session,
            Case(
                id=0,
                number=opening.number,
                state=CaseState.DITERIMA,
                category=understanding.category,
                opd=understanding.agency,
                beyond=understanding.beyond,
                area=None,
                place=understanding.place,
                channel=opening.channel,
                emergency=understanding.emergency,
                created_at=self.at,
            ),
        )
        cases.write_history(
            self.session, case.id, what="dibuka", by=SYSTEM, at=self.at, to_state=CaseState.DITERIMA
        )
        return case

    def decide(self, case: Case, decision: Decision) -> Case:
        """Carry out what was decided about a case that has just come in or has just been completed."""
        match decision:
            case RouteTo():
                placed = replace(
                    case,
                    opd=decision.opd,
                    area=decision.area,
                    beyond=decision.beyond,
                    respond_due_at=decision.respond_due_at,
                    due_at=decision.due_at,
                )
                return self.move_case(placed, CaseState.DITERUSKAN, by=SYSTEM, tell=False)
            case NotOurs(owner=owner):
                outside = replace(case, opd=owner, beyond=owner)
                return self.move_case(outside, CaseState.BUKAN_KEWENANGAN, by=SYSTEM, tell=False)
            case _:
                return self._wait(case, decision)

    def _wait(self, case: Case, decision: Decision) -> Case:
        """Nobody has it yet: the citizen is asked something, or triage looks at it."""
        if isinstance(decision, HandToTriage):
            text = group_card.NEEDS_TRIAGE.format(number=case.number, why=decision.why)
            self._tell_triage(case, text, about=f"{case.number}:{decision.why}")
        why = decision.why if isinstance(decision, HandToTriage) else "menunggu jawaban pelapor"
        if case.state is CaseState.PERLU_VERIFIKASI:
            return self.note(case, why)
        return self.move_case(case, CaseState.PERLU_VERIFIKASI, by=SYSTEM, note=why, tell=False)

    def complete(self, completion: CompleteCase) -> Case:
        """The citizen's answer filled a slot; what was decided on it follows."""
        case = cases.lock(self.session, completion.number)
        place = completion.place if completion.place != Place() else case.place
        filled = replace(case, category=completion.category, place=place)
        cases.save(self.session, filled)
        cases.write_history(self.session, case.id, what="dilengkapi", by=SYSTEM, at=self.at)
        return self.decide(filled, completion.decision)

    def move_case(self, case: Case, to: CaseState, *, by: Actor, note: str = "", tell: bool = True) -> Case:
        """State, history and words. Raises IllegalMove; ``tell`` is off where a receipt says it already."""
        moved = case.move_to(to, by=by, at=self.at)
        cases.save(self.session, moved)
        entry = cases.write_history(
            self.session,
            case.id,
            what="pindah",
            by=by,
            at=self.at,
            from_state=case.state,
            to_state=to,
            note=note,
        )
        if tell and (update := update_for(moved, self.city)) is not None:
            self._tell_followers(moved, update, entry)
        if to in {CaseState.DITERUSKAN, CaseState.DIBUKA_KEMBALI}:
            self._alert_groups(moved, entry)
        if to is CaseState.BUKAN_KEWENANGAN and by.role is Role.OPD:
            text = group_card.RETURNED.format(number=case.number, opd=self.city.opd(case.opd))
            self._tell_triage(moved, text, about=f"history:{entry}")
        return moved

    def accept_case(self, case: Case, *, by: Actor) -> Case:
        """An officer takes the case: told once, whoever presses again."""
        if case.accepted_at is not None:
            return case
        accepted = replace(case, accepted_at=self.at)
        cases.save(self.session, accepted)
        entry = cases.write_history(self.session, case.id, what="diterima_opd", by=by, at=self.at)
        self._tell_followers(accepted, update_for_acceptance(accepted, self.city), entry)
        return accepted

    def note(self, case: Case, text: str) -> Case:
        cases.write_history(self.session, case.id, what="catatan", by=SYSTEM, at=self.at, note=text)
        return case

    def _tell_followers(self, case: Case, update: Update, entry: int) -> None:
        under = _where_commented(cases.reports(self.session, case.id))
        for citizen in conversations.followers(self.session, case.id):
            word = Word(
                to=Audience.CITIZEN,
                recipient=citizen,
                way=Way.MESSENGER,
                text=update.text,
                in_public=update.in_public,
                choices=update.choices,
                under=under.get(citizen),
                because="status",
                about=f"history:{entry}",
                case_id=case.id,
            )
            outbox.put(self.session, word, at=self.at)

    def _tell_triage(self, case: Case, text: str, *, about: str) -> None:
        word = word_for_triage(text, because="triage", about=about, case_id=case.id)
        outbox.put(self.session, word, at=self.at)

    def _alert_groups(self, case: Case, entry: int) -> None:
        words = first_words(cases.reports(self.session, case.id))
        shown = card(case, words=words, city=self.city)
        found = groups.groups_for(self.session, case.opd or "", case.area)
        recipients = [(Way.TELEGRAM, address(group.chat_id, group.topic)) for group in found]
        for way, recipient in recipients or [(Way.DESK, f"opd:{case.opd}")]:
            word = Word(
                to=Audience.OPD,
                recipient=recipient,
                way=way,
                text=shown.text,
                choices=shown.choices,
                because="forwarded",
                about=f"history:{entry}",
                case_id=case.id,
                case_version=cases.version(self.session, case.id),
            )
            outbox.put(self.session, word, at=self.at)


def address(chat_id: str, topic: int | None) -> str:
    """A group as an outbox recipient: ``chat`` or ``chat#topic``."""
    return f"{chat_id}#{topic}" if topic else chat_id


def first_words(reports: list[ReportRow]) -> str:
    """What the citizens wrote, in their own words, for the officer who sets out."""
    return " / ".join(report.text for report in reports if report.text and not report.removed_at)


def _where_commented(reports: list[ReportRow]) -> dict[str, str]:
    """For each citizen the comment under which a public reply may stand; removed comments are gone."""
    return {
        report.conversation: report.answer_under
        for report in reports
        if report.answer_under and not report.removed_at
    }


def card_now(session: Session, case: Case, city: CityNames) -> Card:
    """The case's card for its group as it should read now."""
    officer = next(
        (line for line in reversed(cases.history(session, case.id)) if line.by_role == Role.OPD), None
    )
    words = first_words(cases.reports(session, case.id))
    return card(case, words=words, city=city, taken_by=officer.by_name if officer else "")
