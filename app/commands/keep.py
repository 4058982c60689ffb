"""Keeping the installation: agencies' groups, people, and items that are handled again."""

import re
import secrets
from datetime import timedelta
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated

import typer

from app.clock import now
from app.commands.opening import database_or_exit, settings_or_exit
from app.knowledge import load_knowledge
from bot.messenger.split import split_again
from models.db import wake
from models.domain.opd import NIGHT, URGENT, Group
from models.store import facts, groups, inbox, staff

opd_app = typer.Typer(help="Agencies (OPD) and where their alerts go.", no_args_is_help=True)
staff_app = typer.Typer(help="People of the city.", no_args_is_help=True)

LINK_LIVES = timedelta(minutes=60)
BY = "command line"


class StaffRole(StrEnum):
    """What a person may do at the desk."""

    WALI = "wali"
    HUMAS = "humas"
    OPD_ADMIN = "opd_admin"
    OPD_PETUGAS = "opd_petugas"
    ADMIN = "admin"
    AUDITOR = "auditor"


@opd_app.callback()
def opd_group() -> None:
    """Agencies (OPD) and where their alerts go."""


@opd_app.command("set")
def opd_set(
    code: Annotated[str, typer.Argument(help="Agency code, such as PUPR.")],
    telegram: Annotated[str, typer.Option(help="Chat id of the agency's group.")],
    area: Annotated[str, typer.Option(help="Only for this kecamatan or kelurahan.")] = "",
    topic: Annotated[int | None, typer.Option(help="Topic (message thread) in the group.")] = None,
) -> None:
    """Say where an agency's alerts go.

    DARURAT is the group that hears of every danger to life besides, MALAM of what comes in at night.
    """
    if not re.fullmatch(r"-?\d+|@\w+", telegram):
        typer.echo(f"not a Telegram chat id: {telegram}", err=True)
        raise typer.Exit(2)
    if code not in {URGENT, NIGHT}:
        _known_or_exit(code, area)
    with database_or_exit(settings_or_exit()) as database, database.write() as session:
        groups.set_group(session, Group(opd=code, area=area or None, chat_id=telegram, topic=topic))
        facts.audit(session, by=BY, what="opd set", about=f"{code} {area} -> {telegram}", at=now())
    typer.echo(f"{code}: alerts go to Telegram group {telegram}")


def _known_or_exit(code: str, area: str) -> None:
    """Names are compared letter by letter later on, so a slip of the finger here would go unnoticed for ever."""
    knowledge = load_knowledge()
    agencies = [opd.code for opd in knowledge.opds.values() if opd.is_city]
    if code and code not in agencies:
        typer.echo(f"no such agency: {code}. Known: {', '.join(agencies)}", err=True)
        raise typer.Exit(2)
    areas = {name for ward in knowledge.gazetteer.wards for name in (ward.kelurahan, ward.kecamatan)}
    if area and area not in areas:
        near = get_close_matches(area.title(), areas) or sorted(
            {w.kecamatan for w in knowledge.gazetteer.wards}
        )
        typer.echo(f"no such kelurahan or kecamatan: {area}. Perhaps: {', '.join(near)}", err=True)
        raise typer.Exit(2)


@staff_app.callback()
def staff_group() -> None:
    """People of the city."""


@staff_app.command("invite")
def staff_invite(
    name: Annotated[str, typer.Option(help="The person's name, for the case history.")],
    role: Annotated[StaffRole, typer.Option()],
    opd: Annotated[str, typer.Option(help="Agency code, for the opd roles.")] = "",
    area: Annotated[str, typer.Option(help="Only this kecamatan or kelurahan.")] = "",
    telegram_id: Annotated[str | None, typer.Option(help="May press the agency's buttons.")] = None,
) -> None:
    """Let a person in: prints a one-time address, and nothing else."""
    if not name.strip() or (telegram_id is not None and not telegram_id.isdecimal()):
        typer.echo("--name must not be empty, and --telegram-id is a number", err=True)
        raise typer.Exit(2)
    if role.value.startswith("opd_") and not opd:
        typer.echo(f"role {role.value} needs --opd with an agency code", err=True)
        raise typer.Exit(2)
    _known_or_exit(opd, area)
    settings = settings_or_exit()
    token = secrets.token_urlsafe(32)
    with database_or_exit(settings) as database, database.write() as session:
        person = staff.invite(
            session, name=name, role=role.value, opd=opd, area=area, telegram_id=telegram_id, at=now()
        )
        staff.add_link(session, token=token, staff_id=person.id, expires_at=now() + LINK_LIVES)
        facts.audit(session, by=BY, what="staff invite", about=f"{person.id} {role.value} {opd}", at=now())
    print(f"{settings.public_url.rstrip('/')}/masuk/{token}")


def replay(
    inbox_id: Annotated[int | None, typer.Option(help="One item.")] = None,
    *,
    not_understood: Annotated[bool, typer.Option("--not-understood", help="All that were not.")] = False,
) -> None:
    """Handle kept items again after a repair; nobody is told the same thing twice."""
    if (inbox_id is None) == (not not_understood):
        typer.echo("say either --inbox-id N or --not-understood", err=True)
        raise typer.Exit(2)
    settings = settings_or_exit()
    with database_or_exit(settings) as database, database.write() as session:
        rows = inbox.not_understood(session) if not_understood else [inbox.get(session, inbox_id or 0)]
        found = [row for row in rows if row is not None]
        if found and not settings.facebook_page_id:
            # Without it every item would look like another page's.
            typer.echo("FACEBOOK_PAGE_ID is empty: set it as the service has it", err=True)
            raise typer.Exit(2)
        for row in found:
            again = split_again(row.body, page_id=settings.facebook_page_id)
            inbox.take_again(session, row, again, at=now())
        wake(session, "inbox")
    if not found and inbox_id is not None:
        typer.echo(f"the inbox has no item {inbox_id}", err=True)
        raise typer.Exit(1)
    typer.echo(f"{len(found)} item(s) will be handled again")
