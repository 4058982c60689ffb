"""One endpoint for a test's JSON, the page's htmx form and a plain form: read the body, answer the caller."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import Depends, HTTPException, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, ValidationError

PAGE_PATH = "/pretend"


class Asked(BaseModel):
    """What all bodies share: a misspelt field is an error, not a silence."""

    model_config = ConfigDict(extra="forbid")


Body = TypeVar("Body", bound=Asked)


def body_as(model: type[Body]) -> Any:  # noqa: ANN401 - FastAPI's own Depends is Any too
    async def read(request: Request) -> Body:
        raw = await request.json() if _is_json(request) else dict(await request.form())
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            raise HTTPException(422, error.errors(include_url=False, include_context=False)) from None

    return Depends(read)


def _is_json(request: Request) -> bool:
    return request.headers.get("content-type", "").startswith("application/json")


def _answerer(request: Request) -> Callable[[object], Response]:
    def answer(made: object = None) -> Response:
        if request.headers.get("hx-request"):
            # The page hears of the change as all open pages do.
            return Response(status_code=204)
        if request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return RedirectResponse(request.headers.get("referer", PAGE_PATH), status_code=303)
        return JSONResponse(jsonable_encoder(made))

    return answer


Answer = Annotated[Callable[[object], Response], Depends(_answerer)]
