"""The stage of a scenario: its people act one after another, and all that they then read is written down."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.worker import InboxWorker
from bot.case_moves import CaseFile
from bot.counsel import Counsel
from models.domain.case import Actor, Case, Role
from models.store import cases
from tests.city import City
from tests.scenarios.transcript import Transcript, settle
from tests.scenarios.watcher import Reader, Watcher

Json = dict[str, Any]
HUMAS = Actor(role=Role.TRIAGE, name="Humas")
WALI = Actor(role=Role.WALI, name="Wali Kota")
BUTTONS = {"Terima": "terima", "Mulai": "mulai", "Selesai": "selesai", "Bukan kewenangan": "bukan"}
Play = Callable[["Story"], None]


#: The names of all scenarios that were imported: each has its file.
SCENARIOS: set[str] = set()


def scenario(number: int) -> Callable[[Play], Play]:
    """A test whose talk is kept in docs/transcripts, named by its number and its sentence."""

    def numbered(play: Play) -> Play:
        words = play.__name__.removeprefix("test_")
        name = f"{number:02d}-{words.replace('_', '-')}"
        SCENARIOS.add(name)

        @functools.wraps(play)
        def test(story: Story) -> None:
            story.transcript = Transcript(
                name=name, title=f"{number}. {words.replace('_', ' ').capitalize()}"
            )
            play(story)
            story.ends()

        return test

    return numbered


@dataclass(slots=True, kw_only=True)
class Person(Reader):
    """A citizen with a phone."""

    story: "Story"
    mids: list[str] = field(default_factory=list)

    def writes(self, *texts: str, **more: object) -> None:
        """One message, or several right after one another."""
        for text in texts:
            self._message("writes", text, **more)
        self.story.goes_on()

    def sends(self, what: str, *, text: str = "", **attachment: object) -> None:
        """Something that is no text, alone or with one."""
        self._message(f"sends {what}", text, **attachment)
        self.story.goes_on()

    def _message(self, did: str, text: str, **body: object) -> None:
        self.story.transcript.happened(self.name, did, text)
        said = self.story.city.act(f"/citizens/{self.psid}/messages", text=text, **body)
        self.mids.append(said["mid"])

    def taps(self, title: str) -> None:
        self.story.transcript.happened(self.name, f"taps [{title}]")
        self.story.city.act(f"/citizens/{self.psid}/quick-replies", title=title)
        self.story.goes_on()

    def opens_menu(self, title: str, payload: str) -> None:
        self.story.transcript.happened(self.name, f"taps the button {title}")
        self.story.city.act(f"/citizens/{self.psid}/postbacks", title=title, payload=payload)
        self.story.goes_on()

    def edits(self, text: str) -> None:
        """Their last message."""
        self.story.transcript.happened(self.name, "edits the message into", text)
        self.story.city.act(f"/citizens/{self.psid}/messages/{self.mids[-1]}/edit", text=text)
        self.story.goes_on()

    def unsends(self) -> None:
        self.story.transcript.happened(self.name, "unsends the message")
        self.story.city.act(f"/citizens/{self.psid}/messages/{self.mids[-1]}/unsend")
        self.story.goes_on()

    def comments(self, text: str, *, did: str = "comments", **more: object) -> str:
        """Under the page's post; the comment's id."""
        post = self.story.city.pretend_state()["posts"][0]["id"]
        return self.comments_under(post, text, did=did, **more)

    def comments_under(self, post: str, text: str, *, did: str = "comments", **more: object) -> str:
        self.story.transcript.happened(self.name, did, text)
        made = self.story.city.act(f"/posts/{post}/comments", text=text, psid=self.psid, **more)
        comment: str = made["id"]
        self.under[comment] = 0
        self.story.goes_on()
        return comment

    def posts(self, text: str) -> str:
        self.story.transcript.happened(self.name, "posts on the page", text)
        post: str = self.story.city.act("/posts", text=text, psid=self.psid)["id"]
        self.under[post] = 0
        self.story.goes_on()
        return post

    def changes_comment(self, comment: str, verb: str, text: str = "") -> None:
        """``edit``, ``remove``, ``hide`` or ``unhide``."""
        who = {"hide": "A moderator", "unhide": "A moderator"}.get(verb, self.name)
        self.story.transcript.happened(who, f"does '{verb}' to the comment", text)
        self.story.city.act(f"/comments/{comment}/{verb}", **({"text": text} if text else {}))
        self.story.goes_on()

    def reads(self, *parts: str) -> str:
        """What the last act brought to this person, which holds all the parts."""
        text = "\n".join(self.heard)
        missing = [part for part in parts if part not in text]
        assert not missing, f"{self.name} misses {missing} in {text!r}"
        return text

    def reads_nothing(self) -> None:
        assert self.heard == []


@dataclass(slots=True)
class Story:
    """One scenario in a city that lives on: only the people and the cases of this story are looked at."""

    city: City
    counsel: Counsel
    transcript: Transcript
    old: frozenset[str]
    watcher: Watcher
    people: list[Person] = field(default_factory=list)

    def citizen(self, name: str) -> Person:
        made = self.city.act("/citizens", name=name)
        person = Person(name=name, psid=made["psid"], story=self)
        self.people.append(person)
        return person

    def cases(self) -> list[Json]:
        return [case for case in self.city.cases() if case["number"] not in self.old]

    def case(self) -> Json:
        """The only case of this story."""
        (only,) = self.cases()
        return only

    @property
    def number(self) -> str:
        number: str = self.case()["number"]
        return number

    def presses(self, opd: str, button: str, number: str = "") -> None:
        """The officer of that group, under the case's card."""
        number = number or self.number
        self.transcript.happened(f"Petugas {opd}", f"presses [{button}]")
        # By its data: the phone may show a card that was edited a moment ago.
        self.city.group(opd).presses(button, number, data=f"v1:{BUTTONS[button]}:{number}")
        self.goes_on()

    def card_shows(self, opd: str, words: str, number: str = "") -> None:
        """The case's card in the group was edited to say so."""
        card = self.city.group(opd).shows(number or self.number, words)
        self.transcript.told(f"group {opd}, the card now", card["text"], [])

    def at_desk(
        self, who: Actor, what: str, act: Callable[[CaseFile, Case], object], number: str = ""
    ) -> None:
        """Somebody of the city does something to a case at the desk."""
        self.transcript.happened(who.name, what)
        with self.city.database.write() as session:
            file = CaseFile(session=session, city=self.counsel.city, at=self.now())
            act(file, cases.lock(session, number or self.number))
        self.goes_on()

    def now(self) -> datetime:
        return datetime.fromisoformat(self.city.pretend_state()["now"])

    def time_passes(self, *, hours: float) -> None:
        """Move the clock, and let happen what time alone brings."""
        self.transcript.passed(_how_long(hours))
        self.city.forward(hours=hours)
        then = self.now()
        # As the service's own worker does within seconds; whoever of the two is first, it is done once.
        InboxWorker(
            database=self.city.database, counsel=self.counsel, clock=lambda: then, wake_sender=lambda: None
        ).tick()
        self.goes_on()

    def goes_on(self) -> None:
        """Wait until all is said, and write down who read what."""
        self.city.settles()
        # A photo may be kept, and its words put, while the first look was under way.
        self.city.settles()
        self.watcher.write_down(self.transcript, self.people, self.cases())

    def ends(self) -> None:
        """The transcript closes with how each case stands."""
        for case in self.cases():
            how = f"{case['state']}, {case['opd'] or '-'}, {case['reports']} report(s)"
            self.transcript.passed(f"In the end {case['number']}: {how}")
        settle(self.transcript)


def _how_long(hours: float) -> str:
    return f"{hours / 24:g} day(s) later" if hours >= 24 else f"{hours:g} hour(s) later"
