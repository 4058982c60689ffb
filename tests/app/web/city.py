"""A small city for the pages: the real service on a real database, its people and its cases."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import httpx
from fastapi import FastAPI
from pydantic import SecretStr

from app.main import create_app
from app.settings import Settings
from app.wiring import link_token
from bot.case_moves import CaseFile
from bot.conversation.names import CityNames
from bot.triage import word_for_triage
from models.db import Database
from models.domain.case import SYSTEM, Actor, Case, CaseState, Role
from models.domain.category import Category, Channel
from models.domain.opd import Group
from models.domain.outgoing import Audience
from models.domain.place import Place
from models.schema import migrate
from models.store import cases, conversations, groups, outbox, reports, staff
from models.tables import Base, HistoryRow, OutboxRow

NOW = datetime.fromisoformat("2026-11-24T09:30:00+07:00")
RAJAWALI = Place(
    street="Jalan Rajawali",
    kelurahan="Kampung Melayu",
    kecamatan="Sukajadi",
    rt="02",
    rw="05",
    lat=0.51,
    lon=101.43,
)


@dataclass(slots=True)
class City:
    """What a test does to the city besides visiting its pages."""

    app: FastAPI
    database: Database
    settings: Settings
    now: datetime = NOW

    @property
    def names(self) -> CityNames:
        names: CityNames = self.app.state.service.counsel.city
        return names

    def empty(self) -> None:
        """As on the first day."""
        self.now = NOW
        with self.database.write() as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())

    def browser(self) -> httpx.AsyncClient:
        """Somebody's browser: it keeps its cookies and follows nothing by itself."""
        transport = httpx.ASGITransport(app=self.app)
        return httpx.AsyncClient(transport=transport, base_url=self.settings.public_url)

    def invite(self, *, name: str = "Wali Kota", role: str = "wali", opd: str = "", area: str = "") -> str:
        """The path of a fresh one-time link."""
        token = f"token-of-{name}-{role}-{opd}-{area}".replace(" ", "-")
        with self.database.write() as session:
            person = staff.invite(
                session, name=name, role=role, opd=opd, area=area, telegram_id=None, at=self.now
            )
            staff.add_link(
                session, token=token, staff_id=person.id, expires_at=self.now + timedelta(minutes=60)
            )
        return f"/masuk/{token}"

    async def signed_in(
        self, *, name: str = "Wali Kota", role: str = "wali", opd: str = "", area: str = ""
    ) -> httpx.AsyncClient:
        browser = self.browser()
        await browser.post(self.invite(name=name, role=role, opd=opd, area=area))
        return browser

    def forward(
        self,
        number: str,
        *,
        category: Category = Category.SAMPAH,
        opd: str = "DLHK",
        area: str | None = None,
        place: Place = RAJAWALI,
        emergency: bool = False,
        due: timedelta = timedelta(days=3),
        age: timedelta = timedelta(hours=1),
    ) -> Case:
        """A case that came in ``age`` ago and was given to an agency."""
        at = self.now - age
        case = Case(
            id=0,
            number=number,
            state=CaseState.DITERIMA,
            category=category,
            opd=None,
            beyond=None,
            area=None,
            place=place,
            channel=Channel.MESSENGER,
            emergency=emergency,
            created_at=at,
        )
        with self.database.write() as session:
            kept = cases.add(session, case)
            cases.write_history(
                session, kept.id, what="dibuka", by=SYSTEM, at=at, to_state=CaseState.DITERIMA
            )
            given = replace(kept, opd=opd, area=area, respond_due_at=self.now + due, due_at=self.now + due)
            file = CaseFile(session=session, city=self.names, at=at + timedelta(minutes=1))
            return file.move_case(given, CaseState.DITERUSKAN, by=SYSTEM)

    def move(self, number: str, to: CaseState, *, role: Role = Role.OPD, name: str = "Budi Petugas") -> None:
        with self.database.write() as session:
            file = CaseFile(session=session, city=self.names, at=self.now)
            file.move_case(cases.lock(session, number), to, by=Actor(role=role, name=name))

    def accept(self, number: str) -> None:
        with self.database.write() as session:
            file = CaseFile(session=session, city=self.names, at=self.now)
            file.accept_case(cases.lock(session, number), by=Actor(role=Role.OPD, name="Budi Petugas"))

    def put_in(self, number: str, state: CaseState) -> None:
        """The case in any state, with a line of history, whatever the table of moves says."""
        with self.database.write() as session:
            case = cases.lock(session, number)
            cases.save(session, replace(case, state=state))
            cases.write_history(session, case.id, what="pindah", by=SYSTEM, at=self.now, to_state=state)

    def report(
        self,
        number: str,
        *,
        conversation: str,
        text: str = "sampah menumpuk",
        evidence: tuple[tuple[str, str], ...] = (),
        wrote: timedelta | None = timedelta(hours=1),
    ) -> None:
        """A citizen's words about a case; they wrote in Messenger so long ago, or never (None)."""
        with self.database.write() as session:
            row = conversations.find_or_make(session, conversation)
            if wrote is not None:
                conversations.acted(row, at=self.now - wrote)
            reports.add(
                session,
                cases.lock(session, number),
                conversation=conversation,
                inbox_key=f"{number}-{conversation}",
                channel=Channel.MESSENGER,
                text=text,
                understood={"evidence": [list(proof) for proof in evidence]},
                at=self.now,
            )

    def hand_to_triage(self, number: str, why: str = "lokasinya belum jelas") -> None:
        """The case as the bot leaves it when it is unsure."""
        with self.database.write() as session:
            case = replace(cases.lock(session, number), due_at=None, respond_due_at=None)
            cases.save(session, replace(case, state=CaseState.PERLU_VERIFIKASI))
            file = CaseFile(session=session, city=self.names, at=self.now)
            file.note(case, why, by=SYSTEM)

    def give_group(self, opd: str, chat_id: str = "-1001", topic: int | None = None) -> None:
        with self.database.write() as session:
            groups.set_group(session, Group(opd=opd, area=None, chat_id=chat_id, topic=topic))

    def ask_triage(self, text: str, *, because: str = "question", number: str | None = None) -> None:
        """A word for the triage team."""
        with self.database.write() as session:
            about = cases.lock(session, number).id if number else None
            word = word_for_triage(text, because=because, about=text, case_id=about)
            outbox.put(session, word, at=self.now)

    def case(self, number: str) -> Case:
        with self.database.read() as session:
            found = cases.by_number(session, number)
            assert found is not None
            return found

    def version(self, number: str) -> int:
        """What a form that was made now would carry."""
        with self.database.read() as session:
            return cases.version(session, self.case(number).id)

    def history(self, number: str) -> list[HistoryRow]:
        with self.database.read() as session:
            return cases.history(session, self.case(number).id)

    def words(self, *, to: Audience) -> list[OutboxRow]:
        with self.database.read() as session:
            return [row for row in outbox.every(session) if row.audience == to]

    def link(self, number: str) -> str:
        """The citizen's own link, from the site's root."""
        return f"/l/{number}?k={link_token(self.settings.signing_key(), number)}"


def settings_for(database_url: str, public_url: str = "http://localhost:8000") -> Settings:
    return Settings(
        _env_file=None,
        database_url=database_url,
        public_url=public_url,
        secret_key=SecretStr("a key of at least thirty-two characters"),
        facebook_page_id="1234567890",
        facebook_app_secret=SecretStr("app-secret"),
    )


@asynccontextmanager
async def open_city(database_url: str, public_url: str = "http://localhost:8000") -> AsyncIterator[City]:
    """The service, running, with its clock at ``City.now``."""
    database = Database(database_url)
    migrate(database)
    settings = settings_for(database_url, public_url)
    app = create_app(settings, database, with_worker=False, clock=lambda: city.now)
    city = City(app=app, database=database, settings=settings)
    async with app.router.lifespan_context(app):
        yield city
    database.close()
