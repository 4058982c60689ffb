"""Which way a word may lawfully go to a citizen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.window import Reach, lawful_way, window_open
from models.domain.outgoing import Audience, Way, Word

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
COMMENT = "77_88"

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

SUNTI = Reach(psid="psid-sunti", last_act_at=NOW - HOUR)
COMMENTER = Reach(under=COMMENT, under_at=NOW - HOUR)

STATUS = Word(
    to=Audience.CITIZEN,
    recipient="psid-sunti",
    way=Way.MESSENGER,
    text="Laporan PKU-7F3K9 di Jalan Rajawali sudah selesai.",
    in_public="Perkembangan laporan PKU-7F3K9: selesai.",
    because="status",
    about="history:1",
)
ANSWER = replace(STATUS, because="answer", in_public=None)
OFFICERS = replace(ANSWER, by_officer=True)
PRIVATE = replace(ANSWER, way=Way.PRIVATE_REPLY, under=COMMENT)
PUBLIC = replace(ANSWER, way=Way.PUBLIC_REPLY, under=COMMENT)


def silent_for(time: timedelta, **more: object) -> Reach:
    return replace(SUNTI, last_act_at=NOW - time, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("word", "reach", "way"),
    [
        pytest.param(STATUS, SUNTI, Way.MESSENGER, id="within a day: a normal message"),
        pytest.param(OFFICERS, SUNTI, Way.MESSENGER, id="within a day an officer needs no tag"),
        pytest.param(STATUS, silent_for(23.9 * HOUR), Way.MESSENGER, id="just before a day"),
        pytest.param(STATUS, silent_for(23.95 * HOUR), None, id="too close to the day's end"),
        pytest.param(STATUS, silent_for(2 * DAY), None, id="after a day: held"),
        pytest.param(STATUS, Reach(), None, id="nobody known: held"),
        pytest.param(STATUS, Reach(last_act_at=NOW), None, id="no page-scoped id: held"),
        pytest.param(STATUS, Reach(psid="psid-sunti"), None, id="never wrote: held"),
        pytest.param(OFFICERS, silent_for(6 * DAY), Way.HUMAN_AGENT, id="officer within seven days"),
        pytest.param(OFFICERS, silent_for(6.999 * DAY), None, id="officer too close to seven days"),
        pytest.param(OFFICERS, silent_for(8 * DAY), None, id="officer after seven days"),
        pytest.param(OFFICERS, silent_for(2 * DAY, human_agent=False), None, id="Human Agent not granted"),
        pytest.param(STATUS, silent_for(30 * DAY, utility=True), Way.UTILITY, id="status by template"),
        pytest.param(ANSWER, silent_for(30 * DAY, utility=True), None, id="an answer is no template"),
        pytest.param(
            replace(STATUS, under=COMMENT),
            silent_for(30 * DAY),
            Way.PUBLIC_REPLY,
            id="status under the comment",
        ),
        pytest.param(
            replace(STATUS, under=COMMENT),
            silent_for(30 * DAY, utility=True),
            Way.UTILITY,
            id="a template before the public",
        ),
        pytest.param(
            replace(STATUS, under=COMMENT, in_public=None),
            silent_for(30 * DAY),
            None,
            id="details never go public",
        ),
        pytest.param(
            replace(STATUS, under=COMMENT),
            silent_for(30 * DAY, under=COMMENT, under_gone=True),
            None,
            id="nothing under a removed comment",
        ),
        pytest.param(PRIVATE, COMMENTER, Way.PRIVATE_REPLY, id="private reply"),
        pytest.param(
            PRIVATE, replace(COMMENTER, under_at=NOW - 6.9 * DAY), Way.PRIVATE_REPLY, id="within seven days"
        ),
        pytest.param(
            PRIVATE, replace(COMMENTER, under_at=NOW - 6.999 * DAY), None, id="too close to seven days"
        ),
        pytest.param(PRIVATE, replace(COMMENTER, under_at=None), None, id="a comment of unknown age"),
        pytest.param(
            PRIVATE, replace(COMMENTER, under="77_99"), None, id="we know about another comment only"
        ),
        pytest.param(PRIVATE, replace(COMMENTER, under_gone=True), None, id="a removed comment"),
        pytest.param(PRIVATE, replace(COMMENTER, private_reply_used=True), None, id="one private reply only"),
        pytest.param(
            PRIVATE,
            replace(SUNTI, under=COMMENT, under_at=NOW, private_reply_used=True),
            Way.MESSENGER,
            id="used up, but the citizen wrote",
        ),
        pytest.param(
            replace(PRIVATE, by_officer=True),
            silent_for(3 * DAY, under=COMMENT, under_at=NOW, private_reply_used=True),
            Way.HUMAN_AGENT,
            id="used up, an officer's words",
        ),
        pytest.param(PUBLIC, Reach(), Way.PUBLIC_REPLY, id="public reply, whoever and whenever"),
        pytest.param(replace(PUBLIC, under=None), SUNTI, None, id="a public reply to nothing"),
        pytest.param(
            STATUS, replace(SUNTI, refused=frozenset({Way.MESSENGER})), None, id="Facebook closed the window"
        ),
        pytest.param(
            replace(STATUS, under=COMMENT),
            replace(SUNTI, refused=frozenset({Way.MESSENGER})),
            Way.PUBLIC_REPLY,
            id="Facebook closed the window of a commenter",
        ),
        pytest.param(
            replace(STATUS, to=Audience.OPD, way=Way.TELEGRAM),
            Reach(),
            Way.TELEGRAM,
            id="groups have no window",
        ),
    ],
)
def test_a_word_takes_the_highest_lawful_rung(word: Word, reach: Reach, way: Way | None) -> None:
    assert lawful_way(word, reach, NOW) is way


def test_a_clock_that_runs_behind_facebooks_does_not_close_the_window() -> None:
    assert window_open(replace(SUNTI, last_act_at=NOW + HOUR), NOW)


words = st.builds(
    Word,
    to=st.just(Audience.CITIZEN),
    recipient=st.just("psid-sunti"),
    way=st.sampled_from([Way.MESSENGER, Way.PRIVATE_REPLY, Way.PUBLIC_REPLY]),
    text=st.just("Laporan PKU-7F3K9."),
    because=st.sampled_from(["status", "answer", "receipt"]),
    about=st.just("1"),
    under=st.sampled_from([None, COMMENT]),
    in_public=st.sampled_from([None, "PKU-7F3K9: selesai."]),
    by_officer=st.booleans(),
)
moments = st.none() | st.timedeltas(timedelta(0), timedelta(days=40)).map(lambda ago: NOW - ago)
reaches = st.builds(
    Reach,
    psid=st.sampled_from([None, "psid-sunti"]),
    last_act_at=moments,
    under=st.sampled_from([None, COMMENT]),
    under_at=moments,
    under_gone=st.booleans(),
    private_reply_used=st.booleans(),
    human_agent=st.booleans(),
    utility=st.booleans(),
    refused=st.frozensets(st.sampled_from([Way.MESSENGER, Way.HUMAN_AGENT, Way.PRIVATE_REPLY])),
)


@given(word=words, reach=reaches)
def test_nothing_ever_goes_outside_a_window_or_shows_one_persons_words_to_all(
    word: Word, reach: Reach
) -> None:
    way = lawful_way(word, reach, NOW)
    silent = NOW - (reach.last_act_at or datetime.min.replace(tzinfo=UTC))
    age = NOW - (reach.under_at or datetime.min.replace(tzinfo=UTC))

    assert way is not Way.MESSENGER or silent < timedelta(hours=24)
    assert way is not Way.HUMAN_AGENT or (word.by_officer and silent < timedelta(days=7))
    assert way is not Way.PRIVATE_REPLY or (age < timedelta(days=7) and not reach.private_reply_used)
    assert way is not Way.PUBLIC_REPLY or word.way is Way.PUBLIC_REPLY or word.in_public is not None
    assert way is not Way.PUBLIC_REPLY or word.way is not Way.PRIVATE_REPLY
    assert way not in reach.refused
