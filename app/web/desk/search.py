"""Every case a person may see: found by number, by word, by street, and narrowed by what it is."""

from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request, Response

from app.knowledge import kelurahan
from app.web.desk import words
from app.web.desk.cards import CaseCard, cards
from app.web.desk.frame import AtDesk, DeskDep, Frame, frame
from app.web.pages import pages_of
from app.web.signin import refuse_other_sites
from models.domain.case import CaseState
from models.domain.category import Category
from models.store import case_lists
from models.store.case_lists import Only, Wanted

router = APIRouter(dependencies=[Depends(refuse_other_sites)])

ON_A_PAGE = 50
MOST_WORDS = 6
LONGEST_WORD = 60
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The form of the search as it came: any text may stand in it."""

    q: str = ""
    status: str = ""
    opd: str = ""
    kategori: str = ""
    kecamatan: str = ""
    hanya: str = ""
    halaman: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """``opds``, ``categories``, ``states`` and ``kecamatan`` are what can be chosen, as code and name.

    ``earlier`` and ``later`` are the addresses of the pages before and after, empty where there is none.
    """

    frame: Frame
    asked: Asked
    is_narrowed: bool
    states: tuple[tuple[str, str], ...]
    opds: tuple[tuple[str, str], ...]
    categories: tuple[tuple[str, str], ...]
    kecamatan: tuple[str, ...]
    cases: tuple[CaseCard, ...]
    first: int
    earlier: str
    later: str


@router.get("/kasus")
def search(
    request: Request,
    desk: DeskDep,
    q: str = "",
    status: str = "",
    opd: str = "",
    kategori: str = "",
    kecamatan: str = "",
    hanya: str = "",
    halaman: str = "1",
) -> Response:
    asked = Asked(
        q=q, status=status, opd=opd, kategori=kategori, kecamatan=kecamatan, hanya=hanya, halaman=halaman
    )
    return pages_of(request).show(request, "desk/search.html", search_page(desk, asked))


def search_page(desk: AtDesk, asked: Asked) -> SearchPage:
    number = page_number(asked.halaman)
    skip = (number - 1) * ON_A_PAGE
    wanted = wanted_of(asked)
    with desk.service.database.read() as session:
        found = case_lists.search(
            session, desk.visitor.scope, wanted, at=desk.at, skip=skip, limit=ON_A_PAGE + 1
        )
        city = desk.city
        return SearchPage(
            frame=frame(session, desk, "cari"),
            asked=asked,
            is_narrowed=wanted != Wanted(),
            states=tuple((state.value, words.STATES[state]) for state in CaseState),
            opds=words.agencies(city) if desk.visitor.scope.is_whole_city else (),
            categories=words.categories(city),
            kecamatan=tuple(sorted(set(kelurahan().values()))),
            cases=cards(session, desk, found[:ON_A_PAGE]),
            first=skip + 1,
            earlier=address(asked, number - 1) if number > 1 else "",
            later=address(asked, number + 1) if len(found) > ON_A_PAGE else "",
        )


def wanted_of(asked: Asked) -> Wanted:
    """What cannot be read is left out: a mistyped address still shows a list."""
    spoken = asked.q.replace("\x00", " ").split()
    return Wanted(
        words=tuple(word[:LONGEST_WORD] for word in spoken[:MOST_WORDS]),
        state=CaseState(asked.status) if asked.status in set(CaseState) else None,
        opd=asked.opd.replace("\x00", ""),
        category=Category(asked.kategori) if asked.kategori in set(Category) else None,
        kecamatan=asked.kecamatan.replace("\x00", ""),
        only=Only(asked.hanya) if asked.hanya in set(Only) else None,
    )


def page_number(text: str) -> int:
    """Pages count from 1; anything else is the first."""
    return max(1, min(int(text), LAST_PAGE)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def address(asked: Asked, page: int) -> str:
    fields = {
        "q": asked.q,
        "status": asked.status,
        "opd": asked.opd,
        "kategori": asked.kategori,
        "kecamatan": asked.kecamatan,
        "hanya": asked.hanya,
    }
    chosen = {name: value for name, value in fields.items() if value}
    return f"/kasus?{urlencode({**chosen, 'halaman': page})}"
