"""What Telegram posts to us, no more than we read. Source: Bot API, "Update"."""

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """Frozen, and tolerant of whatever Telegram adds."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Person(Wire):
    """Who pressed or wrote; ``id`` is what staff are mapped by, names are anybody's choice."""

    id: int
    first_name: str = ""
    last_name: str = ""
    username: str = ""


class Chat(Wire):
    """A group's id is negative and changes when the group becomes a supergroup."""

    id: int
    type: str = ""
    title: str = ""


class Message(Wire):
    """``migrate_to_chat_id``: the group has this new id from now on."""

    message_id: int
    chat: Chat
    message_thread_id: int | None = None
    is_topic_message: bool = False
    sender: Person | None = Field(default=None, alias="from")
    text: str | None = None
    migrate_to_chat_id: int | None = None

    @property
    def recipient(self) -> str:
        """``chat`` or ``chat#topic``. Outside topics a thread id only says which message was replied to."""
        in_topic = self.is_topic_message and self.message_thread_id is not None
        return f"{self.chat.id}#{self.message_thread_id}" if in_topic else str(self.chat.id)


class CallbackQuery(Wire):
    """A button was pressed; ``message`` is missing when it is too old for Telegram to remember."""

    id: str
    sender: Person = Field(alias="from")
    data: str | None = None
    message: Message | None = None


class Update(Wire):
    """One call of the webhook; ``update_id`` makes it the same one when Telegram sends it again."""

    update_id: int
    callback_query: CallbackQuery | None = None
    message: Message | None = None
