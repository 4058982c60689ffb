"""The Graph API's and Telegram's error answers, as values and as the exceptions that carry them out."""

import secrets
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphError:
    """One error of the Graph API; ``status`` is the HTTP status it comes with."""

    code: int
    message: str
    subcode: int | None = None
    kind: str = "OAuthException"
    status: int = 400
    user_title: str = ""

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.user_title:
            error |= {"error_user_title": self.user_title, "error_user_msg": self.message}
        # Ours to read in a log, as Facebook's support asks for it.
        return {"error": error | {"fbtrace_id": "A" + secrets.token_urlsafe(16)}}


class GraphRefusedError(Exception):
    """Raised where a request breaks a rule; the app turns it into Facebook's answer."""

    def __init__(self, error: GraphError) -> None:
        super().__init__(error.message)
        self.error = error


class TelegramRefusedError(Exception):
    """Raised where Telegram would answer ``ok: false``."""

    def __init__(self, status: int, description: str, parameters: dict[str, int] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters or {}

    def body(self) -> dict[str, Any]:
        answer = {"ok": False, "error_code": self.status, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})
