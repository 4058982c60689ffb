"""``pekanbaru-smart``: every command. Thin: each opens what it needs, does one thing, and prints it."""

import typer

from app.commands import keep, look, operate, understand
from app.demo import demo

app = typer.Typer(
    name="pekanbaru-smart",
    help="Citizens' complaints from Facebook to the right agency of Pekanbaru, and the answer back.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
app.command()(operate.serve)
app.command()(operate.work)
app.command()(operate.migrate)
app.command()(operate.check)
app.command()(understand.understand)
app.command()(look.inbox)
app.command()(look.cases)
app.command()(look.outbox)
app.command()(keep.replay)
app.add_typer(keep.opd_app, name="opd")
app.add_typer(keep.staff_app, name="staff")
app.command()(demo)


def main() -> None:
    app()
