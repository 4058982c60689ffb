"""City agencies (OPD) and the groups in which they are alerted."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Opd:
    """An agency by its code; ``short_name`` is what citizens read ("Dinas PUPR"). LUAR-* are not the city's."""

    code: str
    name: str
    short_name: str
    contact: str = ""

    @property
    def is_city(self) -> bool:
        return not self.code.startswith("LUAR-")


#: The code under which the people stand who hear of every danger to life, day and night, beside the agency.
URGENT = "DARURAT"
#: The code under which the people stand who hear, beside the agency, of what comes in while offices sleep.
NIGHT = "MALAM"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A chat group of an agency, or of its office in one ``area`` (kecamatan or kelurahan)."""

    opd: str
    area: str | None
    chat_id: str
    topic: int | None = None
