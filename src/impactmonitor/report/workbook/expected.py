"""Expected values of uncertain numbers as formulas, cut off at the range of their place.

The same closed forms as in ``sampling.moments``, one column per step.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from statistics import NormalDist

from impactmonitor.intake.workbook.filled import DISTRIBUTIONS
from impactmonitor.intake.workbook.layout import At
from impactmonitor.model.numbers import Range
from impactmonitor.report.workbook.calculation import SHEET, Sheet
from impactmonitor.report.workbook.questions import expected_cell

NUMBERS: Mapping[str, float] = {
    "half": 0.5, "two": 2.0, "three": 3.0, "four": 4.0, "six": 6.0, "far": 40.0, "huge": 1e300,
    "z95": NormalDist().inv_cdf(0.95), "usual": 0.9, "root": math.sqrt(2 * math.pi),
}  # fmt: skip
_SCALARS = (
    "kind", "a", "b", "c", "low", "high", "is_open", "is_log", "z", "mean", "sd", "z_low", "z_high", "mass",
    "mass_up", "normal", "lognormal", "uniform", "left", "right", "rising", "rising_sum",
    "falling", "falling_sum", "share", "triangular", "shape", "from", "to", "pert", "discrete",
)  # fmt: skip


def write_expected(sheet: Sheet, allowed: Mapping[int, Range]) -> None:
    """The expected value of each uncertain number, beside where it is filled in."""
    _constants(sheet)
    rows = sheet.layout.rows["uncertain"]
    sheet.block("uncertain", rows, "expected_values_of_uncertain_numbers", _SCALARS)
    for i in range(rows):
        low, high = _bounds(sheet, i, allowed.get(i, Range()))
        is_open = At(
            SHEET, sheet.blocks["uncertain"].row(i), sheet.blocks["uncertain"].scalars["is_open"]
        )
        sheet.book.put(is_open, int(allowed.get(i, Range()).is_open), "calculation")
        for name, formula in _steps(sheet, i, low, high).items():
            sheet.write("uncertain", name, i, formula)
        kinds = {
            "range": f"IF({_s(sheet, i, 'is_log')}=1,{_s(sheet, i, 'lognormal')},{_s(sheet, i, 'normal')})",
            "pert": _s(sheet, i, "pert"), "triangular": _s(sheet, i, "triangular"),
            "uniform": _s(sheet, i, "uniform"), "normal": _s(sheet, i, "normal"),
            "lognormal": _s(sheet, i, "lognormal"), "lognormal_median": _s(sheet, i, "lognormal"),
            "beta": _s(sheet, i, "a"), "discrete": _s(sheet, i, "discrete"),
            "counts": f"({_s(sheet, i, 'a')}+{sheet.constant('half')})/({_s(sheet, i, 'b')}+1)",
        }  # fmt: skip
        chosen = ",".join(kinds[name] for name in DISTRIBUTIONS)
        a = sheet.cell("uncertain", "a", i)
        formula = f'IF({a}="","",IFERROR(CHOOSE({_s(sheet, i, "kind")},{chosen}),""))'
        at = expected_cell(sheet.book, i)
        own = sheet.book.ref(At(SHEET, 1, 1))
        prefix = own.rpartition("!")[0]
        sheet.book.work_out(at, _qualified(formula, prefix), "amount")


def _qualified(formula: str, prefix: str) -> str:
    """A formula of the calculation sheet for use on another one."""
    import re

    pattern = r"('[^']*'!\$?[A-Z]+\$?[0-9]+)|(?<![A-Z0-9$'!\"])(\$[A-Z]+\$?[0-9]+)"
    return re.sub(pattern, lambda m: m[1] or f"{prefix}!{m[2]}", formula)


def _constants(sheet: Sheet) -> None:
    block = sheet.block("figures", len(NUMBERS), "figures")
    for i, (name, number) in enumerate(NUMBERS.items()):
        sheet.name_row("figures", i, name)
        at = At(SHEET, block.row(i), 3)
        sheet.constant_cells[name] = sheet.book.put(at, number, "number")


def _bounds(sheet: Sheet, i: int, allowed: Range) -> tuple[str, str]:
    """The cells with the bounds of a number's place, right of its expected value."""
    place = expected_cell(sheet.book, i)
    found = []
    for shift, bound in ((1, allowed.low), (2, allowed.high)):
        at = At(place.sheet, place.row, place.column + shift)
        sheet.book.put(at, bound if math.isfinite(bound) else None, "amount")
        found.append(sheet.book.ref(at, within=SHEET))
    return found[0], found[1]


def _s(sheet: Sheet, i: int, name: str) -> str:
    return sheet.scalar("uncertain", name, i)


def _steps(sheet: Sheet, i: int, low: str, high: str) -> dict[str, str]:
    s = {name: _s(sheet, i, name) for name in _SCALARS}
    k = {name: sheet.constant(name) for name in NUMBERS}
    words = sheet.list("distributions", "word")
    kind = sheet.cell("uncertain", "kind", i)
    order = list(DISTRIBUTIONS)

    def is_kind(*names: str) -> str:
        tests = ",".join(f"{s['kind']}=ROWS({_rows(order.index(n) + 1)})" for n in names)
        return f"OR({tests})"

    def only(kinds: tuple[str, ...], formula: str) -> str:
        """Nothing is worked out from the figures of another kind: they may not suit it."""
        return f"IF({is_kind(*kinds)},{formula},0)"

    def between(down: str, up: str) -> str:
        tail = f"NORMSDIST(0-({down}))-NORMSDIST(0-({up}))"
        return f"IF({down}>0,{tail},NORMSDIST({up})-NORMSDIST({down}))"

    def density(z: str) -> str:
        return f"EXP(0-{z}*{z}/{k['two']})/{k['root']}"

    def bound(cell: str) -> str:
        # far away is far enough: a bound divided by a tiny spread would be no number
        def steps(value: str) -> str:
            distance = f"({value}-{s['mean']})"
            far = f"ABS{distance}>={k['far']}*{s['sd']}"
            return f"IF({far},SIGN{distance}*{k['far']},{distance}/{s['sd']})"

        logged = f"IF({cell}>0,{steps(f'LN({cell})')},0-{k['far']})"
        return f"IF({s['sd']}=0,0,IF({s['is_log']}=1,{logged},{steps(cell)}))"

    width = f"({s['c']}-{s['a']})"
    is_inside = f"AND({s['a']}>={s['low']},{s['c']}<={s['high']})"
    path = sheet.cell("uncertain", "path", i)
    paths, kinds, firsts, seconds = (
        sheet.table("uncertain", key) for key in ("path", "kind", "a", "b")
    )
    above = f"(({firsts}>{s['low']})+(1-{s['is_open']})*({firsts}={s['low']}))"
    kept = f"({paths}={path})*({kinds}={kind})*{above}*({firsts}<={s['high']})"
    lower, upper = f"({s['z_low']}-{s['sd']})", f"({s['z_high']}-{s['sd']})"

    def cube(start: str, end: str, span: str) -> str:
        size = f"({end}*{end}*{end}-{start}*{start}*{start})"
        return f"IF({span}<=0,0,{k['two']}*{size}/({k['three']}*{span}*{span}))"

    def square(start: str, end: str, span: str) -> str:
        return f"IF({span}<=0,0,({end}*{end}-{start}*{start})/({span}*{span}))"

    up = (f"(MIN({s['left']},{s['b']})-{s['a']})", f"(MIN({s['right']},{s['b']})-{s['a']})",
          f"({s['b']}-{s['a']})")  # fmt: skip
    down = (f"({s['c']}-MAX({s['right']},{s['b']}))", f"({s['c']}-MAX({s['left']},{s['b']}))",
            f"({s['c']}-{s['b']})")  # fmt: skip
    other = f"({k['six']}-{s['shape']})"

    def cut(more: str) -> str:
        shape = f"{s['shape']}{more}"
        return f"(BETADIST({s['to']},{shape},{other})-BETADIST({s['from']},{shape},{other}))"

    rise = f"{s['share']}*{s['rising']}+(1-{s['share']})*{s['falling']}"
    first = f"{s['share']}*({s['a']}*{s['rising']}+{s['rising_sum']})"
    second = f"(1-{s['share']})*({s['c']}*{s['falling']}-{s['falling_sum']})"
    logs = f"LN({s['b']})-LN({s['a']})"
    return {
        "kind": f'IF(T({kind})="",1,MATCH({kind},{words},0))',
        **{key: f"N({sheet.cell('uncertain', key, i)})" for key in "abc"},
        "low": f'IF({low}="",0-{k["huge"]},{low})',
        "high": f'IF({high}="",{k["huge"]},{high})',
        "is_log": f"IF(OR({is_kind('lognormal', 'lognormal_median')},"
        f"AND({is_kind('range')},{s['a']}>0)),1,0)",
        "z": f"IF(AND({is_kind('range')},{s['c']}>0,{s['c']}<>{k['usual']}),"
        f"NORMSINV((1+{s['c']})/{k['two']}),{k['z95']})",
        "mean": f"IF({s['is_log']}=1,IF({is_kind('lognormal_median')},LN({s['a']}),"
        f"(LN({s['a']})+LN({s['b']}))/{k['two']}),"
        f"IF({is_kind('range')},({s['a']}+{s['b']})/{k['two']},{s['a']}))",
        "sd": f"IF({s['is_log']}=1,({logs})/({s['z']}*IF({is_kind('lognormal_median')},1,{k['two']})),"
        f"IF({is_kind('range')},({s['b']}-{s['a']})/({k['two']}*{s['z']}),{s['b']}))",
        "z_low": bound(s["low"]),
        "z_high": bound(s["high"]),
        "mass": between(s["z_low"], s["z_high"]),
        "mass_up": between(lower, upper),
        "normal": only(
            ("normal", "range"),
            f"IF({s['sd']}=0,{s['mean']},{s['mean']}+{s['sd']}"
            f"*({density(s['z_low'])}-{density(s['z_high'])})/{s['mass']})",
        ),
        "lognormal": f"IF({s['is_log']}=0,0,IF({s['sd']}=0,EXP({s['mean']}),"
        f"EXP({s['mean']}+{s['sd']}*{s['sd']}/{k['two']})*{s['mass_up']}/{s['mass']}))",
        "uniform": f"(MAX({s['a']},{s['low']})+MIN({s['b']},{s['high']}))/{k['two']}",
        "left": f"MAX({s['a']},{s['low']})",
        "right": f"MIN({s['c']},{s['high']})",
        "rising": square(*up),
        "rising_sum": cube(*up),
        "falling": square(*down),
        "falling_sum": cube(*down),
        "share": f"IF({width}=0,0,({s['b']}-{s['a']})/{width})",
        "triangular": only(
            ("triangular",),
            f"IF({width}=0,{s['a']},IF({is_inside},"
            f"({s['a']}+{s['b']}+{s['c']})/{k['three']},({first}+{second})/({rise})))",
        ),
        "shape": f"IF({width}=0,1,1+{k['four']}*({s['b']}-{s['a']})/{width})",
        "from": f"IF({width}=0,0,MAX(0,({s['low']}-{s['a']})/{width}))",
        "to": f"IF({width}=0,1,MIN(1,({s['high']}-{s['a']})/{width}))",
        "pert": only(
            ("pert",),
            f"IF({width}=0,{s['a']},IF({is_inside},"
            f"({s['a']}+{k['four']}*{s['b']}+{s['c']})/{k['six']},"
            f"{s['a']}+{width}*{s['shape']}/{k['six']}*{cut('+1')}/{cut('')}))",
        ),
        "discrete": f"IF({is_kind('discrete')},SUMPRODUCT({kept}*{firsts}*{seconds})"
        f"/SUMPRODUCT({kept}*{seconds}),0)",
    }


def _rows(count: int) -> str:
    """A range of so many rows, to name a position without a number in a formula."""
    return f"$A$1:$A${count}"
