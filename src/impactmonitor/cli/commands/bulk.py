"""The command for many cases at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from impactmonitor.cli.application import app, language_of
from impactmonitor.cli.options import Catalogues, Json, LangOption
from impactmonitor.cli.outcome import reporting


@app.command(
    epilog="Examples: impactmonitor bulk cases.jsonl --out results · "
    "impactmonitor bulk folder --out results --draws 1024 --workers 4"
)
@reporting
def bulk(
    source: Annotated[
        Path,
        typer.Argument(metavar="SOURCE", help="A folder with cases, or a .jsonl file of them."),
    ],
    out: Annotated[
        Path, typer.Option("--out", metavar="DIR", help="Folder for the results (Parquet).")
    ],
    draws: Annotated[
        int | None, typer.Option("--draws", help="Simulate each case with so many draws.")
    ] = None,
    seed: Annotated[
        int, typer.Option("--seed", help="The same number gives the same answer again.")
    ] = 1,
    workers: Annotated[
        int | None,
        typer.Option("--workers", help="Processes; by default as many as there are processors."),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster", metavar="ADDRESS", help="A scheduler of dask.distributed, or `local`."
        ),
    ] = None,
    part: Annotated[
        int, typer.Option("--part", help="Cases that are kept together; no number depends on it.")
    ] = 200,
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away an earlier run in that folder.")
    ] = False,
    json: Json = False,
    lang: LangOption = None,
    catalogue: Catalogues = None,
) -> None:
    """Work out thousands of cases into Parquet; after a stop, the same command goes on."""
    from impactmonitor.cli import bulk_running

    wanted = bulk_running.checked_options(draws, seed, part, catalogue)
    where = bulk_running.checked_place(workers, cluster)
    bulk_running.run(source, out, wanted, where, restart, (language_of(lang), json))
