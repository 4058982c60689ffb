"""The worker handles each citizen's words in order, once, and lets one that it cannot handle stop nobody."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest

from app.worker import MAX_TRIES, InboxWorker
from bot.counsel import Counsel
from bot.messenger.split import split_again
from models.db import Database
from models.domain.category import Channel
from models.domain.inbox import Item
from models.store import cases, conversations, inbox, outbox
from routing.understanding import Understanding, Understands
from tests.posts import NOON, PAGE, Clock, after, item

WASTE = "Sampah menumpuk di Jalan Rajawali depan rumah nomor 7"
POISON = "racun"
WORDS = ("halo", WASTE, "laporan saya bagaimana?", "terima kasih")


@dataclass(frozen=True)
class Fragile:
    """A judgement that breaks on one word, as a fault in ours would."""

    sound: Understands

    def understand(self, text: str, channel: Channel) -> Understanding:
        if POISON in text:
            raise ZeroDivisionError
        return self.sound.understand(text, channel)


def worker_of(database: Database, counsel: Counsel, clock: Clock) -> InboxWorker:
    fragile = replace(counsel, understands=Fragile(counsel.understands))
    return InboxWorker(database=database, counsel=fragile, clock=clock, wake_sender=lambda: None)


@pytest.fixture
def clock() -> Clock:
    return Clock(after(60))


@pytest.fixture
def worker(database: Database, counsel: Counsel, clock: Clock) -> InboxWorker:
    return worker_of(database, counsel, clock)


def arrive(database: Database, *items: Item) -> None:
    with database.write() as session:
        inbox.accept(session, items, at=NOON)


def said_to(database: Database, psid: str) -> list[tuple[str, str]]:
    """Why the citizen hears each word, and about which of their messages, in the order it will be said."""
    with database.read() as session:
        words = [word for word in outbox.every(session) if word.recipient == psid]
        return [(word.because, word.about) for word in words]


def day_of(psid: str) -> list[Item]:
    return [item(psid, text, mid=f"{psid}-{number}", at=after(number)) for number, text in enumerate(WORDS)]


def answers_of(psid: str) -> list[tuple[str, str]]:
    because = ("answer", "receipt", "answer", "answer")
    return [(why, f"mid:{psid}-{number}:0") for number, why in enumerate(because)]


def work_to_the_end(worker: InboxWorker) -> None:
    while worker.look():
        pass


def test_words_that_arrived_backwards_are_answered_in_the_order_they_were_written(
    worker: InboxWorker,
) -> None:
    for one in reversed(day_of("siti")):
        arrive(worker.database, one)

    work_to_the_end(worker)

    assert said_to(worker.database, "siti") == answers_of("siti")


def test_a_complaint_that_is_delivered_again_makes_no_second_case(worker: InboxWorker) -> None:
    arrive(worker.database, *day_of("siti"))
    work_to_the_end(worker)
    arrive(worker.database, *day_of("siti"))

    assert not worker.look()
    with worker.database.read() as session:
        assert len(cases.every(session)) == 1


def test_a_replay_of_handled_words_says_nothing_again(worker: InboxWorker) -> None:
    arrive(worker.database, *day_of("siti"))
    work_to_the_end(worker)
    with worker.database.write() as session:
        for number in range(1, 5):
            row = inbox.get(session, number)
            assert row is not None
            inbox.take_again(session, row, split_again(row.body, page_id=PAGE), at=NOON)

    work_to_the_end(worker)

    assert said_to(worker.database, "siti") == answers_of("siti")
    with worker.database.read() as session:
        assert [reports for _, reports in cases.every(session)] == [1]


def test_a_poison_word_is_tried_then_set_aside_and_its_citizen_hears_that_a_person_reads_it(
    worker: InboxWorker, clock: Clock
) -> None:
    arrive(worker.database, item("siti", POISON, mid="bad"), item("siti", "halo", mid="good", at=after(1)))
    arrive(worker.database, item("budi", "halo", mid="other"))

    work_to_the_end(worker)
    assert said_to(worker.database, "budi") == [("answer", "mid:other:0")]
    assert said_to(worker.database, "siti") == []  # order is kept: the greeting waits behind the poison
    for _ in range(MAX_TRIES):
        clock.pass_by(seconds=16)
        work_to_the_end(worker)

    assert said_to(worker.database, "siti") == [("set_aside", "mid:bad"), ("answer", "mid:good:0")]
    with worker.database.read() as session:
        assert inbox.counts(session)["by_state"] == {"waiting": 0, "working": 0, "done": 2, "set_aside": 1}


def test_a_repaired_poison_word_is_answered_by_a_replay(
    worker: InboxWorker, clock: Clock, counsel: Counsel
) -> None:
    arrive(worker.database, item("siti", f"{WASTE} {POISON}", mid="bad"))
    for _ in range(MAX_TRIES):
        work_to_the_end(worker)
        clock.pass_by(seconds=16)
    with worker.database.write() as session:
        (row,) = inbox.not_understood(session)
        inbox.take_again(session, row, split_again(row.body, page_id=PAGE), at=NOON)
    repaired = InboxWorker(database=worker.database, counsel=counsel, clock=clock, wake_sender=lambda: None)

    work_to_the_end(repaired)

    assert said_to(worker.database, "siti") == [("set_aside", "mid:bad"), ("receipt", "mid:bad:0")]


def test_a_worker_leaves_a_citizen_alone_while_another_talks_to_them(
    postgres_database: Database, counsel: Counsel, clock: Clock
) -> None:
    worker = worker_of(postgres_database, counsel, clock)
    arrive(postgres_database, *day_of("siti"), item("budi", "halo", mid="other"))

    with postgres_database.write() as session:
        conversations.lock(session, "siti")
        assert [worker.take("siti"), worker.take("budi")] == [False, True]
    assert said_to(postgres_database, "siti") == []
    work_to_the_end(worker)

    assert said_to(postgres_database, "siti") == answers_of("siti")


def run_together(workers: Sequence[InboxWorker], until_done: Database) -> None:
    """Let them race as processes would, each with connections of its own."""

    def work(worker: InboxWorker) -> None:
        while _waits(until_done):
            worker.look()

    threads = [threading.Thread(target=work, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)


def _waits(database: Database) -> bool:
    with database.read() as session:
        return inbox.waits_since(session) is not None


def test_three_workers_at_once_answer_everybody_once_and_in_order(
    postgres_database: Database, counsel: Counsel, clock: Clock
) -> None:
    citizens = [f"warga-{number}" for number in range(25)]
    arrive(postgres_database, *(one for psid in citizens for one in reversed(day_of(psid))))
    address = postgres_database.url.render_as_string(hide_password=False)
    databases = [Database(address) for _ in range(3)]

    run_together([worker_of(database, counsel, clock) for database in databases], postgres_database)
    for database in databases:
        database.close()

    assert {psid: said_to(postgres_database, psid) for psid in citizens} == {
        psid: answers_of(psid) for psid in citizens
    }
    with postgres_database.read() as session:
        # All speak of one heap of rubbish: whoever comes first opens the case, and the others join it.
        assert [reports for _, reports in cases.every(session)] == [len(citizens)]
