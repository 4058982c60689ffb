"""A place that an officer typed, understood by the same judgement that reads citizens' words."""

from dataclasses import replace

from app.knowledge import kelurahan as all_kelurahan
from bot.counsel import Counsel
from models.domain.category import Channel
from models.domain.place import Place

LONGEST = 200


def placed(counsel: Counsel, typed: str, kelurahan: str) -> Place | None:
    """The place that the words and the chosen kelurahan tell together; None when both are empty.

    A name that is in no register is kept as a landmark: the officer knows what they mean.
    """
    words = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    ward = kelurahan if kelurahan in all_kelurahan() else ""
    if not words and not ward:
        return None
    told = f"{words}, Kelurahan {ward}, Kecamatan {all_kelurahan()[ward]}" if ward else words
    place = counsel.understands.understand(told, Channel.MESSENGER).place
    if ward:
        place = _in_ward(place, ward)
    if words and not (place.street or place.landmark or place.lat is not None):
        place = replace(place, landmark=words)
    # A person has looked at it.
    return replace(place, confidence=1.0)


def _in_ward(place: Place, ward: str) -> Place:
    """What was chosen from the list outweighs what was read."""
    kecamatan = all_kelurahan()[ward]
    return replace(
        place,
        kelurahan=ward,
        kecamatan=kecamatan,
        kecamatan_candidates=(kecamatan,),
        in_city=True,
        ambiguous=False,
    )
