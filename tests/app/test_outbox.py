"""Every word of the city is said once: also when a sender dies, a token dies, or an answer gets lost."""

from collections.abc import AsyncIterator

import pytest

from bot.counsel import Counsel
from models.db import Database
from models.domain.case import Case, CaseState
from models.domain.category import Category, Channel
from models.domain.place import Place
from models.store import cases
from tests.app.saying import Post, alert, post_office, to
from tests.posts import NOON

pytestmark = pytest.mark.anyio


@pytest.fixture
async def post(database: Database, counsel: Counsel) -> AsyncIterator[Post]:
    async with post_office(database, counsel.city) as opened:
        yield opened


async def test_a_word_for_the_same_reason_is_put_once(post: Post) -> None:
    post.wrote("siti")

    assert post.put(to("siti", "Laporan diterima", about="m1:0")) == [True]
    assert post.put(to("siti", "Laporan Anda diterima", about="m1:0")) == [False]
    await post.go_round()
    assert post.hears("siti") == ["Laporan diterima"]


async def test_a_citizen_hears_words_in_the_order_in_which_they_were_put(post: Post) -> None:
    post.wrote("siti")
    post.put(*(to("siti", f"kata {number}") for number in range(5)))

    await post.go_round()

    assert post.hears("siti") == [f"kata {number}" for number in range(5)]


async def test_a_word_that_left_before_its_sender_died_is_found_and_not_said_again(post: Post) -> None:
    post.wrote("siti")
    post.put(to("siti", "Laporan diterima"))
    await post.dies_while_saying(after_it_left=True)

    post.clock.pass_by(seconds=91)
    await post.go_round()

    assert post.hears("siti") == ["Laporan diterima"]
    assert post.states() == ["sent"]


async def test_a_word_that_never_left_is_said_after_it_was_looked_for(post: Post) -> None:
    post.wrote("siti")
    post.put(to("siti", "Laporan diterima"))
    await post.dies_while_saying(after_it_left=False)

    await post.go_round()
    assert post.hears("siti") == []  # the lease still runs: perhaps somebody is just saying it
    post.clock.pass_by(seconds=91)
    await post.go_round()

    assert post.hears("siti") == ["Laporan diterima"]


async def test_the_same_words_said_for_another_reason_do_not_pass_for_the_lost_ones(post: Post) -> None:
    post.wrote("siti")
    post.put(to("siti", "Sama-sama", about="m1"))
    await post.go_round()
    post.put(to("siti", "Sama-sama", about="m2"))
    await post.dies_while_saying(after_it_left=False)

    post.clock.pass_by(seconds=91)
    await post.go_round()

    assert post.hears("siti") == ["Sama-sama"] * 2


async def test_while_a_word_is_in_doubt_its_citizen_waits_and_others_do_not(post: Post) -> None:
    post.wrote("siti")
    post.wrote("budi")
    post.put(to("siti", "pertama"))
    await post.dies_while_saying(after_it_left=False)
    post.put(to("siti", "kedua"), to("budi", "halo"))

    await post.go_round()
    assert (post.hears("siti"), post.hears("budi")) == ([], ["halo"])
    post.clock.pass_by(seconds=91)
    await post.go_round()

    assert post.hears("siti") == ["pertama", "kedua"]


async def test_a_lost_answer_of_facebook_does_not_make_a_citizen_hear_it_twice(post: Post) -> None:
    post.wrote("siti")
    post.put(to("siti", "Laporan diterima"))
    post.trouble("messages", lost=True)

    await post.go_round()
    assert post.states() == ["in_doubt"]
    post.clock.pass_by(seconds=15)
    await post.go_round()

    assert post.hears("siti") == ["Laporan diterima"]
    assert post.states() == ["sent"]


async def test_what_cannot_be_told_lawfully_is_held_until_the_citizen_writes(post: Post) -> None:
    post.wrote("siti")
    post.clock.pass_by(hours=25)
    post.stage.world.moved = post.clock() - (post.stage.world.now() - post.stage.world.moved)
    post.put(to("siti", "Laporan selesai"))

    await post.go_round()
    assert (post.states(), post.hears("siti")) == (["held"], [])
    post.wrote("siti")
    await post.go_round()

    assert post.hears("siti") == ["Laporan selesai"]


async def test_a_dead_token_stops_facebook_alone_and_nothing_is_lost(post: Post) -> None:
    for psid in ("siti", "budi"):
        post.wrote(psid)
    post.trouble("messages", code=190)
    post.put(to("siti", "Laporan diterima"))
    await post.go_round()
    post.put(to("budi", "halo"), alert("Laporan PKU-7F3K9"))

    await post.go_round()
    assert (post.hears("siti"), post.hears("budi"), post.group_reads()) == ([], [], ["Laporan PKU-7F3K9"])
    assert post.states() == ["waiting", "waiting", "sent"]
    post.clock.pass_by(seconds=61)
    await post.go_round()

    assert (post.hears("siti"), post.hears("budi")) == (["Laporan diterima"], ["halo"])


def kept_case(database: Database) -> int:
    with database.write() as session:
        case = Case(
            id=0,
            number="PKU-7F3K9",
            state=CaseState.DITERUSKAN,
            category=Category.SAMPAH,
            opd="DLHK",
            beyond=None,
            area=None,
            place=Place(),
            channel=Channel.MESSENGER,
            emergency=False,
            created_at=NOON,
        )
        return cases.add(session, case).id


async def test_an_alert_that_may_not_have_arrived_is_not_repeated_but_its_group_is_reminded_once(
    post: Post,
) -> None:
    case_id = kept_case(post.database)
    post.put(alert("Laporan PKU-7F3K9", case_id=case_id))
    post.trouble("telegram", lost=True)

    await post.go_round()
    post.clock.pass_by(minutes=9)
    await post.go_round()
    assert post.group_reads() == ["Laporan PKU-7F3K9"]
    post.clock.pass_by(minutes=2)
    await post.go_round()
    post.clock.pass_by(minutes=30)
    await post.go_round()

    first, reminder = post.group_reads()
    assert first == "Laporan PKU-7F3K9"
    assert "Pengingat" in reminder
    assert post.states() == ["in_doubt", "sent"]


async def test_an_alert_in_doubt_does_not_hold_up_the_next_one(post: Post) -> None:
    post.put(alert("Laporan pertama"))
    await post.dies_while_saying(after_it_left=False)
    post.put(alert("Laporan kedua"))

    post.clock.pass_by(seconds=91)
    await post.go_round()

    assert post.group_reads() == ["Laporan kedua"]


async def test_the_only_sender_takes_up_at_once_what_the_last_one_left(
    sqlite_database: Database, counsel: Counsel
) -> None:
    async with post_office(sqlite_database, counsel.city) as post:
        post.wrote("siti")
        post.put(to("siti", "pertama"), to("siti", "kedua"))
        await post.dies_while_saying(after_it_left=True)

        post.sender.take_over()
        post.clock.pass_by(seconds=10)
        await post.go_round()

        assert post.hears("siti") == ["pertama", "kedua"]
