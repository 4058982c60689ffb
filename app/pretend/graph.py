"""The Graph API's routes, each under the faults that are switched on, each written down for the tests."""

from typing import Any

from fastapi import APIRouter, Depends

from app.pretend import graph_reads, graph_sends
from app.pretend.errors import GraphRefusedError
from app.pretend.faults import under
from app.pretend.graph_access import Fields, authorised
from app.pretend.journal import WrittenDownRoute
from app.pretend.rules import gone
from app.pretend.stage import StageDep

router = APIRouter(
    prefix="/graph/{version}", dependencies=[Depends(authorised)], route_class=WrittenDownRoute
)


@router.post("/{page_id}/messages", response_model=None)
async def send_message(page_id: str, stage: StageDep, fields: Fields) -> Any:  # noqa: ANN401
    """A sign of typing is its own request and never falls under a fault of messages."""
    if page_id not in {"me", stage.world.page_id}:
        raise GraphRefusedError(gone(page_id))
    fault = None if "sender_action" in fields else stage.faults.next_for("messages")
    return await under(fault, lambda: graph_sends.send(stage, fields))


@router.post("/{target_id}/comments", response_model=None)
async def write_comment(target_id: str, stage: StageDep, fields: Fields) -> Any:  # noqa: ANN401
    fault = stage.faults.next_for("comments")
    return await under(fault, lambda: graph_sends.comment(stage, target_id, fields))


@router.get("/{target_id}/comments", response_model=None)
async def read_comments(target_id: str, stage: StageDep) -> Any:  # noqa: ANN401
    fault = stage.faults.next_for("reads")
    return await under(fault, lambda: graph_reads.comments_under(stage, target_id))


@router.get("/{page_id}/conversations", response_model=None)
async def read_conversations(page_id: str, stage: StageDep, user_id: str = "") -> Any:  # noqa: ANN401
    del page_id
    fault = stage.faults.next_for("reads")
    return await under(fault, lambda: graph_reads.conversations(stage, user_id))


@router.get("/{page_id}/feed")
async def read_feed(page_id: str, stage: StageDep) -> dict[str, Any]:
    del page_id
    return graph_reads.feed(stage)


@router.get("/{page_id}/subscribed_apps")
async def read_subscription(page_id: str, stage: StageDep) -> dict[str, Any]:
    del page_id
    return graph_reads.subscription(stage)


@router.post("/{page_id}/subscribed_apps")
@router.post("/{page_id}/messenger_profile")
async def set_up_page(page_id: str) -> dict[str, Any]:
    del page_id
    return {"success": True, "result": "success"}


@router.get("/debug_token")
async def read_token(stage: StageDep, input_token: str = "") -> dict[str, Any]:
    return graph_reads.token_facts(stage, input_token)


@router.get("/{object_id}", response_model=None)
async def read_node(object_id: str, stage: StageDep, fields: str = "") -> Any:  # noqa: ANN401
    fault = stage.faults.next_for("reads")
    return await under(fault, lambda: graph_reads.node(stage, object_id, fields))


@router.post("/{object_id}")
async def change_comment(object_id: str, stage: StageDep, fields: Fields) -> dict[str, bool]:
    return graph_sends.moderate(stage, object_id, fields)
