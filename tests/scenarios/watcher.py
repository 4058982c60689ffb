"""Looks at the city after each act, and writes down what every person of the story has newly read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from models.domain.outgoing import WordState
from models.store import cases, outbox
from models.tables import OutboxRow
from tests.city import City
from tests.scenarios.transcript import Transcript

Json = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class Reader:
    """Somebody whose phone is looked at. ``seen`` counts what they read in Messenger, ``under`` what under each
    comment; ``heard`` is what the last act brought them.
    """

    name: str
    psid: str
    seen: int = 0
    under: dict[str, int] = field(default_factory=dict)
    heard: list[str] = field(default_factory=list)
    choices: list[str] = field(default_factory=list)

    def thread(self, state: Json) -> list[Json]:
        return [said for said in state["threads"].get(self.psid, []) if said["from_page"]]


@dataclass(slots=True)
class Watcher:
    """``last_word`` is the outbox as far as it was looked through; ``shown`` and ``held`` are written down already."""

    city: City
    last_word: int
    shown: set[int] = field(default_factory=set)
    held: set[int] = field(default_factory=set)

    def write_down(self, transcript: Transcript, people: Sequence[Reader], ours: Sequence[Json]) -> None:
        state = self.city.pretend_state()
        numbers = {case["number"] for case in ours}
        for person in people:
            self._messages(transcript, person, state)
            self._replies(transcript, person)
        self._cards(transcript, state, numbers)
        self._outbox(transcript, people, numbers)

    def _messages(self, transcript: Transcript, person: Reader, state: Json) -> None:
        thread = person.thread(state)
        new, person.seen = thread[person.seen :], len(thread)
        person.heard = [said["text"] for said in new]
        for said in new:
            person.choices = [choice["title"] for choice in said["quick_replies"]]
            how = ", privately" if said["private_reply_to"] else ""
            transcript.told(f"{person.name}{how}", said["text"], person.choices)

    def _replies(self, transcript: Transcript, person: Reader) -> None:
        for under in person.under:
            replies = self.city.public_replies(under)
            fresh, person.under[under] = replies[person.under[under] :], len(replies)
            person.heard.extend(fresh)
            for reply in fresh:
                transcript.told(f"everybody, under the words of {person.name}", reply, [])

    def _cards(self, transcript: Transcript, state: Json, numbers: set[str]) -> None:
        for group in state["groups"]:
            for card in group["messages"]:
                is_new = card["message_id"] not in self.shown
                if not is_new or not numbers & set(re.findall(r"PKU-\w+", card["text"])):
                    continue
                self.shown.add(card["message_id"])
                buttons = [button["title"] for row in card["rows"] for button in row]
                transcript.told(f"group {group['title']}", card["text"], buttons)

    def _outbox(self, transcript: Transcript, people: Sequence[Reader], numbers: set[str]) -> None:
        """What waits for a citizen to write again, and what the triage team reads at the desk."""
        with self.city.database.read() as session:
            rows = outbox.every(session)
            ours = {case.id for case, _ in cases.every(session) if case.number in numbers}
        for name, text in self._newly_held(rows, people):
            transcript.told(f"{name}, held until they write again", text, [])
        new = [row for row in rows if row.id > self.last_word]
        self.last_word = max([self.last_word, *(row.id for row in new)])
        for row in new:
            if row.audience == "staff" and (row.case_id is None or row.case_id in ours):
                transcript.told("the triage desk", row.text, [])

    def _newly_held(self, rows: Sequence[OutboxRow], people: Sequence[Reader]) -> list[tuple[str, str]]:
        names = {person.psid: person.name for person in people}
        fresh = [
            row
            for row in rows
            if row.state == WordState.HELD and row.recipient in names and row.id not in self.held
        ]
        self.held |= {row.id for row in fresh}
        return [(names[row.recipient], row.text) for row in fresh]
