"""The floors hold, and the check of them can fail."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import impactmonitor

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGES = (CHECKOUT / "src" / "impactmonitor", CHECKOUT / "api" / "impactmonitor_api")

VAGUE_NAMES = {"utils", "helpers", "common", "core", "base", "manager"}
DATA_FOLDERS = {"indicators", "templates", "examples"}


def lint_imports(checkout: Path) -> subprocess.CompletedProcess[str]:
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    places = (checkout / "src", checkout / "api")
    return subprocess.run(
        [sys.executable, "-c", code, "--no-cache", "--no-logo"],
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(map(str, places)), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def module_files() -> list[Path]:
    return [file for package in PACKAGES for file in package.rglob("*.py")]


def module_name(file: Path) -> str:
    return file.parent.name if file.stem == "__init__" else file.stem


def top_level_modules() -> set[str]:
    """The names of the modules and packages directly in ``impactmonitor``."""
    own = PACKAGES[0]
    return {
        *(file.stem for file in own.glob("*.py") if file.stem != "__init__"),
        *(file.parent.name for file in own.glob("*/__init__.py")),
    }


def contracts() -> dict[str, dict[str, object]]:
    settings = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["id"]: contract for contract in settings["tool"]["importlinter"]["contracts"]}


def test_every_module_imports_only_from_floors_below_it():
    run = lint_imports(CHECKOUT)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("contract", "module", "statement"),
    [
        ("floors", "resources", "import impactmonitor.cli"),
        ("floors", "evaluation", "import impactmonitor_api"),
        ("http", "report", "import fastapi"),
        ("pandas", "model", "import pandas"),
    ],
)
def test_a_planted_import_breaks_its_contract(tmp_path, contract, module, statement):
    for folder in ("src", "api"):
        shutil.copytree(
            CHECKOUT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__")
        )
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    place = tmp_path / "src" / "impactmonitor" / module
    package = place / "__init__.py"
    file = package if package.is_file() else place.with_suffix(".py")
    with file.open("a", encoding="utf-8") as stream:
        stream.write(f"\n{statement}\n")

    run = lint_imports(tmp_path)

    assert run.returncode == 1, run.stdout + run.stderr
    assert f"{contracts()[contract]['name']} BROKEN" in run.stdout


def test_every_module_has_its_floor():
    layers = contracts()["floors"]["layers"]
    placed = {
        name.strip(" ()").removeprefix("impactmonitor.")
        for layer in layers
        for name in re.split("[:|]", layer)
    }
    assert top_level_modules() - placed == set()


def test_no_module_has_a_name_that_says_nothing():
    vague = [file for file in module_files() if module_name(file) in VAGUE_NAMES]
    assert vague == []


def test_no_module_hides_a_data_folder():
    """In the wheel the data folders stand inside the package, where a module would hide them."""
    assert top_level_modules() & DATA_FOLDERS == set()


def test_no_module_bears_the_name_of_a_public_function():
    """Otherwise importing the module would replace the function in the package's name space."""
    public = {
        name
        for name in impactmonitor.__all__
        if callable(getattr(impactmonitor, name))
        and not isinstance(getattr(impactmonitor, name), type)
    }
    planned = {"evaluate", "simulate", "load_case", "load_catalogue"}
    assert top_level_modules() & (public | planned) == set()
