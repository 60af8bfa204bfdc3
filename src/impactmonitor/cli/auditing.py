"""Check and export the audit trail: what was done, in chains of which every link shows."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from impactmonitor import messages
from impactmonitor.cli.databases import current, organisation_named
from impactmonitor.cli.files import file_to_read, whole_file
from impactmonitor.cli.outcome import harmless, print_json
from impactmonitor.messages import Language
from impactmonitor.problems import InvalidInput, Problem

if TYPE_CHECKING:
    from impactmonitor_api.storage.audit import Broken

FIELDS: dict[str, type | tuple[type, ...]] = {
    "organisation": str,
    "count": int,
    "at": str,
    "key": (str, type(None)),
    "action": str,
    "subject": str,
    "details": str,
    "previous": str,
    "hash": str,
}
"""Of a record as it is exported."""

MOST_OF_LINE = 1_000_000
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Chain:
    """A chain that was followed.

    Attributes
    ----------
    name : str
        The organisation, or the file.
    records : int
        How many there are, up to where the chain holds.
    head : str
        Hash of the last of them; empty if there are none.
    broken : Broken or None
        The first record that does not fit.
    """

    name: str
    records: int
    head: str
    broken: Broken | None


def chain_in(file: Path) -> Chain:
    """Follow the chain of an exported file.

    Raises
    ------
    NotFound
        ``file-not-found``.
    InvalidInput
        ``audit-line``, ``audit-empty``.
    """
    found = _followed(file.name, records_in(file), None)
    if found.records == 0 and found.broken is None:
        raise InvalidInput([Problem("audit-empty", params={"file": file.name})])
    return found


def records_in(file: Path) -> Generator[dict[str, Any], None, None]:
    """The records of an exported file, one at a time.

    Raises
    ------
    InvalidInput
        ``audit-line`` for a line that is no record.
    """
    with file_to_read(file) as stream:
        number = 0
        while line := stream.readline(MOST_OF_LINE):
            number += 1
            if not line.strip():
                continue
            record = _record(line)
            if record is None:
                raise InvalidInput([Problem("audit-line", line=number)])
            yield record


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or set(found) != set(FIELDS):
        return None
    is_right = all(isinstance(found[name], kind) for name, kind in FIELDS.items())
    return found if is_right and type(found["count"]) is int else None


def chains_of(address: str) -> list[Chain]:
    """Follow the chains of all organisations of a database.

    Raises
    ------
    WrongUse, NotFound
        As ``current`` raises them.
    """
    from impactmonitor_api.storage import audit
    from impactmonitor_api.storage.organisations import organisations

    with current(address) as database, database.reading() as session:
        return [
            _followed(one.name, audit.exported(session, one.id), (one.audit_count, one.audit_head))
            for one in organisations(session)
        ]


def _followed(
    name: str, records: Generator[dict[str, Any], None, None], head: tuple[int, str] | None
) -> Chain:
    from impactmonitor_api.storage.audit import first_broken

    last: list[tuple[int, str]] = [(0, "")]

    def counted() -> Iterator[dict[str, Any]]:
        for record in records:
            yield record
            # the next one is only asked for when this one fits
            last[0] = (last[0][0] + 1, record["hash"])

    with closing(records):
        broken = first_broken(counted(), head)
    return Chain(name, *last[0], broken)


def show_chains(chains: list[Chain], is_export: bool, language: Language, as_json: bool) -> bool:
    """Print which chains hold; whether all of them do."""
    if as_json:
        print_json({"chains": [_plain(chain) for chain in chains]})
    for chain in [] if as_json else chains:
        if chain.broken is None:
            key = "holds_file" if is_export else "holds"
            params: dict[str, object] = {"count": chain.records, "head": chain.head[:12]}
        else:
            key = f"broken.{chain.broken.reason}"
            params = {"count": chain.broken.count}
        said = messages.text(f"service.audit.{key}", language, **params)
        sys.stdout.write(harmless(f"{chain.name}: {said}") + "\n")
    return all(chain.broken is None for chain in chains)


def _plain(chain: Chain) -> dict[str, Any]:
    broken = chain.broken
    return {
        "name": _SURROGATE.sub("\ufffd", chain.name),
        "records": chain.records,
        "head": chain.head,
        "holds": broken is None,
        "broken": None if broken is None else {"count": broken.count, "reason": broken.reason},
    }


def export(address: str, organisation: str, file: Path, is_forced: bool) -> int:
    """Write the records of an organisation to a file, one a line; how many there are.

    Raises
    ------
    WrongUse
        If the file cannot be written, and as ``current`` raises it.
    NotFound
        ``organisation-not-found``.
    """
    from impactmonitor_api.storage import audit

    with current(address) as database, database.reading() as session:
        found = organisation_named(session, organisation)
        count = 0
        with whole_file(file, is_forced) as stream:
            for record in audit.exported(session, found.id):
                stream.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
                count += 1
    return count


def show_exported(count: int, name: str, language: Language, as_json: bool) -> None:
    """Print how many records were written."""
    if as_json:
        print_json({"records": count})
        return
    sys.stdout.write(
        messages.text("service.audit.exported", language, count=count, file=name) + "\n"
    )
