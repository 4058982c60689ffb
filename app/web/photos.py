"""GET /m/{token}.jpg: one photo, to whoever holds its short-lived link."""

from datetime import timedelta
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from app.media.links import photo_behind
from app.wiring import Service
from models.store import media

router = APIRouter()

_HEADERS: Final = {
    # Kept by the browser that was given it, by nobody between, and no longer than a page's link lives.
    "Cache-Control": f"private, max-age={int(timedelta(hours=1).total_seconds())}",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


@router.get("/m/{token}.jpg")
def photo(request: Request, token: str) -> Response:
    """404 for a link that is forged or over and for a photo that is gone: nobody learns which."""
    service: Service = request.app.state.service
    media_id = photo_behind(service.settings, token, at=service.clock())
    if media_id is None:
        return _none()
    with service.database.read() as session:
        name = media.file_of(session, media_id)
    path = service.settings.media_dir / name if name else None
    if path is None or not path.is_file():
        return _none()
    return FileResponse(path, media_type="image/jpeg", headers=_HEADERS)


def _none() -> Response:
    return Response(status_code=404, headers={"Cache-Control": "no-store"})
