"""Every question of the workbook has its texts, short enough for the cell, in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest

from impactmonitor import messages
from impactmonitor.intake.workbook.filled import DISTRIBUTIONS
from impactmonitor.intake.workbook.layout import FORMS, SHEETS, TABLE, TABLES
from impactmonitor.intake.workbook.words import NUMBERS, WORDS
from impactmonitor.messages import LANGUAGES
from impactmonitor.model.case import About
from impactmonitor.model.financing import Repayment, Wholeness
from impactmonitor.model.lines import Confirmation, Cost, Domain, Effect, Evidence, Timing
from impactmonitor.model.measurements import MeasuredField, Status
from impactmonitor.model.validation import members

TEXTS = messages.section("workbook")
PARTS = ("label", "help", "example", "unit")
MAY_BE_EMPTY = {"example", "unit"}


def choices(model: Any, name: str) -> set[str]:
    """The words that a field of a record accepts."""
    annotation = model.model_fields[name].annotation
    return {word for member in members(annotation) for word in get_args(member) or [member]} - {
        type(None)
    }


COMPLETE = {
    "evidence": set(get_args(Evidence)),
    "domains": set(get_args(Domain)),
    "timings": set(get_args(Timing)),
    "confirmations": set(get_args(Confirmation)),
    "statuses": choices(About, "status"),
    "prices": choices(Cost, "prices"),
    "bases": choices(Effect, "basis"),
    "distributions": set(DISTRIBUTIONS),
    "roles": {"falls_to", "taken_from", "paid_by", "all", "only"},
    "year_fields": {"amount", "quantity", "unit_value"},
    "group_kinds": {"perspective", "burden_payer", "burden_bearer"},
    "variant_kinds": {"alternative", "scenario"},
    "flag": {"yes", "no"},
    "unknown": {"unknown"},
    "wholeness": {"default", *get_args(Wholeness)},
    "repayments": set(get_args(Repayment)),
    "terms": {"changed", "changed_note"},
    "measured_statuses": set(get_args(Status)),
    "report_statuses": {"draft", "submitted"},
    "measured_fields": set(get_args(MeasuredField)),
    "numbers": {
        "quantity", "per_person", "unit_value", "deadweight", "displacement",
        "attribution_to_others", "drop_off", "amount", "growth", "optimism_bias", "value",
    },
}  # fmt: skip


def questions() -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
    """The texts of every field of a form and every column of a table."""
    for sheet, columns in FORMS.items():
        for column in columns:
            key = column.key.replace(".", "_")
            yield f"{sheet}.{key}", TEXTS["forms"][sheet][key]
    for table in TABLES:
        for column in table.columns:
            yield f"{table.id}.{column.key}", TEXTS["tables"][table.id]["columns"][column.key]


def test_every_question_has_its_texts_and_every_text_its_question():
    forms = {sheet: {c.key.replace(".", "_") for c in columns} for sheet, columns in FORMS.items()}
    tables = {table.id: {c.key for c in table.columns} for table in TABLES}
    assert {sheet: set(entry) for sheet, entry in TEXTS["forms"].items()} == forms
    assert {name: set(entry["columns"]) for name, entry in TEXTS["tables"].items()} == tables
    assert all(set(entry) == {"title", "intro", "columns"} for entry in TEXTS["tables"].values())


@pytest.mark.parametrize(("key", "entry"), [*questions()])
def test_a_question_fits_in_its_cell_in_both_languages(key, entry):
    assert set(entry) == set(PARTS)
    for part in PARTS:
        assert set(entry[part]) == set(LANGUAGES), part
        for text in entry[part].values():
            assert isinstance(text, str)
            assert text or part in MAY_BE_EMPTY, part
    for language in LANGUAGES:
        assert len(entry["label"][language]) <= 32  # what the title of a message holds
        assert len(entry["help"][language]) <= 240
        assert re.search(r"[.?]$", entry["help"][language])


def test_the_heads_of_a_table_differ():
    for table in TABLES:
        columns = TEXTS["tables"][table.id]["columns"]
        for sheet in {c.sheet or table.sheet for c in TABLE[table.id].columns}:
            here = [c.key for c in table.columns if (c.sheet or table.sheet) == sheet]
            for language in LANGUAGES:
                heads = [columns[key]["label"][language] for key in here]
                assert len(heads) == len(set(heads)), table.id


def test_every_sheet_has_a_name_that_a_spreadsheet_accepts():
    assert tuple(TEXTS["sheets"]) == SHEETS
    for language in LANGUAGES:
        names = [entry["name"][language] for entry in TEXTS["sheets"].values()]
        assert len({name.lower() for name in names}) == len(names)
        for name in names:
            assert 0 < len(name) <= 31
            assert not re.search(r"[\[\]:*?/\\']", name)
    for entry in TEXTS["sheets"].values():
        assert set(entry) == {"name", "title", "intro"}


def test_every_list_of_words_is_complete():
    assert set(WORDS) <= set(COMPLETE)
    for name, codes in COMPLETE.items():
        assert set(TEXTS["words"][name]) == codes, name
    for name, codes in WORDS.items():
        assert set(codes) == COMPLETE[name], name
    assert {key for keys in NUMBERS.values() for key in keys} <= COMPLETE["numbers"]


def test_a_word_means_one_thing_in_its_list():
    unknown = TEXTS["words"]["unknown"]["unknown"]
    for name in COMPLETE:
        words = TEXTS["words"][name]
        for language in LANGUAGES:
            shown = [word[language].lower() for word in words.values()]
            assert len(shown) == len(set(shown)), name
            assert name == "unknown" or unknown[language].lower() not in shown, name


def test_every_list_of_choices_in_the_layout_has_words():
    columns = [c for table in TABLES for c in table.columns]
    columns += [c for form in FORMS.values() for c in form]
    lists = {column.list for column in columns if column.kind == "choice"}
    assert lists <= set(TEXTS["words"])


def test_an_example_of_a_choice_is_one_of_the_words():
    entries = dict(questions())
    for table in TABLES:
        for column in table.columns:
            if column.kind in {"choice", "flag"}:
                words = TEXTS["words"][column.list or "flag"].values()
                example = entries[f"{table.id}.{column.key}"]["example"]
                for language in LANGUAGES:
                    assert example[language] in {word[language] for word in words}


def test_the_questions_that_were_agreed_on_are_asked_as_agreed():
    entries = dict(questions())
    agreed = {
        "people.about_population": "Hoe groot is de doelgroep? Iedereen in uw gebied voor wie dit "
        "bedoeld is, ook wie niet meedoet.",
        "effects.deadweight": "Wat was ook zonder u gebeurd? Van 10 successen: hoeveel?",
        "effects.attribution_to_others": "Welk deel komt door anderen? Niet uw eigen deel.",
        "bearers.cashable": "Hoeveel houdt die partij echt aan geld over? Een leeg bed is nog "
        "geen besparing. Twijfel: 0.",
        "effects.low": "Wat is een tegenvaller, wat een meevaller? Van 10 keer valt het er 9 keer "
        "tussen.",
        "bearers.confirmation": "Is deze partij het ermee eens?",
    }
    for key, words in agreed.items():
        entry = entries[key]
        assert words in f"{entry['label']['nl']} {entry['help']['nl']}", key
