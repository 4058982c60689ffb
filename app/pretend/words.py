"""Every word the pretend page shows, and the people and examples it begins with. All people are made up."""

from dataclasses import dataclass

CITIZENS = (("7001000000000001", "Rina Wulandari"), ("7001000000000002", "Hendra Saputra"))

PAGE_POST = (
    "Halo, warga Pekanbaru! Ada jalan berlubang, sampah menumpuk, parit tersumbat, atau lampu "
    "jalan padam di sekitar Bapak/Ibu? Tulis di kolom komentar atau kirim pesan ke halaman ini. Sebutkan "
    "nama jalan dan patokannya, ya."
)

UNKNOWN_GROUP = "Grup {number}"
UNKNOWN_OFFICER = "Petugas piket"
STRANGER_ID = 700_999_999
STRANGER_NAME = "orang luar"


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence to send with one tap; ``short`` is what its chip says."""

    short: str
    text: str


EXAMPLES = (
    Example(
        "Sampah Jl. Rajawali", "TPS di Jalan Rajawali sudah penuh, sampahnya meluber ke jalan dan berbau."
    ),
    Example(
        "Parit tersumbat", "Parit di Jalan Durian dekat masjid tersumbat, kalau hujan air masuk ke rumah."
    ),
    Example("Lampu jalan padam", "Lampu jalan di Jalan Soekarno Hatta padam sudah tiga malam, gelap sekali."),
    Example("Jalan berlubang", "Jalan Hangtuah berlubang besar di depan SD, kemarin ada motor jatuh."),
    Example("Mati lampu", "Mati lampu dari tadi siang di Marpoyan, kapan nyala lagi?"),
    Example("Salam", "Assalamualaikum, selamat pagi"),
    Example("Darurat", "Tolong! Rumah tetangga kebakaran di Jalan Melati, Panam!"),
    Example("Laporan saya", "Bagaimana kabar laporan saya?"),
)
COMMENT_EXAMPLES = (
    Example("Parit", "Min, parit di Jalan Durian tersumbat sampah, air sudah naik ke jalan."),
    Example("Sampah", "TPS Jalan Rajawali penuh lagi, tolong diangkut."),
    Example("Terima kasih", "Mantap, jalan depan rumah sudah mulus. Terima kasih!"),
)

TITLE = "Peragaan Pekanbaru Smart"
HEADLINE = "Dari keluhan warga sampai selesai"
INTRO = (
    "Kirim satu keluhan di kiri, lalu ikuti perjalanannya ke dinas dan wali kota. Semua orang di sini rekaan."
)

TABS_LABEL = "Pilih kolom"
NEW = "ada yang baru"

CITIZEN_TAB = "Warga"
CITIZEN_TITLE = "Ponsel warga"
CITIZEN_HINT = "Tulis seperti bicara biasa, atau ketuk satu contoh."
CITIZEN_CHOICE = "Warga yang memegang ponsel"
SCREEN_CHOICE = "Layar"
SCREEN_THREAD = "Pesan"
SCREEN_WALL = "Komentar"
THREAD_LABEL = "Percakapan dengan halaman Pekanbaru Smart"
THREAD_ABOUT = "Layanan pengaduan warga"
THREAD_EMPTY = "Belum ada percakapan. Ketuk satu keluhan untuk mengirimnya:"
WRITE_MESSAGE = "Tulis pesan"
SEND = "Kirim"
SEND_PHOTO = "Kirim foto contoh"
SEND_PHOTO_NOTE = "Kata yang sudah ditulis ikut terkirim. Foto di sini gambar rekaan."
CLOSE = "Tutup"
PHOTO = "Foto dari warga"
EXAMPLES_LABEL = "Contoh pesan"
QUICK_REPLIES_LABEL = "Balasan cepat"
TYPING = "Pekanbaru Smart sedang mengetik"
SEEN = "Dilihat"
EDITED = "Diedit"
UNSENT = "Pesan ditarik"
ATTACHMENT = "Lampiran"
PRIVATE_REPLY = "Membalas komentar Anda"
WINDOW_OPEN = "Bot boleh menulis {hours} jam lagi"
WINDOW_CLOSED = "Batas 24 jam lewat: bot menunggu warga menulis"
WALL_LABEL = "Kiriman halaman dan komentarnya"
WRITE_COMMENT = "Tulis komentar"
COMMENT_EXAMPLES_LABEL = "Contoh komentar"
COMMENT_HIDDEN = "Disembunyikan oleh halaman"
EDIT_COMMENT = "Ubah"
EDIT_COMMENT_TITLE = "Ubah komentar"
REMOVE_COMMENT = "Hapus"
HIDE_COMMENT = "Sembunyikan"
UNHIDE_COMMENT = "Tampilkan lagi"
AS_PAGE = "sebagai halaman"
COMMENT_PHOTO = "Foto pada komentar"
PAGE_AUTHOR = "Halaman"
ANONYMOUS = "Pengguna Facebook"

GROUPS_TAB = "Grup dinas"
GROUPS_TITLE = "Grup dinas"
GROUPS_HINT = "Laporan tiba di grup yang tepat. Tekan tombolnya."
GROUPS_LIST = "Pesan di grup dinas"
PRESS_AS = "Tekan sebagai"
AS_OFFICER = "Petugas"
AS_STRANGER = "Orang luar"
STRANGER_NOTE = "Tidak terdaftar: tekanannya tidak mengubah apa pun."
CHAT_LIST = "Grup yang dibuka"
GROUPS_EMPTY = "Belum ada laporan. Begitu warga menulis, pesannya muncul di sini."
GROUPS_QUIET = "{count} grup lain belum mendapat laporan"
BOT_NAME = "Bot Pekanbaru Smart"
PRESSED_BY = "Tombol ditekan oleh {name}"

MAYOR_TAB = "Wali kota"
MAYOR_TITLE = "Ponsel wali kota"
MAYOR_HINT = "Meja yang sebenarnya: laporan yang sudah diteruskan."
MAYOR_LIST = "Daftar laporan di meja wali kota"
MAYOR_EMPTY = "Daftar laporan muncul di sini begitu ada yang diteruskan ke dinas."
MAYOR_OPEN = "Buka meja"
DESKS_TITLE = "Buka meja sebagai siapa?"
DESKS_NOTE = (
    "Setiap ketukan memakai satu tautan masuk sekali pakai. Satu peramban hanya memuat satu orang: meja "
    "yang dibuka terakhir yang berlaku."
)

CLOCK_NOW = "Jam peragaan"
CLOCK_MOVE = "Majukan jam"
CLOCK_NOTE = "Semua di sini memakai jam ini, juga batas 24 jam Messenger dan batas waktu dinas."
CLOCK_HOUR = "Maju 1 jam"
CLOCK_DAY = "Maju 1 hari"
WAITING = "{count} kiriman menunggu layanan"
ZONE = "WIB"
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
