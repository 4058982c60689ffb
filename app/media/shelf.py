"""Where our pictures lie: MEDIA_DIR/yyyy/mm/<random>.jpg, whole or not at all."""

import os
import secrets
from datetime import datetime
from pathlib import Path


def put(folder: Path, jpeg: bytes, *, at: datetime) -> str:
    """Keep a picture; the name under which ``MEDIA_DIR`` holds it. A name tells nothing but the month."""
    name = f"{at:%Y/%m}/{secrets.token_urlsafe(18)}.jpg"
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    with unfinished.open("wb") as file:
        file.write(jpeg)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    return name


def take_away(folder: Path, name: str) -> None:
    """A picture that nobody refers to."""
    (folder / name).unlink(missing_ok=True)
