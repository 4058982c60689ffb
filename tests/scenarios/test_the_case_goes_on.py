"""From the officer's buttons to the end: moves, bounces, merges, the mayor's word, closed windows, silence."""

from bot import desk_acts
from bot.case_moves import CaseFile
from bot.desk_acts import Redirection
from models.domain.case import Case, CaseState
from models.store import cases, reports
from tests.scenarios.story import HUMAS, WALI, Person, Story, scenario


def redirects(story: Story, number: str, opd: str) -> None:
    """The triage officer knows better."""
    day = story.counsel.rules.working_days

    def act(file: CaseFile, case: Case) -> None:
        to = Redirection(
            opd=opd,
            area=None,
            beyond=None,
            respond_due_at=day.due(file.at, 2),
            due_at=day.due(file.at, 7),
        )
        desk_acts.redirect(file, case, to, by=HUMAS, why="kewenangan dinas ini")

    story.at_desk(HUMAS, f"redirects it to {opd}", act, number)


def reported(story: Story, text: str) -> Person:
    siti = story.citizen("Siti")
    siti.writes(text)
    siti.reads(story.number)
    return siti


@scenario(95)
def test_every_move_is_told_until_the_citizen_says_that_it_is_well(story: Story) -> None:
    siti = reported(story, "TPS di jalan durian penuh, sampah meluber ke jalan")
    story.presses("DLHK", "Terima")
    siti.reads("sudah diterima petugas DLHK")
    story.presses("DLHK", "Mulai")
    siti.reads("sedang dikerjakan")
    story.presses("DLHK", "Selesai")
    siti.reads("Apakah masalahnya sudah teratasi?")
    siti.taps("Sudah")
    siti.reads("kami tutup")


@scenario(96)
def test_belum_reopens(story: Story) -> None:
    siti = reported(story, "lampu jalan mati di jalan abdul muis")
    story.presses("DISHUB", "Selesai")
    siti.writes("belum pak, masih gelap")
    siti.reads("dibuka kembali")
    story.presses("DISHUB", "Selesai")
    siti.writes("sudah dicek tapi masih mati pak")
    siti.reads("dibuka kembali")


@scenario(97)
def test_silence_after_selesai_closes_after_ten_days_and_may_be_undone(story: Story) -> None:
    siti = reported(story, "lampu jalan mati di jalan amir hamzah")
    story.presses("DISHUB", "Selesai")
    story.time_passes(hours=24 * 10)
    assert story.case()["state"] == "ditutup"
    siti.writes("belum pak, mati lagi")
    siti.reads("dibuka kembali")


@scenario(98)
def test_a_closed_window_holds_the_word_until_the_citizen_writes(story: Story) -> None:
    siti = reported(story, "jalan berlubang di jalan agus salim")
    story.time_passes(hours=24)
    story.presses("PUPR", "Mulai")
    siti.reads_nothing()
    siti.writes("gimana kabar laporan saya pak?")
    siti.reads("sedang dikerjakan")


@scenario(99)
def test_not_our_job_goes_to_triage_and_then_to_the_right_agency(story: Story) -> None:
    siti = reported(story, "parit tersumbat di jalan kereta api")
    story.presses("PUPR", "Bukan kewenangan")
    siti.reads("bukan bagian Dinas PUPR")
    redirects(story, story.number, "PERKIM")
    siti.reads("Dinas Perkim")


@scenario(100)
def test_two_bounces_are_told_each_and_counted(story: Story) -> None:
    siti = reported(story, "parit tersumbat di jalan nilam")
    story.presses("PUPR", "Bukan kewenangan")
    redirects(story, story.number, "PERKIM")
    story.presses("PERKIM", "Bukan kewenangan")
    siti.reads("bukan bagian Dinas Perkim")
    with story.city.database.read() as session:
        case = cases.by_number(session, story.number)
        assert case is not None
        assert cases.bounces(session, case.id) == 2


@scenario(101)
def test_triage_redirects_what_the_bot_sent_wrongly(story: Story) -> None:
    siti = reported(story, "sampah menumpuk di jalan nelayan rumbai")
    redirects(story, story.number, "LPS")
    siti.reads("LPS kelurahan")
    story.card_shows("DLHK", "Dialihkan ke LPS kelurahan")


@scenario(102)
def test_neighbours_meet_in_one_case_and_all_are_told(story: Story) -> None:
    siti, budi = story.citizen("Siti"), story.citizen("Budi")
    siti.writes("TPS di jalan rajawali penuh sampah sudah seminggu")
    budi.writes("sampah menumpuk di tps jalan rajawali, bau sekali")
    budi.reads(story.number, "Warga lain juga melaporkannya")
    story.presses("DLHK", "Mulai")
    siti.reads("sedang dikerjakan")
    budi.reads("sedang dikerjakan")


@scenario(103)
def test_one_neighbour_withdraws_and_the_other_goes_on(story: Story) -> None:
    siti, budi = story.citizen("Siti"), story.citizen("Budi")
    siti.writes("banjir di depan pasar cik puan")
    budi.writes("air naik terus depan pasar cik puan")
    siti.writes("batal")
    siti.reads("kami tarik", story.number)
    story.presses("PUPR", "Mulai")
    siti.reads_nothing()
    budi.reads("sedang dikerjakan")


@scenario(104)
def test_merged_cases_keep_both_numbers_alive(story: Story) -> None:
    siti, budi = story.citizen("Siti"), story.citizen("Budi")
    siti.writes("sampah menumpuk di jalan sumatera")
    first = story.number
    budi.writes("tumpukan sampah di jalan ali haji")
    second = next(case["number"] for case in story.cases() if case["number"] != first)

    def act(file: CaseFile, case: Case) -> None:
        desk_acts.merge(file, case, cases.lock(file.session, first), by=HUMAS)

    story.at_desk(HUMAS, "merges the second into the first", act, second)
    budi.reads(first, second)
    story.presses("DLHK", "Mulai", first)
    budi.reads(first, "sedang dikerjakan")
    budi.writes(f"cek {second}")
    budi.reads(second, first)


@scenario(105)
def test_a_split_report_gets_a_number_of_its_own(story: Story) -> None:
    siti, budi = story.citizen("Siti"), story.citizen("Budi")
    siti.writes("parkir liar di depan mall ska, jalan macet")
    number = story.number
    budi.writes("tukang parkir liar di depan mall ska minta 10 ribu")

    def act(file: CaseFile, case: Case) -> None:
        theirs = [one.id for one in reports.of_case(file.session, case.id) if one.conversation == budi.psid]
        desk_acts.split(file, case, theirs, number="PKU-SPX23", by=HUMAS)

    story.at_desk(HUMAS, "splits the report of Budi off", act, number)
    budi.reads(number, "PKU-SPX23")
    siti.reads_nothing()


@scenario(106)
def test_the_mayors_word_reaches_the_group_and_the_history(story: Story) -> None:
    siti = reported(story, "jalan berlubang di jalan balam sakti")
    story.at_desk(
        WALI,
        "gives an arahan",
        lambda file, case: desk_acts.direct(file, case, "Selesaikan minggu ini, kirim fotonya.", by=WALI),
    )
    siti.reads_nothing()
    assert story.city.group("PUPR").is_alerted("Arahan Wali Kota")


@scenario(107)
def test_an_officer_answers_as_a_human_within_seven_days(story: Story) -> None:
    siti = reported(story, "pungli di kantor lurah, saya dimintai uang")
    story.time_passes(hours=30)
    story.at_desk(
        HUMAS,
        "writes to Siti",
        lambda file, case: desk_acts.reply(
            file,
            case,
            siti.psid,
            "Selamat siang, Ibu Siti. Boleh kami tahu kelurahannya? - Dewi, Humas",
            by=HUMAS,
        ),
    )
    siti.reads("Dewi, Humas")


@scenario(108)
def test_what_cannot_be_worked_on_is_told_with_its_reason_and_next_step(story: Story) -> None:
    siti = story.citizen("Siti")
    siti.writes("lampu jalan mati sepanjang jalan")
    siti.writes("tidak tahu pak nama jalannya")
    story.at_desk(
        HUMAS,
        "finds it incomplete",
        lambda file, case: file.move_case(case, CaseState.TIDAK_LENGKAP, by=HUMAS, note="lokasi tidak jelas"),
    )
    siti.reads(story.number, "belum dapat diproses")
    siti.writes("oh itu di depan masjid raya pak")
    siti.reads(story.number, "periksa lagi")
    assert story.case()["state"] == "perlu_verifikasi"


@scenario(109)
def test_a_stranger_in_the_group_moves_nothing(story: Story) -> None:
    siti = reported(story, "parit tersumbat di jalan angkatan 66")
    story.transcript.happened("A stranger in the group", "presses [Selesai]")
    story.city.group("PUPR").presses("Selesai", story.number, as_stranger=True)
    story.goes_on()
    siti.reads_nothing()
    assert story.case()["state"] == "diteruskan"


@scenario(110)
def test_belum_speaks_of_the_case_that_we_asked_about(story: Story) -> None:
    siti = reported(story, "lampu jalan mati di jalan bakti sari")
    first = story.number
    siti.writes("jalan berlubang di jalan anak bangsa")
    story.presses("DISHUB", "Selesai", first)
    siti.writes("belum")
    siti.reads(first, "dibuka kembali")
