"""Texts of strangers as safe HTML: links that can be tapped, and the few tags Telegram allows."""

import re
from html.parser import HTMLParser

from markupsafe import Markup, escape

LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")
SHOWN_LIMIT = 40
ALLOWED = {"b", "strong", "i", "em", "u", "s", "code", "pre"}


def linked(text: str) -> Markup:
    """Plain text with its web addresses made into links."""
    parts: list[Markup] = []
    end = 0
    for found in LINK.finditer(text):
        parts += [escape(text[end : found.start()]), _link(found.group(), found.group())]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _link(address: str, words: str) -> Markup:
    shown = re.sub(r"^https?://", "", words)
    place, question, _ = shown.partition("?")
    # A long key in an address says nothing to a reader.
    shown = f"{place}?…" if question and len(shown) > SHOWN_LIMIT else shown
    return Markup('<a href="{}" target="_blank" rel="noopener">{}</a>').format(address, shown)


class _Telegram(HTMLParser):
    """Keeps what Telegram's HTML mode knows and drops every other tag and attribute."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Markup] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a" and re.match(r"https?://", address):
            self._begin(tag, Markup('<a href="{}" target="_blank" rel="noopener">').format(address))
        elif tag in ALLOWED:
            self._begin(tag, Markup(f"<{tag}>"))  # noqa: S704 - one of eight fixed names

    def _begin(self, tag: str, html: Markup) -> None:
        self.open.append(tag)
        self.parts.append(html)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
            self.parts.append(Markup(f"</{tag}>"))  # noqa: S704 - it was opened above

    def handle_data(self, data: str) -> None:
        self.parts.append(escape(data) if "a" in self.open else linked(data))


def telegram_html(text: str, parse_mode: str) -> Markup:
    if parse_mode.upper() != "HTML":
        return linked(text)
    reader = _Telegram()
    reader.feed(text)
    reader.close()
    still_open = Markup().join(Markup(f"</{tag}>") for tag in reversed(reader.open))  # noqa: S704
    return Markup().join([*reader.parts, still_open])
