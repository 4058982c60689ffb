"""What others made stands here unchanged, with its licence."""

import hashlib
from pathlib import Path

STATIC = Path(__file__).parents[2] / "app" / "static"


def test_vendored_files_are_the_ones_that_were_taken() -> None:
    listed = dict(line.split()[::-1] for line in (STATIC / "checksums.txt").read_text().splitlines())
    found = {
        str(file.relative_to(STATIC)): hashlib.sha256(file.read_bytes()).hexdigest()
        for folder in ("fonts", "vendor")
        for file in (STATIC / folder).iterdir()
    }

    assert found == listed


def test_each_has_its_licence() -> None:
    names = {file.name for file in (STATIC / "licences").iterdir()}

    assert names == {"htmx-0BSD.txt", "lucide-ISC.txt", "plus-jakarta-sans-OFL.txt"}
