"""A case's history as the desk tells it, and what its citizens wrote."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.web.desk import words
from app.web.desk.frame import AtDesk
from bot.group_card import masked
from models.domain.case import CaseState, Role
from models.domain.category import Channel
from models.store.case_views import Reporter
from models.tables import HistoryRow, ReportRow

_BAD = frozenset({CaseState.BUKAN_KEWENANGAN, CaseState.DIBATALKAN, CaseState.DIBUKA_KEMBALI})
_REPLY, _DIRECTION = "balasan", "arahan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One line of the history. ``tone`` is ``bad`` for a step back, ``wali`` for the mayor's word."""

    what: str
    who: str
    at: datetime
    note: str
    tone: str


def story(lines: Sequence[HistoryRow], desk: AtDesk) -> Iterator[Happened]:
    """Append-only, oldest first. An agency does not read what was written to a citizen."""
    for line in lines:
        is_private = line.what == _REPLY and not desk.visitor.scope.is_whole_city
        note = "" if is_private else words.reason(line.note, desk.city)
        yield Happened(
            what=words.happened(line.what, line.to_state),
            who=words.by_whom(line.by_role, line.by_name),
            at=line.at,
            note=note if desk.is_of_triage else masked(note),
            tone=_tone(line),
        )


def _tone(line: HistoryRow) -> str:
    if line.what == _DIRECTION and line.by_role == Role.WALI:
        return "wali"
    return "bad" if line.to_state in _BAD else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of a citizen's words; ``field`` is what the bot understood from it, empty for the rest."""

    words: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one citizen wrote. ``citizen`` numbers the persons, 0 where the reader is not to tell them apart."""

    id: int
    citizen: int
    channel: str
    at: datetime
    passages: tuple[Passage, ...]
    is_removed: bool
    is_withdrawn: bool


def told(reports: Sequence[ReportRow], reporters: Sequence[Reporter], desk: AtDesk) -> Iterator[Told]:
    """Nobody's name or id: persons are numbers, and for an agency not even that.

    Words that their writer took back are read by the triage team alone.
    """
    numbers = {citizen.conversation: n for n, citizen in enumerate(reporters, start=1)}
    for report in reports:
        if report.removed_at and not desk.is_of_triage:
            continue
        text = report.text if desk.is_of_triage else masked(report.text)
        proofs = evidence_of(report) if desk.is_of_triage else ()
        yield Told(
            id=report.id,
            citizen=numbers.get(report.conversation, 0),
            channel=_CHANNELS[Channel(report.channel)] if desk.visitor.scope.is_whole_city else "",
            at=report.at,
            passages=tuple(passages(text, proofs)),
            is_removed=report.removed_at is not None,
            is_withdrawn=report.withdrawn_at is not None,
        )


_CHANNELS = {
    Channel.MESSENGER: "Messenger",
    Channel.COMMENT: "komentar",
    Channel.POST: "kiriman di halaman",
}


def evidence_of(report: ReportRow) -> tuple[tuple[str, str], ...]:
    """The words on which the bot's understanding rests, as they were kept with the report."""
    kept = report.understood.get("evidence", [])
    return tuple((str(field), str(proof)) for field, proof in kept if proof)


def passages(text: str, proofs: Sequence[tuple[str, str]]) -> Iterator[Passage]:
    """The text cut where evidence begins and ends, so that a page can mark it."""
    start = 0
    for begin, end, field in _found(text, proofs):
        if begin > start:
            yield Passage(words=text[start:begin], field="")
        yield Passage(words=text[begin:end], field=field)
        start = end
    if start < len(text):
        yield Passage(words=text[start:], field="")


def _found(text: str, proofs: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Where each piece of evidence stands; of two that overlap the first counts."""
    lower, last = text.lower(), 0
    # Lower case may have another length in a few alphabets; then nothing is marked rather than the wrong words.
    places = (
        sorted((lower.find(proof.lower()), len(proof), field) for field, proof in proofs)
        if len(lower) == len(text)
        else []
    )
    for begin, length, field in places:
        if begin >= last:
            yield begin, begin + length, field
            last = begin + length
