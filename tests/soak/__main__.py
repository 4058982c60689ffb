"""`make soak`: the long runs. Two deaths among 2,000 events on both databases, waiting for leases as life does;
and a day of 20,000 events that Facebook delivers twice, shuffled, and then once more in any order.
"""

import argparse
import contextlib
import pathlib
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from app.pretend.stage import Stage
from app.sending.errand import LEASE
from tests.crowd import Crowd, Outcome
from tests.deaths import (
    comes_to_rest,
    furnish,
    no_group_has_a_card_twice,
    nothing_was_lost_or_said_twice,
    service_dies_twice,
    workers_die_twice,
)
from tests.postgres import running_postgres
from tests.town import Town, town

WITH_DEATHS = 500
WITHOUT = 5000


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("runs", nargs="*", help=f"some of: {', '.join(RUNS)}; all when none is named")
    parser.add_argument("--smaller", type=int, default=1, help="divide the number of citizens, to try it out")
    asked = parser.parse_args()
    # Ended from outside it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    for name in asked.runs or RUNS:
        begun = time.monotonic()
        RUNS[name](asked.smaller)
        print(f"{name}: ok, {time.monotonic() - begun:.0f} s", flush=True)


@contextlib.contextmanager
def on_sqlite() -> Iterator[Town]:
    with (
        tempfile.TemporaryDirectory() as home,
        town(pathlib.Path(home), f"sqlite:///{home}/soak.db") as opened,
    ):
        furnish(opened)
        yield opened


@contextlib.contextmanager
def on_postgresql() -> Iterator[Town]:
    with (
        running_postgres(durable=True) as server,
        server.database() as url,
        tempfile.TemporaryDirectory() as home,
        town(pathlib.Path(home), url) as opened,
    ):
        furnish(opened)
        yield opened


def check(crowd: Crowd, after: Outcome) -> None:
    nothing_was_lost_or_said_twice(crowd, after)
    no_group_has_a_card_twice(after)


def deaths_on_sqlite(smaller: int) -> None:
    for _ in range(2):
        with on_sqlite() as opened:
            crowd = Crowd(opened, WITH_DEATHS // smaller)
            check(crowd, service_dies_twice(crowd))


def deaths_on_postgresql(smaller: int) -> None:
    for _ in range(2):
        with on_postgresql() as opened:
            crowd = Crowd(opened, WITH_DEATHS // smaller)
            check(
                crowd, workers_die_twice(crowd, leases_run_out=lambda: time.sleep(LEASE.total_seconds() + 1))
            )


def stream_on_sqlite(smaller: int) -> None:
    with on_sqlite() as opened:
        opened.programs.serve("--with-worker")
        check(*delivered_again_and_again(opened, WITHOUT // smaller))


def stream_on_postgresql(smaller: int) -> None:
    with on_postgresql() as opened:
        opened.programs.serve()
        for name in ("first", "second"):
            opened.programs.start(name, "work")
        check(*delivered_again_and_again(opened, WITHOUT // smaller))


def delivered_again_and_again(opened: Town, citizens: int) -> tuple[Crowd, Outcome]:
    """Each bundle twice, shuffled; when all are answered, everything once more, each in any place."""
    crowd, dice = Crowd(opened, citizens), random.Random(20261124)

    def deliver(stage: Stage) -> None:
        stage.facebook.habits.repeat = 1

    def deliver_again(stage: Stage) -> None:
        stage.facebook.put(*dice.sample(said, len(said)))

    opened.facebook.do(deliver)
    crowd.writes()
    said = opened.facebook.do(lambda stage: list(stage.facebook.waiting))
    crowd.wait_for_answers(crowd.messages, citizens)
    opened.facebook.do(deliver_again)
    return crowd, comes_to_rest(crowd)


RUNS: dict[str, Callable[[int], None]] = {
    "deaths-sqlite": deaths_on_sqlite,
    "deaths-postgresql": deaths_on_postgresql,
    "stream-sqlite": stream_on_sqlite,
    "stream-postgresql": stream_on_postgresql,
}

if __name__ == "__main__":
    main()
