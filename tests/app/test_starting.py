"""What the service refuses to start with, and what every command says of a database that is not there."""

import pathlib

import pytest

from tests.app.programs import (
    SAFE,
    SECRET,
    lines,
    run,
    said,
)


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

    assert lines(run(tmp_path, "cases", "--json", DATABASE_URL=database_url)) == []


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
