"""Divide a joint cost or a pot, and share the costs of a case: what the two commands do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from impactmonitor.cli.converting import FORMS
from impactmonitor.cli.files import check_target, write_whole
from impactmonitor.cli.loading import load_and
from impactmonitor.cli.outcome import WrongUse, console, print_json
from impactmonitor.evaluation.of_reading import all_warnings
from impactmonitor.financing.allocation import allocate
from impactmonitor.financing.claims import CLAIM_RULES, divide_pot
from impactmonitor.financing.cost_game import cost_game
from impactmonitor.financing.cost_keys import KEYS, Drawing
from impactmonitor.financing.shared_case import with_shares
from impactmonitor.financing.shared_costs import SharedCosts, share_costs
from impactmonitor.intake.game_reading import load_game
from impactmonitor.messages import Language
from impactmonitor.model.game import ClaimsGame
from impactmonitor.problems import InvalidInput, Problem, nearest

if TYPE_CHECKING:
    from impactmonitor.catalogue.collection import Catalogue
    from impactmonitor.model.case import Case


def divide(
    file: Path, methods: Sequence[str] | None, seed: int, language: Language, as_json: bool
) -> None:
    """Divide what a file describes, and print it.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_game`` raises them.
    WrongUse
        ``unknown-division``, ``seed-below-0``.
    """
    if seed < 0:
        raise WrongUse(Problem("seed-below-0", params={"seed": seed}))
    game = load_game(file)
    if isinstance(game, ClaimsGame):
        rules = _chosen(methods, CLAIM_RULES)
        names = {name.strip(): claim for name, claim in game.claims.items()}
        division = divide_pot(game.pot, names, rules)
        if as_json:
            from impactmonitor.report.allocation_document import pot_document

            print_json(pot_document(division))
            return
        from impactmonitor.report.allocation_screen import pot_screen

        parts = pot_screen(division, language)
    else:
        keys = _chosen(methods, KEYS)
        allocation = allocate(cost_game(game), keys, Drawing(seed=seed))
        if as_json:
            from impactmonitor.report.allocation_document import allocation_document

            print_json(allocation_document(allocation, language))
            return
        from impactmonitor.report.allocation_screen import allocation_screen

        parts = allocation_screen(allocation, language)
    out = console()
    for part in parts:
        out.print(part)


def _chosen(names: Sequence[str] | None, known: Iterable[str]) -> list[str]:
    """The names that were asked for, in the order of the registry; all where none was named.

    Raises
    ------
    WrongUse
        ``unknown-division`` for the first name that is not known.
    """
    registry = list(known)
    asked = [part.strip() for name in names or () for part in name.split(",")]
    spelt = [name.replace("-", "_").lower() for name in asked]
    for name, one in zip(asked, spelt, strict=True):
        if one not in registry:
            params = {"id": name, "nearest": nearest(one, registry), "known": ", ".join(registry)}
            raise WrongUse(Problem("unknown-division", params=params))
    return [name for name in registry if name in spelt] if spelt else registry


@dataclass(frozen=True, slots=True)
class Sharing:
    """How ``share-costs`` was asked.

    Attributes
    ----------
    key : str or None
        By which key; None: all side by side.
    costs : str or None
        Ids of cost lines with commas between them; None: all lines.
    output : Path or None
        Where the case with the payments goes.
    scenario : str or None
        Under which the costs are divided.
    """

    key: str | None = None
    costs: str | None = None
    output: Path | None = None
    scenario: str | None = None


def share(
    file: Path,
    asked: Sharing,
    catalogues: list[Path] | None,
    language: Language,
    as_json: bool,
    is_forced: bool,
) -> None:
    """Share the costs of a case, print who pays whom, and write the case with these payments.

    Raises
    ------
    InvalidInput, NotFound
        As ``load_case``, ``evaluate`` and ``share_costs`` raise them; ``key-needs`` if payments
        are to be written that could not be worked out.
    WrongUse
        ``unknown-division``, ``key-to-write``, or if the file cannot be made.
    """
    keys = _chosen(None if asked.key is None else [asked.key], KEYS)
    if asked.output is not None:
        if asked.key is None or len(keys) > 1:
            raise WrongUse(Problem("key-to-write", params={"known": ", ".join(KEYS)}))
        check_target(asked.output, tuple(FORMS), is_forced)
    lines = None if asked.costs is None else [name.strip() for name in asked.costs.split(",")]

    def work_out(case: Case, catalogue: Catalogue) -> tuple[SharedCosts, Case | None]:
        from impactmonitor.evaluation import evaluate

        shared = share_costs(evaluate(case, catalogue, scenario=asked.scenario), lines, keys)
        if asked.output is None:
            return shared, None
        _check_complete(shared, keys[0])
        made = with_shares(case, shared, keys[0])
        evaluate(made, catalogue, scenario=asked.scenario)  # nothing is written that does not work
        return shared, made

    (shared, made), reading = load_and(file, catalogues, work_out)
    if asked.output is not None and made is not None:
        text = FORMS[asked.output.suffix.lower()](made)
        write_whole(asked.output, text.encode(), is_forced)
    warnings = all_warnings(reading, shared.evaluation.warnings)
    _show(shared, warnings, asked.output, language, as_json)


def _check_complete(shared: SharedCosts, key: str) -> None:
    needs = shared.allocation.by_key[key].needs
    if needs:
        shown = key.replace("_", "-")
        raise InvalidInput(
            Problem("key-needs", need if "." in need else "", {"key": shown, "need": need})
            for need in needs
        )


def _show(
    shared: SharedCosts,
    warnings: tuple[Problem, ...],
    written: Path | None,
    language: Language,
    as_json: bool,
) -> None:
    if as_json:
        from impactmonitor.report.allocation_document import shared_document

        print_json(shared_document(shared, language, warnings))
        return
    from impactmonitor.report.allocation_shared_screen import shared_screen

    out = console()
    for part in shared_screen(shared, language, warnings, written.name if written else None):
        out.print(part)
