"""A photo's link opens that photo for an hour or a day, and nothing else."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.media import shelf
from app.media.links import FOR_A_PAGE, FOR_AN_ALERT, photo_behind, photo_link
from app.settings import Settings

NOW = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
SETTINGS = Settings(_env_file=None, public_url="https://lapor.example", secret_key=SecretStr("k" * 40))


def token_of(link: str) -> str:
    return link.removeprefix("https://lapor.example/m/").removesuffix(".jpg")


@pytest.mark.parametrize("lives", [FOR_A_PAGE, FOR_AN_ALERT])
def test_a_link_lives_as_long_as_it_says(lives: timedelta) -> None:
    token = token_of(photo_link(SETTINGS, 7, lives=lives, at=NOW))

    assert photo_behind(SETTINGS, token, at=NOW + lives - timedelta(seconds=1)) == 7
    assert photo_behind(SETTINGS, token, at=NOW + lives) is None


def test_a_link_that_was_changed_opens_nothing() -> None:
    token = token_of(photo_link(SETTINGS, 7, lives=FOR_A_PAGE, at=NOW))
    media_id, expires, signature = token.split("-")

    for forged in (
        f"8-{expires}-{signature}",
        f"{media_id}-{int(expires) + 1}-{signature}",
        f"{media_id}-{expires}-{'0' * 40}",
        f"{media_id}-{expires}-",
        f"0{media_id}-{expires}-{signature}0",
        "٧" + token[1:],
        "../../etc/passwd",
        "",
    ):
        assert photo_behind(SETTINGS, forged, at=NOW) is None


def test_another_installations_link_opens_nothing() -> None:
    other = SETTINGS.model_copy(update={"secret_key": SecretStr("x" * 40)})

    assert photo_behind(SETTINGS, token_of(photo_link(other, 7, lives=FOR_A_PAGE, at=NOW)), at=NOW) is None


def test_a_picture_is_on_the_shelf_whole_or_not_at_all(tmp_path: Path) -> None:
    first, second = (shelf.put(tmp_path, b"jpeg", at=NOW) for _ in range(2))

    assert first != second
    assert first.startswith("2026/11/")
    assert sorted(path.suffix for path in tmp_path.rglob("*.*")) == [".jpg", ".jpg"]
    assert (tmp_path / first).read_bytes() == b"jpeg"
