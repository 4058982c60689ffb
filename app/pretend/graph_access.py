"""Who may call the Graph API: the page's token and the proof that the caller knows the app's secret."""

import hashlib
import hmac
import json
from typing import Annotated, Any

from fastapi import Depends, Request

from app.pretend.config import PretendConfig
from app.pretend.errors import GraphError, GraphRefusedError
from app.pretend.stage import StageDep

BAD_TOKEN = GraphError(code=190, message="Invalid OAuth access token - Cannot parse access token", status=401)
NO_PROOF = GraphError(
    code=100,
    kind="GraphMethodException",
    message="API calls from the server require an appsecret_proof argument",
)
BAD_PROOF = GraphError(
    code=100,
    kind="GraphMethodException",
    message="Invalid appsecret_proof provided in the API argument",
)


def token_of(request: Request) -> str:
    scheme, _, bearer = request.headers.get("authorization", "").partition(" ")
    return bearer if scheme.lower() == "bearer" else request.query_params.get("access_token", "")


def refuse_access(config: PretendConfig, *, token: str, proof: str, proof_time: str) -> GraphError | None:
    """The proof counts in the query only: Facebook may ignore one that stands in the body."""
    if not hmac.compare_digest(token.encode(), config.page_token.encode()):
        return BAD_TOKEN
    if not config.needs_appsecret_proof:
        return None
    if not proof:
        return NO_PROOF
    proven = f"{token}|{proof_time}" if proof_time else token
    expected = hmac.new(config.app_secret.encode(), proven.encode(), hashlib.sha256).hexdigest()
    return None if hmac.compare_digest(proof.encode(), expected.encode()) else BAD_PROOF


async def authorised(request: Request, stage: StageDep) -> None:
    error = refuse_access(
        stage.config,
        token=token_of(request),
        proof=request.query_params.get("appsecret_proof", ""),
        proof_time=request.query_params.get("appsecret_time", ""),
    )
    if error:
        raise GraphRefusedError(error)


async def asked_fields(request: Request) -> dict[str, Any]:
    """The Graph API takes fields as JSON, as a form, or in the query; a form's values may be JSON again."""
    fields: dict[str, Any] = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        fields |= _object(await request.body())
    else:
        form = await request.form()
        fields |= {key: _perhaps_json(value) for key, value in form.items() if isinstance(value, str)}
    return fields


def _object(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise GraphRefusedError(GraphError(code=100, message="(#100) Invalid JSON in the request's body"))
    return value


def _perhaps_json(value: str) -> Any:  # noqa: ANN401 - whatever the caller wrote
    try:
        return json.loads(value) if value[:1] in "{[" and value else value
    except ValueError:
        return value


Fields = Annotated[dict[str, Any], Depends(asked_fields)]
