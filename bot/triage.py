"""Words for the triage team, who answer what the bot cannot: at the desk as soon as they are kept."""

from models.domain.outgoing import Audience, Way, Word

RECIPIENT = "triage"


def word_for_triage(text: str, *, because: str, about: str, case_id: int | None = None) -> Word:
    return Word(
        to=Audience.STAFF,
        recipient=RECIPIENT,
        way=Way.DESK,
        text=text,
        because=because,
        about=about,
        case_id=case_id,
    )
