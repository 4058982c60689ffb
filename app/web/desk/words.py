"""What the desk says of a case that takes a little thinking; all other words stand in the templates."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from types import MappingProxyType

from app.web.desk.deeds import Deed
from bot.conversation.names import CityNames
from bot.conversation.phrases.dates import WIB, clock
from bot.group_card import why_triage
from models.domain.case import CaseState, Role
from models.domain.category import Category

_HOUR = timedelta(hours=1)
_S = CaseState

#: How officers call the states; citizens read others.
STATES: Mapping[CaseState, str] = MappingProxyType(
    {
        _S.DITERIMA: "Baru masuk",
        _S.PERLU_VERIFIKASI: "Perlu verifikasi",
        _S.DITERUSKAN: "Diteruskan",
        _S.DIPROSES: "Sedang dikerjakan",
        _S.SELESAI: "Selesai, menunggu warga",
        _S.DITUTUP: "Ditutup",
        _S.BUKAN_KEWENANGAN: "Bukan kewenangan",
        _S.TIDAK_LENGKAP: "Belum lengkap",
        _S.DUPLIKAT: "Digabung",
        _S.DIBATALKAN: "Dibatalkan",
        _S.DIBUKA_KEMBALI: "Dibuka kembali",
    }
)
#: The mayor's word in one tap.
DIRECTIONS = (
    "Mohon segera ditangani hari ini.",
    "Cek langsung ke lokasi dan laporkan hasilnya.",
    "Laporkan kendalanya kepada saya.",
    "Koordinasikan dengan OPD terkait.",
)
#: What a line of history tells, by its code, else by the state it led to.
_HAPPENED = MappingProxyType(
    {
        "dibuka": "Laporan masuk",
        "diterima_opd": "Diterima petugas",
        "dialihkan": "Dialihkan",
        "dikoreksi": "Keterangan dikoreksi",
        "dilengkapi": "Keterangan dilengkapi pelapor",
        "catatan": "Catatan",
        "arahan": "Arahan Wali Kota",
        "balasan": "Balasan petugas kepada warga",
        "laporan_diubah": "Pelapor mengubah kata-katanya",
        "laporan_ditarik": "Pelapor menghapus kata-katanya",
    }
)
_MOVED = MappingProxyType(
    {
        _S.PERLU_VERIFIKASI: "Perlu diverifikasi",
        _S.DITERUSKAN: "Diteruskan",
        _S.DIPROSES: "Mulai dikerjakan",
        _S.SELESAI: "Dinyatakan selesai",
        _S.DITUTUP: "Ditutup",
        _S.BUKAN_KEWENANGAN: "Dinyatakan bukan kewenangan",
        _S.TIDAK_LENGKAP: "Belum dapat diproses: data belum lengkap",
        _S.DUPLIKAT: "Digabung dengan laporan lain",
        _S.DIBATALKAN: "Dibatalkan",
        _S.DIBUKA_KEMBALI: "Dibuka kembali",
    }
)
_BY = MappingProxyType(
    {
        Role.SYSTEM.value: "otomatis",
        Role.CITIZEN.value: "warga",
        Role.OPD.value: "petugas OPD",
        Role.TRIAGE.value: "petugas verifikasi",
        Role.WALI.value: "Wali Kota",
    }
)
#: What is told after a deed was done.
DONE: Mapping[Deed, str] = MappingProxyType(
    {
        Deed.ACCEPT: "Laporan Anda terima. Pelapor dikabari.",
        Deed.START: "Pengerjaan dimulai. Pelapor dikabari.",
        Deed.FINISH: "Dinyatakan selesai. Pelapor ditanya apakah masalahnya sudah teratasi.",
        Deed.NOT_OURS: "Dikembalikan kepada petugas verifikasi dengan alasan Anda.",
        Deed.NOTE: "Catatan disimpan.",
        Deed.DIRECT: "Arahan tersimpan dan disampaikan.",
        Deed.REDIRECT: "Laporan diteruskan. Instansi dan pelapor dikabari.",
        Deed.CORRECT: "Koreksi disimpan.",
        Deed.MERGE: "Laporan digabung. Pelapornya dikabari.",
        Deed.SPLIT: "Laporan dipisahkan. Pelapornya dikabari nomor barunya.",
        Deed.INCOMPLETE: "Ditandai belum lengkap. Mohon tulis balasan kepada pelapor tentang yang kurang.",
        Deed.CANCEL: "Laporan dibatalkan. Pelapor dikabari.",
        Deed.VERIFY: "Laporan kembali ke daftar triase.",
        Deed.REPLY: "Balasan dikirim atas nama petugas.",
    }
)


def deadline(due_at: datetime, at: datetime) -> str:
    """``lewat 2 hari``, ``hari ini, pukul 16.00``, ``besok``, ``5 hari lagi``: days as a calendar counts them."""
    days = _days(at, due_at)
    if at >= due_at:
        return f"lewat {_late(days, at - due_at)}"
    if days == 0:
        return f"hari ini, pukul {clock(due_at)}"
    return "besok" if days == 1 else f"{days} hari lagi"


def _late(days: int, by: timedelta) -> str:
    if days < 0:
        return f"{-days} hari"
    return f"{by // _HOUR} jam" if by >= _HOUR else f"{by // timedelta(minutes=1)} menit"


def is_same_day(one: datetime, other: datetime) -> bool:
    return _days(one, other) == 0


def _days(since: datetime, until: datetime) -> int:
    return (until.astimezone(WIB).date() - since.astimezone(WIB).date()).days


def happened(what: str, to_state: str | None) -> str:
    """A line of history in words; a code that is new to us is shown without its underscores."""
    if what in _HAPPENED:
        return _HAPPENED[what]
    if to_state in set(CaseState):
        return _MOVED.get(CaseState(to_state), "Laporan masuk")
    return what.replace("_", " ").capitalize()


def by_whom(role: str, name: str) -> str:
    return name or _BY.get(role, role)


def reason(note: str, city: CityNames) -> str:
    """A note as people read it: codes of agencies and categories by their names, the router's reasons in words."""
    told = why_triage(note)
    return _CODE.sub(lambda code: _named(code.group(), city), told).replace(" -> ", " → ")


_CODE = re.compile(r"\b[A-Z][A-Z0-9-]{2,}\b|\b[a-z]+(?:_[a-z]+)+\b")


def _named(code: str, city: CityNames) -> str:
    if code in set(Category):
        return city.titles[Category(code)]
    return city.opds[code].short_name if code in city.opds else code


def agencies(city: CityNames, *, outside: bool = True) -> tuple[tuple[str, str], ...]:
    """Code and name of each agency, the city's own first, then by name."""
    opds = sorted(city.opds.values(), key=lambda opd: (not opd.is_city, opd.short_name))
    return tuple((opd.code, opd.short_name) for opd in opds if outside or opd.is_city)


def categories(city: CityNames) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(((code.value, title) for code, title in city.titles.items()), key=lambda pair: pair[1])
    )
