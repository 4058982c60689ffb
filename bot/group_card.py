"""What an agency's group reads about a case, and the buttons under it. One place for officers' wording."""

import re
from dataclasses import dataclass

from bot.conversation.names import CityNames
from bot.conversation.phrases.dates import day
from bot.conversation.phrases.id import place_name
from bot.conversation.taps import Act, Tap
from models.domain.case import Case, CaseState
from models.domain.outgoing import Choice

_TITLES = {
    Act.ACCEPT: "Terima",
    Act.START: "Mulai",
    Act.FINISH: "Selesai",
    Act.NOT_OURS: "Bukan kewenangan",
}
_STANDING = {
    CaseState.DITERUSKAN: "Menunggu diterima",
    CaseState.DIPROSES: "Sedang dikerjakan",
    CaseState.SELESAI: "Selesai, menunggu konfirmasi warga",
    CaseState.DITUTUP: "Ditutup",
    CaseState.BUKAN_KEWENANGAN: "Dikembalikan: bukan kewenangan",
    CaseState.DIBATALKAN: "Dibatalkan oleh warga",
    CaseState.DIBUKA_KEMBALI: "Dibuka kembali: warga menyatakan belum teratasi",
}
#: A phone number or NIK in a citizen's words: eight digits and more, however they are grouped.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){7,}")
#: A vehicle's plate (BM is Riau's); lower case counts only where it cannot be anything else.
_PLATE = re.compile(
    r"\b(?:(?:B[A-Z]?|D|F|T)[ ]?\d{1,4}[ ]?[A-Z]{1,3}|(?i:bm)[ ]?\d{1,4}[ ]?(?i:[a-z]{1,3}))\b"
)
_QUOTE_LIMIT = 700

PHOTO = "📷 Foto laporan {number}"
REMINDER = "⏰ Pengingat (abaikan bila laporan ini sudah ada di atas):"

DIRECTION = "📌 Arahan Wali Kota untuk {number}: {text}"
MOVED_ON = "Dialihkan ke {opd}"

# What the triage team reads at the desk.
SET_ASIDE = "Sebuah pesan tidak dapat dibaca oleh sistem dan menunggu pemeriksaan."
_WHY = {
    "the place is not clear": "lokasinya belum jelas",
    "no agency is named for this matter": "belum ada instansi untuk urusan ini",
    "an emergency of unclear kind": "keadaan darurat yang jenisnya belum jelas",
}
NEEDS_TRIAGE = "Laporan {number} perlu diperiksa: {why}."
CHANGED = "Pelapor mengubah laporan {number} yang sudah ditangani. Periksa apakah instansinya masih tepat."
RETURNED = (
    "Laporan {number} dikembalikan oleh {opd}: bukan kewenangan. Perlu diteruskan ke instansi yang tepat."
)

# What the officer who taps is told.
TAKEN = "Laporan {number}: {standing}."
NOT_ENROLLED = (
    "Akun Telegram ini (ID {telegram_id}) belum terdaftar untuk {opd}. Minta admin mendaftarkannya."
)
NOT_POSSIBLE = "Tidak bisa: laporan {number} {standing}."
UNKNOWN_BUTTON = "Tombol ini tidak dikenal."


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message in a group with its buttons."""

    text: str
    choices: tuple[Choice, ...]


def why_triage(why: str) -> str:
    """A reason of the router's in officers' words; one that an officer gave stays as it is."""
    return _WHY.get(why, why)


def standing(case: Case) -> str:
    """Where the case stands, in an officer's words."""
    if case.state is CaseState.DITERUSKAN and case.accepted_at:
        return "Diterima"
    return _STANDING.get(case.state, case.state.value.replace("_", " ").capitalize())


def masked(text: str) -> str:
    """A citizen's words without the numbers by which a person could be found."""
    return _PLATE.sub("[pelat disembunyikan]", _LONG_NUMBER.sub("[nomor disembunyikan]", text))


def card(case: Case, *, words: str, city: CityNames, taken_by: str = "", gone_to: str = "") -> Card:
    """The case for its agency's group. Never who reported it.

    ``taken_by`` is the officer who acted last; ``gone_to`` the agency that has it now, if it is another one.
    """
    stands = MOVED_ON.format(opd=gone_to) if gone_to else standing(case)
    lines = [
        _heading(case, city),
        f"📍 {place_name(case.place) or 'lokasi belum jelas'}",
        f"💬 {masked(words)[:_QUOTE_LIMIT]}",
        *_notes(case, city),
        f"Status: {stands}{f' ({taken_by})' if taken_by else ''}",
    ]
    return Card(text="\n".join(lines), choices=() if gone_to else buttons(case))


def _heading(case: Case, city: CityNames) -> str:
    urgent = "🚨 DARURAT " if case.emergency else ""
    label = city.label(case.category)
    # Not capitalize(), which would make "Air pdam" of "air PDAM".
    return f"{urgent}{case.number} · {label[:1].upper()}{label[1:]}"


def _notes(case: Case, city: CityNames) -> list[str]:
    notes = []
    if case.beyond:
        notes.append(f"🤝 Koordinasikan dengan {city.opd(case.beyond)}")
    if case.respond_due_at and case.due_at:
        notes.append(f"⏱ Tanggapi sebelum {day(case.respond_due_at)}, selesai sebelum {day(case.due_at)}")
    return notes


def buttons(case: Case) -> tuple[Choice, ...]:
    """What an officer can still do."""
    acts: tuple[Act, ...] = ()
    if case.state is CaseState.DITERUSKAN and not case.accepted_at:
        acts = (Act.ACCEPT, Act.START, Act.FINISH, Act.NOT_OURS)
    elif case.state in {CaseState.DITERUSKAN, CaseState.DIBUKA_KEMBALI}:
        acts = (Act.START, Act.FINISH, Act.NOT_OURS)
    elif case.state is CaseState.DIPROSES:
        acts = (Act.FINISH, Act.NOT_OURS)
    return tuple(
        Choice(title=_TITLES[act], payload=Tap(act=act, number=case.number).payload()) for act in acts
    )
