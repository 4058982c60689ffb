"""Items read as what happened in the city."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given

from bot import events
from bot.events import Event, MediaKind
from bot.messenger.parse import LONG_AGO, parse
from bot.messenger.split import split
from models.domain.inbox import Item, ItemKind
from tests.bot.messenger import wild
from tests.bot.messenger.corpus import PAGE

SITI = "7100000000000001"
POST = f"{PAGE}_900100"


def told(**what: object) -> tuple[Event, ...]:
    item = {"sender": {"id": SITI}, "recipient": {"id": PAGE}, "timestamp": 1795133702478} | what
    entry = {"id": PAGE, "time": 1795133702478, "messaging": [item]}
    (kept,) = split(wild.written({"entry": [entry]}), page_id=PAGE)
    return parse(kept)


def answered_at(comment_id: str, parent_id: str | None, post_id: str | None = POST) -> str:
    value = {"item": "comment", "verb": "add", "comment_id": comment_id, "message": "Parit tumpat"}
    ids = {"from": {"id": SITI}, "parent_id": parent_id, "post_id": post_id}
    entry = {"id": PAGE, "time": 1795133702, "changes": [{"field": "feed", "value": value | ids}]}
    (kept,) = split(wild.written({"entry": [entry]}), page_id=PAGE)
    (comment,) = parse(kept)
    assert isinstance(comment, events.PageCommented)
    return comment.answer_to


@given(wild.posts.map(wild.written))
def test_nothing_that_facebook_could_send_makes_reading_fail(body: bytes) -> None:
    for item in split(body, page_id=PAGE):
        happened = parse(item)
        assert {event.conversation for event in happened} <= {item.conversation, ""}
        repr(happened).encode("utf-8")  # no half emoji is left: it could not be kept


@given(wild.items)
def test_every_item_that_is_somebodys_turn_tells_whose_and_when(anything: object) -> None:
    entry = {"id": PAGE, "time": 1795133702, "messaging": [anything], "changes": [anything]}
    for item in split(wild.written({"entry": [entry]}), page_id=PAGE):
        assert {event.at for event in parse(item)} <= {item.happened_at}


@pytest.mark.parametrize(
    ("comment", "parent", "place"),
    [
        ("900100_1", POST, "900100_1"),
        ("900100_1", "900100", "900100_1"),
        ("900100_1", None, "900100_1"),
        ("1", POST, "1"),
        (f"{POST}_1", POST, f"{POST}_1"),
        ("900177_1", f"{PAGE}_900177", "900177_1"),
        ("900100_2", "900100_1", "900100_1"),
        (f"{POST}_2", f"{POST}_1", f"{POST}_1"),
        ("2", "1", "1"),
    ],
)
def test_a_comment_is_answered_under_itself_and_a_reply_under_its_parent(
    comment: str, parent: str | None, place: str
) -> None:
    assert answered_at(comment, parent) == place


@pytest.mark.parametrize("post", ["900100", POST])
@pytest.mark.parametrize("parent", ["900100", POST])
def test_the_post_is_recognised_with_and_without_the_pages_prefix(post: str, parent: str) -> None:
    assert answered_at("900100_1", parent, post) == "900100_1"


def test_words_come_before_the_photos_that_were_sent_with_them() -> None:
    photos = [{"type": "image", "payload": {"url": f"https://cdn.example/{n}.jpg"}} for n in (1, 2)]
    happened = told(message={"mid": "m_1", "text": "ini fotonya", "attachments": photos})
    assert [type(event) for event in happened] == [
        events.CitizenWrote,
        events.CitizenSentMedia,
        events.CitizenSentMedia,
    ]


def test_two_photos_alike_are_still_two_photos() -> None:
    photo = {"type": "image", "payload": {"url": "https://cdn.example/1.jpg"}}
    assert len(told(message={"mid": "m_1", "attachments": [photo, photo]})) == 2


@pytest.mark.parametrize("sticker", [369239263222822, "369239263222822"])
def test_a_thumbs_up_is_never_a_photo_of_a_trouble(sticker: object) -> None:
    payload = {"url": "https://cdn.example/jempol.png", "sticker_id": sticker}
    (media,) = told(message={"mid": "m_1", "attachments": [{"type": "image", "payload": payload}]})
    assert isinstance(media, events.CitizenSentMedia)
    assert media.kind is MediaKind.STICKER


@pytest.mark.parametrize("message", [{}, {"is_unsupported": True}, {"text": ""}, {"attachments": [{}]}])
def test_even_what_we_cannot_see_is_answered(message: dict[str, object]) -> None:
    (media,) = told(message={"mid": "m_1"} | message)
    assert isinstance(media, events.CitizenSentMedia)
    assert media.kind is MediaKind.UNKNOWN


@pytest.mark.parametrize("metadata", ["word:482", "word:1"])
def test_our_own_word_is_known_by_the_number_we_gave_it(metadata: str) -> None:
    (event,) = told(
        sender={"id": PAGE},
        recipient={"id": SITI},
        message={"mid": "m_1", "is_echo": True, "metadata": metadata},
    )
    assert isinstance(event, events.OurWordArrived)
    assert metadata == f"word:{event.word_id}"


@pytest.mark.parametrize(
    "metadata", [None, "", "word:", "word:x", "word:1 ", "word:-1", "word:१", "WORD:1", 482]
)
def test_any_other_echo_is_a_person_answering_for_the_page(metadata: object) -> None:
    message = {
        "mid": "m_1",
        "is_echo": True,
        "text": "Segera",
        "metadata": metadata,
        "app_id": 263902037430900,
    }
    (event,) = told(sender={"id": PAGE}, recipient={"id": SITI}, message=message)
    assert isinstance(event, events.OfficerAnswered)
    assert (event.conversation, event.text, event.app_id) == (SITI, "Segera", "263902037430900")


def test_taking_a_reaction_back_opens_no_window() -> None:
    assert told(reaction={"mid": "m_1", "action": "unreact"}) == ()


def test_what_has_no_time_has_the_time_at_which_we_received_it() -> None:
    message = {"mid": "m_1", "text": "Halo"}
    entry = {"id": PAGE, "messaging": [{"sender": {"id": SITI}, "message": message}]}
    (item,) = split(wild.written({"entry": [entry]}), page_id=PAGE)
    received_at = datetime(2026, 11, 24, tzinfo=UTC)
    assert [event.at for event in parse(item, received_at=received_at)] == [received_at]


def test_without_any_time_at_all_no_messaging_window_is_open() -> None:
    assert datetime(2004, 2, 5, tzinfo=UTC) - LONG_AGO >= timedelta(hours=24)


@pytest.mark.parametrize("body", [b"", b"{", b"null", b"[]", b"{}", b'{"entry":null,"item":{}}', b"[" * 9000])
def test_a_kept_body_that_went_bad_is_told_and_not_raised(body: bytes) -> None:
    item = Item(key="mid:m_1", kind=ItemKind.MESSAGE, conversation=SITI, happened_at=None, body=body)
    (event,) = parse(item)
    assert isinstance(event, events.NotUnderstood)
    assert event.conversation == SITI


def test_a_citizens_words_do_not_get_into_the_log_by_way_of_a_failure() -> None:
    spoiled = {"entry": {"id": PAGE}, "via": "messaging", "item": {"message": "NIK saya 1471000000000001"}}
    body = json.dumps(spoiled).encode()
    item = Item(key="mid:m_1", kind=ItemKind.MESSAGE, conversation=SITI, happened_at=None, body=body)
    (event,) = parse(item)
    assert isinstance(event, events.NotUnderstood)
    assert event.reason == "cannot read message"
