"""What a form of the desk may carry, and what it may lack."""

from enum import StrEnum

from pydantic import BaseModel, Field

LONGEST = 1500
_MOST = 2**53


class ActForm(BaseModel):
    """Every field that a form of the desk may have; ``version`` and ``seen`` say which state it was made for."""

    version: int = Field(default=0, ge=0, le=_MOST)
    seen: int = Field(default=0, ge=0, le=_MOST)
    text: str = ""
    chip: str = ""
    opd: str = ""
    category: str = ""
    place: str = ""
    kelurahan: str = ""
    into: str = ""
    reports: list[int] = Field(default_factory=list)
    citizen: int = 0
    back: str = ""

    @property
    def words(self) -> str:
        return (self.chip or self.text).replace("\x00", "").strip()


class Missing(StrEnum):
    """What a form lacks; refused.html has the words for each."""

    REASON = "reason"
    TEXT = "text"
    TOO_LONG = "too_long"
    AGENCY = "agency"
    CHANGE = "change"
    OTHER_CASE = "other_case"
    REPORTS = "reports"
    WINDOW = "window"


class Refused(Exception):
    """The form cannot be carried out as it is; nothing was changed."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(missing.value)
        self.missing = missing
