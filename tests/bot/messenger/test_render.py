"""A word as Facebook takes it."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messenger.errors import Consequence, Unsayable
from bot.messenger.render import comment_text, render, same_text, split_text, units, varied
from models.domain.outgoing import Audience, Choice, Way, Word

RECEIPT = Word(
    to=Audience.CITIZEN,
    recipient="psid-sunti",
    way=Way.MESSENGER,
    text="Laporan Bapak/Ibu sudah kami terima. Nomor laporan: PKU-7F3K9.",
    because="receipt",
    about="PKU-7F3K9",
)
CORRECT = Choice(title="Benar", payload="v1:ok:PKU-7F3K9")


def test_a_receipt_carries_its_text_its_choices_and_its_number_in_the_outbox() -> None:
    message = render(replace(RECEIPT, choices=(CORRECT,)), word_id=12)

    assert message == {
        "text": "Laporan Bapak/Ibu sudah kami terima. Nomor laporan: PKU-7F3K9.",
        "metadata": "word:12",
        "quick_replies": [{"content_type": "text", "title": "Benar", "payload": "v1:ok:PKU-7F3K9"}],
    }


def test_a_word_without_choices_has_no_quick_replies() -> None:
    assert "quick_replies" not in render(RECEIPT, word_id=1)


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(replace(RECEIPT, text="a" * 1990), id="the longest text"),
        pytest.param(replace(RECEIPT, choices=(CORRECT,) * 13), id="thirteen choices"),
        pytest.param(replace(RECEIPT, choices=(Choice(title="T" * 20, payload="p" * 1000),)), id="long ones"),
    ],
)
def test_a_word_at_its_limits_is_said(word: Word) -> None:
    assert render(word, word_id=1)["text"] == word.text


@pytest.mark.parametrize(
    "word",
    [
        pytest.param(replace(RECEIPT, text=" \n"), id="nothing to say"),
        pytest.param(replace(RECEIPT, text="a" * 1991), id="too long"),
        pytest.param(replace(RECEIPT, text="🚧" * 996), id="too long in emoji"),
        pytest.param(replace(RECEIPT, text="half an emoji \ud83d"), id="half an emoji"),
        pytest.param(replace(RECEIPT, choices=(CORRECT,) * 14), id="fourteen choices"),
        pytest.param(replace(RECEIPT, choices=(Choice(title="T" * 21, payload="p"),)), id="a long title"),
        pytest.param(replace(RECEIPT, choices=(Choice(title="", payload="p"),)), id="no title"),
        pytest.param(replace(RECEIPT, choices=(Choice(title="T", payload="p" * 1001),)), id="a long payload"),
        pytest.param(replace(RECEIPT, choices=(Choice(title="T", payload=""),)), id="no payload"),
    ],
)
def test_a_word_that_breaks_a_limit_is_refused_whole_instead_of_sent_in_part(word: Word) -> None:
    with pytest.raises(Unsayable) as refused:
        render(word, word_id=1)

    assert refused.value.consequence is Consequence.FINAL
    assert word.text not in str(refused.value)


def test_a_public_reply_says_its_own_text() -> None:
    assert comment_text(replace(RECEIPT, way=Way.PUBLIC_REPLY)) == RECEIPT.text


def test_a_status_under_a_comment_says_only_what_everybody_may_read() -> None:
    status = replace(RECEIPT, in_public="Perkembangan laporan PKU-7F3K9: selesai.")

    assert comment_text(status) == "Perkembangan laporan PKU-7F3K9: selesai."


def test_a_word_for_one_person_is_never_a_comment() -> None:
    with pytest.raises(Unsayable):
        comment_text(RECEIPT)


def test_a_sentence_said_twice_in_a_row_differs_for_facebook_and_not_for_us() -> None:
    assert varied(RECEIPT.text) != RECEIPT.text
    assert same_text(varied(RECEIPT.text), RECEIPT.text)
    assert same_text(" Laporan  Bapak/Ibu\r\nselesai ", "Laporan Bapak/Ibu\nselesai")
    assert not same_text("Laporan PKU-7F3K9", "Laporan PKU-7F3KA")


def test_a_long_text_is_cut_after_a_sentence() -> None:
    assert split_text("Jalan rusak parah. Lampu mati semua. Banjir.", 38) == [
        "Jalan rusak parah. Lampu mati semua.",
        "Banjir.",
    ]


def test_a_long_sentence_is_cut_between_words() -> None:
    assert split_text("sampah menumpuk di depan pasar", 17) == ["sampah menumpuk", "di depan pasar"]


@pytest.mark.parametrize("sign", ["👨‍👩‍👧", "👍🏽", "🇮🇩", "❤️", "é", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_an_emoji_is_not_torn_apart(sign: str) -> None:
    parts = split_text("x" * 39 + sign + "y" * 40, 41)

    assert any(sign in part for part in parts)


def test_a_text_that_fits_stays_whole() -> None:
    assert split_text("Banjir di Jalan Rajawali.") == ["Banjir di Jalan Rajawali."]
    assert split_text("  \n ") == []


def test_a_limit_too_small_for_one_emoji_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        split_text("🚧", 1)


@given(text=st.text(), limit=st.integers(2, 60))
def test_no_part_is_too_long_and_no_letter_is_lost(text: str, limit: int) -> None:
    parts = split_text(text, limit)

    assert all(0 < units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(words=st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=5)))
def test_words_that_fit_stay_words(words: list[str]) -> None:
    assert " ".join(split_text(" ".join(words), 20)).split() == " ".join(words).split()


@given(text=st.text(min_size=1, max_size=400), choices=st.integers(0, 13))
def test_what_is_rendered_is_json_that_any_server_reads(text: str, choices: int) -> None:
    word = replace(RECEIPT, text=f"Laporan {text}", choices=(CORRECT,) * choices)

    assert json.loads(json.dumps(render(word, word_id=3)).encode()) == render(word, word_id=3)
