"""The door: Facebook's verification and its events. Verify, keep, answer 200; thinking comes later."""

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from app.observe import POSTS
from app.web.ingest import Ingest, NotKept
from app.wiring import Service
from bot.messenger.signature import challenge_answer, is_signed
from bot.messenger.split import split
from models.domain.inbox import Item

router = APIRouter()

LARGEST_BODY = 32 * 1024 * 1024
#: Splitting a body of this size takes so long that other requests would notice.
LARGE_BODY = 64 * 1024


class TooLarge(Exception):
    """The body is larger than anything Facebook sends."""


class Answer:
    """How a POST ended; made once, for there are thousands a second."""

    def __init__(self, outcome: str, status: int) -> None:
        self.counter = POSTS.labels(outcome)
        self.response = Response(status_code=status)


KEPT = Answer("kept", 200)
REFUSED = Answer("refused", 401)
TOO_LARGE = Answer("too_large", 413)
NOT_KEPT = Answer("not_kept", 503)


@router.get("/webhook/facebook")
async def verify(request: Request) -> Response:
    """Facebook asks whether this address is ours; needs no database."""
    service: Service = request.app.state.service
    token = service.settings.facebook_verify_token.get_secret_value()
    challenge = challenge_answer(request.query_params, verify_token=token)
    if challenge is None:
        return Response(status_code=403)
    return PlainTextResponse(challenge)


class Door:
    """Facebook's POST: 401 for a bad signature, 413 for too much, 503 when nothing can be kept, else 200.

    Plain ASGI, since what FastAPI does around a route costs as much again as verifying and splitting.
    """

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        answer = await _received(request.app.state.service, request)
        answer.counter.inc()
        await answer.response(scope, receive, send)


door = Route("/webhook/facebook", Door(), methods=["POST"])


async def _received(service: Service, request: Request) -> Answer:
    try:
        body = await read_body(request)
    except TooLarge:
        return TOO_LARGE
    if not is_signed(body, request.headers.get("X-Hub-Signature-256"), secrets=service.settings.app_secrets):
        return REFUSED
    items = await _split(body, service.settings.facebook_page_id)
    return KEPT if await _kept(service.ingest, items) else NOT_KEPT


async def read_body(request: Request, largest: int = LARGEST_BODY) -> bytes:
    """The raw bytes, for the signature is over them. Raises TooLarge before more than that is held."""
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > largest:
        raise TooLarge
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > largest:
            raise TooLarge
        chunks.append(chunk)
    return b"".join(chunks)


async def _split(body: bytes, page_id: str) -> list[Item]:
    if len(body) < LARGE_BODY:
        return split(body, page_id=page_id)
    return await asyncio.to_thread(split, body, page_id=page_id)


async def _kept(ingest: Ingest, items: Sequence[Item]) -> bool:
    if not items:
        return True
    try:
        await ingest.keep(items)
    except NotKept:
        return False
    return True
