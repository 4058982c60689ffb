"""Facebook's rules as pure checks: what a request asks, what the world knows, and the error that follows.

To add a rule, write a function of `SendAsked` (or `CommentAsked`) that returns an error or None, and put it
into the table at the place where Facebook would check it: the first error is the answer.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.pretend.errors import GraphError
from app.pretend.state import Choice, Citizen, Comment, Message

WINDOW = timedelta(hours=24)
HUMAN_WINDOW = timedelta(days=7)
PRIVATE_REPLY_WINDOW = timedelta(days=7)
TEXT_LIMIT = 2000
BUTTON_TEXT_LIMIT = 640
RETIRED_TAGS = frozenset({"CONFIRMED_EVENT_UPDATE", "ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """A comment or a visitor's post, as far as a private reply to it goes."""

    id: str
    author_id: str
    at: datetime
    removed: bool
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SendAsked:
    """A message the page wants to send, beside what the world knows of its recipient."""

    now: datetime
    page_id: str
    human_agent_approved: bool
    messaging_type: str
    tag: str
    citizen: Citizen | None
    private_to: str
    target: Activity | None
    text: str
    has_attachment: bool
    quick_replies: tuple[Choice, ...]
    buttons: tuple[Choice, ...]
    metadata: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentAsked:
    """A public comment the page wants to write under a target (a post or a comment)."""

    text: str
    target_exists: bool
    target_id: str
    last_own: Comment | None


def invalid(detail: str, subcode: int | None = None) -> GraphError:
    return GraphError(code=100, subcode=subcode, message=f"(#100) {detail}")


def gone(object_id: str) -> GraphError:
    return GraphError(
        code=100,
        subcode=33,
        kind="GraphMethodException",
        message=(
            f"Unsupported post request. Object with ID '{object_id}' does not exist, cannot be loaded due to "
            "missing permissions, or does not support this operation."
        ),
    )


OUTSIDE_WINDOW = GraphError(
    code=10, subcode=2018278, message="(#10) This message is sent outside of allowed window."
)
NO_MATCHING_USER = GraphError(code=100, subcode=2018001, message="(#100) No matching user found")
UNREACHABLE = GraphError(code=551, subcode=1545041, message="(#551) This person isn't available right now.")

ALREADY_REPLIED = GraphError(code=10900, message="(#10900) Activity already replied to")
CANNOT_REPLY = GraphError(code=10903, message="(#10903) This user cant reply to this activity")


def _has_content(asked: SendAsked) -> GraphError | None:
    return None if asked.text or asked.has_attachment else invalid("Param message must be non-empty.")


def _text_fits(asked: SendAsked) -> GraphError | None:
    # "must be less than 2000": 2000 itself is refused.
    limit = BUTTON_TEXT_LIMIT + 1 if asked.buttons else TEXT_LIMIT
    if len(asked.text) < limit:
        return None
    return invalid(f"Length of param message[text] must be less than or equal to {limit - 1}")


def _choices_fit(asked: SendAsked) -> GraphError | None:
    choices = asked.quick_replies + asked.buttons
    if len(asked.quick_replies) > 13 or len(asked.buttons) > 3:
        return invalid("Too many elements in param message[quick_replies]")
    if any(not one.title or len(one.title) > 20 for one in choices):
        return invalid("Length of param title must be between 1 and 20")
    if any(len(one.payload) > 1000 for one in choices):
        return invalid("Length of param payload must be less than or equal to 1000")
    return None


def _metadata_fits(asked: SendAsked) -> GraphError | None:
    return invalid("Param message[metadata] is too long") if len(asked.metadata) >= 1000 else None


def _tag_is_alive(asked: SendAsked) -> GraphError | None:
    if asked.messaging_type != "MESSAGE_TAG":
        return None
    if asked.tag in RETIRED_TAGS or asked.tag not in {"HUMAN_AGENT", "CUSTOMER_FEEDBACK"}:
        return invalid("Invalid parameter: this message tag is no longer supported.")
    if asked.tag == "HUMAN_AGENT" and not asked.human_agent_approved:
        return GraphError(code=10, message="(#10) Application does not have permission for this action")
    return None


def _type_is_known(asked: SendAsked) -> GraphError | None:
    if asked.messaging_type == "UTILITY":
        return invalid("Template cannot be found")
    if asked.messaging_type not in {"RESPONSE", "UPDATE", "MESSAGE_TAG"}:
        return invalid("Param messaging_type must be one of {RESPONSE, UPDATE, MESSAGE_TAG, UTILITY}")
    return None


def _activity_is_there(asked: SendAsked) -> GraphError | None:
    if not asked.private_to:
        return None
    if asked.target is None:
        return invalid("Invalid comment_id for private reply", 2018292)
    return gone(asked.target.id) if asked.target.removed else None


def _private_reply_goes_to_a_person(asked: SendAsked) -> GraphError | None:
    return CANNOT_REPLY if asked.target and asked.target.author_id == asked.page_id else None


def _private_reply_is_the_first(asked: SendAsked) -> GraphError | None:
    return ALREADY_REPLIED if asked.target and asked.target.answered else None


def _private_reply_is_in_time(asked: SendAsked) -> GraphError | None:
    late = asked.target is not None and asked.now - asked.target.at > PRIVATE_REPLY_WINDOW
    return CANNOT_REPLY if late else None


def _user_exists(asked: SendAsked) -> GraphError | None:
    return NO_MATCHING_USER if asked.citizen is None else None


def _user_is_reachable(asked: SendAsked) -> GraphError | None:
    return UNREACHABLE if asked.citizen and asked.citizen.unreachable else None


def _window_is_open(asked: SendAsked) -> GraphError | None:
    if asked.private_to or asked.citizen is None:
        return None
    window = HUMAN_WINDOW if asked.messaging_type == "MESSAGE_TAG" else WINDOW
    last_act = asked.citizen.last_act
    return None if last_act and asked.now - last_act <= window else OUTSIDE_WINDOW


SEND_RULES: tuple[Callable[[SendAsked], GraphError | None], ...] = (
    _type_is_known,
    _tag_is_alive,
    _has_content,
    _text_fits,
    _choices_fit,
    _metadata_fits,
    _activity_is_there,
    _private_reply_goes_to_a_person,
    _private_reply_is_the_first,
    _private_reply_is_in_time,
    _user_exists,
    _user_is_reachable,
    _window_is_open,
)


def refuse_send(asked: SendAsked) -> GraphError | None:
    return next((error for rule in SEND_RULES if (error := rule(asked))), None)


def refuse_comment(asked: CommentAsked) -> GraphError | None:
    if not asked.target_exists:
        return gone(asked.target_id)
    if not asked.text.strip():
        return invalid("Param message must be non-empty.")
    if asked.last_own and asked.last_own.text == asked.text:
        return GraphError(
            code=506,
            subcode=1455006,
            message="(#506) Duplicate status message",
            user_title="Duplicate Status Update",
        )
    return None


def can_reply_privately(target: Activity, now: datetime, page_id: str) -> bool:
    fresh = now - target.at <= PRIVATE_REPLY_WINDOW
    return fresh and not (target.removed or target.answered or target.author_id == page_id)


def newest_first(thread: list[Message]) -> list[Message]:
    """Facebook shows details of the 20 newest messages of a thread only."""
    return list(reversed(thread[-20:]))
