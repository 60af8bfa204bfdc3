"""Tests mirror the sources: every module has a test file at the same place, or says where."""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parent
PACKAGE = TESTS.parent / "src" / "impactmonitor"

ELSEWHERE = {
    # how the program is started, and which version it is
    "__main__.py": "cli/test_commands.py",
    "version.py": "cli/test_commands.py",
    # parts of one thing, which are tested together
    "uncertainty/inputs.py": "uncertainty/test_simulation.py",
    "uncertainty/products.py": "uncertainty/test_exact.py",
    "uncertainty/results.py": "uncertainty/test_simulation.py",
    "appraisal/annuities.py": "appraisal/test_present.py",
    "appraisal/appraised.py": "appraisal/test_metrics.py",
    "appraisal/components.py": "appraisal/test_bridge.py",
    "appraisal/steps.py": "appraisal/test_bridge.py",
    "appraisal/terms.py": "appraisal/test_present.py",
    "catalogue/kinds.py": "catalogue/test_reading.py",
    "catalogue/overriding.py": "evaluation/test_steps.py",
    "catalogue/pricing.py": "appraisal/test_strands.py",
    "catalogue/resolve.py": "errors/test_contract.py",
    "catalogue/resolved.py": "appraisal/test_strands.py",
    "catalogue/schedules.py": "catalogue/test_shipped_rates.py",
    "catalogue/units.py": "catalogue/test_collection.py",
    "cli/app.py": "cli/test_commands.py",
    "cli/application.py": "cli/test_commands.py",
    "cli/commands/administering.py": "cli/test_organising.py",
    "cli/commands/serving.py": "cli/test_serving.py",
    "cli/commands/working.py": "cli/test_working.py",
    "cli/commands/cases.py": "cli/test_commands.py",
    "cli/commands/catalogue.py": "cli/test_commands.py",
    "cli/commands/checking.py": "cli/test_checking.py",
    "cli/commands/choosing.py": "cli/test_choosing.py",
    "cli/commands/comparing.py": "cli/test_ranking.py",
    "cli/commands/files.py": "cli/test_converting.py",
    "cli/commands/monitoring.py": "cli/test_tracking_cases.py",
    "cli/commands/measurements.py": "cli/test_updating.py",
    "cli/commands/reasons.py": "cli/test_listing_gaps.py",
    "cli/commands/sharing.py": "cli/test_arranging.py",
    "cli/comparing.py": "cli/test_commands.py",
    "cli/looking_up.py": "cli/test_commands.py",
    "cli/options.py": "cli/test_commands.py",
    "cli/outcome.py": "cli/test_commands.py",
    "intake/reading.py": "errors/test_contract.py",
    "model/financing_rules.py": "errors/test_contract.py",
    "model/score_rules.py": "errors/test_contract.py",
    "model/measurement_rules.py": "errors/test_contract.py",
    "model/monitoring_rules.py": "errors/test_contract.py",
    "report/choosing_sheet.py": "report/test_choosing_workbook.py",
    "report/tables.py": "report/test_screen.py",
    "cli/commands/portfolio_reporting.py": "cli/test_reporting_portfolios.py",
    "report/portfolio_reported.py": "report/test_portfolio_document.py",
    "report/portfolio_sentences.py": "report/test_portfolio_screen.py",
    "report/portfolio_annex_screen.py": "report/test_portfolio_screen.py",
    "report/portfolio_doubts_screen.py": "report/test_portfolio_screen.py",
    "report/portfolio_emissions.py": "report/test_portfolio_screen.py",
    # sheets of one workbook
    "report/portfolio_book.py": "report/test_portfolio_workbook.py",
    "report/portfolio_actors_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_changes_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_claims_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_emissions_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_heat_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_holdings_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_indicators_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_ledger_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_quality_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_results_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_setbacks_page.py": "report/test_portfolio_workbook.py",
    "report/portfolio_text_pages.py": "report/test_portfolio_workbook.py",
    "intake/repair.py": "errors/test_contract.py",
    "intake/workbook/child.py": "intake/workbook/test_cells.py",
    "intake/workbook/filled.py": "report/workbook/test_writing.py",
    "intake/workbook/filling.py": "report/workbook/test_writing.py",
    "intake/workbook/answers.py": "intake/workbook/test_read.py",
    "intake/workbook/heads.py": "intake/workbook/test_read.py",
    "intake/workbook/layout.py": "report/workbook/test_writing.py",
    "intake/workbook/unfilling.py": "report/workbook/test_writing.py",
    "intake/workbook/words.py": "intake/workbook/test_texts.py",
    "proposals/checked.py": "proposals/test_checking.py",
    "proposals/judged.py": "proposals/test_effect_flags.py",
    "proposals/thresholds.py": "proposals/test_plausibility.py",
    "cli/commands/portfolio_indicators.py": "cli/test_filling_templates.py",
    "model/portfolio_templates.py": "catalogue/test_portfolio_templates.py",
    "intake/holdings_columns.py": "intake/test_holdings_table.py",
    "portfolio/change_steps.py": "portfolio/test_changes.py",
    "portfolio/stands.py": "portfolio/test_changes.py",
    "portfolio/holding_results.py": "portfolio/test_reporting.py",
    "portfolio/ledger.py": "portfolio/test_reporting.py",
    "portfolio/money_changes.py": "portfolio/test_changes.py",
    "portfolio/results.py": "portfolio/test_reporting.py",
    "portfolio/rollup.py": "portfolio/test_reporting.py",
    "portfolio/rows.py": "portfolio/test_reporting.py",
    "portfolio/states.py": "portfolio/test_changes.py",
    "model/positions.py": "portfolio/test_attribution.py",
    "model/portfolio_rates.py": "portfolio/test_conversion.py",
    "model/portfolio.py": "model/test_portfolio_rules.py",
    "intake/portfolio_reading.py": "intake/test_portfolio_writing.py",
    "cli/commands/portfolio.py": "cli/test_portfolio_checking.py",
    "portfolio/held_amounts.py": "portfolio/test_financed.py",
    "portfolio/held_by.py": "portfolio/test_indicators.py",
    "portfolio/template_results.py": "portfolio/test_indicators.py",
    "portfolio/investee_facts.py": "portfolio/test_financed.py",
    "portfolio/over_days.py": "portfolio/test_indicators.py",
    "portfolio/template_rows.py": "portfolio/test_indicators.py",
    "portfolio/wholes.py": "portfolio/test_financed.py",
    "report/financed_screen.py": "report/test_template_screen.py",
    "report/template_document.py": "report/test_template_screen.py",
    "report/checking_sheet.py": "report/test_checking_workbook.py",
    "report/followed_tables.py": "report/test_followed.py",
    "report/track_bridge_page.py": "report/test_track_workbook.py",
    "report/track_figure_pages.py": "report/test_track_workbook.py",
    "report/track_figures_screen.py": "report/test_track_screen.py",
    "report/track_money_pages.py": "report/test_track_workbook.py",
    "report/track_pages.py": "report/test_track_workbook.py",
    "report/workbook/account.py": "report/workbook/test_writing.py",
    "report/workbook/answer.py": "report/workbook/test_writing.py",
    "report/workbook/file.py": "cli/test_converting.py",
    "report/workbook/apart.py": "report/workbook/test_writing.py",
    "report/workbook/book.py": "report/workbook/test_writing.py",
    "report/workbook/calculation.py": "report/workbook/test_writing.py",
    "report/workbook/charts.py": "report/workbook/test_writing.py",
    "report/workbook/computed.py": "report/workbook/test_writing.py",
    "report/workbook/expected.py": "report/workbook/test_writing.py",
    "report/workbook/financing_rows.py": "report/workbook/test_financing.py",
    "report/workbook/flows.py": "report/workbook/test_writing.py",
    "report/workbook/headline.py": "report/workbook/test_writing.py",
    "report/workbook/listing.py": "report/workbook/test_writing.py",
    "report/workbook/outcome.py": "report/workbook/test_writing.py",
    "report/workbook/parties.py": "report/workbook/test_writing.py",
    "report/workbook/questions.py": "report/workbook/test_writing.py",
    "report/workbook/returns.py": "report/workbook/test_writing.py",
    "report/workbook/saving.py": "report/workbook/test_writing.py",
    "report/workbook/scores_block.py": "report/workbook/test_scores.py",
    "report/workbook/scores_rows.py": "report/workbook/test_scores.py",
    "report/workbook/sharing.py": "report/workbook/test_writing.py",
    "report/workbook/start.py": "report/workbook/test_writing.py",
    "report/workbook/swing.py": "report/workbook/test_writing.py",
    "report/workbook/totals.py": "report/workbook/test_writing.py",
    "report/workbook/yearly.py": "report/workbook/test_writing.py",
    "model/entries.py": "catalogue/test_shipped.py",
    "model/rules.py": "errors/test_contract.py",
    "model/validation.py": "errors/test_contract.py",
    "model/written.py": "model/test_case.py",
    "plain.py": "errors/test_contract.py",
    "report/difference_screen.py": "report/test_difference.py",
    "report/explained_inputs.py": "report/test_explanation.py",
    "report/explained_places.py": "report/test_explanation.py",
    "report/explanation_screen.py": "cli/test_commands.py",
    "cli/commands/proposing.py": "cli/test_comparing_proposals.py",
    "proposals/compared.py": "proposals/test_comparing.py",
    "proposals/levelled.py": "proposals/test_levelling.py",
    "proposals/leveller.py": "proposals/test_levelling.py",
    "proposals/estimates.py": "proposals/test_levelling.py",
    "proposals/staging.py": "proposals/test_comparing.py",
    "report/comparing_beside_screen.py": "report/test_comparing_screen.py",
    "report/comparing_list_pages.py": "report/test_comparing_workbook.py",
    "report/comparing_overview_page.py": "report/test_comparing_workbook.py",
    "report/comparing_rank_pages.py": "report/test_comparing_workbook.py",
    "report/comparing_sheets.py": "report/test_comparing_workbook.py",
    "report/comparing_words.py": "report/test_comparing_screen.py",
    # pages of the documentation
    "report/reference/__main__.py": "docs/test_reference.py",
    "report/reference/case.py": "docs/test_reference.py",
    "report/reference/catalogue.py": "docs/test_reference.py",
    "report/reference/commands.py": "docs/test_reference.py",
    "report/reference/markdown.py": "docs/test_reference.py",
    "report/reference/metrics.py": "docs/test_reference.py",
    "report/reference/picture.py": "docs/test_reference.py",
    "report/reference/portfolio.py": "docs/test_reference.py",
    "report/reference/problems.py": "docs/test_reference.py",
}
"""Modules without a test file of their own name, and the file in which they are tested."""

SERVICE = TESTS.parent / "api" / "impactmonitor_api"

SERVICE_ELSEWHERE = {
    # the tables as they were made at first, and how Alembic runs
    "storage/migrations/env.py": "storage/test_migrating.py",
    "storage/migrations/versions/0001_the_first_tables.py": "storage/test_migrating.py",
    "storage/tables.py": "storage/test_migrating.py",
    # what routes do, over HTTP
    "storage/additions.py": "routes/test_additions.py",
    "storage/cases.py": "routes/test_cases.py",
    "storage/confirmations.py": "routes/test_confirmations.py",
    "storage/evaluations.py": "routes/test_kept.py",
    "work/arranging.py": "routes/test_arrangements.py",
    "work/blank_workbooks.py": "routes/test_workbooks.py",
    "work/comparing.py": "routes/test_differences.py",
    "work/conversions.py": "routes/test_conversions.py",
    "work/ranking.py": "routes/test_rankings.py",
    "work/results.py": "routes/test_evaluations.py",
    "work/simulations.py": "routes/test_simulations.py",
    "jobs/heart.py": "jobs/test_worker.py",
    "jobs/kinds.py": "routes/test_jobs.py",
    "http/envelope.py": "test_app.py",
    "http/figures.py": "test_app.py",
    "http/misunderstood.py": "test_app.py",
    "routes/allowed.py": "routes/test_decisions.py",
    "routes/declared.py": "test_contract.py",
    "routes/found.py": "test_roles.py",
    "routes/health.py": "test_app.py",
    "routes/knowing.py": "routes/test_known.py",
    "routes/later.py": "routes/test_jobs.py",
    "routes/looking_up.py": "routes/test_catalogue.py",
    "settings.py": "test_app.py",
    # bodies and answers: every field, compared with what is really answered
    "contract/rare_fields.py": "contract/test_case_examples.py",
    **dict.fromkeys(
        (
            f"contract/{name}.py"
            for name in ("arrangements", "catalogue", "contracts", "differences", "distributions",
                         "effect_cards", "fields", "financing", "frameworks", "instruments",
                         "rankings", "remarks", "scores", "simulations", "texts", "tracks")
        ),
        "contract/test_results.py",
    ),
    **dict.fromkeys(
        (
            f"contract/{name}.py"
            for name in ("additions", "assessments", "audit", "cases", "confirmations",
                         "evaluations", "jobs", "keys", "measurements", "schemas", "shared")
        ),
        "test_contract.py",
    ),
}  # fmt: skip
"""The same for the service."""


def modules(package: Path) -> list[Path]:
    """All modules, by their place in the package; a package's own file says what is in it."""
    files = (file.relative_to(package) for file in package.rglob("*.py"))
    return sorted(file for file in files if file.name != "__init__.py")


def mirrored(module: Path) -> Path:
    """Where the test of a module stands."""
    return module.with_name(f"test_{module.name}")


def untested(package: Path, tests: Path, elsewhere: dict[str, str]) -> list[str]:
    """Modules of which nobody says where they are tested."""
    return [
        module.as_posix()
        for module in modules(package)
        if module.as_posix() not in elsewhere and not (tests / mirrored(module)).is_file()
    ]


PACKAGES = ((PACKAGE, TESTS, ELSEWHERE), (SERVICE, TESTS / "api", SERVICE_ELSEWHERE))
TABLED = [
    (package, tests, module, test)
    for package, tests, elsewhere in PACKAGES
    for module, test in elsewhere.items()
]


@pytest.mark.parametrize(("package", "tests", "elsewhere"), PACKAGES, ids=("engine", "service"))
def test_every_module_has_a_test(package, tests, elsewhere):
    assert untested(package, tests, elsewhere) == []


@pytest.mark.parametrize(
    ("package", "tests", "module", "test"), TABLED, ids=lambda one: str(one)[-40:]
)
def test_what_is_tested_elsewhere_is_there(package, tests, module, test):
    assert (package / module).is_file(), "this module is gone: take it out of the table"
    own = tests / mirrored(Path(module))
    assert not own.is_file(), "this module has a test of its own: take it out of the table"
    assert (tests / test).is_file()


def test_a_module_without_a_test_is_found(tmp_path):
    package, tests = tmp_path / "src", tmp_path / "tests"
    for file in ("src/__init__.py", "src/a.py", "src/b/__init__.py", "src/b/c.py", "src/b/d.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    (tests / "b").mkdir(parents=True)
    assert untested(package, tests, {}) == ["a.py", "b/c.py", "b/d.py"]
    (tests / "b" / "test_c.py").touch()
    (tests / "test_d.py").touch()  # at the wrong place
    assert untested(package, tests, {"a.py": "test_other.py"}) == ["b/d.py"]


def test_there_are_modules_to_look_at():
    assert Path("appraisal/ledger.py") in modules(PACKAGE)
    assert len(modules(PACKAGE)) > 50
