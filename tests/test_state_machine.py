"""Whatever two citizens, an officer, the triage team and the clock do in whatever order: the promises hold."""

from collections.abc import Callable

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot import desk_acts
from bot.case_moves import CaseFile
from bot.desk_acts import Redirection
from models.domain.case import Actor, Case, CaseState, Role
from models.domain.errors import IllegalMove
from models.domain.outgoing import Audience
from models.store import cases, reports
from models.tables import OutboxRow
from tests import promises
from tests.small_city import SOON, SmallCity, counsel

CITIZENS = ("7001000000000001", "7001000000000002")
OFFICER = Actor(role=Role.OPD, name="Petugas")
HUMAS = Actor(role=Role.TRIAGE, name="Humas")
WALI = Actor(role=Role.WALI, name="Wali Kota")
WORDS = (
    "TPS di jalan rajawali penuh sampah",
    "sampah menumpuk di tps jalan rajawali, bau sekali",
    "banjir di depan pasar cik puan",
    "lampu jalan mati",
    "lampu jalan mati di jalan durian",
    "jalan melati berlubang besar",
    "tolong pak urusan kami di jalan nilam ini tidak beres",
    "tolong lah pak ada yang buang sembarangan",
    "kebakaran rumah di jalan nangka, ada orang terjebak!!",
    "mati lampu terus di rumah kami di kulim pak",
    "di jalan durian",
    "yang di tenayan raya",
    "sampah",
    "udah 3 hari",
    "tidak tahu pak",
    "batal",
    "salah",
    "ubah lokasi",
    "ubah masalah",
    "belum",
    "sudah",
    "ok pak",
    "petugas",
    "laporan saya gimana?",
    "terima kasih",
    "assalamualaikum",
    "hmm gitu ya",
    "jam berapa disdukcapil buka?",
    "hubungi saya 0812-3456-7890, parit tersumbat di jalan nilam",
)
COMMENTS = (
    "banjir di depan pasar cik puan min tolong",
    "lampu jalan mati udah seminggu",
    "jalan berlubang di jalan durian",
    "up",
    "mantap pak wali",
)
CITY_STATES = {CaseState.DITERUSKAN, CaseState.DIPROSES, CaseState.DIBUKA_KEMBALI}
citizens = st.sampled_from(CITIZENS)
any_case = st.integers(min_value=0, max_value=7)


class TheCity(RuleBasedStateMachine):
    """Each rule is one act; after it everything that can be said has been said."""

    def __init__(self) -> None:
        super().__init__()
        self.city = SmallCity()
        self.seen_history = 0
        self.ever_reported: dict[str, set[str]] = {}

    def teardown(self) -> None:
        self.city.close()

    # --- what people do ---------------------------------------------------------------------------------

    @rule(psid=citizens, text=st.sampled_from(WORDS))
    def a_citizen_writes(self, psid: str, text: str) -> None:
        self.is_answered(psid, text=text)

    @rule(psid=citizens)
    def a_citizen_shares_a_pin(self, psid: str) -> None:
        pin = {"type": "location", "payload": {"coordinates": {"lat": 0.5071, "long": 101.4478}}}
        self.is_answered(psid, attachments=[pin])

    @rule(psid=citizens)
    def a_citizen_sends_a_photo(self, psid: str) -> None:
        self.is_answered(
            psid, attachments=[{"type": "image", "payload": {"url": "https://example.com/a.jpg"}}]
        )

    @rule(psid=citizens, nth=st.integers(min_value=0, max_value=12))
    def a_citizen_taps(self, psid: str, nth: int) -> None:
        offered = [choice for row in self.heard_by(psid)[-3:] for choice in row.choices]
        for title, payload in offered[nth : nth + 1]:
            self.is_answered(psid, text=title, quick_reply={"payload": payload})

    def is_answered(self, psid: str, **message: object) -> None:
        """Within 30 seconds there is a word for whoever did something in Messenger."""
        before, at = len(self.heard_by(psid)), self.city.clock()
        self.city.receives(psid, **message)
        new = self.heard_by(psid)[before:]
        assert new, f"no answer to {message}"
        assert new[0].created_at - at <= SOON

    @rule(psid=citizens, text=st.sampled_from(COMMENTS), hidden=st.booleans())
    def a_citizen_comments(self, psid: str, text: str, hidden: bool) -> None:  # noqa: FBT001 - hypothesis names it
        self.city.receives_comment(psid, text, hidden=hidden)

    @rule(nth=any_case)
    def an_officer_accepts(self, nth: int) -> None:
        self.on_a_case(
            nth, lambda file, case: case.state is CaseState.DITERUSKAN and file.accept_case(case, by=OFFICER)
        )

    @rule(
        nth=any_case, to=st.sampled_from([CaseState.DIPROSES, CaseState.SELESAI, CaseState.BUKAN_KEWENANGAN])
    )
    def an_officer_moves_a_case(self, nth: int, to: CaseState) -> None:
        self.on_a_case(nth, lambda file, case: file.move_case(case, to, by=OFFICER))

    @rule(nth=any_case, opd=st.sampled_from(["PUPR", "DLHK", "PERKIM"]))
    def triage_redirects(self, nth: int, opd: str) -> None:
        def act(file: CaseFile, case: Case) -> object:
            days = counsel().rules.working_days
            to = Redirection(
                opd=opd,
                area=None,
                beyond=None,
                respond_due_at=days.due(file.at, 2),
                due_at=days.due(file.at, 7),
            )
            return desk_acts.redirect(file, case, to, by=HUMAS, why="tepat")

        self.on_a_case(nth, act)

    @rule(nth=any_case, into=any_case)
    def triage_merges(self, nth: int, into: int) -> None:
        def act(file: CaseFile, case: Case) -> object:
            others = [one for one, _ in cases.every(file.session) if one.id != case.id and one.state.is_open]
            return [desk_acts.merge(file, case, other, by=HUMAS) for other in others[into : into + 1]]

        self.on_a_case(nth, act)

    @rule(nth=any_case, number=st.sampled_from(["PKU-SPA22", "PKU-SPB22", "PKU-SPC22"]))
    def triage_splits(self, nth: int, number: str) -> None:
        def act(file: CaseFile, case: Case) -> object:
            told = [one.id for one in reports.of_case(file.session, case.id)]
            may = case.state.is_open and len(told) > 1 and cases.by_number(file.session, number) is None
            return may and desk_acts.split(file, case, told[1:2], number=number, by=HUMAS)

        self.on_a_case(nth, act)

    @rule(
        nth=any_case, to=st.sampled_from([CaseState.TIDAK_LENGKAP, CaseState.DIBATALKAN, CaseState.DITUTUP])
    )
    def triage_ends_a_case(self, nth: int, to: CaseState) -> None:
        self.on_a_case(nth, lambda file, case: file.move_case(case, to, by=HUMAS, note="alasan"))

    @rule(nth=any_case)
    def the_mayor_gives_his_word(self, nth: int) -> None:
        self.on_a_case(
            nth,
            lambda file, case: case.state in CITY_STATES and desk_acts.direct(file, case, "Segera.", by=WALI),
        )

    @rule(hours=st.sampled_from([0.1, 3.0, 20.5, 30.0, 24.0 * 11]))
    def time_passes(self, hours: float) -> None:
        self.city.time_passes(hours)

    def on_a_case(self, nth: int, act: Callable[[CaseFile, Case], object]) -> None:
        """What the table of moves refuses leaves everything as it was."""
        with self.city.database.read() as session:
            numbers = [case.number for case, _ in cases.every(session)]
        for number in numbers[nth : nth + 1]:
            try:
                with self.city.database.write() as session:
                    file = CaseFile(session=session, city=counsel().city, at=self.city.clock())
                    act(file, cases.lock(session, number))
            except IllegalMove:
                continue
        self.city.say()

    @invariant()
    def the_promises_hold(self) -> None:
        with self.city.database.read() as session:
            now = promises.look(session)
            promises.every_open_case_has_an_owner_and_a_next_step(now)
            promises.nobody_is_asked_twice_or_a_third_time(now)
            promises.nobody_is_told_twice(now)
            promises.history_has_legal_moves_only_and_ends_in_the_state(now)
            for number, people in promises.reporters(now).items():
                self.ever_reported.setdefault(number, set()).update(people)
            promises.nobody_hears_of_anothers_case(now, self.ever_reported)
            promises.no_card_names_a_citizen(now, CITIZENS)
            self.seen_history = promises.no_follower_is_forgotten(now, since=self.seen_history)

    def heard_by(self, psid: str) -> list[OutboxRow]:
        """Also what was addressed to a comment of theirs whose author we have learned since."""
        with self.city.database.read() as session:
            now = promises.look(session)
            keys = now.person(psid)
            return [
                word for word in now.words if word.audience == Audience.CITIZEN and word.recipient in keys
            ]


TestTheCity = pytest.mark.timeout(300)(TheCity.TestCase)
TestTheCity.settings = settings(stateful_step_count=20)
