"""A ranking on screen: who comes first and how sure that is, a table, and where the order turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import floor

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from impactmonitor import messages
from impactmonitor.messages import Language
from impactmonitor.model.record import in_language
from impactmonitor.proposals.ranked import RankedCase, Ranking
from impactmonitor.proposals.switching import Switch
from impactmonitor.report.formatting import number, percent
from impactmonitor.report.headings import sentences_under
from impactmonitor.report.scores_screen import dot
from impactmonitor.report.tables import new_table, numeric
from impactmonitor.scoring.comparison import LOWEST_COVERAGE
from impactmonitor.scoring.ranks import TIE_TOLERANCE

LINE = 15
MOST_SWITCHES = 8
MOST_MISSING = 3
ROUNDING = 1e-9


def ranking_screen(ranking: Ranking, language: Language) -> Iterator[RenderableType]:
    """Everything that ``impactmonitor rank`` shows, the answer first.

    Parameters
    ----------
    ranking : Ranking
        Of two cases or more.
    language : {"nl", "en"}
        The reader's language.

    Yields
    ------
    renderable
        For a rich console; plain text when it goes to a file.
    """
    told = _Told(ranking, language)
    title = in_language(ranking.framework.title, language, ranking.framework.id)
    yield Text(told.text("title", framework=title), style="bold")
    yield Text(ranking_headline(ranking, language))
    yield told.table()
    for sentence in told.basis():
        yield Text(sentence, style="dim")
    yield from sentences_under(told.text("switches.title"), told.turns())
    yield from sentences_under(told.text("doubts.title"), told.doubts(), "! ")


def ranking_headline(ranking: Ranking, language: Language) -> str:
    """Who comes first and how sure that is, or why nobody does; and on what they are compared.

    Parameters
    ----------
    ranking : Ranking
        Of two cases or more.
    language : {"nl", "en"}
        The reader's language.

    Examples
    --------
    >>> from impactmonitor import evaluate, load_case
    >>> from impactmonitor.proposals.ranking import rank_cases
    >>> from impactmonitor.resources import folder
    >>> case = load_case(folder("examples") / "neighbourhood-prevention" / "case.yaml")
    >>> twin = case.model_copy(update={"id": "twin", "title": "Twin"})
    >>> found = rank_cases([evaluate(case), evaluate(twin)], "prevention-core-set")
    >>> ranking_headline(found, "en").split(". ")[0]
    'There is no ranking: every case has a coverage under 80%'
    """
    return " ".join(_Told(ranking, language).sentences())


class _Told:
    """A ranking with the words for it."""

    def __init__(self, ranking: Ranking, language: Language) -> None:
        self.ranking, self.language = ranking, language
        self.least = percent(LOWEST_COVERAGE, language)
        titles = {n: in_language(one.title, language, n) for n, one in ranking.cases.items()}
        count = Counter(titles.values())
        self.names = {n: t if count[t] == 1 else f"{t} ({n})" for n, t in titles.items()}

    def text(self, key: str, **params: object) -> str:
        """A text about rankings."""
        return messages.text(f"ranking.{key}", self.language, **params)

    def sentences(self) -> Iterator[str]:
        """The answer, and what it rests on."""
        if self.ranking.reason is not None:
            yield self.text(f"reason.{self.ranking.reason}", least=self.least)
        else:
            yield from self._winners()
        if self.ranking.reason != "nothing_in_common":
            yield self._compared()

    def _winners(self) -> Iterator[str]:
        cases = self.ranking.cases.values()
        best = [one for one in cases if one.rank == 1]
        if len(self._known()) == 1:
            yield self.text("headline.only", name=self.names[best[0].id])
        elif len(best) == 1:
            often = self._share("often", _first(best[0]))
            key = "headline.first_partly" if self._is_narrow() else "headline.first"
            yield self.text(key, name=self.names[best[0].id], often=often)
        else:
            yield self.text("headline.shared", names=self._joined([one.id for one in best]))
        luckiest = max(cases, key=_first)
        if luckiest.rank != 1 and _first(luckiest) > _first(best[0]):
            often = self._share("often", _first(luckiest))
            yield self.text("headline.other", name=self.names[luckiest.id], often=often)

    def _known(self) -> list[str]:
        """Cases of which enough is known to come first."""
        return [name for name, one in self.ranking.cases.items() if not one.is_below_coverage]

    def _is_narrow(self) -> bool:
        """Whether what can be compared is too little to say much."""
        return (self.ranking.common_coverage or 0.0) < LOWEST_COVERAGE - ROUNDING

    def _compared(self) -> str:
        asked, common = len(self.ranking.framework.indicators), len(self.ranking.common)
        coverage = self._percent(self.ranking.common_coverage)
        key = "compared.all" if asked == common else "compared.some"
        return self.text(key, asked=asked, common=common, coverage=coverage)

    def _joined(self, ids: Sequence[str]) -> str:
        *others, last = [self.names[name] for name in ids]
        return self.text("and", first=", ".join(others), last=last) if others else last

    def _share(self, kind: str, share: float) -> str:
        """A share of the draws: never and always only where that is so in truth."""
        count = round(100 * share)
        degree = {0: "few", 100: "most"}.get(count, "some")
        if share <= ROUNDING or share >= 1 - ROUNDING:
            degree = "all" if count else "none"
        return self.text(f"{kind}.{degree}", count=count)

    def _percent(self, share: float | None) -> str:
        """Whole per cents, rounded down: what is too little never looks enough."""
        found = None if share is None else floor(100 * share + ROUNDING) / 100
        return percent(found, self.language)

    def table(self) -> Table:
        """A row for each case, the best first."""
        table = new_table()
        numeric(table, self.text("table.rank"))
        table.add_column(self.text("table.case"), overflow="fold", min_width=10)
        table.add_column(self.text("table.line"), no_wrap=True)
        heads = ("alone", "common", "coverage", "first")
        numeric(table, *(self.text(f"table.{head}") for head in heads))
        for name, one in self.ranking.cases.items():
            shown = self.names[name]
            shares = one.rank_acceptability
            table.add_row(
                "–" if one.rank is None else str(one.rank),
                self.text("table.mark", name=shown) if one.is_below_coverage else shown,
                dot(one.score, one.low, one.high, LINE),
                self._alone(one),
                number(one.common_score, self.language, 1 if one.common_score is not None else 0),
                self._percent(one.compared_coverage),
                "–" if shares is None else self._share("cell", shares[0]),
            )
        return table

    def _alone(self, one: RankedCase) -> str:
        score, low, high = (number(n, self.language, 0) for n in (one.score, one.low, one.high))
        if low == high:
            return score
        return self.text("table.bounds", score=score, low=low, high=high)

    def basis(self) -> Iterator[str]:
        """What the columns are, and whose weights they rest on."""
        yield self.text("columns")
        draws = self.ranking.draws
        if self.ranking.reason is None:
            yield self.text(
                "chance",
                draws=number(draws.count, self.language, 0),
                seed=draws.seed,
                highest=number(draws.highest, self.language),
            )
        own = self.ranking.framework.multipliers
        terms = ("short", "medium", "long")
        shown = {term: number(getattr(own, term), self.language) for term in terms}
        yield self.text("weights", **shown)

    def turns(self) -> Iterator[str]:
        """A sentence for each pair that changes places, those of the best cases first."""
        found = self.ranking.switches
        for one in found[:MOST_SWITCHES]:
            yield self._turn(one)
        rest = len(found) - MOST_SWITCHES
        if rest > 0:
            yield self.text("switches.more_one" if rest == 1 else "switches.more", count=rest)
        if not found and self.ranking.reason != "nothing_in_common":
            highest = number(self.ranking.draws.highest, self.language)
            yield self.text("switches.none", highest=highest)

    def _turn(self, one: Switch) -> str:
        before, after = (self.ranking.cases[name] for name in (one.before, one.after))
        key = "switches.same"
        if one.at not in (1.0, self.ranking.draws.highest):
            has_places = None not in (before.rank, after.rank)
            is_free = has_places and before.is_below_coverage == after.is_below_coverage
            gained = (after.common_score or 0.0) - (before.common_score or 0.0)
            now = "before" if gained > TIE_TOLERANCE else "after"
            key = f"switches.{'places' if is_free else 'scores'}.{now}"
        at = number(one.at, self.language)
        return self.text(key, at=at, before=self.names[one.before], after=self.names[one.after])

    def doubts(self) -> Iterator[str]:
        """Cases of which too little is known, and what was left out for all."""
        cases = self.ranking.cases
        first = next(iter(cases.values()))
        for one in cases.values():
            if one.is_below_coverage:
                yield f"{self._low(one, first)} {self._missing(one)}".rstrip()
        below = [name for name, one in cases.items() if one.is_below_coverage]
        if below and len(self._known()) > 1 and self._is_narrow():
            coverage = self._percent(self.ranking.common_coverage)
            yield self.text("doubts.narrow", coverage=coverage, cases=self._joined(below))
        for name, without in self.ranking.left_out.items():
            indicator = self._indicator(name)
            yield self.text("doubts.left_out", indicator=indicator, cases=self._joined(without))

    def _low(self, one: RankedCase, first: RankedCase) -> str:
        is_ahead = first.rank == 1 and (one.common_score or 0) > (first.common_score or 0)
        return self.text(
            "doubts.ahead" if is_ahead else "doubts.coverage",
            name=self.names[one.id],
            coverage=self._percent(one.compared_coverage),
            least=self.least,
            first=self.names[first.id],
        )

    def _missing(self, one: RankedCase) -> str:
        """What to answer first, by weight."""
        if not one.missing:
            return ""
        shown = ", ".join(self._indicator(name) for name in one.missing[:MOST_MISSING])
        rest = len(one.missing) - MOST_MISSING
        key = "doubts.missing_more" if rest > 0 else "doubts.missing"
        return self.text(key, indicators=shown, count=rest)

    def _indicator(self, name: str) -> str:
        return in_language(self.ranking.framework.indicators[name].title, self.language, name)


def _first(one: RankedCase) -> float:
    """The share of the draws in which a case comes first; 0 where there are no ranks."""
    return one.rank_acceptability[0] if one.rank_acceptability else 0.0
