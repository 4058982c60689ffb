"""Words by which a citizen steers the talk itself: they always work, whatever was said before."""

import re
from enum import StrEnum


class Order(StrEnum):
    """What is asked of us, rather than reported to us."""

    CANCEL = "cancel"
    CHANGE = "change"
    CHANGE_PLACE = "change_place"
    CHANGE_CATEGORY = "change_category"
    HUMAN = "human"
    FIXED = "fixed"
    NOT_FIXED = "not_fixed"
    STATUS = "status"


_ASKING = "mau|minta|bisa|tolong|saya|ingin|hubungkan|sambungkan|bicara|ngomong|chat|dengan|sama|ke|langsung"

_BAD = "belum|sama|rusak|mati|gelap|bau|banjir|kotor|bocor|menumpuk|numpuk|tersumbat|berlubang|ada sampah"
_BUT = "belum|blm|masih|tapi|tetapi|tetap|tidak|tak|gak|ga|nggak|ndak|bukan|lagi"

#: The first that fits the whole of a short message. Longer messages are read as what they say.
_TABLE: tuple[tuple[Order, re.Pattern[str]], ...] = tuple(
    (order, re.compile(rf"\W*(?:{pattern})\b.{{0,{rest}}}", re.IGNORECASE | re.DOTALL))
    for order, pattern, rest in (
        (Order.CHANGE_PLACE, r"(?:ubah|ganti|ralat|salah) (?:lokasi|tempat|alamat|jalan)(?:nya)?", 15),
        (Order.CHANGE_PLACE, r"(?:lokasi|tempat|alamat|jalan)(?:nya)? (?:nya )?salah", 15),
        (Order.CHANGE_CATEGORY, r"(?:ubah|ganti|ralat|salah) (?:masalah|kategori|jenis)(?:nya)?", 15),
        (Order.CHANGE_CATEGORY, r"(?:masalah|kategori|jenis)(?:nya)? (?:nya )?salah", 15),
        (Order.CANCEL, r"batal(?:kan|in)?|(?:tidak|tak|gak|ga|nggak|ngga|ndak|dak|tdk) jadi", 40),
        (Order.CHANGE, r"salah(?! satu)|ubah|ralat|bukan (?:itu|begitu|gitu)|keliru", 20),
        (
            Order.HUMAN,
            rf"(?:(?:{_ASKING}) )*(?:petugas|manusia|admin|operator|orang(?: asli)?|cs)",
            25,
        ),
        (Order.STATUS, r"(?:cek|check|status)(?: (?:laporan|aduan|status|saya|pak|bu|min|dong|ya))*", 1),
        (Order.NOT_FIXED, rf"(?:sudah|udah|sdh|udh|dah) .{{0,25}}\b(?:belum|blm|masih (?:{_BAD}))", 25),
        (Order.NOT_FIXED, rf"belum|blm|blum|masih (?:{_BAD})", 40),
        # "sudah dicek tapi masih rusak" does not end a report.
        (Order.FIXED, rf"(?!.*\b(?:{_BUT})\b)(?:sudah|udah|sdh|udh|dah (?:beres|selesai|bersih))", 40),
        (Order.FIXED, r"(?:ya|iya|benar|betul|beres|alhamdulillah)(?: (?:pak|bu|min|sudah|udah|beres))*", 1),
    )
)
_LONGEST = 60


def read_order(text: str) -> Order | None:
    """The order in a short message, or None."""
    if len(text.strip()) > _LONGEST:
        return None
    return next((order for order, pattern in _TABLE if pattern.fullmatch(text.strip())), None)
