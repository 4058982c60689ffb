"""Every payload of the corpus means to the city what expectations.yaml says."""

import typing

import pytest

from bot import events
from bot.messenger.parse import parse
from bot.messenger.split import split, split_again
from models.domain.inbox import ItemKind
from tests.bot.messenger.corpus import EXPECTED, PAGE, PAYLOADS, as_row, body

ITEMS = [item for name in PAYLOADS for item in split(body(name), page_id=PAGE)]
EVENTS = [event for item in ITEMS for event in parse(item)]


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_facebook_sent_means_to_the_city_what_we_expect(name: str) -> None:
    assert [as_row(item) for item in split(body(name), page_id=PAGE)] == EXPECTED[name]


def test_every_payload_has_its_expectation_and_every_expectation_its_payload() -> None:
    assert set(PAYLOADS) == set(EXPECTED)


def test_the_corpus_has_every_kind_of_item_and_every_event() -> None:
    assert {item.kind for item in ITEMS} == set(ItemKind)
    assert {type(event) for event in EVENTS} == set(typing.get_args(events.Event))


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_redelivered_post_is_recognised_item_by_item(name: str) -> None:
    first, second = (split(body(name), page_id=PAGE) for _ in range(2))
    assert [item.key for item in first] == [item.key for item in second]


@pytest.mark.parametrize("name", PAYLOADS)
def test_a_kept_item_is_read_again_for_a_replay_as_the_same_item(name: str) -> None:
    items = split(body(name), page_id=PAGE)
    assert [again for item in items for again in split_again(item.body, page_id=PAGE)] == items


@pytest.mark.parametrize("name", PAYLOADS)
def test_what_is_sent_to_another_page_is_never_anybodys_turn_here(name: str) -> None:
    items = split(body(name), page_id="5550001112223")
    assert {item.kind for item in items} <= {ItemKind.MESSAGE_OTHER_PAGE, ItemKind.NOT_UNDERSTOOD}
    assert {item.conversation for item in items} <= {None}
    ours = {item.key for item in split(body(name), page_id=PAGE) if item.conversation}
    assert not ours & {item.key for item in items}


def test_a_citizens_words_never_stand_in_the_reason_of_what_was_not_understood() -> None:
    reasons = {event.reason for event in EVENTS if isinstance(event, events.NotUnderstood)}
    assert reasons == {
        f"no known shape of {what}" for what in ("body", "changes", "comment", "entry", "messaging")
    }
