"""Commands that run the service and look after what it keeps."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import DatabaseUrl, Force, Json, LangOption, PasswordFile
from impactmonitor.cli.outcome import Exit, reporting

REQUESTS = 600


@app.command(
    epilog="Examples: impactmonitor serve · impactmonitor serve --port 9000 "
    "--database-url postgresql+psycopg://impactmonitor@localhost/impactmonitor"
)
@reporting
def serve(
    host: Annotated[str, typer.Option("--host", help="Where it listens.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="0 takes any that is free.")
    ] = 8000,
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    requests_per_minute: Annotated[
        int,
        typer.Option(
            "--requests-per-minute", min=0, help="For each key; 0 for as many as it likes."
        ),
    ] = REQUESTS,
    workers_off: Annotated[
        bool,
        typer.Option("--workers-off", help="Leave long work to `impactmonitor worker`."),
    ] = False,
    lang: LangOption = None,
) -> None:
    """Run the service: the engine over HTTP, with storage, for one person or for teams."""
    from impactmonitor.cli import serving
    from impactmonitor.cli.databases import address_of

    address = address_of(database_url, password_file)
    from impactmonitor_api.settings import Settings

    settings = Settings(
        address, requests_per_minute=requests_per_minute, has_worker=not workers_off
    )
    serving.serve(settings, host, port, language_of(lang))


@app.command(
    name="import",
    epilog='Example: impactmonitor import cases/ --organisation "Stichting Buurtkracht"',
)
@reporting
def import_cases(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="With cases as .yaml, .json or .xlsx.")
    ],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="NAME", help="Whose cases they become.")
    ],
    note: Annotated[
        str | None, typer.Option("--note", metavar="TEXT", help="Stands in their history.")
    ] = None,
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Keep every case of a folder: new ones, and changed ones as a next version."""
    from impactmonitor.cli import importing
    from impactmonitor.cli.databases import address_of

    address, language = address_of(database_url, password_file), language_of(lang)
    found = importing.import_folder(address, folder, organisation, note, language)
    importing.show_imported(found, language, json)
    if any(one.ending == "refused" for one in found):
        raise typer.Exit(Exit.INVALID_INPUT)


@app.command(epilog="Example: impactmonitor backup 2026-11-22.zip")
@reporting
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to: a name in .zip.")],
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
    force: Force = False,
) -> None:
    """Write all that the service keeps to one file, while it goes on working."""
    from impactmonitor.cli import copying
    from impactmonitor.cli.databases import address_of

    address, language = address_of(database_url, password_file), language_of(lang)
    done = copying.back_up(address, file, force, language)
    copying.show_copied(done, "backup", language, json)


@app.command(
    epilog="Example: impactmonitor restore 2026-11-22.zip --database-url sqlite:///restored.db"
)
@reporting
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup.")],
    database_url: Annotated[
        str,
        typer.Option(
            "--database-url", metavar="URL", help="An empty database, of SQLite or PostgreSQL."
        ),
    ],
    password_file: PasswordFile = None,
    json: Json = False,
    lang: LangOption = None,
) -> None:
    """Put a backup into an empty database: all of it, or nothing."""
    from impactmonitor.cli import copying
    from impactmonitor.cli.databases import address_of

    address, language = address_of(database_url, password_file), language_of(lang)
    done = copying.restore(address, file, language)
    copying.show_copied(done, "restore", language, json)
