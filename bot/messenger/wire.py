"""The JSON that Facebook posts, no more of it than we read.

Nothing in it is documented as always present, ids come as strings or numbers, payloads may be null. So every
field is optional, and what cannot be read is as if it were absent; only a main part that is no object is an
error.
"""

import math
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.messenger.identify import id_of, is_yes


def _text(value: object) -> str:
    """Half an emoji (a lone surrogate) or a NUL could not be kept in a column: the message would be lost."""
    written = id_of(value) or ""
    if not written.isascii():
        written = written.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return written.replace("\x00", "")


def _id(value: object) -> str | None:
    return _text(value) or None


def _object(value: object) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _objects(value: object) -> list[dict[str, Any]]:
    """What is attached and unreadable is still something attached, and wants an answer."""
    return [_object(one) or {} for one in value] if isinstance(value, list) else []


def _texts(value: object) -> list[str]:
    return [text for one in value if (text := _text(one))] if isinstance(value, list) else []


def _degrees(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        degrees = float(value)
    except (ValueError, OverflowError):
        return None
    return degrees if math.isfinite(degrees) else None


Id = Annotated[str | None, BeforeValidator(_id)]
Text = Annotated[str, BeforeValidator(_text)]
Yes = Annotated[bool, BeforeValidator(is_yes)]
Degrees = Annotated[float | None, BeforeValidator(_degrees)]
IfObject = BeforeValidator(_object)


class Wire(BaseModel):
    """Strangers' words: whatever we do not read is passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Coordinates(Wire):
    lat: Degrees = None
    long: Degrees = None


class Payload(Wire):
    url: Text = ""
    title: Text = ""
    sticker_id: Id = None
    coordinates: Annotated[Coordinates | None, IfObject] = None


class Attachment(Wire):
    """Older links have title and url beside the type instead of in the payload."""

    type: Text = ""
    title: Text = ""
    url: Text = ""
    payload: Annotated[Payload | None, IfObject] = None

    @property
    def where(self) -> str | None:
        return (self.payload.url if self.payload else "") or self.url or None

    @property
    def called(self) -> str | None:
        return (self.payload.title if self.payload else "") or self.title or None

    @property
    def sticker(self) -> str | None:
        return self.payload.sticker_id if self.payload else None

    @property
    def pin(self) -> tuple[float, float] | None:
        """Latitude and longitude, when both are there and on the globe."""
        spot = self.payload.coordinates if self.payload else None
        if spot is None or spot.lat is None or spot.long is None:
            return None
        return (spot.lat, spot.long) if abs(spot.lat) <= 90 and abs(spot.long) <= 180 else None


class QuickReply(Wire):
    payload: Text = ""


class Mid(Wire):
    mid: Id = None


class Referral(Wire):
    ref: Text = ""


class Message(Wire):
    mid: Id = None
    text: Text = ""
    is_echo: Yes = False
    app_id: Id = None
    metadata: Text = ""
    reply_to: Annotated[Mid | None, IfObject] = None
    quick_reply: Annotated[QuickReply | None, IfObject] = None
    referral: Annotated[Referral | None, IfObject] = None
    attachments: Annotated[tuple[Attachment, ...], BeforeValidator(_objects)] = ()


class Postback(Wire):
    mid: Id = None
    title: Text = ""
    payload: Text = ""
    referral: Annotated[Referral | None, IfObject] = None


class Reaction(Wire):
    mid: Id = None
    action: Text = ""


class Edit(Wire):
    mid: Id = None
    text: Text = ""


class Person(Wire):
    id: Id = None


class Messaging(Wire):
    """One element of `messaging`; which key it has says what it is."""

    sender: Annotated[Person | None, IfObject] = None
    message: Message | None = None
    postback: Postback | None = None
    reaction: Reaction | None = None
    message_edit: Edit | None = None
    referral: Annotated[Referral | None, IfObject] = None
    optin: Annotated[Referral | None, IfObject] = None


class Value(Wire):
    """What changed in the feed, or where the Page was mentioned."""

    item: Text = ""
    verb: Text = ""
    post_id: Id = None
    photo_id: Id = None
    video_id: Id = None
    share_id: Id = None
    comment_id: Id = None
    parent_id: Id = None
    message: Text = ""
    photo: Text = ""
    link: Text = ""
    photos: Annotated[tuple[str, ...], BeforeValidator(_texts)] = ()

    @property
    def post(self) -> str:
        """Older photo and video events give only the id of the picture itself."""
        return self.post_id or self.photo_id or self.video_id or self.share_id or ""


class Entry(Wire):
    id: Id = None


class Kept(Wire):
    """The body of an item, as `split` kept it."""

    entry: Entry
    item: dict[str, Any] = Field(default_factory=dict)
