"""Files of joint costs and claims: every form of file, and each mistake with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactmonitor.intake.game_reading import load_game, read_game
from impactmonitor.model.game import ClaimsGame, CoalitionGame
from impactmonitor.problems import InvalidInput, NotFound

YAML = b"players: [a, b]\ncosts:\n  a: 1\n  b: 2\n  a+b: 2.5\n"
JSON = b'{"players": ["a", "b"], "costs": {"a": 1, "b": 2, "b+a": 2.5}}'


def problems(data: bytes, ending: str = ".yaml") -> list[tuple[str, str, int | None]]:
    with pytest.raises(InvalidInput) as caught:
        read_game(data, ending)
    return [(p.path, p.code, p.line) for p in caught.value.problems]


def test_yaml_and_json_say_the_same(tmp_path: Path):
    for name, data in (("a.yaml", YAML), ("a.YML", YAML), ("a.json", JSON)):
        (tmp_path / name).write_bytes(data)
        game = load_game(tmp_path / name)
        assert isinstance(game, CoalitionGame)
        assert sorted(game.costs.values()) == [1, 2, 2.5]


def test_keys_that_are_numbers_stay_text():
    game = read_game(b"{pot: 1e2, claims: {2025: 3, no: 4}}", ".yaml")
    assert isinstance(game, ClaimsGame)
    assert (game.pot, dict(game.claims)) == (100, {"2025": 3, "no": 4})


def test_each_mistake_has_its_line():
    data = b"players: [a, b]\ncosts:\n  a: 1\n  b: x\n  a+c: 2\n  a: 5\n"
    assert set(problems(data)) == {
        ("costs.a", "duplicate-key", 6),
        ("costs.b", "not-a-number", 4),
        ("costs.a+c", "unknown-player", 5),
    }
    assert problems(b"pot: 1\nclaims:\n- 2\n- -3\n") == [("claims.1", "too-low", 4)]


@pytest.mark.parametrize(
    ("data", "ending", "codes"),
    [
        (b"", ".yaml", ["file-empty"]),
        (b"~", ".yaml", ["file-empty"]),
        (b"[1, 2]", ".yaml", ["not-a-mapping"]),
        (b"{pot: 1", ".json", ["json-syntax"]),
        (b'{"pot": 1, "pot": 2, "claims": [1]}', ".json", ["duplicate-key"]),
        (b"pot: &x 1\nclaims: [*x]", ".yaml", ["yaml-anchor", "yaml-alias", "not-a-number"]),
        (b"pot: 1\nclaims: !!python/object [1]", ".yaml", ["yaml-tag"]),
        (b"\xff\xfe", ".yaml", ["file-not-utf8"]),
    ],
)
def test_files_that_are_refused(data: bytes, ending: str, codes: list[str]):
    found = [code for _, code, _ in problems(data, ending)]
    assert [code for code in found if code in codes] == found
    assert found


def test_files_that_are_not_there_or_of_another_kind(tmp_path: Path):
    with pytest.raises(NotFound) as missing:
        load_game(tmp_path / "none.yaml")
    assert missing.value.problem.code == "file-not-found"
    (tmp_path / "game.xlsx").write_bytes(b"PK")
    (tmp_path / "large.yaml").write_bytes(b"# " + b"x" * 5_000_001)
    for name, code in (("game.xlsx", "game-file-kind"), ("large.yaml", "file-too-large")):
        with pytest.raises(InvalidInput) as caught:
            load_game(tmp_path / name)
        assert [p.code for p in caught.value.problems] == [code]
    with pytest.raises(NotFound):
        load_game("a\0b.yaml")
