"""The Bot API's route: one path for all methods, as Telegram has it."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, HTTPException, Request, Response
from starlette.datastructures import UploadFile

from app.pretend import groups
from app.pretend.errors import TelegramRefusedError
from app.pretend.faults import under
from app.pretend.graph_access import asked_fields
from app.pretend.journal import WrittenDownRoute
from app.pretend.stage import Stage, StageDep

router = APIRouter(prefix="/telegram", route_class=WrittenDownRoute)

Fields = dict[str, Any]


def set_webhook(stage: Stage, fields: Fields) -> bool:
    stage.telegram.url = str(fields.get("url", ""))
    stage.hook.secret = str(fields.get("secret_token", ""))
    stage.telegram.go_on()
    return True


def delete_webhook(stage: Stage, fields: Fields) -> bool:
    del fields
    stage.telegram.url = ""
    return True


def webhook_facts(stage: Stage, fields: Fields) -> Fields:
    del fields
    return {"url": stage.telegram.url, "pending_update_count": len(stage.telegram.waiting)}


def me(stage: Stage, fields: Fields) -> Fields:
    del fields
    return groups.bot_user(stage)


def chat(stage: Stage, fields: Fields) -> Fields:
    known = stage.world.groups.get(int(str(fields.get("chat_id", "0"))))
    if known is None:
        raise TelegramRefusedError(400, "Bad Request: chat not found")
    return {"id": known.chat_id, "title": known.title, "type": "supergroup"}


def nothing(stage: Stage, fields: Fields) -> bool:
    del stage, fields
    return True


METHODS: dict[str, Callable[[Stage, Fields], Any]] = {
    "getMe": me,
    "getChat": chat,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": webhook_facts,
    "sendMessage": groups.send,
    "sendPhoto": groups.send,
    "editMessageText": groups.edit,
    "editMessageCaption": groups.edit,
    "editMessageReplyMarkup": groups.edit,
    "answerCallbackQuery": groups.answer_press,
    "setMyCommands": nothing,
    "sendChatAction": nothing,
}


async def uploaded(request: Request, stage: Stage) -> Fields:
    """A photo that came as a file, as the address under which the page shows it."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return {}
    fields: Fields = {}
    async with request.form() as form:
        for name, value in form.multi_items():
            if isinstance(value, UploadFile):
                number = str(stage.world.new_number())
                stage.world.uploads[number] = await value.read()
                fields[name] = f"/pretend/telegram/photos/{number}.jpg"
    return fields


@router.get("/photos/{number}.jpg")
def uploaded_photo(number: str, stage: StageDep) -> Response:
    if number not in stage.world.uploads:
        raise HTTPException(404, "no such photo")
    return Response(stage.world.uploads[number], media_type="image/jpeg")


@router.api_route("/bot{token}/{method}", methods=["GET", "POST"], response_model=None)
async def call(token: str, method: str, request: Request, stage: StageDep) -> Any:  # noqa: ANN401
    """The first token that calls is the bot's; Telegram answers 401 to any other."""
    stage.hook.token = stage.hook.token or token
    if token != stage.hook.token:
        raise TelegramRefusedError(401, "Unauthorized")
    work = METHODS.get(method)
    if work is None:
        raise TelegramRefusedError(404, "Not Found")
    fields = await asked_fields(request) | await uploaded(request, stage)
    fault = stage.faults.next_for("telegram") if work in {groups.send, groups.edit} else None
    result = await under(fault, lambda: work(stage, fields))
    return result if isinstance(result, Response) else {"ok": True, "result": result}
