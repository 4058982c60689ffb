"""What the service hears: signed bytes in Facebook's shapes, and everything again after a refusal."""

import json

import httpx
import pytest

from app.pretend.payloads import facebook_json, signature
from tests.pretend.conftest import PAGE, SECRET, Facebook, Json

pytestmark = pytest.mark.anyio

RINA = "7001000000000001"


def bodies(facebook: Facebook) -> list[Json]:
    return [json.loads(one.content) for one in facebook.listener.heard]


def test_the_signature_is_the_one_of_a_known_vector() -> None:
    body = (
        rb'{"object":"page","entry":[{"id":"1","time":1458692752478,"messaging":[{"sender":{"id":"2"},'
        rb'"recipient":{"id":"1"},"timestamp":1458692752478,"message":{"mid":"m_x",'
        rb'"text":"caf\u00e9 \ud83d\udea7 https:\/\/youtu.be\/x"}}]}]}'
    )

    assert facebook_json(json.loads(body)) == body
    assert signature(body, SECRET) == (
        "sha256=526f9a69d02651e3497a975d2ec88ecee126db5de6f543a780975222b4a3ba3d"
    )


async def test_a_message_comes_signed_over_its_raw_bytes(facebook: Facebook) -> None:
    made = await facebook.act(f"/citizens/{RINA}/messages", text="Parit di Jl. Durian/Gang 2 tersumbat é")
    await facebook.until(lambda: len(facebook.listener.heard) == 1)

    heard = facebook.listener.heard[0]
    assert heard.headers["x-hub-signature-256"] == signature(heard.content, SECRET)
    assert b"Durian\\/Gang 2 tersumbat \\u00e9" in heard.content
    entry = json.loads(heard.content)["entry"][0]
    assert entry["id"] == PAGE
    assert entry["messaging"][0]["message"]["mid"] == made["mid"]
    assert entry["messaging"][0]["timestamp"] == entry["time"] > 1e12


async def test_a_comment_counts_seconds_and_names_its_parent(facebook: Facebook) -> None:
    top = await facebook.comment("Lampu jalan padam", psid=RINA)
    await facebook.comment("Sama, di sini juga", psid=RINA, parent_id=top["id"])
    await facebook.until(lambda: len(facebook.listener.heard) == 2)

    first, second = (one["entry"][0]["changes"][0]["value"] for one in bodies(facebook))
    assert first["parent_id"] == first["post_id"] == f"{PAGE}_{first['comment_id'].partition('_')[0]}"
    assert second["parent_id"] == first["comment_id"]
    assert first["created_time"] < 1e11


async def test_a_hidden_author_stays_hidden(facebook: Facebook) -> None:
    await facebook.comment("Sampah menumpuk", psid=RINA, anonymous=True)
    await facebook.until(lambda: len(facebook.listener.heard) == 1)

    assert "from" not in bodies(facebook)[0]["entry"][0]["changes"][0]["value"]


async def test_what_was_refused_comes_again_and_nothing_overtakes_it(facebook: Facebook) -> None:
    facebook.listener.answers = [503, 401, 200]
    await facebook.act(f"/citizens/{RINA}/messages", text="satu")
    await facebook.act(f"/citizens/{RINA}/messages", text="dua")
    await facebook.until(lambda: len(facebook.listener.heard) == 4)

    texts = [one["entry"][0]["messaging"][0]["message"]["text"] for one in bodies(facebook)]
    assert texts == ["satu", "satu", "satu", "dua"]
    assert len({one.content for one in facebook.listener.heard[:3]}) == 1


async def test_held_events_come_in_one_shuffled_and_repeated_batch(facebook: Facebook) -> None:
    await facebook.act("/webhooks/habits", hold=True)
    for number in range(6):
        await facebook.act(f"/citizens/{RINA}/messages", text=str(number))
    await facebook.act("/webhooks/habits", batch=6, repeat=1, shuffle_seed=3)
    await facebook.until(lambda: len(facebook.listener.heard) == 2)

    first, again = bodies(facebook)
    texts = [one["messaging"][0]["message"]["text"] for one in first["entry"]]
    assert texts != sorted(texts) == list("012345")
    assert first == again


async def test_the_pages_own_words_come_back_as_echo_and_delivery(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/messages", text="Halo")
    sent = await facebook.send(RINA, message={"text": "Baik", "metadata": "outbox:7"})
    await facebook.until(lambda: len(facebook.listener.heard) == 3)

    _, echo, delivery = (one["entry"][0]["messaging"][0] for one in bodies(facebook))
    assert echo["sender"]["id"] == PAGE
    assert echo["message"]["is_echo"] is True
    assert echo["message"]["metadata"] == "outbox:7"
    assert echo["message"]["mid"] == sent.json()["message_id"]
    assert delivery["delivery"]["mids"] == [sent.json()["message_id"]]
    assert "timestamp" not in delivery


async def test_an_officer_in_the_inbox_is_heard_as_another_app(facebook: Facebook) -> None:
    await facebook.act(f"/citizens/{RINA}/inbox-answers", text="Saya petugas Humas.")
    await facebook.until(lambda: len(facebook.listener.heard) == 1)

    assert bodies(facebook)[0]["entry"][0]["messaging"][0]["message"]["app_id"] == 263902037430900


async def test_alone_and_mounted_the_paths_are_the_same(facebook: Facebook) -> None:
    without_prefix = httpx.AsyncClient(transport=facebook.client._transport, base_url="http://facebook")
    async with without_prefix:
        assert (await without_prefix.get("/state")).status_code == 200
        assert (await without_prefix.get("/pretend/state")).status_code == 200
