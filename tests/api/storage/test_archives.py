"""The file of a backup: what goes in comes out, in lines, whatever is in them."""

import io
import json
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactmonitor_api.storage import archives
from impactmonitor_api.storage.archives import Damaged, Manifest, Part

ROWS = st.lists(st.dictionaries(st.text(max_size=9), st.text() | st.none() | st.integers()))


def written(rows: list[dict[str, object]]) -> tuple[bytes, Part]:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        part = archives.write_part(archive, "cases", rows)
        archives.write_manifest(archive, Manifest("0001", "0.1.0", "now", {"cases": part}))
    return stream.getvalue(), part


@given(ROWS.filter(lambda rows: not any("\ud800" <= c <= "\udfff" for c in json.dumps(
    rows, ensure_ascii=False))))  # fmt: skip
def test_what_is_written_is_read_back(rows):
    data, part = written(rows)
    with archives.opened(io.BytesIO(data)) as archive:
        manifest = archives.read_manifest(archive)
        assert manifest.tables == {"cases": part}
        assert list(archives.rows_of(archive, "cases", part)) == rows


def test_the_same_rows_give_the_same_file():
    rows: list[dict[str, object]] = [{"number": 1}]
    assert written(rows)[0] == written(rows)[0]


def test_a_line_that_is_longer_than_memory_is_not_read(monkeypatch):
    data, part = written([{"text": "x" * 1000}])
    monkeypatch.setattr(archives, "MOST_OF_LINE", 500)
    with archives.opened(io.BytesIO(data)) as archive, pytest.raises(Damaged) as refused:
        list(archives.rows_of(archive, "cases", part))
    assert (refused.value.flaw, refused.value.part) == ("part", "cases")


def test_a_number_that_is_none_is_not_written():
    with pytest.raises(ValueError, match="not JSON compliant"):
        written([{"progress": float("nan")}])
