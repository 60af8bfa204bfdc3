"""Write a case as YAML or JSON, so that reading it back gives the same case."""

from __future__ import annotations

import json
import re
from typing import Any

import yaml

from impactmonitor.model.case import Case
from impactmonitor.model.changes import plain


def to_json(case: Case) -> str:
    """A case as JSON, indented.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> to_json(case).splitlines()[1]
    '  "impactmonitor": 1,'
    """
    return json.dumps(plain(case), ensure_ascii=False, indent=2) + "\n"


def to_yaml(case: Case) -> str:
    """A case as YAML 1.2.

    Examples
    --------
    >>> from impactmonitor import load_case
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "perry-age-27" / "case.yaml")
    >>> to_yaml(case).splitlines()[0]
    'impactmonitor: 1'
    """
    return yaml_text(plain(case))


def yaml_text(tree: Any, is_flow: bool = False) -> str:
    """Plain values as YAML 1.2.

    Parameters
    ----------
    tree : object
        Mappings, lists, texts, numbers, booleans and None.
    is_flow : bool
        On one line, with braces and brackets.

    Examples
    --------
    >>> print(yaml_text({"2025": {"on": True, "amount": 12.5}}, is_flow=True).strip())
    {2025: {'on': true, amount: 12.5}}
    """
    text: str = yaml.dump(
        _with_years(tree),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=float("inf") if is_flow else 100,
        default_flow_style=is_flow,
    )
    return text


def _with_years(node: Any) -> Any:
    """Keys of four digits as numbers, so that they are written without quotes."""
    if isinstance(node, dict):
        return {
            int(key) if re.fullmatch(r"[1-9][0-9]{3}", key) else key: _with_years(value)
            for key, value in node.items()
        }
    return [_with_years(value) for value in node] if isinstance(node, list) else node


class _Dumper(yaml.SafeDumper):
    """Quotes every text that YAML 1.1 or 1.2 would read as something else."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write a repeated value twice rather than as an alias."""
        return True


_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$|^0o[0-7]+$"),
    list("-+.0123456789"),
)


def _number(dumper: yaml.SafeDumper, value: float) -> yaml.ScalarNode:
    """A number as short as it can be while reading back as the same number."""
    text = repr(value)
    is_whole = value.is_integer() and abs(value) < 1e15
    tag = "tag:yaml.org,2002:int" if is_whole else "tag:yaml.org,2002:float"
    return dumper.represent_scalar(tag, str(int(value)) if is_whole else text)


_Dumper.add_representer(float, _number)
