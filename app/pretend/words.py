"""Every word the pretend page shows, and the people and examples it begins with. All people are made up."""

CITIZENS = (("7001000000000001", "Rina Wulandari"), ("7001000000000002", "Hendra Saputra"))

PAGE_POST = (
    "Selamat pagi, warga Pekanbaru! Ada jalan berlubang, sampah menumpuk, parit tersumbat, atau lampu "
    "jalan padam di sekitar Bapak/Ibu? Tulis di kolom komentar atau kirim pesan ke halaman ini. Sebutkan "
    "nama jalan dan patokannya, ya."
)

UNKNOWN_GROUP = "Grup {number}"
UNKNOWN_OFFICER = "Petugas piket"
STRANGER_ID = 700_999_999
STRANGER_NAME = "Orang luar"
