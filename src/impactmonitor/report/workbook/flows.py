"""The blocks of the calculation sheet for costs, transfers and effects."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from impactmonitor.intake.workbook.layout import letters
from impactmonitor.report.workbook.calculation import (
    MOMENT,
    OF_SOCIETY,
    PRICED,
    STARTING,
    VALUED,
    Sheet,
    key_of,
    number_of,
    starting,
    write_moment,
    write_present,
    write_prices,
    write_starting,
)


def reserve_flows(sheet: Sheet) -> None:
    """Room for the flows of all lines, one block below the other.

    Formulas then take a year of all lines as one range: there is nothing between the blocks.
    """
    rows = sheet.layout.rows
    amounts = (*STARTING, *PRICED, "amount", "nominal", "in_cash", "timing", "class", *VALUED)
    sheet.block("transfers", rows["transfers"], "transfers_by_year", (*amounts, "factor"))
    of_costs = (*OF_SOCIETY, *amounts, "bias", "burden")
    sheet.block("costs", rows["costs"], "costs_by_year", of_costs)
    of_effects = ("raw", "raw_beyond", "scale", "group", *VALUED, "received", "given")
    sheet.block("effects", rows["effects"], "effects_by_year", of_effects, OF_SOCIETY)


def write_amounts(sheet: Sheet, table: str) -> None:
    """Costs or transfers: an amount by year, with its bias, in the prices of the case."""
    for i in range(sheet.layout.rows[table]):
        code = sheet.cell(table, "code", i)
        sheet.name_row(table, i, None, code)
        write_starting(sheet, table, i, table, "amount")
        case = sheet.constant("currency")
        currency, year = (sheet.cell(table, key, i) for key in ("currency", "price_year"))
        write_prices(
            sheet, table, i,
            f'IF(T({currency})="",{case},T({currency}))',
            f"IF(N({year})=0,{sheet.constant('price_year')},{year})",
        )  # fmt: skip
        sheet.write(table, "amount", i, f"N({sheet.cell(table, 'amount', i)})")
        prices, nominal = sheet.cell(table, "prices", i), sheet.word("prices", "nominal")
        sheet.write(table, "nominal", i, f"IF({prices}={nominal},1,0)")
        in_kind, yes = sheet.cell(table, "in_kind", i), sheet.word("flag", "yes")
        sheet.write(table, "in_cash", i, f"IF({in_kind}={yes},0,1)")
        of_class = sheet.cell(table, "discount_class", i) if table == "costs" else ""
        standard = sheet.code("rates", 0)
        chosen = f'IF(T({of_class})="",${standard},T({of_class}))' if of_class else f"${standard}"
        chosen = chosen.replace("$$", "$").replace(standard, _fixed(standard))
        write_moment(sheet, table, i, sheet.cell(table, "timing", i), chosen)
        if table == "costs":
            sheet.write(table, "bias", i, f"N({sheet.cell(table, 'optimism_bias', i)})")
            sheet.write(table, "society", i, f"0-1-{sheet.scalar(table, 'burden', i)}")
        begun = starting(sheet, table, i, sheet.scalar(table, "amount", i))
        sheet.write_years(table, i, partial(_amount, sheet, table, i, begun))
        write_present(sheet, table, table, i)


def _fixed(cell: str) -> str:
    """A cell whose row does not move either."""
    column, row = cell.strip("$").rstrip("0123456789"), cell.lstrip("$ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f"${column}${row}"


def _amount(sheet: Sheet, table: str, i: int, begun: Callable[[int], str], column: int) -> str:
    rebase, nominal, line_year = (
        sheet.scalar(table, key, i) for key in ("rebase", "nominal", "price_year")
    )
    bias = f"*(1+{sheet.scalar(table, 'bias', i)})" if table == "costs" else ""
    year = sheet.at_year("year", 0, column, "r")
    deflated = f"(1+{sheet.constant('inflation')}*{nominal})^({line_year}-{year})"
    return f"{begun(column)}*{rebase}*{deflated}{bias}"


EFFECT = (
    "number", "factors", "lasts", "lag", "drop_off", "survival",
    "indicator", "value_name", "value", "background", "price", "anchors", "first_anchor",
    "unit", "unit_factor", "change", "change_from",
    "kept", "bias", "monetised", "is_transfer", "bearer",
)  # fmt: skip


def write_effects(sheet: Sheet) -> None:
    """Effects: what starts, what goes on, what it is worth."""
    rows, more = sheet.layout.rows["effects"], sheet.layout.rows["unpriced"]
    scalars = (*STARTING, *EFFECT, *PRICED, *MOMENT)
    sheet.block("starts_of", rows + more, "starts_of", scalars)
    quantities = ("discounted", "end", "before_start", "before_end", "stays")
    sheet.block("quantities", rows + more, "quantities", quantities)
    sheet.block("gains", rows, "gains")
    sheet.block("worth", rows, "worth", ("level",))
    write_factors(sheet)
    write_anchors(sheet)
    for i in range(rows + more):
        table, k = ("effects", i) if i < rows else ("unpriced", i - rows)
        for block in ("starts_of", "quantities"):
            sheet.name_row(block, i, None, sheet.cell(table, "code", k))
        _quantity(sheet, table, k, i)
        if table == "effects":
            for block in ("gains", "worth", "effects"):
                sheet.name_row(block, i, None, sheet.cell(table, "code", k))
            _price(sheet, i)
            _value(sheet, i)
        else:
            _class_of(sheet, i, "", None)
        _discounted(sheet, i)


def write_factors(sheet: Sheet) -> None:
    """The product of the factors of each effect, built up row by row."""
    rows = sheet.layout.rows["factors"]
    sheet.block("multipliers", rows, "multipliers", ("nth", "product"))
    for i in range(rows):
        line = sheet.scalar("factors_numbers", "line", i)
        so_far = _above(sheet, "factors_numbers", "line", i)
        nth = sheet.scalar("multipliers", "nth", i)
        sheet.write("multipliers", "nth", i, f"IF({line}=0,0,COUNTIF({so_far},{line}))")
        number = f"N({sheet.cell('factors', 'number', i)})"
        if i == 0:
            sheet.write("multipliers", "product", i, number)
        else:
            products, names, lines = (
                _above(sheet, block, key, i - 1)
                for block, key in (
                    ("multipliers", "product"), ("multipliers", "nth"), ("factors_numbers", "line")
                )
            )  # fmt: skip
            above = f"SUMIFS({products},{lines},{line},{names},{nth}-1)"
            sheet.write("multipliers", "product", i, f"{number}*IF({nth}<=1,1,{above})")


def _above(sheet: Sheet, block: str, name: str, last: int) -> str:
    """A scalar of the lines from the first to this one; the end of the range moves along."""
    found = sheet.blocks[block]
    column = f"${letters(found.scalars[name])}"
    return f"{column}${found.top}:{column}{found.row(last)}"


def write_anchors(sheet: Sheet) -> None:
    """Prices by year: a straight line from each to the next, the last one going on."""
    rows = sheet.layout.rows["by_year"]
    keys = ("from", "next", "slope", "intercept", "is_first", "since")
    sheet.block("anchors", rows, "anchors", keys)
    line = sheet.numbers("by_year", "line")
    field, year, number = (sheet.table("by_year", key) for key in ("field", "year", "number"))
    price, large = sheet.word("year_fields", "unit_value"), sheet.constant("large")
    for i in range(rows):
        cell = {key: sheet.cell("by_year", key, i) for key in ("field", "year", "number")}
        own = sheet.scalar("by_year_numbers", "line", i)
        start, end, slope = (sheet.scalar("anchors", key, i) for key in ("from", "next", "slope"))
        is_price = f"AND({own}>0,{cell['field']}={price})"
        sheet.write("anchors", "from", i, f"IF({is_price},{cell['year']},{large})")
        same = f"({line}={own})*({field}={price})"
        later = f"SUMPRODUCT(MAX({same}*({year}>{start})*({large}-{year})))"
        sheet.write("anchors", "next", i, f"{large}-IF({start}={large},0,{later})")
        there = f"SUMIFS({number},{line},{own},{field},{price},{year},{end})"
        rise = f"({there}-N({cell['number']}))/({end}-{start})"
        sheet.write("anchors", "slope", i, f"IF(OR({start}={large},{end}={large}),0,{rise})")
        level = f"N({cell['number']})-{slope}*{start}"
        sheet.write("anchors", "intercept", i, f"IF({start}={large},0,{level})")
        earlier = f'COUNTIFS({line},{own},{field},{price},{year},"<"&{start})'
        sheet.write("anchors", "is_first", i, f"IF({start}={large},0,IF({earlier}=0,1,0))")
        is_first = sheet.scalar("anchors", "is_first", i)
        sheet.write("anchors", "since", i, f"IF({is_first}=1,0,{start})")


def _quantity(sheet: Sheet, table: str, k: int, i: int) -> None:
    """What starts in each year, and what is going on."""
    block = "starts_of"
    write_starting(sheet, block, i, table, "quantity") if table == "effects" else _starting_simple(
        sheet, k, i
    )
    code = sheet.code(block, i)
    lines, names = sheet.numbers("factors", "line"), sheet.scalars("multipliers", "nth")
    line = sheet.scalar(block, "line", i)
    cell = {key: sheet.cell(table, key, k) for key in ("quantity", "lasts", "drop_off")}
    sheet.write(block, "number", i, f"N({cell['quantity']})")
    times = f"COUNTIF({lines},{line})"
    product = f"SUMIFS({sheet.scalars('multipliers', 'product')},{lines},{line},{names},{times})"
    listed = f'IF(OR({code}="",{times}=0),1,{product})'
    if table == "effects":
        own = sheet.cell(table, "per_person", k)
        listed += f'*IF(OR({own}="",ISTEXT({own})),1,N({own}))'
    sheet.write(block, "factors", i, listed)
    more = sheet.constant("what_if_duration")
    sheet.write(block, "lasts", i, f"MAX(1,IF(N({cell['lasts']})=0,1,{cell['lasts']})+{more})")
    lag = f"N({sheet.cell(table, 'lag', k)})" if table == "effects" else "0"
    sheet.write(block, "lag", i, lag)
    sheet.write(block, "drop_off", i, f"N({cell['drop_off']})")
    lost, lasts = (sheet.scalar(block, key, i) for key in ("drop_off", "lasts"))
    sheet.write(block, "survival", i, f"IF({lost}>=1,0,EXP({lasts}*LN(1-{lost})))")
    begun = starting(sheet, block, i, sheet.scalar(block, "number", i))
    what_if = f"{sheet.constant('what_if_reached')}*{sheet.constant('what_if_size')}"
    sheet.write_years(block, i, lambda c: f"{begun(c)}*{what_if}")
    _write_bounds(sheet, i)
    of = (sheet.scalar("quantities", "stays", i), sheet.scalar("starts_of", "survival", i))
    sheet.write_years("quantities", i, lambda c: going_on(sheet, "quantities", i, c, of))
    if table == "effects":
        sheet.write_years("gains", i, lambda c: going_on(sheet, "gains", i, c, of, "MAX(0,{})"))


def _starting_simple(sheet: Sheet, k: int, i: int) -> None:
    """As for any line; those that are not in money have no growth."""
    block, table = "starts_of", "unpriced"
    base = sheet.constant("base")
    first, years = (sheet.cell(table, key, k) for key in ("first_year", "years"))
    lines, listed = sheet.numbers("by_year", "line"), sheet.table("by_year", "year")
    code, line = sheet.code(block, i), sheet.scalar(block, "line", i)
    sheet.write(block, "line", i, number_of(code, sheet.list("lines")))
    sheet.write(block, "key", i, key_of(sheet, line, sheet.word("year_fields", "quantity")))
    sheet.write(block, "first", i, f"IF(N({first})=0,0,{first}-{base})")
    sheet.write(block, "years", i, f"IF(N({years})=0,1,{years})")
    sheet.write(block, "growth", i, "0")
    sheet.write(block, "by_year", i, f'IF({code}="",0,COUNTIF({lines},{line}))')
    latest = f"SUMPRODUCT(MAX(({lines}={line})*{listed}))-{base}"
    start, count, has = (sheet.scalar(block, key, i) for key in ("first", "years", "by_year"))
    sheet.write(block, "last", i, f"IF({has}>0,{latest},{start}+{count}-1)")


def _write_bounds(sheet: Sheet, i: int) -> None:
    """The last year in which anything goes on, and what brings a year to the place of a start.

    A row of starts has an empty cell before the base year, so a year has the place after it.
    """
    last, lag, lasts, lost = (
        sheet.scalar("starts_of", key, i) for key in ("last", "lag", "lasts", "drop_off")
    )
    for name, formula in {
        "end": f"{last}+{lag}+{lasts}-1",
        "before_start": f"{lag}-1-1",
        "before_end": f"{lag}+{lasts}-1-1",
        "stays": f"1-{lost}",
    }.items():
        sheet.write("quantities", name, i, formula)


def going_on(
    sheet: Sheet, block: str, i: int, column: int, of: tuple[str, str], part: str = "{}"
) -> str:
    """What is left of last year, and what starts, without what has lasted long enough.

    No power of what may be 0 is needed, and a year costs the same whatever the duration.

    Parameters
    ----------
    sheet : Sheet
        With what starts in each year.
    block : str
        Where the formula stands.
    i : int
        Row of the effect.
    column : int
        Of the year.
    of : tuple of str
        Cells with what stays each year, and with what is left after as long as it lasts.
    part : str
        What is counted of what starts, with braces for that.
    """
    j = sheet.at_year("index", 0, column, "r")
    factors, (stays, survival) = sheet.scalar("starts_of", "factors", i), of
    end, since, until = (
        sheet.scalar("quantities", key, i) for key in ("end", "before_start", "before_end")
    )
    row = sheet.all_years("starts_of", i, before=1)
    before = sheet.at_year(block, i, column - 1)
    begun, ended = (part.format(f"INDEX({row},MAX(1,{j}-{s}))") for s in (since, until))
    return f"IF({j}>{end},0,{before}*{stays}+{factors}*({begun}-{ended}*{survival}))"


def _class_of(sheet: Sheet, i: int, cell: str, timing: str | None) -> None:
    """The discount class: the line's own, or that of its indicator or price."""
    block = "starts_of"
    standard = _fixed(sheet.code("rates", 0))
    found = standard
    if cell:
        value, indicator = sheet.scalar(block, "background", i), sheet.scalar(block, "indicator", i)
        of_value = f"T(INDEX({sheet.list('values', 'class')},{value}))"
        of_indicator = f"T(INDEX({sheet.list('indicators', 'class')},{indicator}))"
        later = f'IF({value}=0,{standard},IF({of_value}="",{standard},{of_value}))'
        later = f'IF({indicator}=0,{later},IF({of_indicator}="",{later},{of_indicator}))'
        found = f'IF(T({cell})<>"",T({cell}),{later})'
    write_moment(sheet, block, i, timing, found)


def _price(sheet: Sheet, i: int) -> None:
    """What one unit is worth in each year, in the prices of the case."""
    block, table = "starts_of", "effects"
    cell = {
        key: sheet.cell(table, key, i)
        for key in ("indicator", "unit_value", "unit", "currency", "price_year", "timing",
                    "discount_class", "real_price_change", "real_price_from")
    }  # fmt: skip
    code, unknown = sheet.code(block, i), sheet.word("unknown", "unknown")

    def s(name: str) -> str:
        return sheet.scalar(block, name, i)

    def look_up(of: str, column: str, row: str) -> str:
        return f"INDEX({sheet.list(of, column)},{row})"

    found = f"T({cell['indicator']})"
    sheet.write(block, "indicator", i, f'IF({found}="",0,{sheet.entry("indicators", found)})')
    price = cell["unit_value"]
    lines, fields = sheet.numbers("by_year", "line"), sheet.table("by_year", "field")
    is_price = sheet.word("year_fields", "unit_value")
    sheet.write(
        block, "anchors", i, f'IF({code}="",0,COUNTIFS({lines},{s("line")},{fields},{is_price}))'
    )
    inherited = f'IF({s("indicator")}=0,"",T({look_up("indicators", "value", s("indicator"))}))'
    is_given = f"OR({s('anchors')}>0,ISNUMBER({price}),T({price})={unknown})"
    named = f'IF({is_given},"",IF(T({price})<>"",T({price}),{inherited}))'
    sheet.write(block, "value_name", i, named)
    name = s("value_name")
    sheet.write(block, "value", i, f'IF({name}="",0,{sheet.entry("values", name)})')
    behind = f'IF({inherited}="",0,IFERROR(MATCH({inherited},{sheet.list("values")},0),0))'
    sheet.write(block, "background", i, f"IF({s('value')}>0,{s('value')},{behind})")
    number = f"IF({s('value')}>0,N({look_up('values', 'number', s('value'))}),N({price}))"
    sheet.write(block, "price", i, number)
    is_first = sheet.scalars("anchors", "is_first")
    years = sheet.table("by_year", "year")
    sheet.write(
        block,
        "first_anchor",
        i,
        f"IF({s('anchors')}=0,0,SUMIFS({years},{lines},{s('line')},{is_first},1))",
    )
    own_currency = (
        f'IF(T({cell["currency"]})="",{sheet.constant("currency")},T({cell["currency"]}))'
    )
    own_year = f"IF(N({cell['price_year']})=0,{sheet.constant('price_year')},{cell['price_year']})"
    # a price that is not used need not be one that can be brought to the prices of the case
    write_prices(
        sheet, block, i,
        f"IF({s('monetised')}=0,{sheet.constant('currency')},IF({s('value')}>0,"
        f"T({look_up('values', 'currency', s('value'))}),{own_currency}))",
        f"IF({s('monetised')}=0,{sheet.constant('price_year')},IF({s('value')}>0,"
        f"N({look_up('values', 'price_year', s('value'))}),{own_year}))",
    )  # fmt: skip
    of_indicator = f'IF({s("indicator")}=0,"",T({look_up("indicators", "unit", s("indicator"))}))'
    sheet.write(block, "unit", i, f'IF(T({cell["unit"]})<>"",T({cell["unit"]}),{of_indicator})')
    units, factors = sheet.list("units", "name"), sheet.list("units", "factor")
    theirs = look_up("values", "unit", s("value"))
    convert = (
        f"IFERROR(INDEX({factors},MATCH({s('unit')},{units},0))"
        f"/INDEX({factors},MATCH({theirs},{units},0)),1)"
    )
    sheet.write(block, "unit_factor", i, f'IF(OR({s("value")}=0,{s("unit")}=""),1,{convert})')
    sheet.write(block, "change", i, f"N({cell['real_price_change']})")
    since = cell["real_price_from"]
    sheet.write(block, "change_from", i, f"IF(N({since})=0,{sheet.constant('base')},{since})")
    _class_of(sheet, i, cell["discount_class"], cell["timing"])
    bearer = f'IF({s("background")}=0,"",T({look_up("values", "kind", s("background"))}))'
    own_bearer = f"T({look_up('indicators', 'kind', s('indicator'))})"
    sheet.write(
        block,
        "bearer",
        i,
        f'IF({s("indicator")}=0,{bearer},IF({own_bearer}="",{bearer},{own_bearer}))',
    )
    off = "*".join(
        f"(1-N({sheet.cell(table, key, i)}))"
        for key in ("deadweight", "displacement", "attribution_to_others")
    )
    sheet.write(block, "kept", i, off)
    sheet.write(block, "bias", i, f"N({sheet.cell(table, 'optimism_bias', i)})")
    answers = [sheet.cell(table, key, i) for key in ("quantity", "per_person", "unit_value")]
    apart = ",".join(f"{answer}={unknown}" for answer in answers)
    flag = f"{sheet.cell(table, 'monetised', i)}={sheet.word('flag', 'no')}"
    sheet.write(block, "monetised", i, f"IF(OR({flag},{apart}),0,1)")
    intercepts, slopes = (sheet.scalars("anchors", key) for key in ("intercept", "slope"))
    starts, nexts = (sheet.scalars("anchors", key) for key in ("since", "next"))
    sheet.write("worth", "level", i, f"{s('rebase')}*{s('unit_factor')}")
    level = sheet.scalar("worth", "level", i)

    def worth(column: int) -> str:
        year = sheet.at_year("year", 0, column, "r")
        here = f'{lines},{s("line")},{starts},"<="&{year},{nexts},">"&{year}'
        # before its first year a price is that of its first year
        counted = f"MAX({year},{s('first_anchor')})"
        listed = f"SUMIFS({intercepts},{here})+{counted}*SUMIFS({slopes},{here})"
        moved = f"{level}*(1+{s('change')})^({year}-{s('change_from')})"
        return f"IF({s('anchors')}=0,{s('price')},{listed})*{moved}"

    sheet.write_years("worth", i, worth)


def value_of(sheet: Sheet, i: int, quantity: str, gains: str) -> Callable[[int], str]:
    """The value of an effect in a year, before overlap.

    Parameters
    ----------
    sheet : Sheet
        With the price of the effect in each year.
    i : int
        Row of the effect.
    quantity, gains : str
        Blocks with how much there is, and how much of what started as a gain.
    """
    kept, bias, monetised, factors = (
        sheet.scalar("starts_of", key, i) for key in ("kept", "bias", "monetised", "factors")
    )

    def value(column: int) -> str:
        all_of, gained = (sheet.at_year(b, i, column) for b in (quantity, gains))
        worth = sheet.at_year("worth", i, column)
        # a gain is corrected downwards and a harm upwards: by its size, on the side of its sign
        sizes = f"SIGN({factors}*{worth})*({sheet.constant('two')}*{gained}-{all_of})"
        return f"{monetised}*{kept}*{worth}*({all_of}-{bias}*{sizes})"

    return value


def discounted_of(sheet: Sheet, block: str, i: int) -> str:
    """What the years of an effect within the horizon are worth now."""
    factor = f"INDEX({sheet.whole('factors')},{sheet.scalar('starts_of', 'factor', i)},0)"
    row, within = sheet.all_years(block, i), sheet.all_years("within", 0)
    return f"SUMPRODUCT({row},{factor},{within})"


def _value(sheet: Sheet, i: int) -> None:
    """Value by year, its present value, and what overlap leaves of it."""
    block = "starts_of"
    sheet.write_years("effects", i, value_of(sheet, i, "quantities", "gains"))
    own = sheet.scalar(block, "factor", i)
    sheet.write("effects", "factor", i, own)
    factor, row = f"INDEX({sheet.whole('factors')},{own},0)", sheet.all_years("effects", i)
    raw, beyond, scale = (sheet.scalar("effects", k, i) for k in ("raw", "raw_beyond", "scale"))
    sheet.write("effects", "raw", i, discounted_of(sheet, "effects", i))
    sheet.write("effects", "raw_beyond", i, f"SUMPRODUCT({row},{factor})-{raw}")
    _overlap(sheet, i)
    is_transfer = sheet.scalar(block, "is_transfer", i)
    sheet.write("effects", "society", i, f"(1-{is_transfer})*{scale}")
    sheet.write("effects", "present", i, f"{raw}*{scale}")
    sheet.write("effects", "beyond", i, f"{beyond}*{scale}")


def _overlap(sheet: Sheet, i: int) -> None:
    """By what overlap scales an effect, gains and harms of its group apart."""
    code = sheet.code("effects", i)
    groups, lines = sheet.table("overlap_lines", "group"), sheet.table("overlap_lines", "line")
    mine = f'IF({code}="","",IFERROR(INDEX({groups},MATCH({code},{lines},0)),""))'
    sheet.write("effects", "group", i, mine)
    sheet.write("effects", "scale", i, overlap_scale(sheet, i, "effects", "raw"))


def overlap_scale(sheet: Sheet, i: int, block: str, name: str) -> str:
    """By what overlap scales an effect when the effects are worth what a column says."""
    value, values = sheet.scalar(block, name, i), sheet.scalars(block, name)
    names, alphas = sheet.table("overlaps", "code"), sheet.table("overlaps", "alpha")
    group, groups = sheet.scalar("effects", "group", i), sheet.scalars("effects", "group")
    sign = f"IF({value}<0,-1,1)"
    members = f"({groups}={group})*({values}*{sign}>0)*ABS({values})"
    total, largest = f"SUMPRODUCT({members})", f"SUMPRODUCT(MAX({members}))"
    alpha = f"N(INDEX({alphas},MATCH({group},{names},0)))"
    corrected = f"({largest}+{alpha}*({total}-{largest}))/{total}"
    return f'IF(OR({group}="",{value}=0),1,{corrected})'


def _discounted(sheet: Sheet, i: int) -> None:
    """The discounted quantity within the horizon."""
    sheet.write("quantities", "discounted", i, discounted_of(sheet, "quantities", i))
