"""The commands, each as somebody types it."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys

import pytest
import yaml
from tests.small import cost, gain, tree
from typer.testing import CliRunner, Result

from impactmonitor import __version__, evaluate, load_case, load_catalogue
from impactmonitor.cli.app import app
from impactmonitor.model.schema import json_schema
from impactmonitor.report.document import document
from impactmonitor.report.explanation import explain
from impactmonitor.report.sentences import headline
from impactmonitor.resources import folder

FALLS = str(folder("examples") / "fall-prevention-65plus" / "case.yaml")
PERRY = str(folder("examples") / "perry-age-27" / "case.yaml")
COMMANDS = sorted(command.name or command.callback.__name__ for command in app.registered_commands)
COLOUR = "\x1b["


def call(*words: str, code: int = 0, **env: str) -> Result:
    found = CliRunner().invoke(app, words, env={"LANG": "C", "LC_ALL": "", **env})
    assert found.exit_code == code, (found.output, found.exception)
    return found


def said(*words: str, **env: str) -> str:
    found = call(*words, **env)
    assert found.stderr == ""
    return found.stdout


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture
def small(tmp_path) -> str:
    file = tmp_path / "small.yaml"
    fields = tree(
        title={"nl": "Klein", "en": "Small"},
        costs={"work": cost(400)},
        effects={"gain": gain(1, {"2025": 600}, source="us")},
        sources={"us": {"title": "Us"}},
        scenarios={"dear": {"changes": {"costs.work.amount": 900}}},
    )
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    return str(file)


# --- help and version ---------------------------------------------------------------------------


def test_the_version():
    assert said("version") == f"{__version__}\n"


def test_without_a_command_there_is_help():
    text = call(code=2).output
    assert all(re.search(rf"^\s*{name} ", text, re.MULTILINE) for name in COMMANDS)


def test_all_commands_of_the_issue_are_there():
    expected = {"evaluate", "explain", "diff", "schema", "values", "indicators", "demo", "version"}
    assert expected <= set(COMMANDS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "version"])
def test_help_has_an_example(command):
    text = flat(said(command, "--help"))
    assert re.search(rf"Examples?: impactmonitor {command}", text)
    assert "--lang" in text


# --- evaluate -----------------------------------------------------------------------------------


def test_evaluate_shows_the_answer_first(small):
    first, second, *_ = said("evaluate", small).splitlines()
    assert first.strip() == "Small"
    assert second.startswith("Society gains: against €400 of costs stand expected benefits of €600")


def test_evaluate_in_the_reader_s_language(small):
    dutch = said("evaluate", small, "--lang", "nl")
    assert dutch.splitlines()[0].strip() == "Klein"
    assert "De samenleving wint" in dutch
    assert said("evaluate", small, LANG="nl_NL.UTF-8") == dutch
    assert said("evaluate", small, IMPACTMONITOR_LANG="nl") == dutch
    english = said("evaluate", small, "--lang", "en", LANG="nl_NL.UTF-8")
    assert english == said("evaluate", small)
    # the reader's own wish goes before the machine's
    assert said("evaluate", small, IMPACTMONITOR_LANG="en", LANG="nl_NL.UTF-8") == english


def test_evaluate_quietly_is_one_line():
    found = evaluate(load_case(FALLS))
    assert said("evaluate", FALLS, "--quiet") == headline(found, "en") + "\n"
    assert said("evaluate", FALLS, "--quiet", "--lang", "nl") == headline(found, "nl") + "\n"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_evaluate_as_json_is_the_document(language):
    found = json.loads(said("evaluate", FALLS, "--json", "--lang", language))
    for warning in found["warnings"]:
        warning["line"] = None  # as for a case that is no file
    assert found == document(evaluate(load_case(FALLS)), language)


def test_evaluate_under_a_scenario(small):
    assert said("evaluate", small, "--scenario", "dear", "--quiet").startswith("Society loses")
    found = json.loads(said("evaluate", small, "--scenario", "dear", "--json"))
    assert (found["scenario"], found["totals"]["net_present_value"]) == ("dear", -300)
    assert found["scenarios"] == {}
    assert "dear" in said("evaluate", small, "--scenario", "dear").splitlines()[1]


def test_evaluate_with_a_catalogue_of_the_user(tmp_path, small):
    own = tmp_path / "own"
    own.mkdir()
    text = "kind: units\nunits: {person: {title: Our person}}\n"
    (own / "own.yaml").write_text(text, encoding="utf-8")
    found = json.loads(said("evaluate", small, "--catalogue", str(own), "--json"))
    assert found["catalogue"] == load_catalogue(own).edition
    assert found["warnings"][0]["code"] == "catalogue-override"


def test_evaluate_reads_json_as_well(tmp_path, small):
    with open(small, encoding="utf-8") as stream:  # noqa: PTH123
        fields = yaml.safe_load(stream)
    (tmp_path / "small.json").write_text(json.dumps(fields), encoding="utf-8")
    assert said("evaluate", str(tmp_path / "small.json")) == said("evaluate", small)


def test_what_is_wrong_is_said_on_standard_error_or_as_json(tmp_path):
    file = tmp_path / "bad.yaml"
    fields = tree(costs={"work": cost(paid_by="ctiy"), "more": cost(amount="much")})
    file.write_text(yaml.safe_dump(fields), encoding="utf-8")
    words = call("evaluate", str(file), code=3)
    assert words.stdout == ""
    text = flat(words.stderr)
    assert text.startswith("2 things have to be mended")
    assert '"city"' in text
    assert "costs.more.amount" in text
    as_json = call("evaluate", str(file), "--json", "--lang", "nl", code=3)
    assert as_json.stderr == ""
    found = json.loads(as_json.stdout)
    assert {e["path"] for e in found["errors"]} == {"costs.work.paid_by", "costs.more.amount"}
    assert all(e["line"] for e in found["errors"])


def test_a_text_cannot_steer_the_terminal_of_its_reader(tmp_path):
    file = tmp_path / "bad.yaml"
    fields = tree(costs={"work": cost(paid_by="a\u202eb"), "x": cost(currency="\u2028E")})
    file.write_text(yaml.safe_dump(fields, allow_unicode=True), encoding="utf-8")
    found = call("evaluate", str(file), code=3).stderr
    assert not re.search("[\u2028-\u202e\x1b]", found)


# --- explain ------------------------------------------------------------------------------------


def test_explain_unfolds_a_number_to_lines_inputs_and_sources(small):
    text = flat(said("explain", small, "totals.net_present_value"))
    assert text.startswith("totals.net_present_value = €200")
    assert "work (work): -€400" in text
    assert "gain (gain): €600" in text
    assert "costs.work.amount 400 assumption of this case" in text
    assert "effects.gain.unit_value.2025 600 Us" in text


def test_explain_as_json_is_the_explanation():
    for path in ("actors.insurer.net", "lines.classes"):
        text = said("explain", FALLS, path, "--json")
        found = explain(evaluate(load_case(FALLS)), path)
        assert json.loads(text) == json.loads(json.dumps(found.as_dict()))


def test_explain_an_input_itself(small):
    text = flat(said("explain", small, "costs.work.amount", "--lang", "nl"))
    assert text.startswith("costs.work.amount = 400")
    assert "aanname van deze casus" in text


def test_explain_a_number_that_is_not_there(small):
    found = call("explain", small, "actors.ctiy.net", code=5)
    assert "actors.city.net" in flat(found.stderr)
    as_json = call("explain", small, "x", "--json", code=5)
    (error,) = json.loads(as_json.stdout)["errors"]
    assert error["code"] == "unknown-number"


# --- diff ---------------------------------------------------------------------------------------


def test_diff_of_two_cases(tmp_path, small):
    other = tmp_path / "other.yaml"
    text = (tmp_path / "small.yaml").read_text(encoding="utf-8")
    other.write_text(text.replace("amount: 400", "amount: 450"), encoding="utf-8")
    assert "from €200 to €150 (-€50.00)" in flat(said("diff", small, str(other)))
    found = json.loads(said("diff", small, str(other), "--json"))
    assert found["totals"]["costs"] == {"old": 400, "new": 450, "change": 50}
    (line,) = found["lines"]
    assert (line["id"], line["steps"]["quantity"]["net_present_value"]) == ("work", -50)


def test_diff_of_one_case_under_two_schemes():
    found = json.loads(said("diff", FALLS, FALLS, "--new-scheme", "nl-2021", "--json"))
    assert (found["old"]["scheme"], found["new"]["scheme"]) == ("nl-2026", "nl-2021")
    steps = {step for line in found["lines"] for step in line["steps"]}
    assert steps == {"rate"}
    back = ("--old-scheme", "nl-2021", "--new-scheme", "nl-2026")
    again = json.loads(said("diff", FALLS, FALLS, *back, "--json"))
    old, new = (side["totals"]["net_present_value"]["change"] for side in (found, again))
    assert old == pytest.approx(-new) != 0
    assert "nl-2021" in said("diff", FALLS, FALLS, "--new-scheme", "nl-2021", "--lang", "nl")


# --- values and indicators ----------------------------------------------------------------------


def test_values_are_listed():
    found = json.loads(said("values", "--json"))
    assert [entry["id"] for entry in found] == list(load_catalogue().values)
    assert f"{len(found)} found" in said("values")


def test_values_are_searched_by_words_in_both_languages():
    found = json.loads(said("values", "mantelzorg", "--json"))
    assert [entry["id"] for entry in found] == ["informal-care-hour"]
    assert "gp-consult" in said("values", "huisarts")
    assert "gp-consult-long" in said("values", "HUISARTS", "langer")


@pytest.mark.parametrize("words", [("gp-consult",), ("KH24-010",)])
def test_one_value_is_shown_with_its_source(words):
    text = flat(said("values", *words))
    edition = load_catalogue().values["gp-consult"].current
    assert "(gp-consult)" in text
    assert f"€{edition.value}" in text
    assert edition.place in text
    (found,) = json.loads(said("values", *words, "--json"))
    assert found["id"] == "gp-consult"


def test_an_older_edition_shows_the_value_with_all_of_them():
    (found,) = json.loads(said("values", "road-death-2018", "--json"))
    assert found["id"] == "road-death"
    assert [edition["edition"] for edition in found["editions"]] == ["2022", "2018"]


def test_indicators_are_listed_and_shown():
    found = json.loads(said("indicators", "--json"))
    assert [entry["id"] for entry in found] == list(load_catalogue().indicators)
    text = flat(said("indicators", "hospital-days-avoided", "--lang", "nl"))
    assert "(hospital-days-avoided)" in text
    assert "hospital-day" in text


@pytest.mark.parametrize("command", ["values", "indicators"])
def test_nothing_found_is_no_success(command):
    found = call(command, "nowhere-near-anything", code=5)
    assert found.stdout == ""
    assert "nowhere-near-anything" in found.stderr
    (error,) = json.loads(call(command, "nowhere", "--json", code=5).stdout)["errors"]
    assert error["code"] == "nothing-found"


def test_what_is_nearly_an_id_names_the_nearest():
    assert "gp-consult" in call("values", "gp-cosnult", code=5).stderr


def test_values_of_a_user_s_folder(tmp_path):
    (tmp_path / "own.yaml").write_text(
        "kind: values\nvalues:\n  own-thing: {title: Own thing, unit: day, domain: social, "
        "editions: [{edition: '1', value: 3, currency: EUR, price_year: 2025, source: us, "
        "verification: primary-table, last_checked: '2026-11-21'}]}\n",
        encoding="utf-8",
    )
    (tmp_path / "sources.yaml").write_text(
        "kind: sources\nsources: {us: {title: Our books}}\n", encoding="utf-8"
    )
    assert "Our books" in said("values", "own-thing", "--catalogue", str(tmp_path))


# --- schema and demo ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_schema_in_both_languages(language):
    assert json.loads(said("schema", "--lang", language)) == json_schema(language)


def test_the_demo_is_the_example_of_fall_prevention():
    assert said("demo") == said("evaluate", FALLS)
    assert said("demo", "--lang", "nl") == said("evaluate", FALLS, "--lang", "nl")
    assert json.loads(said("demo", "--json")) == json.loads(said("evaluate", FALLS, "--json"))


# --- the terminal -------------------------------------------------------------------------------


def test_into_a_file_there_is_plain_text_of_at_most_100_columns():
    text = said("evaluate", FALLS)
    assert COLOUR not in text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert max(len(line) for line in said("evaluate", FALLS, COLUMNS="80").splitlines()) <= 80


def on_terminal(**env: str) -> str:
    """What somebody sees who types the command at a terminal of 80 columns."""
    keeper, terminal = os.openpty()
    os.set_blocking(keeper, True)
    here = {**os.environ, "LANG": "C", "COLUMNS": "80", "TERM": "xterm-256color", **env}
    here = {key: value for key, value in here.items() if value != ""}
    process = subprocess.Popen(
        [sys.executable, "-m", "impactmonitor", "evaluate", PERRY, "--lang", "en"],
        stdout=terminal,
        stderr=subprocess.PIPE,
        env=here,
    )
    os.close(terminal)
    parts = []
    while True:
        try:
            part = os.read(keeper, 65536)
        except OSError:  # how a terminal says that the other side is closed
            break
        if not part:
            break
        parts.append(part)
    os.close(keeper)
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0
    return b"".join(parts).decode("utf-8")


def test_a_terminal_shows_what_matters_in_bold_and_no_color_is_kept():
    with_styles = on_terminal(NO_COLOR="")
    assert COLOUR in with_styles
    plain = on_terminal(NO_COLOR="1")
    assert not re.search(r"\x1b\[[0-9;]*3[0-7]m", plain)
    dumb = on_terminal(NO_COLOR="", TERM="dumb")
    assert COLOUR not in dumb
    assert flat(re.sub(r"\x1b\[[0-9;]*m", "", with_styles)) == flat(dumb)


@pytest.mark.parametrize("words", [("values", "--json"), ("evaluate", FALLS), ("version",)])
def test_a_reader_who_stops_reading_is_no_error(words):
    """As in ``impactmonitor values | head -1``, where the other end of the pipe is closed."""
    read, write = os.pipe()
    os.close(read)
    found = subprocess.run(
        [sys.executable, "-m", "impactmonitor", *words],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert found.stderr == ""
    # a shell says 141; 1 would mean that something unexpected happened
    assert found.returncode in (141, -signal.SIGPIPE)
