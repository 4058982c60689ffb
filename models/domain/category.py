"""What a citizen can write about (26 categories) and what they want from us (9 intents)."""

from enum import StrEnum


class Category(StrEnum):
    """The codes used everywhere; what each means and who gets it stands in routing/data/categories.csv."""

    SAMPAH = "sampah"
    JALAN_RUSAK = "jalan_rusak"
    DRAINASE_BANJIR = "drainase_banjir"
    LAMPU_JALAN = "lampu_jalan"
    AIR_BERSIH = "air_bersih"
    PARKIR = "parkir"
    LALU_LINTAS = "lalu_lintas"
    KETERTIBAN_PKL = "ketertiban_pkl"
    REKLAME = "reklame"
    POHON_TAMAN = "pohon_taman"
    KEBAKARAN = "kebakaran"
    ADMINDUK = "adminduk"
    PENDIDIKAN = "pendidikan"
    KESEHATAN = "kesehatan"
    SOSIAL_BANSOS = "sosial_bansos"
    HEWAN = "hewan"
    PASAR = "pasar"
    PERIZINAN_BANGUNAN = "perizinan_bangunan"
    KEBISINGAN_POLUSI = "kebisingan_polusi"
    TRANSPORTASI_UMUM = "transportasi_umum"
    PAJAK_RETRIBUSI = "pajak_retribusi"
    PUNGLI_PELAYANAN = "pungli_pelayanan"
    KETENAGAKERJAAN = "ketenagakerjaan"
    LISTRIK_PLN = "listrik_pln"
    KEAMANAN_POLISI = "keamanan_polisi"
    LAINNYA = "lainnya"


class Intent(StrEnum):
    """What a message wants, in order of precedence when two apply."""

    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    STATUS = "status"
    QUESTION = "question"
    ABUSE = "abuse"
    SPAM = "spam"
    THANKS = "thanks"
    GREETING = "greeting"
    OTHER = "other"

    @property
    def makes_a_case(self) -> bool:
        return self in {Intent.EMERGENCY, Intent.COMPLAINT}


class Channel(StrEnum):
    """Where a citizen's words stood."""

    MESSENGER = "messenger"
    COMMENT = "comment"
    POST = "post"
