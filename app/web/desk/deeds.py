"""Who may do what to a case at the desk: the one table of it, and what the case itself still allows."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from models.domain.case import MOVES, Actor, Case, CaseState, Role


class Deed(StrEnum):
    """What a person can do; its value is the end of the form's address."""

    ACCEPT = "terima"
    START = "mulai"
    FINISH = "selesai"
    NOT_OURS = "bukan-kewenangan"
    NOTE = "catatan"
    DIRECT = "arahan"
    REDIRECT = "teruskan"
    CORRECT = "koreksi"
    MERGE = "gabung"
    SPLIT = "pisah"
    INCOMPLETE = "tidak-lengkap"
    CANCEL = "batal"
    VERIFY = "periksa"
    REPLY = "balas"


_D = Deed
_AGENCY = frozenset({_D.ACCEPT, _D.START, _D.FINISH, _D.NOT_OURS, _D.NOTE})
_TRIAGE = frozenset(
    {
        _D.REDIRECT,
        _D.CORRECT,
        _D.MERGE,
        _D.SPLIT,
        _D.INCOMPLETE,
        _D.CANCEL,
        _D.VERIFY,
        _D.REPLY,
        _D.NOTE,
    }
)

#: A role that is not named may look at what its scope shows, and do nothing.
MAY: Mapping[str, frozenset[Deed]] = MappingProxyType(
    {
        "opd_admin": _AGENCY,
        "opd_petugas": _AGENCY,
        "humas": _TRIAGE,
        "admin": _TRIAGE,
        "wali": frozenset({_D.DIRECT}),
        "auditor": frozenset(),
    }
)
_ACTS_AS: Mapping[str, Role] = MappingProxyType(
    {
        "opd_admin": Role.OPD,
        "opd_petugas": Role.OPD,
        "humas": Role.TRIAGE,
        "admin": Role.TRIAGE,
        "wali": Role.WALI,
    }
)
#: Deeds that move the case, and whereto.
LEADS_TO: Mapping[Deed, CaseState] = MappingProxyType(
    {
        _D.START: CaseState.DIPROSES,
        _D.FINISH: CaseState.SELESAI,
        _D.NOT_OURS: CaseState.BUKAN_KEWENANGAN,
        _D.INCOMPLETE: CaseState.TIDAK_LENGKAP,
        _D.CANCEL: CaseState.DIBATALKAN,
        _D.VERIFY: CaseState.PERLU_VERIFIKASI,
        _D.MERGE: CaseState.DUPLIKAT,
    }
)
_OVER = frozenset({CaseState.DUPLIKAT, CaseState.DIBATALKAN})


def may(role: str, deed: Deed) -> bool:
    return deed in MAY.get(role, frozenset())


def is_of_triage(role: str) -> bool:
    """Who reads citizens' words unmasked, and what waits for the triage team."""
    return _ACTS_AS.get(role) is Role.TRIAGE


def actor(role: str, name: str) -> Actor:
    """In whose name the history is written. Raises KeyError for a role that does nothing."""
    return Actor(role=_ACTS_AS[role], name=name)


def is_possible(deed: Deed, case: Case, role: str) -> bool:
    """Whether this person can do it to the case as it stands: what a page offers, and a form is held to."""
    if not may(role, deed):
        return False
    if deed in LEADS_TO:
        return _ACTS_AS[role] in MOVES[case.state].get(LEADS_TO[deed], frozenset())
    match deed:
        case Deed.ACCEPT:
            return case.state is CaseState.DITERUSKAN and case.accepted_at is None
        case Deed.REDIRECT:
            forwardable = _ACTS_AS[role] in MOVES[case.state].get(CaseState.DITERUSKAN, frozenset())
            return forwardable or case.state is CaseState.DITERUSKAN
        case Deed.CORRECT | Deed.SPLIT:
            return case.state.is_open or case.state is CaseState.BUKAN_KEWENANGAN
        case Deed.DIRECT:
            return case.state not in _OVER
        case _:
            return True


def possible(case: Case, role: str) -> frozenset[Deed]:
    return frozenset(deed for deed in Deed if is_possible(deed, case, role))
