"""A ranking on screen: in words, within the width, and with what is doubtful."""

import pytest
from rich.table import Table
from tests.proposals.answered import (
    FEW,
    FRAMEWORK,
    HIDING,
    LASTING,
    LONG,
    NOT_HERE,
    QUICK,
    evaluate,
    proposal,
    rank_cases,
    ranked,
)
from tests.report.test_screen import printed, rows

from impactmonitor.messages import LANGUAGES
from impactmonitor.report.ranking_screen import MOST_SWITCHES, ranking_headline, ranking_screen
from impactmonitor.scoring.robust_ranking import Draws


def flat(ranking, language="en"):
    return " ".join(printed(ranking_screen(ranking, language)).split())


def table_of(ranking, language="en"):
    return next(part for part in ranking_screen(ranking, language) if isinstance(part, Table))


def test_who_comes_first_and_how_sure_that_is():
    ranking = ranked(quick=QUICK, lasting=LASTING)
    share = round(100 * ranking.cases["lasting"].rank_acceptability[0])
    text = flat(ranking)
    assert f"Lasting comes first. With other weights it does so in {share} of 100 draws." in text
    assert "compared on all 14 indicators" in text
    assert "No euro has a part in them" in text
    assert "To look at" not in text


def test_a_row_for_each_case_with_its_score_alone_and_what_is_common():
    ranking = ranked(lasting=LASTING, hiding=HIDING)
    first, second = rows(table_of(ranking))
    case = ranking.cases["lasting"]
    assert first[:2] == ["1", "Lasting"]
    assert first[3:] == [f"{case.score:.0f}", f"{case.common_score:.1f}", "100%", "100%"]
    assert second[:2] == ["2", "Hiding !"]
    case = ranking.cases["hiding"]
    assert second[3] == f"{case.score:.0f} ({case.low:.0f}–{case.high:.0f})"
    assert second[4:] == [f"{case.common_score:.1f}", "71%", "0%"]
    assert second[2].count("●") == 1
    assert second[2].count("-") >= 2


def test_who_hides_is_named_with_what_is_missing():
    text = flat(ranked(lasting=LASTING, hiding=HIDING))
    assert "Only Lasting is known well enough to come first. The cases" in text
    assert "in all draws" not in text
    assert "Hiding has a coverage of 71%, so it cannot come first, although" in text
    assert "above that of Lasting" in text
    assert "Not known: Healthier behaviour that lasts, Lasting provision." in text
    poor = flat(ranked(quick={**QUICK, **dict.fromkeys(("say", "access"), 4)}, poor={"say": 1}))
    assert "Poor has a coverage of 4%. Under 80% a case cannot come first" in poor
    assert ", and 10 more." in poor


def test_who_hides_narrows_what_the_others_are_compared_on_and_that_is_said():
    """Without the long term, who is quick goes before who lasts."""
    ranking = ranked(quick=QUICK, lasting=LASTING, hiding=HIDING)
    assert list(ranking.cases) == ["quick", "lasting", "hiding"]
    text = flat(ranking)
    assert "On what can be compared, Quick comes first. With other weights it does so" in text
    assert "rests on only 71% of the weight, because little is known of Hiding" in text


def test_a_coverage_just_too_low_is_not_rounded_up_to_enough():
    framework = ranked(a=QUICK, b=QUICK).framework
    heavy = sum(i.weight * framework.multiplier_of(n) for n, i in framework.indicators.items())
    ranking = ranked(quick=QUICK, other={k: v for k, v in QUICK.items() if k not in LONG})
    coverage = 1 - 6 / heavy
    assert rows(table_of(ranking))[1][5] == f"{int(100 * coverage)}%"


def test_where_the_order_turns():
    ranking = ranked(quick=QUICK, lasting=LASTING)
    at = f"{ranking.switches[0].at:.2f}"
    # the framework's own multiplier, 3, lies beyond it
    assert f"Up to a long-term multiplier of {at}, Quick goes before Lasting." in flat(ranking)
    short = ranked(Draws(500, 3, 1.01), quick=QUICK, lasting=LASTING)
    assert "No order turns, whatever the long-term multiplier from 1 to 1.01." in flat(short)


def test_before_the_turn_it_is_told_from_there_on():
    """A little less lasting: ahead only beyond the framework's own multiplier."""
    ranking = ranked(quick=QUICK, lasting={**LASTING, "behaviour-kept": 0.18, "permanence": 3})
    (switch,) = ranking.switches
    assert switch.at > 3
    text = flat(ranking)
    assert f"From a long-term multiplier of {switch.at:.3g} on, Lasting goes before Quick." in text


def test_a_turn_between_one_that_may_be_first_and_one_that_may_not_moves_no_places():
    fewer = {k: v for k, v in QUICK.items() if k not in ("permanence", "qalys-gained")}
    fewer = {k: v for k, v in fewer.items() if k != "health-shown"}
    ranking = ranked(fewer=fewer, lasting=LASTING)
    assert ranking.cases["fewer"].is_below_coverage
    (switch,) = ranking.switches
    text = flat(ranking)
    assert f"of {switch.at:.3g}" in text
    assert "the common score of" in text
    assert "goes before" not in text


def test_at_an_end_they_are_the_same():
    at = ranked(quick=QUICK, lasting=LASTING).switches[0].at
    ranking = ranked(Draws(500, 3, at), quick=QUICK, lasting=LASTING)
    assert "Quick and Lasting have the same common score" in flat(ranking)


def test_many_turns_are_cut_and_say_so():
    quick = {f"quick{i}": {**QUICK, "say": i} for i in (1, 2, 3, 4)}
    lasting = {f"lasting{i}": {**LASTING, "say": i} for i in (1, 2, 3, 4)}
    ranking = ranked(Draws(10, 1, 50.0), **quick, **lasting)
    rest = len(ranking.switches) - MOST_SWITCHES
    assert rest > 1
    assert f"and {rest} more pairs" in flat(ranking)


def test_what_was_left_out_for_all():
    ranking = ranked(quick={**QUICK, "say": NOT_HERE}, lasting=LASTING)
    title = ranking.framework.indicators["say"].title.en
    said = f'! "{title}" was left out for all, as it does not apply to Quick.'
    assert said in flat(ranking)
    assert "13 of 14 indicators" in flat(ranking)


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        ({"one": {"say": 3}, "other": {"access": 3}}, "no indicator that weighs anything"),
        ({"one": {"say": 3}, "other": {"say": 2}}, "every case has a coverage under 80%"),
    ],
)
def test_why_there_is_no_ranking(cases, said):
    ranking = ranked(**cases)
    text = flat(ranking)
    assert text.count("There is no ranking:") == 1
    assert said in text
    assert {row[0] for row in rows(table_of(ranking))} == {"–"}
    assert {row[-1] for row in rows(table_of(ranking))} == {"–"}
    assert "draws" not in text


def test_a_shared_first_place():
    text = ranking_headline(ranked(a=QUICK, b=QUICK), "en")
    assert text.startswith("A and B share the first place: their common score is the same.")


def test_one_that_is_luckier_with_other_weights():
    """The framework's own multipliers may put another first than most of the draws do."""
    ranking = ranked(Draws(500, 3, 1.0), quick=QUICK, lasting=LASTING)
    text = ranking_headline(ranking, "en")
    assert text.startswith("Lasting comes first.")
    share = round(100 * ranking.cases["quick"].rank_acceptability[0])
    assert f"With other weights Quick comes first more often: in {share} of 100 draws." in text


def test_cases_with_one_title_are_told_apart():
    twins = [evaluate(proposal(name, QUICK, title="Twin")) for name in ("a", "b")]
    shown = [row[1] for row in rows(table_of(rank_cases(twins, FRAMEWORK, FEW)))]
    assert shown == ["Twin (a)", "Twin (b)"]


def test_in_dutch():
    text = flat(ranked(quick=QUICK, lasting=LASTING, hiding=HIDING), "nl")
    assert text.startswith("Rangschikking: Kernset preventie")
    assert "op de eerste plaats. Met andere gewichten gebeurt dat in" in text
    assert "Hiding heeft een dekking van 71% en kan daarom niet op de eerste plaats komen" in text
    assert "Niet bekend: Gezonder gedrag dat blijft, Blijvend aanbod." in text
    two = flat(ranked(quick=QUICK, lasting=LASTING), "nl")
    assert "voor de lange termijn gaat Quick voor Lasting." in two
    assert "Er telt geen euro in mee." in two


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [2, 4])
def test_nothing_is_cut_off_on_a_screen_of_80_columns(language, size):
    cases = [
        evaluate(proposal(name, answers, title=f"{name} and a title that goes on and on"))
        for name, answers in {
            "averylongnamewithoutanyspaceinit": QUICK,
            "lasting": LASTING,
            "hiding": HIDING,
            "none": {"say": 1},
        }.items()
    ][:size]
    text = printed(ranking_screen(rank_cases(cases, FRAMEWORK, FEW), language), 80)
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "…" not in text
    for case in cases:
        assert case.case.title[:8] in text
