"""kill -9 in the middle of a busy hour, and what must be true when everything has come to rest."""

from collections.abc import Callable

from tests.crowd import Crowd, Outcome, outcome
from tests.town import Town, wait_until

PATIENCE = 600.0


def furnish(opened: Town) -> None:
    opened.programs.run("migrate")
    opened.programs.run("opd", "set", "DLHK", "--telegram", "-1001")


def comes_to_rest(crowd: Crowd) -> Outcome:
    crowd.wait_for_answers(crowd.messages, PATIENCE)
    seen: list[Outcome] = []

    def rests() -> bool:
        seen.append(outcome(crowd))
        return seen[-1].at_rest()

    wait_until(rests, PATIENCE, "inbox and outbox come to rest")
    return seen[-1]


def nothing_was_lost_or_said_twice(crowd: Crowd, after: Outcome) -> None:
    assert (after.inbox["messages"], after.inbox["comments"]) == (crowd.messages, crowd.comments)
    assert after.inbox["by_state"] == {"waiting": 0, "working": 0, "done": sum_of(after), "set_aside": 0}

    numbers = {case["number"] for case in after.cases}
    assert len(numbers) == len(after.cases) == crowd.cases
    assert {case["reports"] for case in after.cases} == {1}

    words = {f"word:{word['id']}": word for word in after.outbox}
    told = {psid: [words[said] for said in thread] for psid, thread in after.threads.items()}
    in_order = {tuple((word["because"], word["case"] is not None) for word in one) for one in told.values()}
    assert in_order == {(("answer", False), ("receipt", True), ("answer", True), ("answer", False))}
    assert {len({word["case"] for word in one} - {None}) for one in told.values()} == {1}
    assert len({one[1]["case"] for one in told.values()}) == crowd.citizens

    assert set(after.public_replies.values()) == set(after.private_replies.values()) == {1}
    assert len(after.public_replies) == len(after.private_replies) == crowd.comments


def no_group_has_a_card_twice(after: Outcome) -> None:
    alerts = {word["case"]: word["state"] for word in after.outbox if word["because"] == "forwarded"}
    doubtful = {case for case, state in alerts.items() if state == "in_doubt"}
    cards = after.cards_sent()
    assert set(cards.values()) == {1}
    assert set(alerts) - doubtful <= set(cards) <= set(alerts)
    assert len(doubtful) <= 2  # one word at a time goes to a group, and the service died twice


def sum_of(after: Outcome) -> int:
    """All rows: the citizens' messages, and what Facebook told us about our own answers."""
    return sum(number for kind, number in after.inbox.items() if kind != "by_state")


def service_dies_twice(crowd: Crowd) -> Outcome:
    """The whole service on SQLite: door, worker and sender in one process."""
    programs = crowd.town.programs
    crowd.writes()
    for answered in _moments(crowd):
        programs.serve("--with-worker")
        crowd.wait_for_answers(answered, PATIENCE)
        programs.kill("serve")
    programs.serve("--with-worker")
    return comes_to_rest(crowd)


def workers_die_twice(crowd: Crowd, *, leases_run_out: Callable[[], None]) -> Outcome:
    """On PostgreSQL: first the door and one of two workers, then everybody at once."""
    programs = crowd.town.programs
    first, second = _moments(crowd)
    crowd.writes()
    _open(crowd.town, "first", "second")
    crowd.wait_for_answers(first, PATIENCE)
    programs.kill("serve", "first")
    _open(crowd.town, "first")
    crowd.wait_for_answers(second, PATIENCE)
    programs.kill("serve", "first", "second")
    leases_run_out()
    _open(crowd.town, "first", "second")
    return comes_to_rest(crowd)


def _moments(crowd: Crowd) -> tuple[int, int]:
    return crowd.messages // 4, crowd.messages * 5 // 8


def _open(town: Town, *workers: str) -> None:
    town.programs.serve()
    for name in workers:
        town.programs.start(name, "work")
