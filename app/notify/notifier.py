"""How a department's group hears of a case, whatever the messenger."""

from typing import Protocol

from models.domain.outgoing import Choice, Word


class Notifier(Protocol):
    """``recipient`` is ``chat`` or ``chat#topic``. Every failure is a ``bot.messenger.errors.SendFailed``.

    A group cannot be searched for what we said: after doubt (IN_DOUBT) the caller chooses between perhaps
    twice and perhaps never.
    """

    async def send(self, word: Word, photo: bytes | None = None) -> str:
        """Say it, with its choices as buttons; with a photo (a JPEG) the text is its caption.

        Returns the provider's id of the message.
        """

    async def show(self, recipient: str, message_id: str, text: str, choices: tuple[Choice, ...]) -> None:
        """Make an earlier message say how the case stands now; no choices, no buttons. May be done twice."""
