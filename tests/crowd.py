"""A crowd of citizens who all write to the city, and what must be true of the answers afterwards."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from app.pretend import acts
from app.pretend.stage import Stage
from tests.town import GROUP, Town, wait_until

Json = dict[str, Any]
# Neighbours of one RT would meet in one case; of these each has a case of their own.
COMPLAINT = "Sampah menumpuk di Jalan Rajawali RT {rt} RW {rw}, sudah seminggu tidak diangkut"
WORDS = ("halo", COMPLAINT, "laporan saya bagaimana?", "terima kasih")
DOUBTFUL = ("opd", "in_doubt")


def home(number: int) -> dict[str, int]:
    """Where that citizen lives."""
    return {"rt": number % 90 + 1, "rw": number // 90 + 1}


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many citizens, each of whom says the same four things one after the other, and a tenth who comment."""

    town: Town
    citizens: int

    @property
    def messages(self) -> int:
        return self.citizens * len(WORDS)

    @property
    def comments(self) -> int:
        return self.citizens // 10

    @property
    def cases(self) -> int:
        return self.citizens + self.comments

    def psids(self) -> list[str]:
        return [f"55{number:014d}" for number in range(self.citizens)]

    def writes(self) -> None:
        """All speak in turns; Facebook carries it in bundles, shuffled within each."""
        self.town.facebook.do(self._write)

    def _write(self, stage: Stage) -> None:
        stage.facebook.habits.batch, stage.facebook.habits.shuffle_seed = 20, 7
        for words in WORDS:
            for number, psid in enumerate(self.psids()):
                acts.write(stage, psid, acts.Said(text=words.format(**home(number))))
            for number in range(WORDS.index(words), self.comments, len(WORDS)):
                self._comment(stage, number)

    @staticmethod
    def _comment(stage: Stage, number: int) -> None:
        author = stage.world.keep_citizen(f"66{number:014d}")
        remark = acts.Remark(
            post_id=next(iter(stage.world.posts)),
            author_id=author.psid,
            author_name=author.name,
            text=COMPLAINT.format(**home(number + 8000)),
        )
        acts.comment(stage, remark)

    def answers(self) -> int:
        """How many words of ours citizens have in their threads by now."""
        return self.town.facebook.do(
            lambda stage: sum(
                message.from_page for psid in self.psids() for message in stage.world.threads[psid]
            )
        )

    def wait_for_answers(self, number: int, seconds: float) -> None:
        wait_until(lambda: self.answers() >= number, seconds, f"{number} answers", every=0.2)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the commands tell, and what stands on people's phones, when everything has come to rest."""

    inbox: Json
    cases: list[Json]
    outbox: list[Json]
    threads: dict[str, list[str]]
    cards: list[str]
    public_replies: Counter[str]
    private_replies: Counter[str]

    def at_rest(self) -> bool:
        waiting = {(word["to"], word["state"]) for word in self.outbox if word["state"] in _UNSENT} - {
            DOUBTFUL
        }
        return not waiting and not self.inbox["by_state"]["waiting"]

    def cards_sent(self) -> Counter[str]:
        """How often each case's card stands in the group."""
        return Counter(number for card in self.cards for number in _numbers(card))


_UNSENT = {"waiting", "sending", "in_doubt"}


def _numbers(card: str) -> list[str]:
    return [word.strip(".,:()*") for word in card.split() if word.strip(".,:()*").startswith("PKU-")][:1]


def outcome(crowd: Crowd) -> Outcome:
    """Asked the way an outsider would: by the commands, and by looking at the phones."""
    programs, facebook = crowd.town.programs, crowd.town.facebook
    return Outcome(
        inbox=json.loads(programs.run("inbox", "--json")),
        cases=[json.loads(line) for line in programs.run("cases", "--json").splitlines()],
        outbox=[json.loads(line) for line in programs.run("outbox", "--json").splitlines()],
        threads=facebook.do(
            lambda stage: {
                psid: [one.metadata for one in stage.world.threads[psid] if one.from_page]
                for psid in crowd.psids()
            }
        ),
        cards=facebook.do(lambda stage: [one.text for one in stage.world.group_messages[GROUP.chat_id]]),
        public_replies=facebook.do(_public_replies),
        private_replies=facebook.do(_private_replies),
    )


def _public_replies(stage: Stage) -> Counter[str]:
    """How often the Page answered under each comment of a citizen's."""
    comments = stage.world.comments.values()
    return Counter(one.parent_id for one in comments if one.author_id == stage.world.page_id)


def _private_replies(stage: Stage) -> Counter[str]:
    said = (one for thread in stage.world.threads.values() for one in thread)
    return Counter(one.private_reply_to for one in said if one.private_reply_to)
