"""A part gives the numbers that each of its cases has by itself."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from tests.bulk.many import BROKEN, NO_JSON, small, written
from tests.small import cost

from impactmonitor import evaluate, load_case, simulate
from impactmonitor.appraisal.returns import InternalRate
from impactmonitor.bulk.answers import Answer
from impactmonitor.bulk.columns import decoded
from impactmonitor.bulk.sources import survey
from impactmonitor.bulk.working import Asked, Task, catalogue_asked, work_out
from impactmonitor.model.case import Case
from impactmonitor.problems import InvalidInput
from impactmonitor.resources import folder
from impactmonitor.uncertainty.running import Sampling

EXAMPLES = sorted(folder("examples").glob("*/case.yaml"))
HERE = catalogue_asked(())
SAMPLING = Sampling(64, 3, "sobol")
DRAWS = Sampling(1024, 1, "sobol")
PRICES = """
kind: values
values:
  gp-consult:
    title: {{nl: Consult bij de huisarts, en: GP consultation}}
    unit: consult
    falls_to: health-insurer
    sector: care
    editions:
      - edition: "2024"
        value: {price}
        currency: EUR
        price_year: 2024
        source: zin-kostenhandleiding-2024
        verification: secondary-source
        last_checked: "2026-11-21"
"""
WILD = {
    "horizon": 300,
    "discount": {"rate": {"normal": {"mean": 0.0, "sd": 0.5}}},
    "costs": {"work": cost(10, years=300)},
}


def answer(source: Path, sampling: Sampling | None = None, **asked: object) -> Answer:
    surveyed = survey(source, 1000)
    task = Task(str(source), surveyed.parts[0], Asked(sampling, catalogue=HERE))
    return work_out(replace(task, asked=replace(task.asked, **asked)))


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    """Every example of the project, as it stands there."""
    source = tmp_path_factory.mktemp("examples")
    for path in EXAMPLES:
        (source / f"{path.parent.name}.yaml").write_bytes(path.read_bytes())
    return source


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.parent.name)
def test_a_row_has_the_numbers_of_evaluate_and_simulate_to_the_last_bit(path, tmp_path):
    (tmp_path / "case.yaml").write_bytes(path.read_bytes())
    found = answer(tmp_path, SAMPLING)
    (row,), actors = decoded(found.cases), decoded(found.actors)
    case = load_case(path)
    alone, drawn = evaluate(case), simulate(case, draws=64, seed=3)
    for name, value in alone.totals.items():
        expected = value.value if isinstance(value, InternalRate) else value
        assert row[name] == expected
    assert row["internal_rate_of_return_reason"] == alone.totals["internal_rate_of_return"].reason
    assert [one["actor"] for one in actors] == list(alone.by_actor)
    for one in actors:
        for name, value in asdict(alone.by_actor[one["actor"]]).items():
            assert one[name] == value
    parties = [(row, drawn.society), *((one, drawn.actors[one["actor"]]) for one in actors)]
    for one, spread in parties:
        for name, value in asdict(spread.net).items():
            assert one[f"net_{name}"] == value
        for name, value in asdict(spread.cash_net).items():
            assert one[f"cash_net_{name}"] == value
    warned = [(problem.code, problem.path) for problem in alone.warnings]
    assert [(w["code"], w["path"]) for w in row["warnings"]] == warned
    assert (row["case"], row["status"], row["problems"]) == (case.id, "done", [])


def test_the_neighbours_of_a_case_make_no_difference(examples):
    together = answer(examples, SAMPLING)
    assert together.ids == tuple(load_case(path).id for path in EXAMPLES)
    assert sum(together.actor_counts) == len(decoded(together.actors))
    rows = {row["case"]: row for row in decoded(together.cases)}
    name = EXAMPLES[-1].parent.name
    for path in examples.iterdir():
        if path.stem != name:
            path.unlink()
    (alone,) = decoded(answer(examples, SAMPLING).cases)
    assert alone == rows[alone["case"]]


def test_a_broken_case_is_a_row_with_all_that_is_to_be_mended(tmp_path):
    loose = small(2, costs={"work": {"amount": 1, "paid_by": "nobody"}})
    texts = [json.dumps(small(1)), NO_JSON, BROKEN, json.dumps(loose), "[]"]
    found = answer(written(tmp_path / "cases.jsonl", texts))
    assert found.ids == ("case-001", None, "broken", "case-002", None)
    assert found.actor_counts == (3, 0, 0, 0, 0)
    rows = decoded(found.cases)
    assert [row["status"] for row in rows] == ["done", *["refused"] * 4]
    assert [row["line"] for row in rows] == [1, 2, 3, 4, 5]
    codes = [{problem["code"] for problem in row["problems"]} for row in rows]
    assert codes[1] == {"json-syntax"}
    assert {"missing-field", "too-low"} <= codes[2]
    assert codes[3:] == [{"unknown-actor"}, {"not-a-mapping"}]
    assert "line 2" in rows[1]["problems"][0]["message_en"]
    assert all(problem["line"] == 3 for problem in rows[2]["problems"])
    assert rows[3]["problems"][0]["path"] == "costs.work.paid_by"
    assert all(row["net_present_value"] is None for row in rows[1:])


def test_a_case_whose_draws_have_no_numbers_keeps_its_point_results(tmp_path):
    wild = small(1, **WILD)
    found = answer(written(tmp_path / "cases.jsonl", [json.dumps(wild)]), DRAWS)
    (row,) = decoded(found.cases)
    assert row["status"] == "not-simulated"
    assert [problem["code"] for problem in row["problems"]] == ["draws-not-finite"]
    assert row["net_present_value"] is not None
    assert row["net_mean"] is None


@pytest.mark.parametrize("text", ['{"id": "A B"}', '{"id": 5}', f'{{"id": "{"a" * 61}"}}'])
def test_what_is_no_id_takes_no_id(tmp_path, text):
    assert answer(written(tmp_path / "cases.jsonl", [text])).ids == (None,)


def test_half_characters_do_not_stop_a_part(tmp_path):
    texts = ['{"id": "a", "\\ud800": 1, "title": "\\udfff"}', json.dumps(small(1))]
    rows = decoded(answer(written(tmp_path / "cases.jsonl", texts)).cases)
    assert [row["status"] for row in rows] == ["refused", "done"]


def test_a_worker_with_another_engine_or_catalogue_gives_nothing(tmp_path):
    source = written(tmp_path / "cases.jsonl", [json.dumps(small(1))])
    for other in ({"engine": "0.0.0"}, {"catalogue": "1999"}):
        with pytest.raises(InvalidInput) as error:
            answer(source, **other)
        assert [problem.code for problem in error.value.problems] == ["bulk-worker-differs"]


def test_the_contents_of_a_catalogue_folder_count(tmp_path):
    own = tmp_path / "own"
    own.mkdir()
    found = []
    for price in (45, 46):
        (own / "prices.yaml").write_text(PRICES.format(price=price), encoding="utf-8")
        found.append(catalogue_asked((str(own),)))
    assert found[0] != found[1]
    assert [one.split()[0] for one in found] == [f"{HERE}+own"] * 2


def test_a_small_case_is_sound():
    assert evaluate(Case.model_validate(small(1))).totals["net_present_value"] is not None
