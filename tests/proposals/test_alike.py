"""Files that are the same, under whatever name or form."""

from __future__ import annotations

import json

from tests import small
from tests.proposals.judging import catalogue

from impactmonitor.intake.writing import to_yaml
from impactmonitor.proposals.alike import alike_files, repeated
from impactmonitor.proposals.checked import Alike
from impactmonitor.proposals.intake_reading import read_intake


def written(folder, **texts):
    read = []
    for name, text in texts.items():
        path = folder / name.replace("_", ".")
        path.write_text(text)
        read.append(read_intake(path, catalogue()))
    return read, [one.path.name for one in read]


def case(name="small", amount=100, **fields):
    return json.dumps({**small.tree(id=name, costs={"work": small.cost(amount)}), **fields})


def test_the_same_bytes_are_named_once(tmp_path):
    read, names = written(tmp_path, a_json=case(), b_json=case(), c_json=case("other", 7))
    assert alike_files(read, names) == (Alike("same-content", ("a.json", "b.json")),)
    assert repeated(read) == {1}


def test_another_case_with_the_same_id(tmp_path):
    read, names = written(tmp_path, a_json=case(), b_json=case(amount=7))
    assert alike_files(read, names) == (Alike("same-id", ("a.json", "b.json")),)
    assert repeated(read) == set()


def test_the_same_figures_under_another_name_and_in_another_form(tmp_path):
    twin = small.case(
        id="twin", title="Other", about={"author": "You"}, costs={"work": small.cost()}
    )
    read, names = written(tmp_path, a_json=case(), b_yaml=to_yaml(twin), c_json=case("third", 7))
    assert alike_files(read, names) == (Alike("same-figures", ("a.json", "b.yaml")),)
    assert repeated(read) == {1}


def test_what_cannot_be_read_is_not_like_something_else(tmp_path):
    broken = {"id": 3, "horizon": -1}
    read, names = written(tmp_path, a_json=case(**broken), b_json=case("b", horizon=-2))
    assert alike_files(read, names) == ()
    assert repeated(read) == set()


def test_three_files(tmp_path):
    read, names = written(tmp_path, a_json=case(), b_json=case(), c_json=case())
    assert alike_files(read, names) == (Alike("same-content", ("a.json", "b.json", "c.json")),)
    assert repeated(read) == {1, 2}
