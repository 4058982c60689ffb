"""For whoever watches the service: alive, ready, counted."""

import hmac
from datetime import timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from app.observe import WAITING
from app.wiring import Service
from app.worker import HEARTBEAT
from models.store import facts, inbox

router = APIRouter()

#: Items that wait longer than this without a living worker are a fault.
PATIENCE = timedelta(seconds=60)


@router.get("/healthz")
def alive() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(request: Request) -> Response:
    """503 when the database does not answer, or when events wait and no worker is alive."""
    service: Service = request.app.state.service
    try:
        trouble = why_not_ready(service)
    except SQLAlchemyError:
        trouble = "database does not answer"
    status = 503 if trouble else 200
    return JSONResponse({"ready": not trouble, "why": trouble}, status_code=status)


def why_not_ready(service: Service) -> str | None:
    at = service.clock()
    with service.database.read() as session:
        since = inbox.waits_since(session)
        beat = facts.recall(session, HEARTBEAT)
    WAITING.set((at - since).total_seconds() if since else 0)
    if since is None or at - since <= PATIENCE:
        return None
    if beat is None or at - beat.at > PATIENCE:
        return "no worker is alive, and events wait"
    return None


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Open on localhost installations; else only with METRICS_TOKEN as bearer."""
    service: Service = request.app.state.service
    token = service.settings.metrics_token.get_secret_value()
    shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
    allowed = hmac.compare_digest(shown.encode(), token.encode()) if token else service.settings.is_local
    if not allowed:
        return Response(status_code=401)
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
