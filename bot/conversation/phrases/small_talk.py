"""What citizens read when it is not about one report: greetings, thanks, questions, what we cannot read."""

from bot.conversation.names import CityNames
from bot.conversation.phrases.id import EXAMPLE
from models.domain.category import Category


def handed_to_officer(city: CityNames) -> str:
    return (
        f"Baik, percakapan ini kami serahkan kepada petugas {city.triage_team} (jam kerja 08.00-16.00). "
        "Bapak/Ibu tidak perlu mengulang cerita."
    )


def passed_on(city: CityNames) -> str:
    return f"Pesan Bapak/Ibu sudah kami teruskan kepada petugas {city.triage_team}."


def not_for_advertising() -> str:
    return f"Halaman ini khusus untuk laporan warga Pekanbaru. {EXAMPLE}"


def nothing_to_cancel() -> str:
    return 'Tidak ada laporan Bapak/Ibu yang dapat dibatalkan. Untuk melihat laporan, tulis "cek".'


def no_reports() -> str:
    return f"Bapak/Ibu belum punya laporan di sini. {EXAMPLE}"


def number_not_yours(number: str) -> str:
    return f"Nomor {number} tidak ada di antara laporan Bapak/Ibu. Mohon periksa lagi nomornya."


def greeting(*, salam: bool) -> str:
    answer = "Waalaikumsalam, Bapak/Ibu." if salam else "Halo, Bapak/Ibu."
    return f"{answer} Ada yang bisa kami bantu? {EXAMPLE}"


def welcome() -> str:
    return "Terima kasih kembali, Bapak/Ibu. Kami senang dapat membantu."


def whose_matter(category: Category, opd: str, city: CityNames) -> str:
    contact = f" ({city.contact(opd)})" if city.contact(opd) else ""
    label = city.label(category)
    return f"{label[:1].upper()}{label[1:]} ditangani {city.opd(opd)}{contact}."


def question_kept(city: CityNames) -> str:
    return f"Pertanyaan Bapak/Ibu sudah kami catat dan kami sampaikan kepada petugas {city.triage_team}."


def calm() -> str:
    return f"Kami mengerti Bapak/Ibu kesal. Bila ada masalah di lingkungan Bapak/Ibu, kami siap mencatatnya. {EXAMPLE}"


def not_a_report() -> str:
    return f'Mohon maaf, kami belum menangkap maksud Bapak/Ibu. {EXAMPLE} Untuk bicara dengan petugas, tulis "petugas".'


def photo_added(number: str) -> str:
    return f"Terima kasih, kiriman Bapak/Ibu sudah kami tambahkan ke laporan {number}."


def photo_needs_words() -> str:
    return (
        "Terima kasih, kirimannya sudah kami terima. Mohon lengkapi dengan keterangan: "
        'masalahnya apa dan di mana, misalnya "Lampu jalan mati di Jalan Rajawali dekat masjid".'
    )


def pin_needs_words() -> str:
    return "Terima kasih, titik lokasinya sudah kami terima. Mohon tulis masalahnya apa, Bapak/Ibu."


def pin_added(number: str) -> str:
    return f"Terima kasih, titik lokasi ini sudah kami tambahkan ke laporan {number}."


def acknowledged() -> str:
    return "Baik, Bapak/Ibu. Perkembangannya kami kabari di sini."


def cannot_play(*, voice: bool) -> str:
    what = "mendengarkan pesan suara" if voice else "membuka video dan berkas"
    return f"Mohon maaf, kami belum bisa {what}. Mohon tuliskan masalah dan lokasinya; foto boleh disertakan."


def unreadable() -> str:
    return f"Mohon maaf, jenis pesan ini belum dapat kami baca. {EXAMPLE}"


def kept_for_a_person(city: CityNames) -> str:
    return f"Pesan Bapak/Ibu sudah kami simpan. Petugas {city.triage_team} akan membacanya."
