"""How a page is made: its template, its one frozen context, the headers that guard it, its static files."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from types import MappingProxyType

from fastapi import FastAPI, Request, Response
from fastapi.exception_handlers import http_exception_handler
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from bot.conversation.phrases import dates

HERE = Path(__file__).parent.parent
FOR_EVER = "public, max-age=31536000, immutable"
FOR_A_DAY = "public, max-age=86400"

#: Only what this server itself serves may run, style or show; nobody may frame us or say where our forms go.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
#: Addresses of ours hold secrets (a way in, a citizen's link), so no other site is told where somebody came from.
GUARDS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
PRIVATE: Mapping[str, str] = MappingProxyType(
    {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Vary": "HX-Request, Cookie"}
)
PUBLIC: Mapping[str, str] = MappingProxyType({"Cache-Control": "public, max-age=300"})


class Why(StrEnum):
    """Why somebody does not see what they came for; sorry.html has the words for each."""

    LINK_OVER = "link_over"
    NO_SUCH_REPORT = "no_such_report"
    NO_SUCH_PAGE = "no_such_page"
    FROM_ELSEWHERE = "from_elsewhere"
    SIGN_IN = "sign_in"
    NOT_YOUR_PART = "not_your_part"


_STATUS = {
    Why.LINK_OVER: HTTPStatus.GONE,
    Why.NO_SUCH_REPORT: HTTPStatus.NOT_FOUND,
    Why.NO_SUCH_PAGE: HTTPStatus.NOT_FOUND,
    Why.FROM_ELSEWHERE: HTTPStatus.FORBIDDEN,
    Why.SIGN_IN: HTTPStatus.UNAUTHORIZED,
    Why.NOT_YOUR_PART: HTTPStatus.FORBIDDEN,
}


class Sorry(Exception):
    """Ends a request with a friendly page that says why."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True, kw_only=True)
class SorryPage:
    """``why`` chooses the words."""

    why: Why


class Assets(StaticFiles):
    """The files of static/. Asked for by its content's hash, a file may be kept for ever."""

    def __init__(self, folder: Path) -> None:
        super().__init__(directory=folder)
        files = (path for path in folder.rglob("*") if path.is_file())
        self._hashes = {path.relative_to(folder).as_posix(): _hash(path) for path in files}

    def url(self, name: str) -> str:
        """Raises KeyError for a file that is not there: a page must not go out without it."""
        return f"/static/{name}?v={self._hashes[name]}"

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        asked = scope.get("query_string", b"").decode("latin-1")
        current = self._hashes.get(self.get_path(scope))
        response.headers["Cache-Control"] = FOR_EVER if asked == f"v={current}" else FOR_A_DAY
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16]


class Pages:
    """Shows a template with its page context, whole or as the one fragment that htmx asked for."""

    def __init__(self, assets: Assets) -> None:
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals["static_url"] = assets.url
        self._templates.filters |= {"day": dates.day, "clock": dates.clock, "first_upper": first_upper}

    def show(
        self,
        request: Request,
        template: str,
        page: object,
        *,
        fragment: str | None = None,
        status: int = HTTPStatus.OK,
        kept_by: Mapping[str, str] = PRIVATE,
    ) -> HTMLResponse:
        """``fragment`` is the template that the page includes and that an htmx request gets alone."""
        name = fragment if fragment and is_htmx(request) else template
        html = self._templates.get_template(name).render(page=page)
        return HTMLResponse(html, status_code=status, headers={**GUARDS, **kept_by})


def is_htmx(request: Request) -> bool:
    return request.headers.get("HX-Request") == "true"


def first_upper(text: str) -> str:
    """``PKL atau ketertiban`` stays as it is: str.capitalize would make ``Pkl`` of it."""
    return text[:1].upper() + text[1:]


def pages_of(request: Request) -> Pages:
    pages: Pages = request.app.state.pages
    return pages


def see_other(address: str) -> RedirectResponse:
    """After a form was done: go there with GET, so that a reload does it no second time."""
    return RedirectResponse(address, HTTPStatus.SEE_OTHER, headers={**GUARDS, **PRIVATE})


def set_up_pages(app: FastAPI) -> None:
    """Static files, templates, and friendly pages for what people cannot have."""
    assets = Assets(HERE / "static")
    app.state.pages = Pages(assets)
    app.mount("/static", assets, name="static")
    app.add_exception_handler(Sorry, _say_sorry)
    app.add_exception_handler(HTTPException, _say_not_here)


async def _say_sorry(request: Request, error: Exception) -> Response:
    if not isinstance(error, Sorry):
        raise error
    page = SorryPage(why=error.why)
    return pages_of(request).show(request, "sorry.html", page, status=_STATUS[error.why])


async def _say_not_here(request: Request, error: Exception) -> Response:
    """A person who mistyped an address gets a page; a program gets its JSON."""
    if not isinstance(error, HTTPException):
        raise error
    wants_html = "text/html" in request.headers.get("Accept", "")
    if error.status_code == HTTPStatus.NOT_FOUND and wants_html:
        return await _say_sorry(request, Sorry(Why.NO_SUCH_PAGE))
    return await http_exception_handler(request, error)
