"""Writes down each API call and how it ended, so that a test can read what was asked of Facebook."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute

from app.pretend.errors import GraphRefusedError, TelegramRefusedError
from app.pretend.state import GraphCall

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class WrittenDownRoute(APIRoute):
    """A route of the Graph or Telegram API."""

    def get_route_handler(self) -> Handler:
        handle = super().get_route_handler()

        async def handle_and_write(request: Request) -> Response:
            status, code = 500, None
            try:
                response = await handle(request)
            except GraphRefusedError as refusal:
                status, code = refusal.error.status, refusal.error.code
                raise
            except TelegramRefusedError as refusal:
                status, code = refusal.status, refusal.status
                raise
            else:
                status = response.status_code
                return response
            finally:
                call = GraphCall(method=request.method, path=_path(request), status=status, code=code)
                request.app.state.stage.world.calls.append(call)

        return handle_and_write


def _path(request: Request) -> str:
    """Without what stands before the API's own name, and without the bot's token."""
    method = request.path_params.get("method")
    return f"telegram/{method}" if method else request.url.path.partition("/graph/")[2]
