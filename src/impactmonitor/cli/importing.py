"""Import a folder of cases: new ones are kept, changed ones become a next version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from impactmonitor import messages
from impactmonitor.cli.databases import migrated, organisation_named
from impactmonitor.cli.outcome import console, harmless, in_words, print_json
from impactmonitor.intake.documents import READERS
from impactmonitor.intake.files import bytes_of, is_folder
from impactmonitor.intake.reading import WORKBOOK
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, NotFound, Problem, errors

if TYPE_CHECKING:
    from collections.abc import Callable

    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case
    from impactmonitor_api.storage.database import Database

Ending = Literal["new", "changed", "same", "refused"]
ENDINGS: tuple[Ending, ...] = ("new", "changed", "same", "refused")
KINDS = (*READERS, WORKBOOK)


@dataclass(frozen=True)
class Imported:
    """What became of a file.

    Attributes
    ----------
    file : str
        Its place in the folder.
    ending : {"new", "changed", "same", "refused"}
        What was done with it.
    problems : tuple of Problem
        Why it was refused.
    """

    file: str
    ending: Ending
    problems: tuple[Problem, ...] = ()


def files_in(folder: Path) -> list[Path]:
    """Every file below a folder that may be a case, in the order of their names.

    Raises
    ------
    NotFound
        ``folder-not-found``.
    """
    if not is_folder(folder):
        raise NotFound(Problem("folder-not-found", params={"folder": folder.name}))
    found = (path for path in folder.rglob("*") if path.suffix.lower() in KINDS)
    return sorted(path for path in found if path.is_file() and not _is_hidden(path, folder))


def _is_hidden(path: Path, folder: Path) -> bool:
    """Files of other programs, and what a spreadsheet program keeps beside an open file."""
    return any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)


def import_folder(
    address: str, folder: Path, organisation: str, note: str | None, language: Language
) -> list[Imported]:
    """Keep the cases of a folder; each by itself, so that one that is refused holds up no other.

    Parameters
    ----------
    address : str
        Of the database.
    folder : Path
        With cases, also in folders below it.
    organisation : str
        Name of the organisation whose cases they become.
    note : str or None
        That stands in the history of what is new or changed.
    language : {"nl", "en"}
        Of the words beside the bar.

    Raises
    ------
    WrongUse, NotFound
        As ``migrated``, ``files_in`` and ``organisation_named`` raise them.
    """
    files = files_in(folder)
    with migrated(address) as database:
        from impactmonitor_api.http.catalogues import Catalogues

        with database.reading() as session:
            organisation_id = organisation_named(session, organisation).id
        catalogue = Catalogues(database).now_of(organisation_id)
        found: list[Imported] = []
        seen: dict[str, str] = {}
        with _shown_progress(len(files), language) as advance:
            for file in files:
                name = file.relative_to(folder).as_posix()
                try:
                    case = _case_in(file, name, catalogue, seen)
                    ending = _keep(database, organisation_id, case, note)
                    found.append(Imported(name, ending))
                except InvalidInput as invalid:
                    found.append(Imported(name, "refused", tuple(errors(invalid.problems))))
                except NotFound as missing:
                    found.append(Imported(name, "refused", (missing.problem,)))
                advance()
    return found


def _case_in(file: Path, name: str, catalogue: Catalogue, seen: dict[str, str]) -> Case:
    """The case of a file; of two files with the same case neither is the next version."""
    from impactmonitor_api.work.results import checked_case

    case = checked_case(bytes_of(file), file.suffix.lower(), catalogue)
    if case.id in seen:
        params = {"id": case.id, "file": seen[case.id]}
        raise InvalidInput([Problem("case-in-two-files", "id", params)])
    seen[case.id] = name
    return case


def _keep(database: Database, organisation_id: str, case: Case, note: str | None) -> Ending:
    """Keep a case if it is not what is kept already."""
    from impactmonitor.intake.writing import to_json
    from impactmonitor_api.storage import cases
    from impactmonitor_api.storage.organisations import locked

    document = to_json(case)
    with database.writing() as session:
        organisation = locked(session, organisation_id)
        stored = cases.case_named(session, organisation_id, case.id)
        if stored is None:
            cases.add_case(session, organisation, None, case.id, document, note)
            return "new"
        version = cases.version_of(session, stored, stored.version)
        if version is not None and version.hash == cases.hash_of(document):
            return "same"
        if stored.archived_at is not None:
            raise InvalidInput([Problem("case-archived")])
        cases.change_case(session, organisation, stored, None, case.id, document, note)
        return "changed"


@contextmanager
def _shown_progress(files: int, language: Language) -> Iterator[Callable[[], None]]:
    """A bar on standard error; nothing where nobody watches."""
    out = console(is_error=True)
    if not out.is_terminal:
        yield lambda: None
        return
    from rich.progress import Progress

    with Progress(console=out, transient=True) as bar:
        task = bar.add_task(messages.text("service.import.working", language), total=files)
        yield lambda: bar.advance(task)


def show_imported(found: list[Imported], language: Language, as_json: bool) -> None:
    """Print what became of the files, and at the end which could not be used and why."""
    refused = [one for one in found if one.ending == "refused"]
    if as_json:
        from impactmonitor.report.document import problem_list

        plain: dict[str, Any] = {
            ending: [one.file for one in found if one.ending == ending] for ending in ENDINGS[:3]
        }
        plain["refused"] = [
            {"file": one.file, "errors": problem_list(list(one.problems), language)}
            for one in refused
        ]
        print_json(plain)
        return
    counts = {ending: sum(one.ending == ending for one in found) for ending in ENDINGS}
    console().print(messages.text("service.import.counts", language, **counts))
    out = console(is_error=True)
    for one in refused:
        out.print(harmless(one.file), style="bold")
        for problem in one.problems:
            out.print(harmless(f"  {in_words(problem, language)}"))
