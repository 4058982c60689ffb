"""kill -9 in the middle of a busy hour: what was acknowledged is handled, and nobody is told anything twice."""

import pathlib

import pytest
from sqlalchemy import text

from models.db import Database
from tests.crowd import Crowd
from tests.deaths import (
    furnish,
    no_group_has_a_card_twice,
    nothing_was_lost_or_said_twice,
    service_dies_twice,
    workers_die_twice,
)
from tests.town import town

CITIZENS = 200  # four messages each, and a tenth of them comment; `make soak` takes more
LEASES_RUN_OUT = (
    "UPDATE outbox SET lease_until = lease_until - interval '91 seconds', try_at = try_at - interval '91 seconds'"
    " WHERE state IN ('sending', 'in_doubt')"
)


def leases_run_out(database_url: str) -> None:
    """Everybody is dead, and a minute and a half passes in no time."""
    database = Database(database_url)
    with database.write() as session:
        session.execute(text(LEASES_RUN_OUT))
    database.close()


@pytest.mark.timeout(600)
def test_a_service_on_sqlite_that_dies_twice_loses_nothing_and_repeats_nothing(
    tmp_path: pathlib.Path, sqlite_url: str
) -> None:
    with town(tmp_path, sqlite_url) as opened:
        furnish(opened)
        crowd = Crowd(opened, CITIZENS)

        after = service_dies_twice(crowd)

        nothing_was_lost_or_said_twice(crowd, after)
        no_group_has_a_card_twice(after)


@pytest.mark.timeout(600)
def test_workers_on_postgresql_that_die_are_replaced_by_those_who_live(
    tmp_path: pathlib.Path, postgres_url: str
) -> None:
    with town(tmp_path, postgres_url) as opened:
        furnish(opened)
        crowd = Crowd(opened, CITIZENS)

        after = workers_die_twice(crowd, leases_run_out=lambda: leases_run_out(postgres_url))

        nothing_was_lost_or_said_twice(crowd, after)
        no_group_has_a_card_twice(after)
