"""What citizens read, in plain Indonesian: polite, short, true, always with the number and the next step."""

from collections.abc import Sequence
from datetime import datetime

from bot.conversation.names import CityNames
from bot.conversation.phrases.dates import day
from models.domain.case import Case, CaseState
from models.domain.category import Category
from models.domain.place import Place

INTRODUCTION = (
    "Saya asisten otomatis Pemko Pekanbaru. Kami tidak pernah meminta uang, kode OTP, atau NIK lewat pesan."
)
CALL_112 = "Segera telepon 112 sekarang (gratis, 24 jam)."
EXAMPLE = (
    "Silakan tulis masalah dan lokasinya dalam satu pesan, misalnya: "
    '"Lampu jalan mati di Jalan Rajawali dekat masjid".'
)

CANCEL = "Batalkan"
RIGHT = "Benar"
CHANGE_PLACE = "Ubah lokasi"
CHANGE_CATEGORY = "Ubah masalah"
FIXED = "Sudah"
NOT_FIXED = "Belum"


def place_name(place: Place) -> str:
    """``Jalan Rajawali, Kampung Melayu, Sukajadi``: as much as is known, nothing twice."""
    neighbours = f"RT {place.rt}" if place.rt else "", f"RW {place.rw}" if place.rw else ""
    area = [place.kelurahan, place.kecamatan]
    landmark = (place.landmark or "").replace("Jl. ", "Jalan ")
    # "TPS Jalan Rajawali" says its street already.
    street = None if place.street and place.street in landmark else place.street
    parts = [landmark, street, " ".join(part for part in neighbours if part), *area]
    named = list(dict.fromkeys(part for part in parts if part))
    if not named and place.lat is not None:
        return "titik peta yang dikirim"
    return ", ".join(named)


def _at(place: Place) -> str:
    named = place_name(place)
    return f" di {named}" if named else ""


def _about(case: Case, city: CityNames) -> str:
    return f"{city.label(case.category)}{_at(case.place)}"


# --- a new report ---------------------------------------------------------------------------------------


def received(number: str, category: Category | None, place: Place, city: CityNames) -> str:
    if category is None:
        return f"Baik, Bapak/Ibu, laporan ini{_at(place)} kami catat dengan nomor {number}."
    return f"Terima kasih, Bapak/Ibu. Laporan {city.label(category)}{_at(place)} kami terima, nomor {number}."


def forwarded_to(opd: str, respond_due_at: datetime, city: CityNames) -> str:
    """The target is the agency's first answer: nobody can promise more before an officer was there."""
    return f"Laporan ini kami teruskan ke {city.opd(opd)}. Target tanggapan: {day(respond_due_at)}."


def coordinated_with(owner: str, opd: str, city: CityNames) -> str:
    contact = f" ({city.contact(owner)})" if city.contact(owner) else ""
    return f"Kewenangannya pada {_owner(owner, city)}{contact}; {city.opd(opd)} kami minta berkoordinasi."


def updates_follow(number: str, city: CityNames) -> str:
    return f'Perkembangannya kami kabarkan di sini dan di {city.link(number)} (perlu orang? tulis "petugas").'


def alerted(opd: str, city: CityNames) -> str:
    return f"Laporan ini langsung kami teruskan ke {city.opd(opd)}."


def tell_the_place() -> str:
    """No question: in danger nobody is kept waiting for an answer."""
    return "Bila sempat, tulis lokasinya di sini: jalan, kelurahan, atau patokan."


def ask_place(kecamatan: Sequence[str], place: Place) -> str:
    if kecamatan and (named := place.street or place.landmark or place.kelurahan):
        return f"{named} ada di beberapa kecamatan. Yang di kecamatan mana, Bapak/Ibu?"
    return (
        "Mohon bantu kami menemukan lokasinya: di jalan dan kelurahan mana? "
        "Boleh sebut patokan, misalnya dekat sekolah atau masjid."
    )


def ask_category() -> str:
    return "Masalahnya tentang apa, Bapak/Ibu? Pilih salah satu, atau tulis dengan kata lain."


def what_is_wrong(number: str) -> str:
    return f"Mohon maaf, kami keliru. Apa yang perlu diubah pada laporan {number}?"


def ask_right_place(number: str) -> str:
    return f"Baik, nomor {number} tetap. Di mana lokasi yang benar, Bapak/Ibu?"


def change_noted(number: str) -> str:
    return f"Keterangan ini sudah kami sampaikan kepada petugas; laporan {number} sendiri belum berubah."


def confirmed(number: str) -> str:
    return f"Baik, Bapak/Ibu. Laporan {number} kami lanjutkan. Foto boleh dikirim di sini bila ada."


def place_reminder(number: str) -> str:
    return f"Kami masih menunggu lokasi untuk laporan {number}. Di jalan dan kelurahan mana, Bapak/Ibu?"


def category_reminder(number: str) -> str:
    return f"Kami masih menunggu keterangan untuk laporan {number}. Masalahnya tentang apa, Bapak/Ibu?"


def triage_looks(city: CityNames) -> str:
    return (
        f"Petugas {city.triage_team} akan membacanya dan mengabari Bapak/Ibu. "
        "Bapak/Ibu tidak perlu mengulang cerita."
    )


def still_waiting(number: str, *, for_place: bool) -> str:
    """Not a question: what was asked stays asked."""
    missing = (
        "Lokasinya masih kami tunggu: nama jalan, kelurahan, atau patokan."
        if for_place
        else "Jenis masalahnya masih kami tunggu: pilih salah satu, atau tulis dengan kata lain."
    )
    return f"Baik, keterangan ini kami tambahkan ke laporan {number}. {missing}"


def slot_filled(number: str, case_place: Place, category: Category | None, city: CityNames) -> str:
    if category is None:
        return f"Terima kasih, Bapak/Ibu. Keterangan untuk laporan {number} sudah kami catat."
    return f"Terima kasih, Bapak/Ibu. Laporan {number}: {city.label(category)}{_at(case_place)}."


def added_to(number: str) -> str:
    return f"Terima kasih, keterangan Bapak/Ibu sudah kami tambahkan ke laporan {number}."


#: Names that are plain words, so they begin small within a sentence.
_PLAIN_WORDS = frozenset({"LUAR-KAB", "LUAR-PUSAT", "LUAR-POLRI"})


def _owner(owner: str, city: CityNames) -> str:
    name = city.opd(owner)
    return name[:1].lower() + name[1:] if owner in _PLAIN_WORDS else name


def not_ours(owner: str, number: str, city: CityNames, *, emergency: bool = False) -> str:
    contact = city.contact(owner)
    kept = f"Catatannya kami simpan dengan nomor {number}."
    if emergency:
        call = f": segera hubungi {contact}" if contact else ""
        return f"Keadaan ini ditangani {_owner(owner, city)}{call}. {kept}"
    by = "melapor di" if ".go.id" in contact else "menghubungi"
    where = f"Bapak/Ibu dapat {by} {contact}. " if contact else ""
    return f"Mohon maaf, urusan ini ditangani {_owner(owner, city)}, bukan Pemko Pekanbaru. {where}{kept}"


# --- how a report goes on ---------------------------------------------------------------------------------


def accepted(case: Case, city: CityNames) -> str:
    return f"Laporan {case.number} ({_about(case, city)}) sudah diterima petugas {city.opd(case.opd)}."


def in_progress(case: Case, city: CityNames) -> str:
    return f"Laporan {case.number} ({_about(case, city)}) sedang dikerjakan oleh {city.opd(case.opd)}."


def finished(case: Case, city: CityNames) -> str:
    return (
        f"{city.opd(case.opd)} menyatakan laporan {case.number} ({_about(case, city)}) selesai. "
        "Apakah masalahnya sudah teratasi?"
    )


def forwarded(case: Case, city: CityNames) -> str:
    return f"Laporan {case.number} ({_about(case, city)}) sudah diteruskan ke {city.opd(case.opd)}."


def incomplete(case: Case, city: CityNames) -> str:
    return (
        f"Mohon maaf, laporan {case.number} ({_about(case, city)}) belum dapat diproses karena keterangannya "
        f"belum lengkap. Balas di sini dengan lokasi atau keterangan lain, dan kami periksa lagi."
    )


def looked_at_again(number: str, city: CityNames) -> str:
    return f"Terima kasih, laporan {number} kami periksa lagi dengan keterangan ini. {triage_looks(city)}"


def returned(case: Case, city: CityNames) -> str:
    return (
        f"Mohon maaf, laporan {case.number} ternyata bukan bagian {city.opd(case.opd)}. "
        f"Petugas {city.triage_team} akan mencarikan instansi yang tepat dan mengabari Bapak/Ibu."
    )


def cancelled(number: str) -> str:
    return f"Baik, laporan {number} sudah dibatalkan. Bapak/Ibu dapat melapor lagi kapan saja."


def closed(number: str) -> str:
    return (
        f"Laporan {number} kami tutup. Terima kasih atas kepedulian Bapak/Ibu. "
        'Bila masalahnya ternyata belum teratasi, balas "belum".'
    )


def merged(number: str, into: Case, city: CityNames) -> str:
    return (
        f"Laporan {number} sama dengan laporan {into.number}, jadi kami gabungkan. "
        f"{stands(into, city)} Bapak/Ibu tetap kami kabari."
    )


def split_off(number: str, case: Case, city: CityNames) -> str:
    return (
        f"Laporan Bapak/Ibu kami pisahkan dari {number} dan kini bernomor {case.number}. {triage_looks(city)}"
    )


def joined(case: Case, others: int, city: CityNames) -> str:
    also = f" {others} warga lain juga melaporkannya." if others > 1 else " Warga lain juga melaporkannya."
    return (
        f"Terima kasih, Bapak/Ibu. Masalah ini sudah tercatat dengan nomor {case.number}.{also} "
        f"{stands(case, city)} Bapak/Ibu ikut kami kabari."
    )


def shared_case(number: str, city: CityNames) -> str:
    return (
        f"Laporan {number} juga milik warga lain, jadi tidak kami ubah begitu saja. Mohon tulis apa yang berbeda; "
        f"petugas {city.triage_team} akan memisahkan laporan Bapak/Ibu bila perlu."
    )


def withdrawn(number: str) -> str:
    return (
        f"Baik, laporan Bapak/Ibu kami tarik dari {number}. Laporan itu tetap ditangani "
        "karena warga lain juga melaporkannya."
    )


def reopened(case: Case, city: CityNames) -> str:
    return (
        f"Mohon maaf masalahnya belum teratasi. Laporan {case.number} dibuka kembali dan "
        f"{city.opd(case.opd)} sudah kami beri tahu."
    )


_STANDS = {
    CaseState.DITERIMA: "sudah diterima",
    CaseState.PERLU_VERIFIKASI: "sedang diperiksa petugas",
    CaseState.DITERUSKAN: "sudah diteruskan ke {opd}",
    CaseState.DIPROSES: "sedang dikerjakan oleh {opd}",
    CaseState.SELESAI: "dinyatakan selesai oleh {opd}",
    CaseState.DITUTUP: "sudah selesai dan ditutup",
    CaseState.BUKAN_KEWENANGAN: "berada di luar wewenang {opd}",
    CaseState.TIDAK_LENGKAP: "belum dapat diproses karena datanya belum lengkap",
    CaseState.DUPLIKAT: "digabung dengan laporan lain yang sama",
    CaseState.DIBATALKAN: "sudah dibatalkan",
    CaseState.DIBUKA_KEMBALI: "dibuka kembali dan ditangani {opd}",
}


def stands(case: Case, city: CityNames) -> str:
    """Where a case stands, in one sentence, for its own citizen."""
    if case.opd and case.opd.startswith("LUAR-"):
        about = f"Laporan {case.number} ({_about(case, city)})"
        whose = _owner(case.opd, city)
        return f"{about} di luar kewenangan Pemko dan tidak kami teruskan; yang menangani {whose}."
    how = _STANDS[case.state].format(opd=city.opd(case.opd))
    if case.state is CaseState.DITERUSKAN and case.accepted_at:
        how = f"sudah diterima petugas {city.opd(case.opd)}"
    waits = case.state is CaseState.DITERUSKAN and not case.accepted_at and case.respond_due_at
    target = f" Target tanggapan: {day(case.respond_due_at)}." if waits and case.respond_due_at else ""
    return f"Laporan {case.number} ({_about(case, city)}) {how}.{target}"


def stands_within(number: str, case: Case, city: CityNames) -> str:
    """How the case stands into which this number was merged."""
    return f"Laporan {number} sudah digabung dengan {case.number}. {stands(case, city)}"


def choice_is_over(case: Case, city: CityNames) -> str:
    return f"Pilihan itu sudah tidak berlaku. {stands(case, city)}"


def stays_with(case: Case, city: CityNames) -> str:
    return f"Laporan ini tetap ditangani {city.opd(case.opd)}."


def also_noted(problems: Sequence[str], city: CityNames) -> str:
    """A second problem in one message: a person makes a report of it."""
    return (
        f"Masalah lain di pesan ini ({'; '.join(problems)}) kami serahkan kepada petugas {city.triage_team}."
    )


def also_reported(category: Category, street: str | None, city: CityNames) -> str:
    return f"{city.label(category)} di {street}" if street else city.label(category)


def nobody_answered(number: str, city: CityNames) -> str:
    return f"Laporan {number} kami serahkan kepada petugas {city.triage_team} dengan keterangan yang ada."


# --- on the page, in public -----------------------------------------------------------------------------------

PUBLIC_THANKS = (
    "Terima kasih, Bapak/Ibu. Laporan ini kami catat dengan nomor {number}; rinciannya kami kirim lewat pesan.",
    "Laporan Bapak/Ibu kami terima dengan nomor {number}, terima kasih. Rincian kami sampaikan lewat pesan.",
    "Terima kasih atas laporannya. Nomornya {number}; kelanjutannya kami kabarkan lewat pesan pribadi.",
)


def public_thanks(number: str, *, emergency: bool) -> str:
    """One short public reply; the number varies it, and so does the sentence."""
    chosen = PUBLIC_THANKS[sum(number.encode()) % len(PUBLIC_THANKS)].format(number=number)
    return f"{CALL_112} {chosen}" if emergency else chosen


def public_joined(number: str, nth: int) -> str:
    """Under the comment of a neighbour: the same number, and how many they are by now."""
    return (
        f"Terima kasih, Bapak/Ibu. Masalah ini sudah tercatat dengan nomor {number} dan Bapak/Ibu "
        f"pelapor ke-{nth}; rinciannya kami kirim lewat pesan."
    )


def to_the_nth(text: str, nth: int) -> str:
    return f"{text} Kabar ini untuk pelapor ke-{nth}." if nth > 1 else text


def public_standing(case: Case, city: CityNames) -> str:
    """Number and state for everybody to read: no place, no link, nobody's name."""
    how = _STANDS[case.state].format(opd=city.opd(case.opd))
    if case.state is CaseState.DITERUSKAN and case.accepted_at:
        how = f"sudah diterima petugas {city.opd(case.opd)}"
    fixed = (
        ' Bila belum teratasi, kirim pesan "belum" ke halaman ini.' if case.state is CaseState.SELESAI else ""
    )
    return f"Perkembangan laporan {case.number}: {how}.{fixed}"


def public_invitation() -> str:
    return "Terima kasih, Bapak/Ibu. Silakan kirim pesan ke halaman ini agar dapat kami bantu lebih lanjut."
