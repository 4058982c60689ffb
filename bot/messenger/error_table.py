"""Every Graph error we know, as data, and the one function that reads an error answer.

Sources: Messenger Platform "Error codes" (25 June 2026), Graph API "Handling errors" and "Rate limits". Rows that
are not ``documented`` come from other projects' reports or from memory.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.messenger import errors
from bot.messenger.errors import SendFailed
from bot.messenger.usage import wait_seconds


@dataclass(frozen=True, slots=True)
class Row:
    """``code`` None: the subcode decides, whatever code it comes under, and also as the code itself."""

    code: int | None
    subcode: int | None
    error: type[SendFailed]
    remark: str
    documented: bool = True


TABLE: Final = (
    Row(1, None, errors.ServiceTroubled, "unknown error at Facebook"),
    Row(1, 1357046, errors.MaybeSent, "Facebook could not read its own answer, although it may have acted"),
    Row(2, None, errors.ServiceTroubled, "Facebook is down, or the person blocked us"),
    Row(3, None, errors.PermissionMissing, "the app may not do this"),
    Row(4, None, errors.RateLimited, "the app's calls"),
    Row(10, None, errors.PermissionMissing, "a permission is missing"),
    Row(10, 1893063, errors.PageRestricted, "the Page is restricted from sending"),
    Row(10, 2018065, errors.WindowClosed, "outside the messaging window"),
    Row(10, 2018108, errors.CannotReceiveNow, "this person cannot receive messages now"),
    Row(10, 2018278, errors.WindowClosed, "outside the messaging window"),
    Row(10, 2534022, errors.WindowClosed, "outside the messaging window"),
    Row(17, None, errors.RateLimited, "the user's calls"),
    Row(32, None, errors.RateLimited, "the Page's calls"),
    Row(100, None, errors.BadRequest, "a parameter, a template or a retired tag"),
    Row(100, 33, errors.NothingThere, "the object is gone or hidden from us"),
    Row(
        100,
        1893043,
        errors.UtilityRefused,
        "characters that a template's value may not have",
        documented=False,
    ),
    Row(100, 2018001, errors.NobodyThere, "no matching user"),
    Row(100, 2018008, errors.MediaRefused, "the attachment could not be fetched"),
    Row(100, 2018047, errors.MediaRefused, "the attachment's type"),
    Row(100, 2018048, errors.BadRequest, "a sender action that failed: never a reason not to send"),
    Row(100, 2018109, errors.MediaRefused, "the attachment's size"),
    Row(100, 2018292, errors.NotRepliable, "not a comment that takes a private reply", documented=False),
    Row(100, 2018294, errors.MediaRefused, "the video takes too long"),
    Row(100, 2534001, errors.NobodyThere, "the thread is archived, deleted or missing", documented=False),
    Row(190, None, errors.TokenDead, "the token is not valid"),
    Row(190, 458, errors.TokenDead, "the app was removed from the Page's person"),
    Row(190, 459, errors.TokenDead, "the token's person must pass a checkpoint"),
    Row(190, 460, errors.TokenDead, "the token's person changed the password"),
    Row(190, 463, errors.TokenDead, "the token expired", documented=False),
    Row(190, 467, errors.TokenDead, "the token was made invalid", documented=False),
    *(Row(code, None, errors.PermissionMissing, "a permission is missing") for code in range(200, 300)),
    Row(200, 1545041, errors.Unreachable, "this person is unavailable"),
    Row(200, 2018027, errors.NotLive, "no Advanced Access for people without a role"),
    Row(200, 2018028, errors.NotLive, "the app is not live"),
    Row(341, None, errors.RateLimited, "the app's actions"),
    Row(368, None, errors.Blocked, "blocked for a time, by policy"),
    Row(506, None, errors.SameTextAgain, "the same comment twice in a row"),
    Row(551, None, errors.Unreachable, "this person is unavailable"),
    Row(551, 1545041, errors.Unreachable, "this person is unavailable"),
    Row(613, None, errors.RateLimited, "calls of this kind"),
    Row(613, 1996, errors.OddVolume, "inconsistent volume of calls"),
    Row(613, 2018338, errors.Bothersome, "the tag was used too often for this person"),
    Row(613, 2534040, errors.RateLimited, "messages to one thread"),
    Row(1200, None, errors.ServiceTroubled, "a temporary failure to send", documented=False),
    Row(1705, None, errors.TokenDead, "the token is a person's, not the Page's"),
    Row(10900, None, errors.AlreadyAnswered, "already answered", documented=False),
    Row(10901, None, errors.NotRepliable, "this comment cannot be answered", documented=False),
    Row(10902, None, errors.NotRepliable, "not an activity that can be answered", documented=False),
    Row(10903, None, errors.NotRepliable, "this person cannot answer it", documented=False),
    Row(80001, None, errors.RateLimited, "the Page's calls (use case pages)"),
    Row(80006, None, errors.RateLimited, "the Page's calls (use case messenger)"),
    Row(9000001, None, errors.NothingThere, "the message was deleted"),
    Row(None, 2018218, errors.NoProfile, "no profile for this person"),
    Row(None, 2018247, errors.NoProfile, "no permission to see profiles"),
    Row(None, 2018300, errors.ThreadHeld, "another app holds the conversation"),
    Row(None, 2018321, errors.ThreadHeld, "Messenger's own automation holds the conversation"),
)

BY_CODES: Final = {(row.code, row.subcode): row for row in TABLE}

BY_STATUS: Final[Mapping[int, type[SendFailed]]] = {
    401: errors.TokenDead,
    403: errors.PermissionMissing,
    404: errors.NothingThere,
    408: errors.ServiceTroubled,
    429: errors.RateLimited,
    # The gateway stopped waiting while the machine behind it may still have been at work.
    504: errors.MaybeSent,
}


def from_graph(status: int, body: object, headers: Mapping[str, str]) -> SendFailed:
    """The error of an answer: by (code, subcode), then code, then HTTP status. Never raises.

    ``body`` is the parsed JSON, ``{"error": {"code", "error_subcode", "fbtrace_id"}}``, or whatever came.
    """
    told = body.get("error") if isinstance(body, dict) else None
    told = told if isinstance(told, dict) else {}
    code, subcode = _integer(told.get("code")), _integer(told.get("error_subcode"))
    row = _row(code, subcode)
    error, remark = (row.error, row.remark) if row else _unlisted(status, transient=told.get("is_transient"))
    trace = told.get("fbtrace_id")
    return error(
        remark,
        status=status,
        code=code,
        subcode=subcode,
        trace=trace if isinstance(trace, str) else None,
        wait=wait_seconds(headers),
    )


def _row(code: int | None, subcode: int | None) -> Row | None:
    keys = ((code, subcode), (None, subcode), (None, code), (code, None))
    return next((BY_CODES[key] for key in keys if key != (None, None) and key in BY_CODES), None)


def _unlisted(status: int, *, transient: object) -> tuple[type[SendFailed], str]:
    """A code we do not know, or none: Facebook's own "it will pass", then the HTTP status."""
    if transient is True or (status >= 500 and status not in BY_STATUS):
        return errors.ServiceTroubled, "an error that will pass"
    if status < 300:
        return errors.MaybeSent, "a success whose answer cannot be read"
    return BY_STATUS.get(status, errors.Refused), "a refusal that is not in our table"


def _integer(value: object) -> int | None:
    if isinstance(value, str):
        value = int(value) if value.isascii() and value.isdigit() and len(value) < 19 else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None
