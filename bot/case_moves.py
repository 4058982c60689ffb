"""The only writer of a case: state, history and words together, in the caller's transaction.

A test forbids any other module to write a case's state, so a citizen is told of every move, or none happened.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from bot import group_card
from bot.conversation.acts import CompleteCase, OpenCase
from bot.conversation.names import CityNames
from bot.conversation.phrases import id as phrases
from bot.conversation.phrases.dates import is_night
from bot.group_card import Card, card
from bot.status_updates import Update, update_for, update_for_acceptance
from bot.triage import word_for_triage
from models.domain.case import SYSTEM, Actor, Case, CaseState, Role
from models.domain.opd import NIGHT, URGENT, Group
from models.domain.outgoing import Audience, Way, Word
from models.domain.place import Place
from models.store import cases, conversations, groups, media, outbox, reports
from models.store.case_lists import ON_HAND
from models.tables import ReportRow
from routing.decision import Decision, HandToTriage, NotOurs, RouteTo

#: A group reads alerts; of fifty neighbours' photos the page shows the rest.
MOST_PHOTOS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """A transaction's hand on the cases: where, in whose names, and when."""

    session: Session
    city: CityNames
    at: datetime

    def open_case(self, opening: OpenCase) -> Case:
        """A case from the first message on; its citizen is told by the receipt, so not by the moves here."""
        understanding = opening.understanding
        case = Case(
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
        )
        return self.found(case, by=SYSTEM)

    def found(self, case: Case, *, by: Actor, note: str = "") -> Case:
        """Keep a new case, with its first line of history."""
        new = cases.add(self.session, replace(case, state=CaseState.DITERIMA, moved_at=self.at))
        cases.write_history(
            self.session, new.id, what="dibuka", by=by, at=self.at, to_state=CaseState.DITERIMA, note=note
        )
        return new

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
            return self.to_triage(case, decision.why)
        waiting = self._to_verification(case, "menunggu jawaban pelapor")
        asked = replace(waiting, waits_for_citizen=True, moved_at=self.at)
        cases.save(self.session, asked)
        return asked

    def to_triage(self, case: Case, why: str) -> Case:
        """A person has to look at it, and is told so at the desk."""
        text = group_card.NEEDS_TRIAGE.format(number=case.number, why=group_card.why_triage(why))
        self.tell_triage(case, text, about=f"{case.number}:{why}")
        waiting = self._to_verification(case, why)
        settled = replace(waiting, waits_for_citizen=False)
        cases.save(self.session, settled)
        return settled

    def _to_verification(self, case: Case, why: str) -> Case:
        if case.state is CaseState.PERLU_VERIFIKASI:
            self.note(case, why, by=SYSTEM)
            return case
        return self.move_case(case, CaseState.PERLU_VERIFIKASI, by=SYSTEM, note=why, tell=False)

    def complete(self, completion: CompleteCase) -> Case:
        """The citizen's answer filled a slot; what was decided on it follows."""
        case = cases.lock(self.session, completion.number)
        place = completion.place if completion.place != Place() else case.place
        filled = replace(case, category=completion.category, place=place)
        self.change(filled, what="dilengkapi", by=SYSTEM)
        return self.decide(filled, completion.decision)

    def change(self, case: Case, *, what: str, by: Actor, note: str = "") -> int:
        """Save a case that changed without moving, with its line of history; the line's id."""
        cases.save(self.session, case)
        return cases.write_history(self.session, case.id, what=what, by=by, at=self.at, note=note)

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
            self.tell_followers(moved, update, entry)
        if to in {CaseState.DITERUSKAN, CaseState.DIBUKA_KEMBALI}:
            self.alert_groups(moved, entry)
        if to is CaseState.BUKAN_KEWENANGAN and by.role is Role.OPD:
            text = group_card.RETURNED.format(number=case.number, opd=self.city.opd(case.opd))
            self.tell_triage(moved, text, about=f"history:{entry}")
        return moved

    def accept_case(self, case: Case, *, by: Actor) -> Case:
        """An officer takes the case: told once, whoever presses again."""
        if case.accepted_at is not None:
            return case
        accepted = replace(case, accepted_at=self.at)
        entry = self.change(accepted, what="diterima_opd", by=by)
        self.tell_followers(accepted, update_for_acceptance(accepted, self.city), entry)
        return accepted

    def note(self, case: Case, text: str, *, by: Actor, what: str = "catatan") -> int:
        """A line of history that changes nothing; its id."""
        return cases.write_history(self.session, case.id, what=what, by=by, at=self.at, note=text)

    def tell_followers(self, case: Case, update: Update, entry: int) -> None:
        """Everybody who reported it hears of it, once for each line of history."""
        under = _where_commented(reports.of_case(self.session, case.id))
        followers = reports.followers(self.session, case.id)
        for nth, keys in enumerate(conversations.people_behind(self.session, followers), start=1):
            # Facebook takes no comment that reads like the Page's last one: each neighbour's differs.
            word = Word(
                to=Audience.CITIZEN,
                recipient=keys[0],
                way=Way.MESSENGER,
                text=update.text,
                in_public=phrases.to_the_nth(update.in_public, nth),
                choices=update.choices,
                under=next((under[key] for key in keys if key in under), None),
                because="status",
                about=f"history:{entry}",
                case_id=case.id,
            )
            outbox.put(self.session, word, at=self.at)

    def tell_triage(self, case: Case, text: str, *, about: str) -> None:
        word = word_for_triage(text, because="triage", about=about, case_id=case.id)
        outbox.put(self.session, word, at=self.at)

    def alert_groups(self, case: Case, entry: int) -> None:
        """The agency's group gets the case's card."""
        words = first_words(reports.of_case(self.session, case.id))
        shown = card(case, words=words, city=self.city)
        word = Word(
            to=Audience.OPD,
            recipient="",
            way=Way.TELEGRAM,
            text=shown.text,
            choices=shown.choices,
            because="forwarded",
            about=f"history:{entry}",
            case_id=case.id,
            case_version=cases.version(self.session, case.id),
        )
        self.to_agency(case, word)
        self.show_photos(case)

    def show_photos(self, case: Case) -> None:
        """The groups of the agency that has the case get its photos after its card, each once."""
        if case.state not in ON_HAND:
            return
        for photo in media.photos_of_case(self.session, case.id)[:MOST_PHOTOS]:
            word = Word(
                to=Audience.OPD,
                recipient="",
                way=Way.TELEGRAM,
                text=group_card.PHOTO.format(number=case.number),
                because="photo",
                about=f"media:{photo.id}",
                case_id=case.id,
                media_id=photo.id,
            )
            self.to_agency(case, word, at_desk=False)

    def to_agency(self, case: Case, word: Word, *, at_desk: bool = True) -> None:
        """Put the word for each group that has the case; without its agency's group it stands at that desk."""
        for group in _groups_of(self.session, case, night=is_night(self.at)):
            outbox.put(self.session, replace(word, recipient=address(group.chat_id, group.topic)), at=self.at)
        if at_desk and not groups.groups_for(self.session, case.opd or "", case.area):
            outbox.put(self.session, replace(word, recipient=f"opd:{case.opd}", way=Way.DESK), at=self.at)


def _groups_of(session: Session, case: Case, *, night: bool) -> list[Group]:
    """The agency's group; for a danger to life, and at night, also the people set for that."""
    besides = ((URGENT, case.emergency), (NIGHT, night))
    awake = [group for code, wanted in besides if wanted for group in groups.groups_for(session, code, None)]
    return [*groups.groups_for(session, case.opd or "", case.area), *awake]


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


def card_now(session: Session, case: Case, city: CityNames, *, recipient: str) -> Card:
    """The case's card as it should read now in this group: where it went, if another agency has it."""
    words = first_words(reports.of_case(session, case.id))
    if recipient not in {
        address(group.chat_id, group.topic) for group in _groups_of(session, case, night=True)
    }:
        return card(case, words=words, city=city, gone_to=city.opd(case.opd))
    officer = next(
        (line for line in reversed(cases.history(session, case.id)) if line.by_role == Role.OPD), None
    )
    return card(case, words=words, city=city, taken_by=officer.by_name if officer else "")
