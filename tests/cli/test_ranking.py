"""The command that ranks cases, as somebody types it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.cli.test_commands import call, flat, said
from tests.proposals.answered import FRAMEWORK, HIDING, LASTING, QUICK, evaluated
from tests.small import cost, tree

from impactmonitor.cli.ranking import MOST_DRAWS
from impactmonitor.proposals.ranking import rank_cases
from impactmonitor.report.ranking_document import ranking_document

ASKED = ("--framework", FRAMEWORK)


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def written(
        name: str, answers: Any, file: str = "", framework: str = FRAMEWORK, **fields: Any
    ) -> str:
        path = tmp_path / (file or f"{name}.yaml")
        path.parent.mkdir(exist_ok=True)
        own = {"id": name, "title": name.capitalize(), "costs": {"work": cost()}, **fields}
        whole = tree(**own, scores={framework: answers})
        path.write_text(yaml.safe_dump(whole), encoding="utf-8")
        return str(path)

    return written


def errors_of(code: int, *words: str) -> list[tuple[str, str]]:
    found = call(*words, "--json", code=code)
    assert found.stderr == ""
    return [(e["code"], e["path"]) for e in json.loads(found.stdout)["errors"]]


def test_as_json_it_is_the_document_of_the_library(write: Any) -> None:
    files = [write("quick", QUICK), write("lasting", LASTING)]
    expected = ranking_document(
        rank_cases(evaluated(quick=QUICK, lasting=LASTING), FRAMEWORK), "en"
    )
    assert json.loads(said("rank", *files, *ASKED, "--json")) == expected
    # the options are those that the library has without being told
    given = ("--draws", "10000", "--seed", "1", "--max-multiplier", "5")
    assert json.loads(said("rank", *files, *ASKED, *given, "--json")) == expected
    assert said("rank", *reversed(files), *ASKED, "--json") == said(
        "rank", *files, *ASKED, "--json"
    )


def test_the_options_reach_the_draws(write: Any) -> None:
    files = [write("quick", QUICK), write("lasting", LASTING)]
    options = ("--draws", "100", "--seed", "7", "--max-multiplier", "1")
    found = json.loads(said("rank", *files, *ASKED, *options, "--json"))
    assert (found["draws"], found["seed"], found["max_multiplier"]) == (100, 7, 1)
    shares = found["cases"]["quick"]["rank_acceptability"]
    assert [100 * share for share in shares] == pytest.approx([round(100 * s) for s in shares])


def test_who_hides_is_not_first_on_screen(write: Any) -> None:
    files = [write("lasting", LASTING), write("hiding", HIDING)]
    text = flat(said("rank", *files, *ASKED, "--draws", "100"))
    assert "Only Lasting is known well enough to come first." in text
    assert "Hiding has a coverage of 71%, so it cannot come first" in text
    dutch = flat(said("rank", *files, *ASKED, "--draws", "100", "--lang", "nl"))
    assert "Alleen van Lasting is genoeg bekend" in dutch


def test_two_cases_of_one_id_are_named_with_their_files(write: Any, tmp_path: Path) -> None:
    one = write("same", QUICK, "first/case.yaml")
    other = write("same", LASTING, "second/case.yaml")
    assert errors_of(3, "rank", one, other, *ASKED) == [("ranked-twice", f"{other}.id")]
    message = json.loads(call("rank", one, other, *ASKED, "--json", code=3).stdout)
    assert all(name in message["errors"][0]["message"] for name in (one, other))


def test_every_file_is_looked_at_before_anything_is_refused(write: Any) -> None:
    files = [
        write("one", {"say": 99}),
        write("two", QUICK, horizon=0),
        write("three", QUICK),
    ]
    assert errors_of(3, "rank", *files, *ASKED) == [
        ("level-too-high", f"{files[0]}.scores.{FRAMEWORK}.say"),
        ("too-low", f"{files[1]}.horizon"),
    ]


def test_a_case_without_answers_is_named(write: Any) -> None:
    files = [write("one", QUICK), write("two", {})]
    assert errors_of(3, "rank", *files, *ASKED) == [
        ("case-without-answers", f"{files[1]}.scores.{FRAMEWORK}")
    ]
    assert {code for code, _ in errors_of(3, "rank", *files, "--framework", "readiness")} == {
        "case-without-answers"
    }


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--draws", "0"), "ranking-draws-out-of-range"),
        (("--draws", str(MOST_DRAWS + 1)), "ranking-draws-out-of-range"),
        (("--seed", "-1"), "seed-below-0"),
        (("--max-multiplier", "0.99"), "max-multiplier-out-of-range"),
        (("--max-multiplier", "nan"), "max-multiplier-out-of-range"),
        (("--max-multiplier", "inf"), "max-multiplier-out-of-range"),
        (("--framework", "sdg"), "framework-asks-nothing"),
    ],
)
def test_what_cannot_be_done_is_refused_before_any_file_is_read(
    options: tuple[str, ...], code: str
) -> None:
    words = ("rank", "not-there.yaml", "nor-this.yaml", *ASKED, *options)
    assert errors_of(2, *words) == [(code, "")]
    for lang in ("nl", "en"):
        assert call(*words, "--lang", lang, code=2).stderr.count("--") <= 2


def test_one_case_is_not_enough(write: Any) -> None:
    assert errors_of(2, "rank", write("one", QUICK), *ASKED) == [("rank-needs-two-cases", "")]
    assert call("rank", *ASKED, code=2).stdout == ""


def test_what_is_not_there(write: Any) -> None:
    file = write("one", QUICK)
    assert errors_of(5, "rank", file, "gone.yaml", *ASKED) == [("file-not-found", "")]
    words = ("rank", file, file, "--framework", "prevention-core")
    assert errors_of(5, *words) == [("unknown-framework", "")]
    assert FRAMEWORK in flat(call(*words, code=5).stderr)


def test_numbers_that_do_not_add_up_are_4(write: Any) -> None:
    huge = {"work": cost(1e308), "more": cost(1e308)}
    files = [write("quick", QUICK), write("lasting", LASTING, costs=huge)]
    found = errors_of(4, "rank", *files, *ASKED)
    assert {code for code, _ in found} == {"check-failed"}
    assert all(path.startswith(f"{files[1]}.checks.") for _, path in found)


def test_a_framework_of_one_s_own(write: Any, tmp_path: Path) -> None:
    folder = tmp_path / "own" / "frameworks"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    files = [
        write(name, {"trl": level}, framework="readiness")
        for name, level in (("one", 2), ("other", 1))
    ]
    asked = ("--framework", "readiness", "--draws", "10")
    own = ("--catalogue", str(tmp_path / "own"))
    found = json.loads(said("rank", *files, *asked, *own, "--json"))
    assert found["title"] == "Our own"
    assert [one["score"] for one in found["cases"].values()] == [100, 0]
    assert [warning["code"] for warning in found["warnings"]] == ["catalogue-override"]
    on_screen = call("rank", *files, *asked, *own)
    assert "Ranking: Our own" in on_screen.stdout
    assert on_screen.stderr.startswith("!")


OWN = """
kind: frameworks
frameworks:
  readiness:
    title: Our own
    source: rws-uitleg-trl
    origin: impactmonitor
    note: x
    groups: {g: {title: G}}
    indicators:
      trl:
        title: A
        group: g
        kind: qualitative
        question: Q
        horizon: short
        domain: social
        levels: [{title: No, text: It is not there.}, {title: Yes, text: It is there.}]
"""
