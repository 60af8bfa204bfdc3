"""Parameters and routes that the framework refuses, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.routing import Match

from impactmonitor.model.validation import shown
from impactmonitor.problems import Problem

_SIGNS = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}


def problems_in(error: RequestValidationError) -> list[Problem]:
    """What is wrong with the parameters and headers of a request, one problem for each."""
    return [
        Problem(
            "parameter-refused",
            ".".join(str(part) for part in one["loc"][1:]),
            {"value": shown(one.get("input")), "expected": _expected(one)},
        )
        for one in error.errors()
    ]


def _expected(one: dict[str, Any]) -> str:
    """What may be given, as short as a formula: it is the same in every language."""
    context = one.get("ctx") or {}
    if "expected" in context:
        return str(context["expected"]).replace(" or ", ", ")
    found = [f"{sign} {context[name]}" for name, sign in _SIGNS.items() if name in context]
    found += [f"{sign} {context[name]}" for name, sign in
              (("min_length", "≥"), ("max_length", "≤")) if name in context]  # fmt: skip
    return ", ".join([*found, *([context["pattern"]] if "pattern" in context else [])]) or str(
        one["type"].split("_")[0]
    )


def methods_of(request: Request) -> str:
    """The methods that a path has, over all routes with that path."""
    return ", ".join(sorted(set(_methods(request))))


def _methods(request: Request) -> Iterator[str]:
    for router in request.app.state.routers:
        for route in router.routes:
            if route.matches(request.scope)[0] is not Match.NONE:
                yield from route.methods
