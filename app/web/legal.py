"""What we keep of citizens, and for what: the page that Facebook and the law ask for."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from app.web.pages import PUBLIC, pages_of
from app.wiring import Service

router = APIRouter()


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivacyPage:
    """``triage_team`` is whom citizens write to."""

    triage_team: str


@router.get("/privasi")
def privacy(request: Request) -> Response:
    service: Service = request.app.state.service
    page = PrivacyPage(triage_team=service.settings.triage_team_name)
    return pages_of(request).show(request, "legal/privacy.html", page, kept_by=PUBLIC)
