"""However Facebook delivers a day (one by one, batched, shuffled, twice), the city comes out the same."""

import hashlib
import hmac
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from socket import create_connection
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.clock import now
from app.demo import demo_settings
from app.main import create_app
from app.settings import Settings
from app.wiring import build_counsel
from app.worker import InboxWorker
from bot.counsel import Counsel
from models.db import Database
from models.schema import migrate
from models.store import cases, inbox, outbox
from tests.city import free_port, serving

PAGE = "1234567890"
SECRET = "demo-secret"
DAY = 1_795_500_000_000
Json = dict[str, Any]
Posts = list[list[Json]]


def message(psid: str, minute: int, text: str) -> Json:
    at = DAY + minute * 60_000
    said = {"mid": f"m_{psid}_{minute}", "text": text}
    arm = {"sender": {"id": psid}, "recipient": {"id": PAGE}, "timestamp": at, "message": said}
    return {"id": PAGE, "time": at, "messaging": [arm]}


def comment(author: str, minute: int, text: str) -> Json:
    at = DAY // 1000 + minute * 60
    value = {
        "item": "comment",
        "verb": "add",
        "comment_id": f"77_{author}{minute}",
        "post_id": f"{PAGE}_77",
        "parent_id": f"{PAGE}_77",
        "from": {"id": author, "name": "Warga"},
        "created_time": at,
        "message": text,
    }
    return {"id": PAGE, "time": at, "changes": [{"field": "feed", "value": value}]}


THE_DAY = [
    message("501", 1, "assalamualaikum"),
    message("501", 2, "TPS di jalan rajawali penuh, sampah meluber ke jalan"),
    message("501", 5, "laporan saya gimana pak?"),
    message("502", 3, "lampu jalan mati sudah seminggu"),
    message("502", 4, "di jalan durian"),
    message("502", 9, "terima kasih min"),
    message("503", 2, "jalan melati berlubang"),
    message("503", 7, "yang di tenayan raya pak"),
    message("503", 8, "batal"),
    message("504", 6, "kebakaran di jalan nangka, tolong!!"),
    comment("505", 3, "parit di jalan durian tersumbat min"),
    comment("506", 4, "mantap pak wali"),
    message("505", 12, "mati lampu terus di kulim"),
]


def in_order(day: Sequence[Json]) -> Posts:
    return [[entry] for entry in day]


def batched(day: Sequence[Json]) -> Posts:
    return [list(day)]


def twice(day: Sequence[Json]) -> Posts:
    return [[entry] for entry in day for _ in range(2)] + [list(day)]


def shuffled(day: Sequence[Json]) -> Posts:
    mixed = list(day)
    random.Random(7).shuffle(mixed)
    return [mixed]


def scattered(day: Sequence[Json]) -> Posts:
    """Many POSTs in any order, all before the worker starts."""
    mixed = list(day) * 2
    random.Random(11).shuffle(mixed)
    return [[entry] for entry in mixed]


@pytest.fixture(scope="module")
def counsel() -> Counsel:
    return build_counsel(demo_settings(8000, database_url="sqlite://"))


def signed(body: bytes) -> dict[str, str]:
    return {"X-Hub-Signature-256": "sha256=" + hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()}


@contextmanager
def door(settings_of_the_day: Settings, database: Database) -> Iterator[httpx.Client]:
    """The web process alone: it keeps, and nobody handles yet."""
    port = free_port()
    with (
        serving(create_app(settings_of_the_day, database, with_worker=False), port),
        httpx.Client(base_url=f"http://127.0.0.1:{port}") as facebook,
    ):
        yield facebook


def lived(database_url: str, counsel: Counsel, posts: Posts) -> tuple[Counter[Any], Counter[Any]]:
    """(what was told to whom and why, what cases there are), numbers masked, after these POSTs."""
    database = Database(database_url)
    migrate(database)
    settings_of_the_day: Settings = demo_settings(8000, database_url=database_url)
    with door(settings_of_the_day, database) as facebook:
        for entries in posts:
            body = json.dumps({"object": "page", "entry": entries}).encode()
            answer = facebook.post("/webhook/facebook", content=body, headers=signed(body))
            assert answer.status_code == 200
    worker = InboxWorker(database=database, counsel=counsel, clock=now, wake_sender=lambda: None)
    while worker.look():
        pass
    with database.read() as session:
        words = Counter(
            (row.recipient, row.because, row.way, masked(row.text)) for row in outbox.every(session)
        )
        made = Counter(
            (case.category, case.place.street, case.place.kecamatan, case.opd, case.state, reports)
            for case, reports in cases.every(session)
        )
        counts = inbox.counts(session)
    database.close()
    assert (counts["messages"], counts["comments"], counts["not_understood"]) == (11, 2, 0)
    return words, made


def masked(text: str) -> str:
    return re.sub(r"\?k=\w+", "?k=", re.sub(r"PKU-\w+", "PKU-*", without_varied_thanks(text)))


def without_varied_thanks(text: str) -> str:
    """The public thanks vary with the number, which is drawn."""
    return (
        "thanks" if re.search(r"rincian|kelanjutannya", text, re.IGNORECASE) and "http" not in text else text
    )


@pytest.fixture
def the_day_in_order(sqlite_url: str, counsel: Counsel) -> tuple[Counter[Any], Counter[Any]]:
    return lived(sqlite_url.replace("pekanbaru.db", "in_order.db"), counsel, in_order(THE_DAY))


@pytest.mark.parametrize("delivered", [batched, twice, shuffled, scattered])
def test_the_day_ends_the_same_however_it_was_delivered(
    database_url: str,
    counsel: Counsel,
    the_day_in_order: tuple[Counter[Any], Counter[Any]],
    delivered: Callable[[Sequence[Json]], Posts],
) -> None:
    words, made = lived(database_url, counsel, delivered(THE_DAY))

    assert (words, made) == the_day_in_order


def test_the_day_has_the_cases_that_its_people_told(
    the_day_in_order: tuple[Counter[Any], Counter[Any]],
) -> None:
    _, made = the_day_in_order

    assert {(str(category), opd, str(state)) for category, _, _, opd, state, _ in made} == {
        ("sampah", "DLHK", "diteruskan"),
        ("lampu_jalan", "DISHUB", "diteruskan"),
        ("jalan_rusak", "PUPR", "dibatalkan"),
        ("kebakaran", "DPKP", "diteruskan"),
        ("drainase_banjir", "PUPR", "diteruskan"),
        ("listrik_pln", "LUAR-PLN", "bukan_kewenangan"),
    }


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["entry", "messaging", "changes", "message", "sender", "id", "value", "field", "from", "text"]
            )
            | st.text(max_size=6),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    bodies=st.lists(
        st.binary(max_size=200) | ANY_JSON.map(lambda value: json.dumps(value).encode()), max_size=6
    )
)
def test_whatever_is_signed_is_kept_and_answered_200_and_the_worker_survives_it(
    the_door: tuple[httpx.Client, InboxWorker], bodies: list[bytes]
) -> None:
    facebook, worker = the_door

    answers = [facebook.post("/webhook/facebook", content=body, headers=signed(body)) for body in bodies]
    while worker.look():
        pass

    assert {answer.status_code for answer in answers} <= {200}


@pytest.fixture
def the_door(sqlite_url: str, counsel: Counsel) -> Iterator[tuple[httpx.Client, InboxWorker]]:
    database = Database(sqlite_url)
    migrate(database)
    worker = InboxWorker(database=database, counsel=counsel, clock=now, wake_sender=lambda: None)
    with door(demo_settings(8000, database_url=sqlite_url), database) as facebook:
        yield facebook, worker
    database.close()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"X-Hub-Signature-256": "sha256=00"}, 401),
        ({"X-Hub-Signature-256": "sha256=ü".encode("latin-1")}, 401),
    ],
)
def test_an_unsigned_body_is_refused_without_a_word_and_nothing_is_kept(
    the_door: tuple[httpx.Client, InboxWorker], headers: dict[str, Any], status: int
) -> None:
    facebook, worker = the_door

    answer = facebook.post("/webhook/facebook", content=b'{"object":"page","entry":[]}', headers=headers)

    assert (answer.status_code, answer.content) == (status, b"")
    with worker.database.read() as session:
        assert inbox.count(session) == 0


def test_facebook_verifies_the_address_with_our_word_and_nobody_else_can(
    the_door: tuple[httpx.Client, InboxWorker],
) -> None:
    facebook, _ = the_door
    asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}

    right = facebook.get("/webhook/facebook", params=asked | {"hub.verify_token": "demo-verify"})
    wrong = facebook.get("/webhook/facebook", params=asked | {"hub.verify_token": "guess"})

    assert (right.status_code, right.text) == (200, "1158201444")
    assert wrong.status_code == 403


def test_more_than_32_mebibytes_are_refused(the_door: tuple[httpx.Client, InboxWorker]) -> None:
    facebook, _ = the_door
    body = b"x" * (32 * 1024 * 1024 + 1)

    assert facebook.post("/webhook/facebook", content=body, headers=signed(body)).status_code == 413


def test_a_caller_who_hangs_up_in_the_middle_leaves_no_traceback(
    the_door: tuple[httpx.Client, InboxWorker], caplog: pytest.LogCaptureFixture
) -> None:
    facebook, _ = the_door
    address = (facebook.base_url.host, facebook.base_url.port)

    with create_connection(address) as caller:
        caller.sendall(b"POST /webhook/facebook HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf")

    assert facebook.get("/healthz").text == "ok"
    assert [line for line in caplog.records if line.exc_info] == []
