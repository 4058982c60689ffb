"""Looking at a living service and keeping an installation, from the command line."""

import json
import pathlib
import re
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from tests.app.programs import (
    HOLE,
    PAGE,
    PROGRAM,
    SAFE,
    environment,
    eventually,
    is_up,
    kept,
    lines,
    message,
    post,
    run,
    said,
    serving,
)
from tests.city import free_port

COUNTED = (
    "messages messages_other_page postbacks edits removes moderation comments visitor_posts mentions "
    "status_events ignored not_understood by_state"
)
OF_A_CASE = (
    "number state category opd beyond street landmark kelurahan kecamatan channel emergency reports "
    "created_at due_at closed_at"
)
OF_A_WORD = "id to channel because case state tries last_error text"


# --- looking beside a living service ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[pathlib.Path]:
    """A folder in which a service lives that was told of one hole in the road, and of one thing it cannot read."""
    folder = tmp_path_factory.mktemp("town")
    entry = {"id": PAGE, "time": 1_795_500_000_000, "messaging": [message("m_1", HOLE)]}
    told = json.dumps({"object": "page", "entry": [entry]}).encode()
    with serving(folder, **SAFE) as address:
        assert [post(address, told), post(address, told), post(address, b'"?"')] == [200, 200, 200]
        eventually(lambda: kept(folder, "cases") == 1, "a case")
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
    eventually(lambda: kept(town, "inbox WHERE state = 'waiting'") == 0, "the replay")
    assert kept(town, "cases") == 1
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
        eventually(lambda: is_up(f"http://localhost:{port}/healthz"), "the service's start")
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
