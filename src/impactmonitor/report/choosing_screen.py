"""A choice under a budget on screen: who, why not the others, and how sure that is."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.portfolio.chosen import LeftOut, NotChosen, Selection, Unreachable
from impactmonitor.report.choosing_pictures import budget_picture, frontier_picture
from impactmonitor.report.choosing_words import ChoiceWords
from impactmonitor.report.headings import heading, sentences_under
from impactmonitor.report.tables import new_table, numeric


def choosing_screen(selection: Selection, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor select`` shows, the answer first.

    Parameters
    ----------
    selection : Selection
        From ``select``.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    words = ChoiceWords(selection, language)
    fund = selection.portfolio
    yield Text(words.text("title", fund=in_language(fund.title, language)), style="bold")
    yield Text(choosing_headline(selection, language))
    if selection.candidates:
        yield _table(words)
        yield from (Text(sentence, style="dim") for sentence in _basis(words))
    yield from sentences_under(words.text("limits.title"), _limits(words))
    yield from sentences_under(words.text("why.title"), _reasons(words))
    yield from sentences_under(words.text("left_out.title"), _left_out(words), "! ")
    yield from _pictures(words)
    yield from sentences_under(words.text("sure.title"), _sureness(words))


def choosing_headline(selection: Selection, language: Language) -> str:
    """What is chosen and what it comes to, or why nothing can be chosen.

    Parameters
    ----------
    selection : Selection
        From ``select``.
    language : {"nl", "en"}
        The reader's language.
    """
    words = ChoiceWords(selection, language)
    terms, totals = selection.terms, selection.totals
    if selection.unreachable is not None:
        return " ".join(_unreachable(words, selection.unreachable))
    budget = words.money(terms.budget)
    if not selection.chosen or totals is None:
        return words.text("headline.none", budget=budget)
    average = None if totals.score is None else totals.score / totals.spent
    headline = words.text(
        f"headline.{terms.maximise}{'_one' if len(selection.chosen) == 1 else ''}",
        count=len(selection.chosen),
        all=len(selection.candidates) + len(selection.left_out),
        value=words.money(totals.value),
        score=words.points(totals.score),
        average=words.score(average),
        spent=words.money(totals.spent),
        budget=budget,
    )
    return headline if selection.is_proven else f"{headline} {words.text('unproven')}"


def _unreachable(words: ChoiceWords, found: Unreachable) -> Iterator[str]:
    terms = words.selection.terms
    other = "score" if terms.maximise == "npv" else "npv"
    yield words.text(
        f"headline.unreachable_{terms.maximise}",
        floor=words.goal(terms.floor, other),
        furthest=words.goal(found.furthest, other),
        short=words.goal(found.short, other),
    )
    for name, furthest in found.without.items():
        most = words.goal(furthest, other)
        if name.startswith("themes."):
            theme = words.theme(name.removeprefix("themes."))
            yield words.text("eased.theme", theme=theme, furthest=most)
        else:
            key = {"financial_return": "return", "budget": "budget"}.get(name, "links")
            yield words.text(f"eased.{key}", furthest=most)
    if not found.without:
        yield words.text("eased.none")


def _table(words: ChoiceWords) -> Table:
    """A row for each candidate, the chosen ones first."""
    selection, sure = words.selection, words.selection.robustness
    table = new_table()
    table.add_column("")
    table.add_column(words.text("table.candidate"), overflow="fold", min_width=12)
    heads = ["amount", "value", "score", "loss"]
    if selection.framework is None:
        heads.remove("score")
    has_members = sure is not None and bool(sure.members)
    numeric(table, *(words.text(f"table.{h}") for h in [*heads, *["member"] * has_members]))
    chosen = selection.chosen or ()
    for name in [*chosen, *(n for n in selection.candidates if n not in chosen)]:
        one = selection.candidates[name]
        cells = [words.money(one.amount), words.money(one.value)]
        cells += [] if selection.framework is None else [words.score(one.score)]
        cells.append(words.share(one.probability_of_loss))
        if sure is not None and has_members:
            cells.append(words.share(sure.members[name]))
        table.add_row(words.text(f"table.{'chosen' if name in chosen else 'other'}"),
                      words.names[name], *cells)  # fmt: skip
    return table


def _basis(words: ChoiceWords) -> Iterator[str]:
    """What the columns are, and by which rule is chosen."""
    selection, sure = words.selection, words.selection.robustness
    yield words.text("columns", draws=words.points(selection.draws), seed=selection.seed)
    if sure is not None and sure.members:
        yield words.text("member", solved=sure.solved)
    if selection.framework is not None:
        title = in_language(selection.framework.title, words.language, selection.framework.id)
        yield words.text("score", framework=title)
    yield words.text("rule")


def _limits(words: ChoiceWords) -> Iterator[str]:
    """Every limit, and how much of it is used."""
    selection, terms, totals = words.selection, words.selection.terms, words.selection.totals
    if totals is None:
        return
    chosen = [selection.candidates[name] for name in selection.chosen or ()]
    yield words.text("limits.budget", used=words.money(totals.spent),
                     most=words.money(terms.budget))  # fmt: skip
    if terms.floor is not None:
        goal = terms.maximise
        used, other = (totals.score, "score") if goal == "npv" else (totals.value, "npv")
        yield words.text(f"limits.floor_{goal}", used=words.goal(used, other),
                         least=words.goal(terms.floor, other))  # fmt: skip
    for theme, most in terms.themes.items():
        used = sum(one.amount * one.themes.get(theme, 0.0) for one in chosen)
        yield words.text("limits.theme", theme=words.theme(theme), used=words.money(used),
                         most=words.money(most))  # fmt: skip
    if terms.financial_return is not None:
        yield words.text("limits.return", used=words.percent(totals.financial_return),
                         least=words.percent(terms.financial_return))  # fmt: skip
    if terms.probability_of_loss is not None:
        yield words.text("limits.loss", most=words.percent(terms.probability_of_loss))


def _reasons(words: ChoiceWords) -> Iterator[str]:
    """Why each of the others was not chosen, and what it would cost to choose it."""
    for name, why in words.selection.not_chosen.items():
        reasons = "; ".join(words.block(one) for one in why.blocks) or words.text("why.nothing")
        line = words.text("why.line", name=words.names[name], reasons=reasons)
        yield f"{line} {_lost(words, why)}".rstrip()


def _lost(words: ChoiceWords, why: NotChosen) -> str:
    if why.lost is None:
        return words.text("why.impossible")
    if why.lost == 0:
        return words.text("why.equal")
    return words.text(f"why.lost_{words.selection.terms.maximise}", lost=words.goal(why.lost))


def _left_out(words: ChoiceWords) -> Iterator[str]:
    for one in words.selection.left_out.values():
        yield _absent(words, one)


def _absent(words: ChoiceWords, one: LeftOut) -> str:
    problem = one.problems[0].message(words.language) if one.problems else ""
    key = f"left_out.{one.reason}"
    return words.text(
        f"{key}-more" if len(one.problems) > 1 else key,
        name=words.names[one.id],
        problem=problem,
        count=len(one.problems) - 1,
        chance=words.percent(one.probability_of_loss),
        most=words.percent(words.selection.terms.probability_of_loss),
        names=words.listed(one.needs),
    )


def _pictures(words: ChoiceWords) -> Iterator[RenderableType]:
    """What more budget brings, and what more of one goal costs of the other."""
    selection = words.selection
    yield heading(words.text("budgets.title"))
    if selection.value_of_step is not None:
        key = f"budgets.step_{selection.terms.maximise}"
        step, value = words.money(float(selection.step)), words.goal(selection.value_of_step)
        yield Padding(Text(words.text(key, step=step, value=value)), (0, 0, 0, 2))
    yield budget_picture(words)
    found = selection.frontier
    if found is not None and found.points:
        yield heading(words.text("frontier.title"))
        yield from frontier_picture(words, found)


def _sureness(words: ChoiceWords) -> Iterator[str]:
    sure = words.selection.robustness
    if sure is None:
        return
    if sure.best is not None:
        yield words.text("sure.best", share=words.share(sure.best), solved=sure.solved)
        yield words.text("sure.regret", regret=words.money(sure.expected_regret))
    else:
        yield words.text("sure.score")
    yield words.text("sure.loss", chance=words.share(sure.probability_of_loss),
                     p05=words.money(sure.p05), p95=words.money(sure.p95))  # fmt: skip
    if not sure.is_proven:
        yield words.text("sure.unproven")
