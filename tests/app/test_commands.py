"""The command line as a person or a program uses it: the installed command, its own process, bare settings."""

import hashlib
import hmac
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from tests.city import free_port, until

PROGRAM = pathlib.Path(sys.executable).parent / "pekanbaru-smart"
PAGE, SECRET = "1234567890", "commands-secret"
SAFE = {"FACEBOOK_APP_SECRET": SECRET, "FACEBOOK_PAGE_ID": PAGE}
HOLE = "jalan hang tuah berlubang besar di depan SD"

UNDERSTOOD = (
    "id intent intent_confidence category category_confidence category_top3 agency beyond emergency street "
    "landmark kelurahan kecamatan kecamatan_candidates place_confidence lat lon in_city rt rw also evidence"
)
COUNTED = (
    "messages messages_other_page postbacks edits removes moderation comments visitor_posts mentions "
    "status_events ignored not_understood by_state"
)
OF_A_CASE = (
    "number state category opd beyond street landmark kelurahan kecamatan channel emergency reports "
    "created_at due_at closed_at"
)
OF_A_WORD = "id to channel because case state tries last_error text"

Done = subprocess.CompletedProcess[bytes]


def environment(**settings: str) -> dict[str, str]:
    """Only what is said here: no setting of whoever runs the tests gets in."""
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **settings}


def run(cwd: pathlib.Path, *words: str, **settings: str) -> Done:
    return _done(cwd, words, environment(**settings))


def understand(cwd: pathlib.Path, stdin: bytes) -> Done:
    return _done(cwd, ("understand",), environment(), stdin)


def _done(cwd: pathlib.Path, words: tuple[str, ...], env: dict[str, str], stdin: bytes = b"") -> Done:
    command = [str(PROGRAM), *words]
    return subprocess.run(
        command, cwd=cwd, env=env, input=stdin, capture_output=True, timeout=60, check=False
    )


def lines(done: Done) -> list[dict[str, Any]]:
    assert done.returncode == 0, done.stderr.decode()
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def said(done: Done) -> str:
    """What it told the person, which is never a traceback."""
    words = " ".join(done.stderr.decode().split())
    assert "Traceback" not in words
    return words


# --- understand -------------------------------------------------------------------------------------------


def test_texts_are_answered_line_by_line_in_their_order_with_every_field(tmp_path: pathlib.Path) -> None:
    texts = ["halo", HOLE, "kebakaran rumah di jalan nangka, ada orang terjebak"]
    asked = [{"id": number, "channel": "messenger", "text": text} for number, text in enumerate(texts)]

    done = understand(tmp_path, "\n".join(map(json.dumps, asked)).encode())

    answers = lines(done)
    assert [(answer["id"], answer["intent"]) for answer in answers] == [
        (0, "greeting"),
        (1, "complaint"),
        (2, "emergency"),
    ]
    assert [" ".join(answer) for answer in answers] == [UNDERSTOOD] * 3
    assert list(tmp_path.iterdir()) == []  # no database is needed, and none is made


def test_a_bad_line_is_answered_with_an_error_and_the_next_one_is_understood(tmp_path: pathlib.Path) -> None:
    bad_ones = [
        b"not json",
        b"[]",
        b"null",
        b'{"id": 1}',
        b'{"id": 1, "text": null}',
        b'{"id": 1, "text": "halo", "channel": "fax"}',
        b'{"id": 1, "text": "halo", "channel": ["messenger"]}',
        b'{"id": NaN, "text": "halo"}',
        b'{"id": 1e999, "text": "halo"}',
        b'{"id": ' + b"9" * 5000 + b', "text": "halo"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ]
    good = b'\n\n{"id": "next", "text": "halo"}\n'

    answers = lines(understand(tmp_path, b"".join(bad + good for bad in bad_ones)))

    errors, others = answers[::2], answers[1::2]
    assert [list(error) for error in errors] == [["id", "error"]] * len(bad_ones)
    assert all(error["id"] is None and error["error"] for error in errors)
    assert [(other["id"], other["intent"]) for other in others] == [("next", "greeting")] * len(bad_ones)


@pytest.mark.parametrize(
    ("line", "asked_id"),
    [
        (b'{"id": 1, "text": "sampah menumpuk \xe9\xff di jalan rajawali"}', 1),
        (b'\xef\xbb\xbf{"id": 2, "text": "sampah menumpuk di jalan rajawali"}\r', 2),
        (rb'{"id": "half \ud83d", "text": "sampah \ud83d menumpuk di jalan rajawali"}', "half \ud83d"),
    ],
    ids=["a byte that is no UTF-8", "a byte order mark", "half an emoji"],
)
def test_text_that_a_machine_has_mangled_is_still_understood(
    line: bytes, asked_id: object, tmp_path: pathlib.Path
) -> None:
    (answer,) = lines(understand(tmp_path, line))

    assert (answer["id"], answer["category"], answer["street"]) == (asked_id, "sampah", "Jalan Rajawali")


def test_each_answer_comes_at_once_so_that_a_program_can_talk_with_it(tmp_path: pathlib.Path) -> None:
    with subprocess.Popen(
        [str(PROGRAM), "understand"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as talking:
        assert talking.stdin
        assert talking.stdout
        for number in range(3):
            talking.stdin.write(b'{"id": %d, "text": "halo"}\n' % number)
            talking.stdin.flush()
            # The next line is not written before this one is answered: what is not flushed hangs here.
            assert json.loads(talking.stdout.readline())["id"] == number
        talking.stdin.close()
        assert talking.wait(10) == 0


def test_one_text_is_explained_for_a_person(tmp_path: pathlib.Path) -> None:
    done = run(tmp_path, "understand", "--explain", HOLE)

    assert {"jalan_rusak", "Tuah", "PUPR", "evidence"} <= set(re.findall(r"\w+", done.stdout.decode()))


# --- what the service refuses -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        ("serve", {}, "FACEBOOK_APP_SECRET is empty: anybody could forge a citizen's message"),
        ("work", {}, "FACEBOOK_APP_SECRET is empty: anybody could forge a citizen's message"),
        ("serve", {"FACEBOOK_APP_SECRET": SECRET}, "FACEBOOK_PAGE_ID is empty"),
        (
            "serve",
            SAFE | {"PUBLIC_URL": "http://lapor.example"},
            "PUBLIC_URL must be https, except on localhost",
        ),
        ("serve", SAFE | {"PUBLIC_URL": "https://lapor.example"}, "SECRET_KEY needs at least 32 characters"),
        ("serve", SAFE | {"LOG_LEVEL": "LOUD"}, "LOG_LEVEL"),
        (
            "serve",
            SAFE | {"DATABASE_URL": "mysql://city:hunter2@host/db"},
            "DATABASE_URL must begin with sqlite:///",
        ),
        ("serve", SAFE | {"DATABASE_URL": "hunter2"}, "DATABASE_URL must begin with sqlite:///"),
    ],
)
def test_the_service_does_not_start_with_unsafe_settings_and_says_why(
    command: str, settings: dict[str, str], sentence: str, tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, command, **settings)

    assert done.returncode == 2
    assert sentence in said(done)
    assert "hunter2" not in said(done)  # what is wrong with an address is told, never its password
    assert list(tmp_path.iterdir()) == []


def test_settings_are_read_from_a_file_and_the_environment_has_the_last_word(tmp_path: pathlib.Path) -> None:
    (tmp_path / ".env").write_text("FACEBOOK_APP_SECRET=from-the-file\nPUBLIC_URL=http://lapor.example\n")

    assert "PUBLIC_URL must be https" in said(run(tmp_path, "serve"))
    assert "FACEBOOK_PAGE_ID is empty" in said(run(tmp_path, "serve", PUBLIC_URL="http://localhost:8000"))


# --- the database -----------------------------------------------------------------------------------------


def test_the_database_is_migrated_once_and_a_second_time_changes_nothing(
    database_url: str, tmp_path: pathlib.Path
) -> None:
    for _ in range(2):
        done = run(tmp_path, "migrate", DATABASE_URL=database_url)
        assert (done.returncode, done.stdout) == (0, b"the database has the current schema\n")

    (counts,) = lines(run(tmp_path, "inbox", "--json", DATABASE_URL=database_url))
    assert " ".join(counts) == COUNTED


@pytest.mark.parametrize("words", [("serve",), ("work",), ("inbox", "--json"), ("staff", "invite")])
def test_postgresql_without_a_schema_is_left_alone_and_the_advice_is_migrate(
    words: tuple[str, ...], postgres_url: str, tmp_path: pathlib.Path
) -> None:
    invited = {"staff": ("--name", "Ani", "--role", "humas")}.get(words[0], ())

    done = run(tmp_path, *words, *invited, DATABASE_URL=postgres_url, **SAFE)

    assert (done.returncode, done.stdout) == (1, b"")
    assert "run: pekanbaru-smart migrate" in said(done)


@pytest.mark.parametrize("words", [("migrate",), ("cases", "--json"), ("check",)])
@pytest.mark.parametrize(
    "url", ["postgresql://city:hunter2@127.0.0.1:1/none", "sqlite:////dev/null/no/such/folder.db"]
)
def test_a_database_that_cannot_be_had_is_a_sentence_and_no_traceback(
    words: tuple[str, ...], url: str, tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, *words, DATABASE_URL=url)

    assert done.returncode == 1
    assert "database: " in said(done) + done.stdout.decode()
    assert "hunter2" not in said(done) + done.stdout.decode()


# --- looking beside a living service ----------------------------------------------------------------------


@contextmanager
def serving(cwd: pathlib.Path, **settings: str) -> Iterator[str]:
    """``serve --with-worker`` as a process of its own; its address."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    words = [str(PROGRAM), "serve", "--with-worker", "--port", str(port)]
    with (
        (cwd / "log").open("wb") as log,
        subprocess.Popen(words, cwd=cwd, env=environment(**settings), stderr=log) as service,
    ):
        try:
            until(lambda: _answers(f"{address}/healthz"), "the service's start")
            yield address
        finally:
            service.send_signal(signal.SIGINT)
    assert service.returncode == 0, (cwd / "log").read_text()


def _answers(url: str) -> bool:
    try:
        return httpx.get(url).status_code == 200
    except httpx.TransportError:
        return False


def post(address: str, body: bytes) -> int:
    signature = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {"X-Hub-Signature-256": f"sha256={signature}"}
    return httpx.post(f"{address}/webhook/facebook", content=body, headers=headers).status_code


def message(mid: str, text: str) -> dict[str, Any]:
    at = 1_795_500_000_000
    said = {"mid": mid, "text": text}
    return {"sender": {"id": "77"}, "recipient": {"id": PAGE}, "timestamp": at, "message": said}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pathlib.Path]:
    """A folder in which a service lives that was told of one hole in the road, and of one thing it cannot read."""
    folder = tmp_path_factory.mktemp("town")
    entry = {"id": PAGE, "time": 1_795_500_000_000, "messaging": [message("m_1", HOLE)]}
    told = json.dumps({"object": "page", "entry": [entry]}).encode()
    with serving(folder, **SAFE) as address:
        assert [post(address, told), post(address, told), post(address, b'"?"')] == [200, 200, 200]
        until(lambda: lines(run(folder, "cases", "--json")), "a case")
        yield folder


def test_the_inbox_counts_what_came_once_however_often_facebook_sent_it(town: pathlib.Path) -> None:
    (counts,) = lines(run(town, "inbox", "--json"))

    assert " ".join(counts) == COUNTED
    assert list(counts["by_state"]) == ["waiting", "working", "done", "set_aside"]
    assert (counts["messages"], counts["not_understood"]) == (1, 1)
    kinds = sum(counts[kind] for kind in COUNTED.split()[:-1])
    assert kinds == sum(counts["by_state"].values()) == 2


def test_a_case_is_one_line_with_every_field(town: pathlib.Path) -> None:
    (case,) = lines(run(town, "cases", "--json"))

    assert " ".join(case) == OF_A_CASE
    assert re.fullmatch(r"PKU-[2-9A-HJKMNP-Z]{5,6}", case["number"])
    assert (case["state"], case["category"], case["opd"]) == ("diteruskan", "jalan_rusak", "PUPR")
    assert (case["street"], case["channel"]) == ("Jalan Hang Tuah", "messenger")
    assert (case["emergency"], case["reports"], case["closed_at"]) == (False, 1, None)
    assert all(re.fullmatch(r"[-\d]{10}T[:.\d]+Z", case[moment]) for moment in ("created_at", "due_at"))


def test_an_outgoing_word_is_one_line_with_every_field(town: pathlib.Path) -> None:
    words = lines(run(town, "outbox", "--json"))

    assert [" ".join(word) for word in words] == [OF_A_WORD] * len(words)
    # No page token is set, so the citizen's word waits; no group is set, so the agency reads at the desk.
    assert {(word["to"], word["channel"], word["state"]) for word in words} == {
        ("citizen", "messenger", "waiting"),
        ("opd", "desk", "sent"),
    }
    (case,) = lines(run(town, "cases", "--json"))
    assert {word["case"] for word in words} == {case["number"]}


def test_a_terminal_that_knows_no_emoji_still_gets_every_line(town: pathlib.Path) -> None:
    narrow = run(town, "outbox", "--json", PYTHONIOENCODING="ascii", LC_ALL="C")

    assert "📍" in "".join(word["text"] for word in lines(narrow))


def test_a_person_gets_a_table(town: pathlib.Path) -> None:
    done = run(town, "inbox")

    assert done.returncode == 0
    assert "visitor_posts" in done.stdout.decode()


@pytest.mark.parametrize("name", ["cases", "outbox"])
def test_where_nothing_is_a_person_is_told_so_and_a_program_gets_no_line(
    name: str, tmp_path: pathlib.Path
) -> None:
    assert run(tmp_path, name).stdout.decode() == f"{name}: none yet\n"
    assert lines(run(tmp_path, name, "--json")) == []


def test_a_second_worker_on_sqlite_is_refused(town: pathlib.Path) -> None:
    done = run(town, "work", **SAFE)

    assert done.returncode == 1
    assert "SQLite has one worker; another one is running" in said(done)


# --- keeping the installation -----------------------------------------------------------------------------


def test_an_item_that_was_never_kept_cannot_be_replayed(town: pathlib.Path) -> None:
    done = run(town, "replay", "--inbox-id", "4711")

    assert done.returncode == 1
    assert "the inbox has no item 4711" in said(done)


@pytest.mark.parametrize("words", [(), ("--inbox-id", "1", "--not-understood")])
def test_what_to_replay_must_be_said_in_one_way(words: tuple[str, ...], town: pathlib.Path) -> None:
    assert run(town, "replay", *words).returncode == 2


def test_a_replay_makes_no_second_case_and_tells_nobody_twice(town: pathlib.Path) -> None:
    before = run(town, "outbox", "--json").stdout

    answers = [run(town, "replay", *which, **SAFE) for which in (("--inbox-id", "1"), ("--not-understood",))]

    assert [answer.stdout for answer in answers] == [b"1 item(s) will be handled again\n"] * 2
    until(lambda: lines(run(town, "inbox", "--json"))[0]["by_state"]["waiting"] == 0, "the replay")
    assert len(lines(run(town, "cases", "--json"))) == 1
    assert run(town, "outbox", "--json").stdout == before


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("NASA",), "no such agency: NASA. Known: DLHK, LPS, PUPR"),
        (("LUAR-PLN",), "no such agency: LUAR-PLN"),  # what is not the city's has no group of ours
        (("LPS", "--area", "delma"), "no such kelurahan or kecamatan: delma. Perhaps: Delima"),
    ],
)
def test_a_group_is_set_only_for_an_agency_and_an_area_that_exist(
    words: tuple[str, ...], sentence: str, tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, "opd", "set", *words, "--telegram", "-1001")

    assert done.returncode == 2
    assert sentence in said(done)
    assert list(tmp_path.iterdir()) == []


def test_a_group_once_set_is_found_by_the_doctor(sqlite_url: str, tmp_path: pathlib.Path) -> None:
    done = run(tmp_path, "opd", "set", "PUPR", "--telegram", "-1001", "--topic", "7", DATABASE_URL=sqlite_url)

    assert (done.returncode, done.stdout) == (0, b"PUPR: alerts go to Telegram group -1001\n")
    assert "agencies' groups: 1 group(s)" in run(tmp_path, "check", DATABASE_URL=sqlite_url).stdout.decode()


@pytest.mark.parametrize(
    "words",
    [
        ("--role", "wali"),
        ("--role", "opd_petugas", "--opd", "PUPR", "--telegram-id", "7002"),
        ("--role", "opd_admin", "--opd", "LPS", "--area", "Delima"),
    ],
)
def test_an_invitation_is_one_address_and_nothing_else(
    words: tuple[str, ...], tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, "staff", "invite", "--name", "Ani", *words, PUBLIC_URL="https://lapor.example/")

    assert (done.returncode, done.stderr) == (0, b"")
    assert re.fullmatch(r"https://lapor\.example/masuk/[-\w]{43}\n", done.stdout.decode())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--role", "opd_petugas"), "role opd_petugas needs --opd with an agency code"),
        (("--role", "opd_petugas", "--opd", "LUAR-PLN"), "no such agency: LUAR-PLN"),
        (("--role", "opd_petugas", "--opd", "LPS", "--area", "Mars"), "no such kelurahan or kecamatan: Mars"),
        (("--role", "raja"), "'raja' is not one of"),
    ],
)
def test_nobody_is_invited_to_what_does_not_exist(
    words: tuple[str, ...], sentence: str, tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, "staff", "invite", "--name", "Ani", *words)

    assert (done.returncode, done.stdout) == (2, b"")
    assert sentence in said(done)


def test_an_invitation_opens_the_desk_of_a_living_service_once(town: pathlib.Path) -> None:
    port = free_port()
    settings = SAFE | {"PUBLIC_URL": f"http://localhost:{port}"}
    link = run(town, "staff", "invite", "--name", "Ani", "--role", "wali", **settings).stdout.decode().strip()
    words = [str(PROGRAM), "serve", "--port", str(port)]  # a second web process without a worker is no rival

    with subprocess.Popen(words, cwd=town, env=environment(**settings), stderr=subprocess.DEVNULL) as service:
        until(lambda: _answers(f"http://localhost:{port}/healthz"), "the service's start")
        answers = [httpx.get(link), httpx.get(link), httpx.post(link), httpx.post(link)]
        service.terminate()

    assert [answer.status_code for answer in answers[:3]] == [200, 200, 303]
    assert answers[3].status_code not in {200, 303}


# --- check ------------------------------------------------------------------------------------------------


def test_the_doctor_names_a_remedy_for_every_fault_and_exits_with_one(
    sqlite_url: str, tmp_path: pathlib.Path
) -> None:
    done = run(tmp_path, "check", DATABASE_URL=sqlite_url)

    assert done.returncode == 1
    report = done.stdout.decode()
    faults = [line for line in report.splitlines() if line.startswith("FAIL")]
    remedies = [
        "FACEBOOK_APP_SECRET",
        "FACEBOOK_VERIFY_TOKEN",
        "pekanbaru-smart migrate",
        "FACEBOOK_PAGE_TOKEN",
        "TELEGRAM_BOT_TOKEN",
    ]
    assert [remedy for remedy in remedies if not any(remedy in fault for fault in faults)] == []
    assert said(done) == ""


def test_the_doctor_tells_no_secret(sqlite_url: str, tmp_path: pathlib.Path) -> None:
    nobody = f"http://127.0.0.1:{free_port()}"
    secrets = {
        "FACEBOOK_APP_SECRET": "app-hunter2",
        "FACEBOOK_PAGE_TOKEN": "page-hunter2",
        "FACEBOOK_VERIFY_TOKEN": "verify-hunter2",
        "TELEGRAM_BOT_TOKEN": "1:bot-hunter2",
    }

    done = run(
        tmp_path,
        "check",
        DATABASE_URL=sqlite_url,
        FACEBOOK_PAGE_ID=PAGE,
        FACEBOOK_GRAPH_URL=nobody,
        TELEGRAM_API_URL=nobody,
        **secrets,
    )

    assert done.returncode == 1
    report = done.stdout.decode()
    assert "FAIL page token" in report
    assert "FAIL telegram" in report
    assert "hunter2" not in report + said(done)
