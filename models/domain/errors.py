"""What can go wrong with the facts of the city."""


class IllegalMove(Exception):
    """The table of moves does not allow this change to this person."""

    def __init__(self, *, number: str, now: str, wanted: str, by: str) -> None:
        super().__init__(f"case {number} cannot go from {now} to {wanted} by {by}")
        self.now = now
        self.wanted = wanted


class UnknownCase(Exception):
    """No case has this number."""
