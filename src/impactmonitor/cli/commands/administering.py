"""Commands for who runs the service: organisations, their keys, and the audit trail."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import DatabaseUrl, Force, Json, LangOption, PasswordFile
from impactmonitor.cli.outcome import Exit, reporting

organisations = typer.Typer(help="List the organisations of the service, or add one.")
keys = typer.Typer(no_args_is_help=True, help="Make a key, for when all others are lost.")
audit = typer.Typer(no_args_is_help=True, help="Check or export what was done, by whom and when.")
app.add_typer(organisations, name="organisations", invoke_without_command=True)
app.add_typer(keys, name="keys")
app.add_typer(audit, name="audit")

OrganisationName = Annotated[
    str, typer.Option("--organisation", metavar="NAME", help="As `organisations` lists it.")
]


class Role(StrEnum):
    """What a key may do."""

    viewer = "viewer"
    assessor = "assessor"
    editor = "editor"
    administrator = "administrator"


@organisations.callback()
@reporting
def listed(
    context: typer.Context,
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """List the organisations of the service, or add one."""
    from impactmonitor.cli import organising

    if context.invoked_subcommand is not None:
        sources = (context.get_parameter_source(name) for name in context.params)
        organising.check_after(context.invoked_subcommand, sources)
        return
    from impactmonitor.cli.databases import address_of

    address = address_of(database_url, password_file)
    organising.show_organisations(address, language_of(lang), json)


@organisations.command(epilog='Example: impactmonitor organisations add "Stichting Buurtkracht"')
@reporting
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the organisation.")],
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Add an organisation, and print the key of its administrator, this once."""
    from impactmonitor.cli import organising
    from impactmonitor.cli.databases import address_of

    address = address_of(database_url, password_file)
    organising.add_organisation(address, name, language_of(lang), json)


@keys.command(
    name="add",
    epilog='Example: impactmonitor keys add --organisation "Stichting Buurtkracht" '
    '--role administrator --name "new key of the office"',
)
@reporting
def add_key(
    organisation: OrganisationName,
    role: Annotated[Role, typer.Option("--role", help="What it may do.")],
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="What it is for.")],
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Make a key of an organisation, and print it, this once."""
    from impactmonitor.cli import organising
    from impactmonitor.cli.databases import address_of

    address = address_of(database_url, password_file)
    organising.add_key(address, organisation, role.value, name, language_of(lang), json)


@audit.command(
    epilog="Examples: impactmonitor audit verify · impactmonitor audit verify audit.ndjson"
)
@reporting
def verify(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="An export; without it all of the database."),
    ] = None,
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Check that no record of what was done was changed, left out or taken away."""
    from impactmonitor.cli import auditing
    from impactmonitor.cli.databases import address_of, check_installed

    if file is None:
        chains = auditing.chains_of(address_of(database_url, password_file))
    else:
        check_installed()
        chains = [auditing.chain_in(file)]
    if not auditing.show_chains(chains, file is not None, language_of(lang), json):
        raise typer.Exit(Exit.CHECK_FAILED)


@audit.command(
    epilog='Example: impactmonitor audit export --organisation "Stichting Buurtkracht" audit.ndjson'
)
@reporting
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to: a record a line.")],
    organisation: OrganisationName,
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
    force: Force = False,
) -> None:
    """Write what was done in an organisation to a file that anybody can check."""
    from impactmonitor.cli import auditing
    from impactmonitor.cli.databases import address_of
    from impactmonitor.cli.files import check_target

    check_target(file, (".ndjson", ".jsonl"), force)
    address = address_of(database_url, password_file)
    auditing.show_exported(auditing.export(address, organisation, file, force), file.name,
                           language_of(lang), json)  # fmt: skip
