"""What was said in a scenario, as a page that a person can read, with all that differs from run to run masked."""

import difflib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.phrases import id as phrases

FOLDER = Path(__file__).parent.parent.parent / "docs" / "transcripts"
#: ``make transcripts`` sets it: what is said now becomes what is written down.
REWRITE = "REWRITE_TRANSCRIPTS"

_NUMBER = re.compile(r"PKU-[0-9A-Z]{5,6}")
_WRITTEN_ANYHOW = re.compile(r"\b(cek )(pku[ -]?[0-9a-z]{5,6})\b")
_LINK = re.compile(r"https?://\S+/l/(PKU-\w+)\?k=\w+")
_DAY = r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)"
_DATE = re.compile(rf"{_DAY}, \d{{1,2}} [A-Z][a-z]+(?: \d{{4}})?")
_PAGE_SCOPED = re.compile(r"\b70\d{14,}\b")


@dataclass(slots=True)
class Transcript:
    """Lines of one scenario. Case numbers become PKU-1, PKU-2 ... in the order in which they are first said."""

    name: str
    title: str
    lines: list[str] = field(default_factory=list)
    numbers: dict[str, str] = field(default_factory=dict)

    def happened(self, who: str, what: str, text: str = "") -> None:
        """Somebody did something, and said ``text`` with it."""
        self._add(f"**{who}** {what}:" if text else f"**{who}** {what}.", text)

    def passed(self, text: str) -> None:
        self.lines.append(f"_{text}_\n")

    def told(self, where: str, text: str, choices: list[str]) -> None:
        """A word of ours, with the buttons under it."""
        buttons = " ".join(f"[{choice}]" for choice in choices)
        self._add(f"→ {where}", f"{text}\n\n{buttons}" if buttons else text)

    def _add(self, heading: str, text: str) -> None:
        quoted = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
        self.lines.append(f"{heading}\n\n{quoted}\n" if text else f"{heading}\n")

    def page(self) -> str:
        text = "\n".join((f"# {self.title}\n", *self.lines))
        return self._masked(text)

    def _masked(self, text: str) -> str:
        text = _WRITTEN_ANYHOW.sub(r"\1‹nomor, ditulis sembarang›", text)
        # The client varies by a dot what Facebook would refuse as said already.
        text = text.replace(" ·\n", "\n")
        text = _LINK.sub(r"https://…/l/\1", text)
        for variant in phrases.PUBLIC_THANKS:
            text = re.sub(
                re.escape(variant).replace(r"\{number\}", rf"({_NUMBER.pattern})"),
                lambda found: phrases.PUBLIC_THANKS[0].format(number=found.group(1)),
                text,
            )
        text = _DATE.sub("‹hari, tanggal›", text)
        text = _PAGE_SCOPED.sub("‹psid›", text)
        return _NUMBER.sub(self._alias, text)

    def _alias(self, found: re.Match[str]) -> str:
        return self.numbers.setdefault(found.group(), f"PKU-{len(self.numbers) + 1}")


def settle(transcript: Transcript) -> None:
    """Write it down when asked to; else it must read as the committed one does."""
    path = FOLDER / f"{transcript.name}.md"
    if os.environ.get(REWRITE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(transcript.page(), encoding="utf-8")
        return
    written = path.read_text("utf-8") if path.exists() else ""
    now = transcript.page()
    changed = "\n".join(difflib.unified_diff(written.splitlines(), now.splitlines(), "written", "now"))
    assert written == now, (
        f"docs/transcripts/{path.name} differs; `make transcripts` writes it anew\n{changed}"
    )
