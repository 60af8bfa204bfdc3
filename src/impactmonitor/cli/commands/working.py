"""The command that does the long jobs of the service."""

from __future__ import annotations

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import DatabaseUrl, LangOption, PasswordFile
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor worker · "
    "impactmonitor worker --database-url postgresql+psycopg://impactmonitor@localhost/impactmonitor"
)
@reporting
def worker(
    database_url: DatabaseUrl = None,
    password_file: PasswordFile = None,
    lang: LangOption = None,
) -> None:
    """Do the long jobs of the service, beside it or on another machine."""
    from impactmonitor.cli import working
    from impactmonitor.cli.databases import address_of

    address = address_of(database_url, password_file)
    from impactmonitor_api.settings import Settings

    working.work(Settings(address), language_of(lang))
