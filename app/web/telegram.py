"""Telegram's door: an officer presses a button under a case. Who is not mapped to the agency moves nothing."""

import hmac
import json
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from pydantic import ValidationError
from sqlalchemy.orm import Session
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool

from app.notify.telegram_wire import CallbackQuery, Update
from app.observe import log
from app.web.webhook import TooLarge, read_body
from app.wiring import Service
from bot import group_card
from bot.case_moves import CaseFile
from bot.conversation.taps import Act, Tap, read_tap
from models.db import wake
from models.domain.case import Actor, Case, CaseState, Role
from models.domain.errors import IllegalMove, UnknownCase
from models.store import cases, groups, staff
from models.tables import StaffRow

router = APIRouter()

LARGEST_UPDATE = 1024 * 1024
_MOVES = {
    Act.START: CaseState.DIPROSES,
    Act.FINISH: CaseState.SELESAI,
    Act.NOT_OURS: CaseState.BUKAN_KEWENANGAN,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the officer's screen shows; ``alert`` asks for a tap to close it."""

    text: str
    alert: bool = False


@router.post("/webhook/telegram")
async def receive(request: Request) -> Response:
    """401 without the secret that we gave Telegram; 200 for anything else, or it would come again for ever."""
    service: Service = request.app.state.service
    if not _is_from_telegram(request, service.telegram_secret):
        return Response(status_code=401)
    try:
        update = Update.model_validate(json.loads(await read_body(request, LARGEST_UPDATE)))
    except (TooLarge, ValueError, ValidationError):
        log().warning("telegram_update_not_understood")
        return Response(status_code=200)
    if update.message is not None and update.message.migrate_to_chat_id is not None:
        moved = update.message
        await run_in_threadpool(_group_moved, service, str(moved.chat.id), str(moved.migrate_to_chat_id))
    if update.callback_query is None:
        return Response(status_code=200)
    answer = await run_in_threadpool(press, service, update.callback_query)
    return Response(status_code=200, background=_tell(service, update.callback_query.id, answer))


def _is_from_telegram(request: Request, secret: str) -> bool:
    shown = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
    return bool(secret) and hmac.compare_digest(shown.encode(), secret.encode())


def _tell(service: Service, query_id: str, answer: Answer) -> BackgroundTask | None:
    if service.telegram is None:
        return None
    return BackgroundTask(service.telegram.answer_tap, query_id, answer.text, alert=answer.alert)


def _group_moved(service: Service, old: str, new: str) -> None:
    with service.database.write() as session:
        groups.moved(session, old, new)


def press(service: Service, query: CallbackQuery) -> Answer:
    """One press, one transaction: the case moves and its citizens' words are put, or nothing happens."""
    tap = read_tap(query.data or "")
    if tap is None:
        return Answer(group_card.UNKNOWN_BUTTON)
    with service.database.write() as session:
        try:
            case = cases.lock(session, tap.number)
        except UnknownCase:
            return Answer(group_card.UNKNOWN_BUTTON)
        answer = _act(session, service, query, tap, case)
        wake(session, "outbox")
    service.wake_sender()
    return answer


def _act(session: Session, service: Service, query: CallbackQuery, tap: Tap, case: Case) -> Answer:
    telegram_id = str(query.sender.id)
    officer = staff.of_telegram(session, telegram_id, case.opd)
    if officer is None or not _is_in_their_area(officer, case):
        city = service.counsel.city
        text = group_card.NOT_ENROLLED.format(telegram_id=telegram_id, opd=city.opd(case.opd))
        return Answer(text, alert=True)
    case_file = CaseFile(session=session, city=service.counsel.city, at=service.clock())
    actor = Actor(role=Role.OPD, name=officer.name)
    try:
        moved = _move(case_file, case, tap, actor)
    except IllegalMove:
        now = group_card.standing(case).lower()
        return Answer(group_card.NOT_POSSIBLE.format(number=case.number, standing=now), alert=True)
    return Answer(group_card.TAKEN.format(number=moved.number, standing=group_card.standing(moved).lower()))


def _move(case_file: CaseFile, case: Case, tap: Tap, actor: Actor) -> Case:
    if tap.act is Act.ACCEPT:
        if case.state is not CaseState.DITERUSKAN:
            raise IllegalMove(number=case.number, now=case.state, wanted=Act.ACCEPT, by=actor.role)
        return case_file.accept_case(case, by=actor)
    if tap.act not in _MOVES or case.state is _MOVES[tap.act]:
        raise IllegalMove(number=case.number, now=case.state, wanted=tap.act, by=actor.role)
    return case_file.move_case(case, _MOVES[tap.act], by=actor)


def _is_in_their_area(officer: StaffRow, case: Case) -> bool:
    return not officer.area or officer.area == case.area
