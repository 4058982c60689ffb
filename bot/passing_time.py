"""What time alone brings to a case: a reminder, a person instead of an answer that never came, the end."""

from dataclasses import replace
from datetime import timedelta

from bot.case_moves import CaseFile
from bot.conversation.phrases import id as phrases
from bot.conversation.state import Slot, from_json
from bot.status_updates import Update
from models.domain.case import SYSTEM, Case, CaseState
from models.domain.outgoing import Audience, Way, Word
from models.store import cases, conversations, outbox, reports

#: Inside Facebook's 24 hours, so that the reminder may lawfully go.
REMIND_AFTER = timedelta(hours=20)
#: After the reminder nobody is asked again: a person looks at what there is.
TRIAGE_AFTER = timedelta(hours=48)


def let_time_pass(file: CaseFile, *, close_after: timedelta) -> int:
    """Do what is due now; how many cases that touched. Each case is locked and looked at again."""
    touched = 0
    for case in cases.waiting_for_citizen(file.session, before=file.at - REMIND_AFTER, reminded=False):
        touched += _remind(file, cases.lock(file.session, case.number))
    for case in cases.waiting_for_citizen(file.session, before=file.at - TRIAGE_AFTER, reminded=True):
        touched += _hand_to_triage(file, cases.lock(file.session, case.number))
    for case in cases.unconfirmed(file.session, before=file.at - close_after):
        touched += _close(file, cases.lock(file.session, case.number))
    return touched


def _remind(file: CaseFile, case: Case) -> int:
    """One reminder, while the messaging window is open."""
    if case.state is not CaseState.PERLU_VERIFIKASI or case.reminded_at is not None:
        return 0
    file.change(replace(case, reminded_at=file.at), what="diingatkan", by=SYSTEM)
    for citizen in reports.followers(file.session, case.id):
        asked = _asked(file, case, citizen)
        remind = phrases.category_reminder if asked is Slot.CATEGORY else phrases.place_reminder
        word = Word(
            to=Audience.CITIZEN,
            recipient=citizen,
            way=Way.MESSENGER,
            text=remind(case.number),
            because="reminder",
            about=f"case:{case.number}",
            case_id=case.id,
        )
        outbox.put(file.session, word, at=file.at)
    return 1


def _asked(file: CaseFile, case: Case, citizen: str) -> Slot | None:
    """What this citizen was asked about the case; that the case has a category may be our guess."""
    conversation = conversations.get(file.session, citizen)
    asking = from_json(conversation.talk).asking if conversation else None
    return asking.slot if asking is not None and asking.number == case.number else None


def _hand_to_triage(file: CaseFile, case: Case) -> int:
    if case.state is not CaseState.PERLU_VERIFIKASI or not case.waits_for_citizen:
        return 0
    waiting = file.to_triage(case, "pelapor tidak menjawab pertanyaan")
    entry = file.note(waiting, "pelapor diberi tahu", by=SYSTEM)
    told = Update(
        text=phrases.nobody_answered(case.number, file.city),
        in_public=phrases.public_standing(waiting, file.city),
    )
    file.tell_followers(waiting, told, entry)
    return 1


def _close(file: CaseFile, case: Case) -> int:
    """Silence after "selesai" means that it is well."""
    if case.state is not CaseState.SELESAI:
        return 0
    file.move_case(case, CaseState.DITUTUP, by=SYSTEM, note="tidak ada tanggapan pelapor")
    return 1
