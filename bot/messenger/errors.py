"""What can go wrong on the way out. Every error carries its consequence, so that no caller compares codes.

    SendFailed
      RETRY      ServiceDown > ServiceTroubled, RateLimited > OddVolume, ThreadHeld
      IN_DOUBT   MaybeSent, SameTextAgain
      NEXT_WAY   WindowClosed, CannotReceiveNow, TagRefused, UtilityRefused
      FINAL      Refused > BadRequest, NobodyThere, NothingThere, NotRepliable > AlreadyAnswered,
                 MediaRefused, NoProfile, Unreachable, Bothersome, Unsayable
      STOP       Halted > TokenDead, PermissionMissing > NotLive, PageRestricted, Blocked

Which Graph code is which class is data: ``error_table.TABLE``. A message holds our own remark, the numbers
and Facebook's ``fbtrace_id``, never Facebook's words: those may repeat a token or what a citizen wrote.
"""

import re
from enum import StrEnum
from typing import ClassVar


class Consequence(StrEnum):
    """What a failure means for the word that failed."""

    RETRY = "retry"
    """Nothing arrived; the same word may go the same way later."""
    IN_DOUBT = "in_doubt"
    """It may have arrived: look before trying again."""
    NEXT_WAY = "next_way"
    """This way is closed: down the ladder."""
    FINAL = "final"
    """It will never arrive."""
    STOP = "stop"
    """Nothing will arrive for anybody: stop everything on this channel and raise the alarm."""


A_DAY_OF_TRIES = 31
"""With the pauses of ``after_failure`` so many tries take about a day."""


class SendFailed(Exception):
    """A word was not sent, or perhaps not.

    ``wait`` is the least number of seconds before another try, None when nobody told us; ``look_first``: look
    for our own text before another try; ``most_tries``: after so many we give up.
    """

    consequence: ClassVar[Consequence] = Consequence.FINAL
    look_first: ClassVar[bool] = False
    most_tries: ClassVar[int] = A_DAY_OF_TRIES
    least_wait: ClassVar[float | None] = None

    def __init__(
        self,
        remark: str = "",
        *,
        status: int | None = None,
        code: int | None = None,
        subcode: int | None = None,
        trace: str | None = None,
        wait: float | None = None,
    ) -> None:
        self.remark = remark or type(self).__name__
        self.status = status
        self.code = code
        self.subcode = subcode
        self.trace = _harmless(trace)
        self.wait = max((seconds for seconds in (wait, self.least_wait) if seconds is not None), default=None)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        code = "/".join(str(part) for part in (self.code, self.subcode) if part is not None)
        named = {"code": code or None, "HTTP": self.status, "fbtrace_id": self.trace}
        facts = ", ".join(f"{name} {value}" for name, value in named.items() if value is not None)
        return f"{self.remark} ({facts})" if facts else self.remark


def _harmless(trace: str | None) -> str | None:
    return trace if trace and re.fullmatch(r"[\w-]{1,64}", trace, re.ASCII) else None


# --- the same word may go again ---------------------------------------------------------------------------


class ServiceDown(SendFailed):
    """We could not reach them; nothing was written to the line."""

    consequence = Consequence.RETRY


class ServiceTroubled(ServiceDown):
    """Something broke on their side, as they say; it can have broken after they acted, so look first."""

    look_first = True


class RateLimited(SendFailed):
    """Too much, too fast. ``wait`` is theirs where they tell it."""

    consequence = Consequence.RETRY


class OddVolume(RateLimited):
    """Facebook finds the rhythm of our calls odd: slow down for long, and have a person look."""

    least_wait = 600.0


class ThreadHeld(SendFailed):
    """Another app, or an officer in the Page's inbox, holds the conversation until it is handed back."""

    consequence = Consequence.RETRY
    least_wait = 900.0


# --- perhaps it arrived -----------------------------------------------------------------------------------


class MaybeSent(SendFailed):
    """The word was written to the line, and no answer that can be read came back."""

    consequence = Consequence.IN_DOUBT
    look_first = True


class SameTextAgain(SendFailed):
    """The Page's last comment has this very text.

    It may be this word, from a try whose answer was lost, or the same sentence under another citizen's comment:
    ``GraphPage.reply_to_comment`` looks, and varies the text; who sees this error still does not know.
    """

    consequence = Consequence.IN_DOUBT
    look_first = True
    most_tries = 4


# --- this way is closed -----------------------------------------------------------------------------------


class WindowClosed(SendFailed):
    """More than 24 hours (7 days for an officer's words) since the citizen's last act."""

    consequence = Consequence.NEXT_WAY


class CannotReceiveNow(SendFailed):
    """The person cannot receive messages just now; nobody says until when."""

    consequence = Consequence.NEXT_WAY


class TagRefused(SendFailed):
    """The Page may not use this message tag; a normal message is not touched by it."""

    consequence = Consequence.NEXT_WAY


class UtilityRefused(SendFailed):
    """A value in a utility template is not to Facebook's taste."""

    consequence = Consequence.NEXT_WAY


# --- it will never arrive ---------------------------------------------------------------------------------


class Refused(SendFailed):
    """A refusal that no other try will change."""


class BadRequest(Refused):
    """Our own mistake, or a setting's: a parameter, a template, a retired tag."""


class NobodyThere(Refused):
    """No such person on this Page: a foreign or app-scoped id, or a thread that is gone."""


class NothingThere(Refused):
    """The comment, post or message is gone, or was never ours to see."""


class NotRepliable(Refused):
    """The comment cannot be answered (any more) in this way."""


class AlreadyAnswered(NotRepliable):
    """The comment had its one private reply. After doubt it is the proof that ours arrived."""


class MediaRefused(Refused):
    """An attachment could not be fetched, or is of the wrong kind or size; its text can go alone."""


class NoProfile(Refused):
    """Facebook shows no name for this person; call them Bapak/Ibu."""


class Unreachable(Refused):
    """The person blocked the Page, left Facebook, or is otherwise out of reach."""


class Bothersome(Refused):
    """Facebook finds that we bother this person: say no more to them."""


class Unsayable(Refused):
    """The word breaks a limit of its way (length, number of choices); sending a part of it would be a lie."""


# --- nothing will arrive for anybody ----------------------------------------------------------------------


class Halted(SendFailed):
    """Stop everything on this channel and raise the alarm; the words wait. Look again after ``wait``."""

    consequence = Consequence.STOP


class TokenDead(Halted):
    """The token is expired, revoked or not the Page's. Events keep coming in, so nobody notices unalarmed."""


class PermissionMissing(Halted):
    """The app lacks a permission or a task on the Page."""


class NotLive(PermissionMissing):
    """The app is not published, or lacks Advanced Access for people without a role in it."""


class PageRestricted(Halted):
    """Facebook restricted the Page from sending."""


class Blocked(Halted):
    """Facebook blocked our writing for a time, for a policy's sake."""

    least_wait = 4 * 3600.0
