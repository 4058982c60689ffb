"""``understand``: JSON lines in, JSON lines out, whatever a machine makes of them."""

import json
import pathlib
import re
import subprocess

import pytest

from tests.app.programs import (
    HOLE,
    PROGRAM,
    environment,
    lines,
    run,
    understand,
)

UNDERSTOOD = (
    "id intent intent_confidence category category_confidence category_top3 agency beyond emergency street "
    "landmark kelurahan kecamatan kecamatan_candidates place_confidence lat lon in_city rt rw also evidence"
)


def test_texts_are_answered_line_by_line_in_their_order_with_every_field(tmp_path: pathlib.Path) -> None:
    texts = ["halo", HOLE, "kebakaran rumah di jalan nangka, ada orang terjebak"]
    asked = [{"id": number, "channel": "messenger", "text": text} for number, text in enumerate(texts)]

    done = understand(tmp_path, "\n".join(map(json.dumps, asked)).encode())

    answers = lines(done)
    assert [(answer["id"], answer["intent"]) for answer in answers] == [
        (0, "greeting"),
        (1, "complaint"),
        (2, "emergency"),
    ]
    assert [" ".join(answer) for answer in answers] == [UNDERSTOOD] * 3
    assert list(tmp_path.iterdir()) == []  # no database is needed, and none is made


def test_a_bad_line_is_answered_with_an_error_and_the_next_one_is_understood(tmp_path: pathlib.Path) -> None:
    bad_ones = [
        b"not json",
        b"[]",
        b"null",
        b'{"id": 1}',
        b'{"id": 1, "text": null}',
        b'{"id": 1, "text": "halo", "channel": "fax"}',
        b'{"id": 1, "text": "halo", "channel": ["messenger"]}',
        b'{"id": NaN, "text": "halo"}',
        b'{"id": 1e999, "text": "halo"}',
        b'{"id": ' + b"9" * 5000 + b', "text": "halo"}',
        b"\xff\xfe\x00",
        b"[" * 100_000,
    ]
    good = b'\n\n{"id": "next", "text": "halo"}\n'

    answers = lines(understand(tmp_path, b"".join(bad + good for bad in bad_ones)))

    errors, others = answers[::2], answers[1::2]
    assert [list(error) for error in errors] == [["id", "error"]] * len(bad_ones)
    assert all(error["id"] is None and error["error"] for error in errors)
    assert [(other["id"], other["intent"]) for other in others] == [("next", "greeting")] * len(bad_ones)


@pytest.mark.parametrize(
    ("line", "asked_id"),
    [
        (b'{"id": 1, "text": "sampah menumpuk \xe9\xff di jalan rajawali"}', 1),
        (b'\xef\xbb\xbf{"id": 2, "text": "sampah menumpuk di jalan rajawali"}\r', 2),
        (rb'{"id": "half \ud83d", "text": "sampah \ud83d menumpuk di jalan rajawali"}', "half \ud83d"),
    ],
    ids=["a byte that is no UTF-8", "a byte order mark", "half an emoji"],
)
def test_text_that_a_machine_has_mangled_is_still_understood(
    line: bytes, asked_id: object, tmp_path: pathlib.Path
) -> None:
    (answer,) = lines(understand(tmp_path, line))

    assert (answer["id"], answer["category"], answer["street"]) == (asked_id, "sampah", "Jalan Rajawali")


def test_each_answer_comes_at_once_so_that_a_program_can_talk_with_it(tmp_path: pathlib.Path) -> None:
    with subprocess.Popen(
        [str(PROGRAM), "understand"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as talking:
        assert talking.stdin
        assert talking.stdout
        for number in range(3):
            talking.stdin.write(b'{"id": %d, "text": "halo"}\n' % number)
            talking.stdin.flush()
            # The next line is not written before this one is answered: what is not flushed hangs here.
            assert json.loads(talking.stdout.readline())["id"] == number
        talking.stdin.close()
        assert talking.wait(10) == 0


def test_one_text_is_explained_for_a_person(tmp_path: pathlib.Path) -> None:
    done = run(tmp_path, "understand", "--explain", HOLE)

    assert {"jalan_rusak", "Tuah", "PUPR", "evidence"} <= set(re.findall(r"\w+", done.stdout.decode()))
