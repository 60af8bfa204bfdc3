"""Every text that people can meet stands in the catalogue, in both languages, and no other one.

Which problems the code can emit is read from the code itself: every call that takes a code. A
function with a parameter ``code`` passes on what its callers give it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

import impactmonitor
from impactmonitor import evaluate, load_case, messages
from impactmonitor.appraisal.metrics import METRICS
from impactmonitor.appraisal.returns import Reason
from impactmonitor.evaluation import Party
from impactmonitor.financing.pockets import Pocket
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import EXCESS_BURDEN, Case
from impactmonitor.model.portfolio import Portfolio
from impactmonitor.model.validation import _CODES, members, problems_of
from impactmonitor.problems import Problem
from impactmonitor.report.explained_financing import GROUPS
from impactmonitor.resources import folder

PACKAGE = Path(impactmonitor.__file__).parent
SERVICE = PACKAGE.parents[1] / "api" / "impactmonitor_api"
FILES = [*PACKAGE.rglob("*.py"), *SERVICE.rglob("*.py")]
SUBJECTS = sorted(file.stem for file in (PACKAGE / "messages").glob("*.yaml"))
PARTS = {"message", "hint", "hint_without_nearest"}

# Codes that are no words in the source where they are emitted, and the parameters they come with.
FROM_PYDANTIC = frozenset({"value", "limit"})
BY_TABLE = {
    "_CODES.get(kind)": (set(_CODES.values()), None),
    "kind": (set(), None),  # a PydanticCustomError, which is found where it is raised
    "finding.code": (set(), None),  # one of what is filled in, given its cell
    "p.code": (set(), None),  # a problem that was found before, under another path
    "METRICS[name].reason": ({m.reason for m in METRICS.values() if m.reason}, frozenset()),
    "value.reason.replace('_', '-')": (
        {reason.replace("_", "-") for reason in get_args(Reason)},
        frozenset({"roots"}),
    ),
}  # fmt: skip


# --- What the code emits ------------------------------------------------------------------------


@dataclass(frozen=True)
class Emission:
    """A code that the source can emit, and the parameters given there; None: cannot be read."""

    code: str
    given: frozenset[str] | None
    place: str


@dataclass
class Function:
    """A function that takes a code and passes it on."""

    position: int
    takes_any: bool
    adds: frozenset[str] = frozenset()
    params: int | None = None
    """Where it takes the parameters as one mapping, if it does."""


def parameters(function: ast.FunctionDef) -> list[str]:
    names = [a.arg for a in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def functions_in(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


class Source:
    """One module: its calls that take a code, each with the functions around it."""

    def __init__(self, file: Path, shared: Mapping[str, Function]) -> None:
        self.file = file
        self.tree = ast.parse(file.read_text(encoding="utf-8"))
        self.functions = dict(shared)
        own = {f.name: f for f in functions_in(self.tree) if "code" in parameters(f)}
        for name, function in own.items():
            names = parameters(function)
            params = names.index("params") if "params" in names else None
            takes_any = function.args.kwarg is not None
            self.functions[name] = Function(names.index("code"), takes_any, params=params)
        for name, function in own.items():
            self.functions[name].adds = self._added(function)

    def _added(self, function: ast.FunctionDef) -> frozenset[str]:
        """What a function that passes a code on gives besides what it was given."""
        for call, around in calls(function, ()):
            taker = self.functions.get(called(call))
            code = argument(call, taker.position, "code") if taker else None
            if isinstance(code, ast.Name) and code.id == "code":
                return self._given(call, around) or frozenset()
        return frozenset()

    def public(self) -> dict[str, Function]:
        own = {f.name for f in functions_in(self.tree)}
        return {n: f for n, f in self.functions.items() if n in own and not n.startswith("_")}

    def emissions(self) -> Iterator[Emission]:
        for call, around in calls(self.tree, ()):
            taker = self.functions.get(called(call))
            code = argument(call, taker.position, "code") if taker else None
            if code is not None:
                given = self._given(call, around)
                for found, exact in self._codes(code, around):
                    yield Emission(found, given if exact is None else exact, self._place(call))

    def _place(self, node: ast.expr) -> str:
        return f"{self.file.name}:{node.lineno}"

    def _codes(
        self, code: ast.expr, around: tuple[ast.FunctionDef, ...]
    ) -> Iterator[tuple[str, frozenset[str] | None]]:
        if isinstance(code, ast.Constant):
            yield str(code.value), None
        elif isinstance(code, ast.IfExp | ast.BoolOp):
            parts = code.values if isinstance(code, ast.BoolOp) else (code.body, code.orelse)
            for part in parts:
                yield from self._codes(part, around)
        elif isinstance(code, ast.Name) and any(code.id in parameters(f) for f in around):
            return
        elif isinstance(code, ast.Name) and (values := assigned(code.id, around)):
            for value in values:
                yield from self._codes(value, around)
        else:
            text = ast.unparse(code)
            assert text in BY_TABLE, f"{self._place(code)}: which codes can {text} be?"
            codes, given = BY_TABLE[text]
            for found in codes:
                yield found, given

    def _given(self, call: ast.Call, around: tuple[ast.FunctionDef, ...]) -> frozenset[str] | None:
        name = called(call)
        if name in ("Problem", "PydanticCustomError"):
            params = argument(call, 2, "params")
            found = frozenset() if params is None else keys(params, around)
            return found if found is None or name == "Problem" else found | FROM_PYDANTIC
        taker = self.functions[name]
        if taker.params is not None:
            params = argument(call, taker.params, "params")
            return frozenset() if params is None else keys(params, around)
        given = set(taker.adds)
        for word in call.keywords if taker.takes_any else ():
            more = keys(word.value, around) if word.arg is None else {word.arg}
            if more is None:
                return None
            given |= more
        return frozenset(given)


def calls(
    node: ast.AST, around: tuple[ast.FunctionDef, ...]
) -> Iterator[tuple[ast.Call, tuple[ast.FunctionDef, ...]]]:
    """Every call below a node, with the functions that it stands in."""
    is_function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    inside = (*around, node) if is_function else around
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, inside
        yield from calls(child, inside)


def called(call: ast.Call) -> str:
    return getattr(call.func, "id", "") or getattr(call.func, "attr", "")


def argument(call: ast.Call, position: int, name: str) -> ast.expr | None:
    if position < len(call.args):
        return call.args[position]
    return next((word.value for word in call.keywords if word.arg == name), None)


def assigned(name: str, around: tuple[ast.FunctionDef, ...]) -> list[ast.expr]:
    """The values that the function around gives to a variable."""
    found = []
    for node in ast.walk(around[-1]) if around else ():
        targets = node.targets if isinstance(node, ast.Assign) else ()
        if isinstance(node, ast.AnnAssign) and node.value is not None:
            targets = (node.target,)
        if any(isinstance(t, ast.Name) and t.id == name for t in targets):
            found.append(node.value)
    return found


def keys(node: ast.expr, around: tuple[ast.FunctionDef, ...]) -> frozenset[str] | None:
    """The keys that a mapping is sure to have, or None where the source does not show them."""
    if isinstance(node, ast.Dict):
        parts = [
            keys(value, around) if key is None else {ast.literal_eval(key)}
            for key, value in zip(node.keys, node.values, strict=True)
        ]
        return None if None in parts else frozenset().union(*parts)
    if isinstance(node, ast.Name):
        if any(f.args.kwarg is not None and f.args.kwarg.arg == node.id for f in around):
            return frozenset()  # counted where the function is called
        before = [v for v in assigned(node.id, around) if v.lineno <= node.lineno]
        found = keys(max(before, key=lambda v: v.lineno), around) if before else None
        return None if found is None else found | added_later(node.id, around)
    return None


def added_later(name: str, around: tuple[ast.FunctionDef, ...]) -> frozenset[str]:
    """The keys that a function adds to a mapping one by one."""
    return frozenset(
        target.slice.value
        for node in ast.walk(around[-1])
        for target in (node.targets if isinstance(node, ast.Assign) else ())
        if isinstance(target, ast.Subscript) and isinstance(target.slice, ast.Constant)
        if isinstance(target.value, ast.Name) and target.value.id == name
    )


@pytest.fixture(scope="module")
def emitted() -> list[Emission]:
    first = {"Problem": Function(0, False), "PydanticCustomError": Function(0, False)}
    shared: dict[str, Function] = dict(first)
    for file in FILES:
        shared |= Source(file, first).public()
    return [found for file in FILES for found in Source(file, shared).emissions()]


# --- Problems -----------------------------------------------------------------------------------


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{([a-z_]+)\}", text))


def test_the_source_was_understood(emitted):
    codes = {found.code for found in emitted}
    for code in ("unknown-key", "shares-sum", "catalogue-no-current", "too-low", "no-payback",
                 "yaml-tag", "lognormal-quantiles", "unknown-scheme", "bearer-absent"):  # fmt: skip
        assert code in codes


def test_every_code_has_its_texts_and_every_text_its_code(emitted):
    assert {found.code for found in emitted} == set(messages.section("problems"))


@pytest.mark.parametrize("code", messages.section("problems"))
def test_a_problem_says_what_is_wrong_and_what_to_do(code):
    entry = messages.section("problems")[code]
    assert {"message", "hint"} <= set(entry) <= PARTS
    for language in LANGUAGES:
        assert re.search(r"\S\.$", entry["message"][language])
        for part in PARTS - {"message"}:
            if part in entry:
                assert re.search(r"(\S[.?]|^)$", entry[part][language])
    if "nearest" in placeholders(entry["hint"]["en"]):
        assert "hint_without_nearest" in entry, "the nearest name may be an empty text"
    assert "nearest" not in placeholders(str(entry.get("hint_without_nearest", "")))


def test_a_text_names_only_what_every_place_of_its_code_gives(emitted):
    wrong = []
    for found in emitted:
        entry = messages.section("problems").get(found.code, {})
        named = placeholders(str([entry[part] for part in PARTS if part in entry]))
        if found.given is not None and named - found.given:
            wrong.append(f"{found.place} {found.code}: {sorted(named - found.given)}")
    assert wrong == []


def test_the_hint_does_without_a_nearest_name_where_there_is_none():
    near = Problem("unknown-actor", params={"id": "insurr", "nearest": "insurer"})
    far = Problem("unknown-actor", params={"id": "xyz", "nearest": ""})
    assert "insurer" in near.hint("en")
    assert "mean" not in far.hint("en")
    assert "xyz" in far.hint("nl")


BAD_PARTS: list[tuple[str, dict[str, Any]]] = [
    ("not-one-of", {"impactmonitor": 2}),
    ("not-one-of", {"about": {"status": "finished"}}),
    ("not-one-of", {"effects": {"a": {"quantity": "12 persons"}}}),
    ("too-low", {"horizon": 0}),
    ("too-low", {"price_indices": {"a": {"years": {"2025": 0}}}}),
    ("too-high", {"correlations": [["a", "b", 2]]}),
    ("not-a-mapping", {"costs": None}),
    ("not-a-list", {"correlations": "a, b"}),
    ("not-text", {"costs": {"a": {"amount": 1, "paid_by": 5}}}),
    ("not-a-number", {"inflation": True}),
    ("not-a-whole-number", {"horizon": 1.5}),
    ("not-a-whole-number", {"horizon": "ten"}),
    ("not-finite", {"inflation": float("nan")}),
    ("not-a-year", {"base_year": 25}),
    ("not-a-date", {"about": {"date": "21 November"}}),
    ("not-true-or-false", {"costs": {"a": {"amount": 1, "paid_by": "c", "in_kind": "no"}}}),
    ("wrong-length", {"inflation": {"pert": [1, 2]}}),
    ("wrong-length", {"inflation": {"uniform": [1, 2, 3]}}),
    ("not-ascending", {"inflation": {"uniform": [2, 1]}}),
    ("unknown-number-form", {"inflation": {"range": [1, 2]}}),
    ("no-parameter-here", {"parameters": {"a": {"value": {"parameter": "b"}}}}),
    ("lognormal-quantiles", {"inflation": {"lognormal": {"p95": 2}}}),
    ("beta-impossible", {"inflation": {"beta": {"mean": 0.5, "sd": 2}}}),
    ("discrete-lengths", {"inflation": {"discrete": {"values": [1], "probabilities": [0.5, 0.5]}}}),
    ("discrete-probabilities", {"inflation": {"discrete": {"values": [1], "probabilities": [2]}}}),
    ("counts-order", {"inflation": {"counts": {"events": 3, "n": 2}}}),
    ("too-few", {"actors": {}}),
    ("too-few", {"perspectives": {"a": []}}),
    ("missing-field", {"costs": {"a": {"amount": 1}}}),
    ("unknown-key", {"tilte": "Demo"}),
    ("unknown-key", {"zzz": 1}),
    ("word-for-a-figure", {"measurements": [{"period": 2025, "value": "High"}]}),
    ("not-a-period", {"measurements": [{"period": "2025Q5"}]}),
    ("not-a-line", {"measurements": [{"period": 2025, "line": "costs"}]}),
    ("invalid-name", {"currency": "euro"}),
    ("text-too-long", {"id": "x" * 61}),
    ("text-empty", {"effects": {"a": {"quantity": 1, "factors": {"": 1}}}}),
    ("control-character", {"title": "\x00"}),
    ("no-language", {"title": {}}),
]


@pytest.mark.parametrize(("code", "part"), BAD_PARTS)
def test_what_pydantic_finds_is_said_in_words_without_gaps(code, part):
    case = {"impactmonitor": 1, "id": "demo", "title": "Demo", "currency": "EUR",
            "price_year": 2025, "base_year": 2025, "horizon": 1,
            "actors": {"c": {"kind": "municipality"}}}  # fmt: skip
    with pytest.raises(ValidationError) as caught:
        Case.model_validate({**case, **part})
    (problem,) = problems_of(caught.value, Case)
    assert problem.code == code
    for language in LANGUAGES:
        for text in (problem.message(language), problem.hint(language)):
            assert text
            assert not placeholders(text)
            assert not re.search(r"\b(None|True|False)\b", text), "a word of Python"
            assert language == "en" or not re.search(r"\bor\b", text), "a word of English"


def test_every_code_of_pydantic_was_tried():
    tried = {code for code, _ in BAD_PARTS}
    assert set(_CODES.values()) - tried == set()


# --- Fields, metrics and all texts --------------------------------------------------------------


def records(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A record and all records that can stand in it."""
    waiting, seen = [model], set()
    while waiting:
        record = waiting.pop()
        if record in seen:
            continue
        seen.add(record)
        yield record
        for info in record.model_fields.values():
            waiting += [t for t in inside(info.annotation) if issubclass(t, BaseModel)]


def inside(annotation: Any) -> Iterator[type]:
    for member in members(annotation):
        if isinstance(member, type):
            yield member
        for argument_ in get_args(member):
            yield from inside(argument_)


def test_every_field_of_a_file_is_described_and_nothing_else_is():
    written = {
        record.__name__: {"_", *(info.alias or name for name, info in record.model_fields.items())}
        for whole in (Case, Portfolio)
        for record in records(whole)
    }
    described = {name: set(entry) for name, entry in messages.section("fields").items()}
    assert described == written


def test_every_number_of_a_result_is_defined_and_nothing_else_is():
    result = evaluate(load_case(folder("examples") / "perry-age-27" / "case.yaml"))
    defined = {name: set(entries) for name, entries in messages.section("metrics").items()}
    assert defined == {
        "totals": set(METRICS),
        "party": {field.name for field in fields(Party)},
        "domain": {"costs", "benefits", "net"},
        "line": {"present_value", "quantity", "discounted_quantity", EXCESS_BURDEN},
        "pocket": {f.name for f in fields(Pocket)} - {"is_payer", "net", "cash_net"},
        "financing": set(GROUPS),
        "scores": {"framework"},
        "year": {"costs", "benefits", "net", "cash_net"},
        "checks": {check.id for check in result.checks},
    }
    for name, entries in messages.section("metrics").items():
        parts = {"title"} if name == "checks" else {"title", "definition", "formula"}
        assert all(set(entry) == parts for entry in entries.values())


def texts(subject: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Every text of a subject with its key."""
    waiting: list[tuple[str, Any]] = [(subject, messages.section(subject))]
    while waiting:
        key, node = waiting.pop()
        if all(isinstance(part, str) for part in node.values()):
            yield key, node
        else:
            waiting += [(f"{key}.{name}", part) for name, part in node.items()]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_text_stands_there_in_both_languages_with_the_same_parameters(subject):
    for key, text in texts(subject):
        assert set(text) == set(LANGUAGES), key
        assert bool(text["en"]) == bool(text["nl"]), key
        assert placeholders(text["en"]) == placeholders(text["nl"]), key


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_tone_is_gentle_and_the_terms_are_those_of_the_field(subject):
    shunned = {
        "en": r"\b(invalid|illegal|wrong|cost-benefit ratio|cost/benefit)\b",
        "nl": r"\b(ongeldige?|illegale?|foutief|fout van u|je|jij|jouw|kosten-batenverhouding)\b",
    }
    for key, text in texts(subject):
        for language, pattern in shunned.items():
            said = text[language].replace("Wrong pocket", "")  # what the field calls it
            assert not re.search(pattern, said, re.IGNORECASE), key
            assert text[language] == text[language].strip(), key
            assert "  " not in text[language], key
