"""The door: Facebook's verification and its events. Verify, keep, answer 200; thinking comes later."""

import asyncio
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse

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


@router.get("/webhook/facebook")
async def verify(request: Request) -> Response:
    """Facebook asks whether this address is ours; needs no database."""
    service: Service = request.app.state.service
    token = service.settings.facebook_verify_token.get_secret_value()
    challenge = challenge_answer(request.query_params, verify_token=token)
    if challenge is None:
        return Response(status_code=403)
    return PlainTextResponse(challenge)


@router.post("/webhook/facebook")
async def receive(request: Request) -> Response:
    """401 for a bad signature, 413 for too much, 503 when nothing can be kept, else 200."""
    service: Service = request.app.state.service
    try:
        body = await read_body(request)
    except TooLarge:
        return _answered("too_large", 413)
    if not is_signed(body, request.headers.get("X-Hub-Signature-256"), secrets=service.settings.app_secrets):
        return _answered("refused", 401)
    items = await _split(body, service.settings.facebook_page_id)
    if not await _kept(service.ingest, items):
        return _answered("not_kept", 503)
    return _answered("kept", 200)


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


def _answered(outcome: str, status: int) -> Response:
    POSTS.labels(outcome).inc()
    return Response(status_code=status)
