"""A case, its states, and the one table that says which change is allowed by whom."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from models.domain.category import Category, Channel
from models.domain.errors import IllegalMove
from models.domain.place import Place


class CaseState(StrEnum):
    """Where a case stands."""

    DITERIMA = "diterima"
    PERLU_VERIFIKASI = "perlu_verifikasi"
    DITERUSKAN = "diteruskan"
    DIPROSES = "diproses"
    SELESAI = "selesai"
    DITUTUP = "ditutup"
    BUKAN_KEWENANGAN = "bukan_kewenangan"
    TIDAK_LENGKAP = "tidak_lengkap"
    DUPLIKAT = "duplikat"
    DIBATALKAN = "dibatalkan"
    DIBUKA_KEMBALI = "dibuka_kembali"

    @property
    def is_open(self) -> bool:
        """Whether somebody in the city still owes the citizen something."""
        return self in OPEN_STATES


class Role(StrEnum):
    """Who may move a case. The clock and the router act as ``SYSTEM``."""

    SYSTEM = "system"
    CITIZEN = "citizen"
    OPD = "opd"
    TRIAGE = "triage"
    WALI = "wali"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody who acts on a case; ``name`` is shown to officers only, never to citizens."""

    role: Role
    name: str = ""


SYSTEM = Actor(role=Role.SYSTEM)
CITIZEN = Actor(role=Role.CITIZEN)

OPEN_STATES = frozenset(
    {
        CaseState.DITERIMA,
        CaseState.PERLU_VERIFIKASI,
        CaseState.DITERUSKAN,
        CaseState.DIPROSES,
        CaseState.DIBUKA_KEMBALI,
    }
)

_S = CaseState
_SYSTEM, _OPD, _TRIAGE, _CITIZEN = Role.SYSTEM, Role.OPD, Role.TRIAGE, Role.CITIZEN
_DESK = frozenset({_TRIAGE})
_ROUTER = frozenset({_SYSTEM, _TRIAGE})
_AGENCY = frozenset({_OPD, _TRIAGE})
_REPORTER = frozenset({_CITIZEN, _TRIAGE})

#: from -> to -> who may do it. What is not here is not possible.
MOVES: Mapping[CaseState, Mapping[CaseState, frozenset[Role]]] = MappingProxyType(
    {
        _S.DITERIMA: {
            _S.PERLU_VERIFIKASI: _ROUTER,
            _S.DITERUSKAN: _ROUTER,
            _S.BUKAN_KEWENANGAN: _ROUTER,
            _S.DIBATALKAN: _REPORTER,
        },
        _S.PERLU_VERIFIKASI: {
            _S.DITERUSKAN: _ROUTER,
            _S.BUKAN_KEWENANGAN: _ROUTER,
            _S.TIDAK_LENGKAP: _ROUTER,
            _S.DUPLIKAT: _ROUTER,
            _S.DIBATALKAN: _REPORTER,
        },
        _S.DITERUSKAN: {
            _S.DIPROSES: _AGENCY,
            _S.SELESAI: _AGENCY,
            _S.BUKAN_KEWENANGAN: _AGENCY,
            _S.PERLU_VERIFIKASI: _DESK,
            _S.DUPLIKAT: _DESK,
            _S.DIBATALKAN: _REPORTER,
        },
        _S.DIPROSES: {
            _S.SELESAI: _AGENCY,
            _S.BUKAN_KEWENANGAN: _AGENCY,
            _S.DITERUSKAN: _DESK,
            _S.DUPLIKAT: _DESK,
            _S.DIBATALKAN: _REPORTER,
        },
        _S.SELESAI: {
            _S.DITUTUP: frozenset({_SYSTEM, _CITIZEN, _TRIAGE}),
            _S.DIBUKA_KEMBALI: _REPORTER,
        },
        _S.DITUTUP: {_S.DIBUKA_KEMBALI: _REPORTER},
        _S.DIBUKA_KEMBALI: {
            _S.DITERUSKAN: _ROUTER,
            _S.DIPROSES: _AGENCY,
            _S.SELESAI: _AGENCY,
            _S.BUKAN_KEWENANGAN: _AGENCY,
            _S.DUPLIKAT: _DESK,
            _S.DIBATALKAN: _REPORTER,
        },
        _S.BUKAN_KEWENANGAN: {_S.DITERUSKAN: _DESK, _S.PERLU_VERIFIKASI: _DESK},
        _S.TIDAK_LENGKAP: {_S.PERLU_VERIFIKASI: _REPORTER, _S.DITERUSKAN: _ROUTER},
        _S.DUPLIKAT: {_S.PERLU_VERIFIKASI: _DESK},
        _S.DIBATALKAN: {},
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One trouble at one place, however many citizens report it. Times are aware UTC.

    ``opd`` is the agency that has it (or the LUAR-* owner outside the city), ``area`` the kelurahan or
    kecamatan for agencies that have one group per area, ``beyond`` the LUAR-* code of whoever owns the thing.
    ``moved_at`` is when the state last changed, ``waits_for_citizen`` says that we asked something (and
    ``reminded_at`` that we reminded), ``merged_into`` is the case that took over a duplicate.
    """

    id: int
    number: str
    state: CaseState
    category: Category | None
    opd: str | None
    beyond: str | None
    area: str | None
    place: Place
    channel: Channel
    emergency: bool
    created_at: datetime
    accepted_at: datetime | None = None
    respond_due_at: datetime | None = None
    due_at: datetime | None = None
    closed_at: datetime | None = None
    moved_at: datetime | None = None
    waits_for_citizen: bool = False
    reminded_at: datetime | None = None
    merged_into: int | None = None

    def move_to(self, state: CaseState, *, by: Actor, at: datetime) -> "Case":
        """The case after the change. Raises IllegalMove when the table of moves does not allow it."""
        if by.role not in MOVES[self.state].get(state, frozenset()):
            raise IllegalMove(number=self.number, now=self.state, wanted=state, by=by.role)
        closed_at = None if state.is_open else self.closed_at or at
        return replace(self, state=state, closed_at=closed_at, moved_at=at, waits_for_citizen=False)
