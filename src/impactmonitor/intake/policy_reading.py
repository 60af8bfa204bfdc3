"""Read a levelling policy, with everything that is wrong in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from impactmonitor.catalogue.collection import Catalogue
from impactmonitor.catalogue.loading import load_catalogue
from impactmonitor.intake.documents import ENDINGS, READERS, mapping_in, placed
from impactmonitor.intake.files import bytes_of_kind
from impactmonitor.model.policy import DEFAULT, Policy
from impactmonitor.model.validation import problems_of, shown
from impactmonitor.problems import InvalidInput, Problem, nearest


def load_policy(path: Path | str, catalogue: Catalogue | None = None) -> Policy:
    """Load a levelling policy from a YAML or JSON file.

    Parameters
    ----------
    path : Path or str
        A file that ends in .yaml, .yml or .json.
    catalogue : Catalogue, optional
        In which its values, indicators and scheme have to stand; by default the one that comes
        with the package.

    Returns
    -------
    Policy

    Raises
    ------
    NotFound
        If there is no such file.
    InvalidInput
        With every error found, each with its path and its line.

    Examples
    --------
    >>> from impactmonitor.resources import folder
    >>> load_policy(folder("examples") / "policies" / "fund-policy.yaml").currency
    'EUR'
    """
    path = Path(path)
    data = bytes_of_kind(path, READERS, "policy-file-kind", known=ENDINGS)
    return read_policy(data, path.suffix.lower(), catalogue)


def read_policy(data: bytes, ending: str, catalogue: Catalogue | None = None) -> Policy:
    """Read the bytes of such a file.

    Raises
    ------
    InvalidInput
        As ``load_policy`` does.
    """
    document = READERS[ending](data)
    tree = mapping_in(document)
    policy, found = None, list[Problem]()
    try:
        policy = Policy.model_validate(tree)
    except ValidationError as error:
        found = problems_of(error, Policy)
    catalogue = catalogue if catalogue is not None else load_catalogue()
    problems = placed(document, [*found, *_unknown(tree, catalogue)])
    if problems or policy is None:
        raise InvalidInput(problems)
    return policy


def _unknown(tree: Mapping[str, Any], catalogue: Catalogue) -> Iterator[Problem]:
    """Names in a policy that the catalogue does not have."""
    scheme = tree.get("scheme")
    if isinstance(scheme, str) and scheme not in catalogue.schemes:
        params = {"id": shown(scheme), "nearest": nearest(scheme, catalogue.schemes)}
        yield Problem("unknown-scheme", "scheme", params)
    priced = [*catalogue.values, *catalogue.indicators]
    for name in _keys(tree, "values"):
        if name not in catalogue.values and name not in catalogue.indicators:
            params = {"id": shown(name), "nearest": nearest(name, priced)}
            yield Problem("policy-unknown-value", f"values.{name}", params)
    known = [DEFAULT, *catalogue.domains, *catalogue.indicators]
    for name in _keys(tree, "deadweight"):
        if name not in known:
            params = {"id": shown(name), "nearest": nearest(name, known)}
            yield Problem("policy-unknown-floor", f"deadweight.{name}", params)


def _keys(tree: Mapping[str, Any], field: str) -> list[str]:
    node = tree.get(field)
    return [str(key) for key in node] if isinstance(node, Mapping) else []
