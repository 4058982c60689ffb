"""One word on its way, and the look for it after doubt. Network only; nothing is kept here."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

from app.notify.notifier import Notifier
from app.sending.errand import Errand
from bot.messenger.client import GraphPage, Tag
from bot.messenger.errors import AlreadyAnswered, Unsayable
from bot.messenger.render import comment_text, render
from models.domain.outgoing import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """``external_id`` is the provider's id; ``psid`` is learned from a private reply."""

    external_id: str | None
    psid: str | None = None


async def say(errand: Errand, page: GraphPage | None, telegram: Notifier | None, album: Path) -> Said:
    """Say it by the errand's way; its photo lies in the ``album``. Raises SendFailed."""
    if errand.way is Way.TELEGRAM and telegram is not None:
        return Said(external_id=await telegram.send(errand.word, await _photo(errand, album)))
    if page is None:
        raise ValueError(f"no client for {errand.way}")
    return await _to_citizen(errand, page)


async def _photo(errand: Errand, album: Path) -> bytes | None:
    if errand.word.media_id is None:
        return None
    if errand.photo is None:
        raise Unsayable("the photo is not kept")
    try:
        return await asyncio.to_thread((album / errand.photo).read_bytes)
    except FileNotFoundError:
        raise Unsayable("the photo's file is gone") from None


async def _to_citizen(errand: Errand, page: GraphPage) -> Said:
    under = errand.word.under or ""
    match errand.way:
        case Way.PUBLIC_REPLY:
            return Said(external_id=await page.reply_to_comment(under, comment_text(errand.word)))
        case Way.PRIVATE_REPLY:
            return await _privately(errand, page, under)
        case Way.MESSENGER | Way.HUMAN_AGENT:
            tag = Tag.HUMAN_AGENT if errand.way is Way.HUMAN_AGENT else None
            kind = "UPDATE" if errand.word.because == "status" else "RESPONSE"
            message = render(errand.word, word_id=errand.id)
            sent = await page.send_message({"id": errand.psid or ""}, message, messaging_type=kind, tag=tag)
            return Said(external_id=sent.message_id)
        case _:
            raise ValueError(f"no adapter for {errand.way}")


async def _privately(errand: Errand, page: GraphPage, under: str) -> Said:
    try:
        sent = await page.private_reply(under, render(errand.word, word_id=errand.id))
    except AlreadyAnswered:
        if errand.look_first:
            # Facebook allows one: refusing the second proves that the first arrived.
            return Said(external_id=None)
        raise
    return Said(external_id=sent.message_id, psid=sent.recipient_id)


async def look_for(errand: Errand, page: GraphPage | None) -> str | None:
    """The id of our word where it may have arrived already, None when it is not there. Raises SendFailed."""
    if page is None:
        return None
    text = errand.word.text
    if errand.way is Way.PUBLIC_REPLY and errand.word.under:
        return await page.find_own_comment(errand.word.under, text, known=errand.known)
    if errand.psid:
        return await page.find_own_message(errand.psid, text, errand.first_tried_at, known=errand.known)
    return None
