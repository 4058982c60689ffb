"""The inbox keeps an item once, in whatever order it comes, and hands it out in the order it happened."""

import threading
from collections.abc import Sequence

from models.db import Database
from models.domain.inbox import Item, ItemState
from models.store import conversations, inbox
from tests.posts import NOON, after, item, items_of, wrote


def accept(database: Database, items: Sequence[Item]) -> int:
    with database.write() as session:
        return inbox.accept(session, items, at=NOON)


def handled_in_order(database: Database, psid: str) -> list[str]:
    """Take the citizen's items one by one as a worker does; their keys."""
    keys: list[str] = []
    with database.write() as session:
        while (row := inbox.first_waiting(session, psid)) is not None:
            inbox.done(session, row.id, at=NOON)
            keys.append(row.dedup_key)
    return keys


def address_of(database: Database) -> str:
    return database.url.render_as_string(hide_password=False)


def test_the_same_message_delivered_twice_is_kept_once(database: Database) -> None:
    first = accept(database, [item("siti", "Lampu jalan mati", mid="m1")])
    again = accept(database, [item("siti", "Lampu jalan mati", mid="m1")] * 2)

    with database.read() as session:
        assert (first, again, inbox.count(session)) == (1, 0, 1)


def test_more_than_a_thousand_messages_of_one_post_are_each_kept(database: Database) -> None:
    said = [wrote(f"warga-{number % 50}", "Banjir", mid=f"m{number}") for number in range(2500)]

    assert accept(database, items_of(*said)) == 2500


def test_two_doors_that_take_the_same_bundle_in_opposite_order_do_not_wait_for_each_other(
    database: Database,
) -> None:
    bundles = [
        [item(f"warga-{number}", "Banjir", mid=f"m{day}-{number}") for number in range(400)]
        for day in range(5)
    ]
    doors = [Database(address_of(database)), Database(address_of(database))]
    new: list[int] = []
    together = threading.Barrier(2)

    def take(door: Database, order: int) -> None:
        for bundle in bundles:
            together.wait(10)
            new.append(accept(door, bundle[::order]))

    threads = [
        threading.Thread(target=take, args=(door, order)) for door, order in zip(doors, (1, -1), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for door in doors:
        door.close()

    assert (len(new), sum(new)) == (10, 2000)


def test_messages_that_arrived_shuffled_are_handled_in_the_order_they_were_written(
    database: Database,
) -> None:
    said = [item("siti", f"kata {second}", mid=f"m{second}", at=after(second)) for second in (3, 1, 4, 2, 0)]
    accept(database, said[:2])
    accept(database, said[2:])

    assert handled_in_order(database, "siti") == [f"mid:m{second}" for second in range(5)]


def test_an_item_that_asks_nothing_of_anybody_is_done_as_soon_as_it_is_kept(database: Database) -> None:
    read = {"sender": {"id": "siti"}, "timestamp": 1, "read": {"watermark": 1}}
    accept(database, items_of(read))

    with database.read() as session:
        assert inbox.waits_since(session) is None
        assert inbox.counts(session)["status_events"] == 1


def test_a_citizen_whose_item_failed_waits_while_the_others_go_on(database: Database) -> None:
    accept(database, [item(psid, "Banjir", mid=f"of-{psid}") for psid in ("siti", "budi")])
    accept(database, [item("siti", "Halo?", mid="second", at=after(5))])
    with database.write() as session:
        row = inbox.first_waiting(session, "siti")
        assert row is not None
        inbox.failed(session, row.id, error="ValueError", try_at=after(2))

    with database.read() as session:
        assert inbox.conversations_waiting(session, at=after(1), limit=9) == ["budi"]
        assert sorted(inbox.conversations_waiting(session, at=after(3), limit=9)) == ["budi", "siti"]


def test_an_item_that_is_set_aside_lets_the_next_one_pass(database: Database) -> None:
    accept(
        database, [item("siti", f"kata {second}", mid=f"m{second}", at=after(second)) for second in (0, 1)]
    )
    with database.write() as session:
        row = inbox.first_waiting(session, "siti")
        assert row is not None
        inbox.failed(session, row.id, error="ValueError", try_at=None)

    assert handled_in_order(database, "siti") == ["mid:m1"]
    with database.read() as session:
        assert [row.state for row in inbox.not_understood(session)] == [ItemState.SET_ASIDE]


def test_while_one_worker_talks_to_a_citizen_another_is_told_to_leave_them_alone(
    postgres_database: Database,
) -> None:
    accept(postgres_database, [item("siti", "Banjir", mid="m1")])

    with postgres_database.write() as first, postgres_database.write() as second:
        assert conversations.lock(first, "siti") is not None
        assert conversations.lock(second, "siti") is None


def test_while_a_worker_talks_to_a_citizen_their_next_message_is_still_accepted(
    postgres_database: Database,
) -> None:
    accept(postgres_database, [item("siti", "Banjir", mid="m1")])

    with postgres_database.write() as session:
        conversations.lock(session, "siti")
        assert accept(postgres_database, [item("siti", "Sudah sedada!", mid="m2")]) == 1
