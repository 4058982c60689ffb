"""One POST becomes its items, whatever it holds."""

import itertools
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.split import split, split_again, utc
from models.domain.inbox import Item, ItemKind
from tests.bot.messenger import wild
from tests.bot.messenger.corpus import PAGE

GOOD = {
    "sender": {"id": "7100000000000001"},
    "recipient": {"id": PAGE},
    "timestamp": 1795133702478,
    "message": {"mid": "m_baik", "text": "Lampu jalan mati"},
}


def items_of(*messaging: object, entry_id: object = PAGE) -> list[Item]:
    entry = {"id": entry_id, "time": 1795133702478, "messaging": list(messaging)}
    return split(wild.written({"object": "page", "entry": [entry]}), page_id=PAGE)


def message(number: int, **more: object) -> dict[str, Any]:
    return GOOD | {"message": {"mid": f"m_{number}", "text": "Banjir"} | more}


@given(st.binary())
def test_no_bytes_whatever_make_the_door_fail(anything: bytes) -> None:
    assert len(split(anything, page_id=PAGE)) == 1


@given(wild.any_json.map(wild.written))
def test_no_json_whatever_makes_the_door_fail(anything: bytes) -> None:
    assert all(item.kind in ItemKind for item in split(anything, page_id=PAGE))


@given(wild.any_json.map(wild.written) | st.binary())
def test_no_kept_body_whatever_makes_a_replay_fail(anything: bytes) -> None:
    envelope = wild.written({"entry": [], "via": [], "item": None})
    for kept in (anything, envelope, b'{"entry":{},"via":"messaging","item":' + anything + b"}"):
        assert all(item.kind in ItemKind for item in split_again(kept, page_id=PAGE))


@given(wild.spoiled_payloads)
def test_a_payload_with_bytes_pushed_in_anywhere_is_still_kept(spoiled: bytes) -> None:
    split(spoiled, page_id=PAGE)


@given(wild.posts.map(wild.written))
def test_every_key_and_conversation_fits_its_column(anything: bytes) -> None:
    for item in split(anything, page_id=PAGE):
        assert len(item.key) <= 200
        assert f"{item.key}{item.conversation or ''}".isascii()
        assert f"{item.key}{item.conversation or ''}".isprintable()
        assert len(item.conversation or "") <= 100


@given(wild.posts.map(wild.written))
def test_the_same_post_twice_gives_the_same_items(anything: bytes) -> None:
    assert split(anything, page_id=PAGE) == split(anything, page_id=PAGE)


@given(wild.posts.map(wild.written))
def test_every_kept_item_can_be_understood_again_and_is_then_the_same(anything: bytes) -> None:
    items = split(anything, page_id=PAGE)
    assert [again for item in items for again in split_again(item.body, page_id=PAGE)] == items


@given(st.lists(wild.items, max_size=6))
def test_every_element_that_was_sent_is_exactly_one_item(sent: list[object]) -> None:
    items = items_of(*sent)
    assert len(items) == len(sent)
    assert sum(Counter(item.kind for item in items).values()) == len(sent)


@given(st.lists(wild.items, max_size=6), st.randoms())
def test_order_inside_a_post_changes_nothing_about_what_the_items_are(
    sent: list[object], dice: random.Random
) -> None:
    shuffled = sent.copy()
    dice.shuffle(shuffled)
    assert Counter(as_facts(items_of(*shuffled))) == Counter(as_facts(items_of(*sent)))


@given(wild.items, wild.items)
def test_a_bad_item_among_good_ones_hides_nothing(bad: object, worse: object) -> None:
    items = items_of(message(1), bad, message(2), worse, message(3))
    assert [items[place].key for place in (0, 2, 4)] == ["mid:m_1", "mid:m_2", "mid:m_3"]


def test_1500_messages_in_one_post_are_1500_items_in_their_order() -> None:
    items = items_of(*(message(number) for number in range(1500)))
    assert [item.key for item in items] == [f"mid:m_{number}" for number in range(1500)]


def test_a_very_deep_item_is_kept_and_the_citizens_beside_it_are_heard() -> None:
    deep: list[object] = []
    for _ in range(400):
        deep = [deep]
    assert [item.key for item in items_of(message(1), deep, message(2))][::2] == ["mid:m_1", "mid:m_2"]


def test_a_message_seen_in_standby_and_in_messaging_is_one_thing() -> None:
    entry = {"id": PAGE, "time": 1, "standby": [GOOD], "messaging": [GOOD]}
    assert {item.key for item in split(wild.written({"entry": [entry]}), page_id=PAGE)} == {"mid:m_baik"}


def test_what_is_told_apart_by_its_key_never_hides_something_else() -> None:
    sender = {key: value for key, value in GOOD.items() if key != "message"}
    same_mid = [
        GOOD,
        GOOD | {"message": {"mid": "m_baik", "is_echo": True, "text": "Lampu jalan mati"}},
        GOOD | {"message": {"mid": "m_baik", "is_deleted": True}},
        GOOD | {"recipient": {"id": "9876500000000"}},
        sender | {"postback": {"mid": "m_baik", "payload": "v1:start"}},
        sender | {"message_edit": {"mid": "m_baik", "text": "Lampu", "num_edit": 1}},
        sender | {"message_edit": {"mid": "m_baik", "text": "Lampu taman", "num_edit": 2}},
        sender | {"reaction": {"mid": "m_baik", "action": "react"}},
        sender | {"reaction": {"mid": "m_baik", "action": "unreact"}},
    ]
    keys = [item.key for item in (*items_of(*same_mid), *items_of(GOOD, entry_id="9876500000000"))]
    assert len(set(keys)) == len(same_mid) + 1


def test_two_long_keys_that_begin_alike_stay_two() -> None:
    keys = {item.key for item in items_of(message(1, mid="m" * 500 + "1"), message(2, mid="m" * 500 + "2"))}
    assert len(keys) == 2


def test_ids_as_numbers_and_as_strings_are_the_same_ids() -> None:
    as_numbers = GOOD | {"sender": {"id": 7100000000000001}, "recipient": {"id": int(PAGE)}}
    facts = [as_facts(items_of(one, entry_id=page)) for one, page in ((GOOD, PAGE), (as_numbers, int(PAGE)))]
    assert facts[0] == facts[1]


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (1458692752478, datetime(2016, 3, 23, 0, 25, 52, 478000, tzinfo=UTC)),
        (1458692752, datetime(2016, 3, 23, 0, 25, 52, tzinfo=UTC)),
        ("1458692752", datetime(2016, 3, 23, 0, 25, 52, tzinfo=UTC)),
        ("1458692752478", datetime(2016, 3, 23, 0, 25, 52, 478000, tzinfo=UTC)),
        (1458692752.0, datetime(2016, 3, 23, 0, 25, 52, tzinfo=UTC)),
        ("2016-03-23T07:25:52+0700", datetime(2016, 3, 23, 0, 25, 52, tzinfo=UTC)),
        ("2016-03-23T00:25:52", datetime(2016, 3, 23, 0, 25, 52, tzinfo=UTC)),
    ],
)
def test_all_ways_in_which_facebook_tells_the_time(told: object, meant: datetime) -> None:
    assert utc(told) == meant


@pytest.mark.parametrize(
    "told",
    [
        None,
        True,
        "",
        "kemarin",
        [],
        {},
        0,
        -5,
        10**40,
        float("nan"),
        float("inf"),
        "9" * 400,
        "0001-01-01T00:00:00+1400",
    ],
)
def test_a_time_that_cannot_be_is_no_time(told: object) -> None:
    assert utc(told) is None


@given(wild.any_json)
def test_no_time_whatever_makes_the_door_fail(told: object) -> None:
    moment = utc(told)
    assert moment is None or moment.utcoffset() == timedelta()


def as_facts(items: list[Item]) -> list[tuple[object, ...]]:
    return [(item.key, item.kind, item.conversation, item.happened_at) for item in items]


def test_the_three_lists_of_an_entry_are_read_in_any_company() -> None:
    comment = {
        "field": "feed",
        "value": {"item": "comment", "verb": "add", "comment_id": "1_2", "post_id": "1"},
    }
    lists = {"messaging": [message(1)], "standby": [message(2)], "changes": [comment]}
    found = set()
    for names in itertools.permutations(lists):
        entry = {"id": PAGE, "time": 1} | {name: lists[name] for name in names}
        found.add(tuple(item.key for item in split(wild.written({"entry": [entry]}), page_id=PAGE)))
    assert found == {("mid:m_1", "mid:m_2", "comment:1_2")}
