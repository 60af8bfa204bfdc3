"""Organisations of the service and their keys, for who runs it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from enum import Enum
from typing import TYPE_CHECKING, Any

from impactmonitor import messages
from impactmonitor.cli.databases import current, migrated, organisation_named
from impactmonitor.cli.outcome import WrongUse, print_json
from impactmonitor.messages import Language
from impactmonitor.problems import Problem

if TYPE_CHECKING:
    from impactmonitor_api.storage.keys import Role
    from impactmonitor_api.storage.tables import Organisation

LONGEST = 200


def show_organisations(address: str, language: Language, as_json: bool) -> None:
    """Print the organisations, the oldest first.

    Raises
    ------
    WrongUse, NotFound
        As ``current`` raises them.
    """
    from impactmonitor_api.storage.organisations import organisations

    with current(address) as database, database.reading() as session:
        found = organisations(session)
    if as_json:
        print_json({"organisations": [_plain(one) for one in found]})
        return
    if not found:
        _say(messages.text("service.organisations.none", language))
    for one in found:
        _say(f"{one.created_at:%Y-%m-%d}  {one.name}")


def add_organisation(address: str, name: str, language: Language, as_json: bool) -> None:
    """Add an organisation, and print the key of its administrator, this once.

    Raises
    ------
    WrongUse
        ``organisation-name``, ``organisation-name-taken``, and as ``migrated`` raises it.
    """
    from impactmonitor_api.storage import keys, organisations

    check_name(name)
    with migrated(address, is_made=True) as database, database.writing() as session:
        try:
            made = organisations.add_organisation(session, name)
        except organisations.NameTaken:
            params = {"name": name}
            raise WrongUse(Problem("organisation-name-taken", params=params)) from None
        held = organisations.locked(session, made.id)
        label = messages.text("service.start.key_name", language)
        _, key = keys.add_key(session, held, label, "administrator", None)
    if as_json:
        print_json({"organisation": _plain(made), "key": key})
        return
    _say(messages.text("service.organisations.added", language, name=name))
    _show_key(key, language)


def add_key(
    address: str, organisation: str, role: Role, name: str, language: Language, as_json: bool
) -> None:
    """Make a key of an organisation, and print it, this once.

    Raises
    ------
    WrongUse
        ``organisation-name``, and as ``migrated`` raises it.
    NotFound
        ``organisation-not-found``.
    """
    from impactmonitor_api.storage import keys
    from impactmonitor_api.storage.organisations import locked

    check_name(name)
    with migrated(address) as database, database.writing() as session:
        held = locked(session, organisation_named(session, organisation).id)
        made, key = keys.add_key(session, held, name, role, None)
    if as_json:
        print_json({"id": made.id, "name": name, "role": role, "key": key})
        return
    params = {"role": role, "organisation": organisation}
    _say(messages.text("service.keys.added", language, **params))
    _show_key(key, language)


def check_name(name: str) -> None:
    """Refuse a name that nobody could read or type.

    Raises
    ------
    WrongUse
        ``organisation-name``.
    """
    if not name.isprintable() or name != name.strip() or not 1 <= len(name) <= LONGEST:
        raise WrongUse(Problem("organisation-name", params={"most": LONGEST}))


def check_after(command: str, sources: Iterable[Enum | None]) -> None:
    """Refuse options before the command below, which would be read and forgotten.

    Raises
    ------
    WrongUse
        ``option-before-command``.
    """
    if any(source is not None and source.name == "COMMANDLINE" for source in sources):
        raise WrongUse(Problem("option-before-command", params={"name": command}))


def _show_key(key: str, language: Language) -> None:
    _say(f"{messages.text('service.keys.once', language)}\n\n    {key}\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


def _plain(organisation: Organisation) -> dict[str, Any]:
    return {
        "id": organisation.id,
        "name": organisation.name,
        "created_at": organisation.created_at.isoformat(),
    }
