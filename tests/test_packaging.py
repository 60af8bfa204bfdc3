"""The wheel, the sdist and the editable install each carry the code and the data."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import get_args

import pytest

import impactmonitor
from impactmonitor import resources
from impactmonitor.version import __version__

CHECKOUT = Path(__file__).resolve().parents[1]
DATA_FOLDERS = get_args(resources.DataFolder)


def run(*command, cwd):
    """Run a command as a stranger would: nothing of this checkout on its path."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env | {"NO_COLOR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files_below(folder):
    """The files that somebody wrote below a folder of the checkout, relative to that folder."""
    root = CHECKOUT / folder
    return {
        file.relative_to(root).as_posix()
        for file in root.rglob("*")
        if file.is_file() and not file.name.startswith(".") and file.suffix != ".pyc"
    }


@pytest.fixture(scope="module")
def dist(tmp_path_factory):
    """The folder with the sdist made from the checkout, and the wheel made from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(
        *(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, CHECKOUT),
        cwd=folder,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(dist):
    (file,) = dist.glob("impactmonitor-*.whl")
    return file


@pytest.fixture(scope="module")
def wheel_files(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def sdist_files(dist):
    (file,) = dist.glob("impactmonitor-*.tar.gz")
    with tarfile.open(file) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


@pytest.fixture(scope="module")
def outside(tmp_path_factory, wheel):
    """An environment outside the checkout with the wheel, and an empty folder to work in.

    The dependencies are those of the running environment, added as a plain folder: its .pth files,
    and with them the editable install, are not read from there.
    """
    place = tmp_path_factory.mktemp("outside")
    run(sys.executable, "-m", "venv", "--without-pip", place / "env", cwd=place)
    python = Environment(place / "env", place).python
    run(
        *(sys.executable, "-m", "pip", "--python", python, "install"),
        *("--quiet", "--no-index", "--no-deps", wheel),
        cwd=place,
    )
    own = Path(
        run(
            python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=place
        ).strip()
    )
    running = dict.fromkeys(sysconfig.get_path(kind) for kind in ("purelib", "platlib"))
    (own / "dependencies.pth").write_text("\n".join(running) + "\n", encoding="utf-8")
    return Environment(place / "env", place)


class Environment:
    def __init__(self, folder, cwd):
        self.folder = folder
        self.cwd = cwd
        self.scripts = folder / ("Scripts" if os.name == "nt" else "bin")
        self.python = self.scripts / "python"

    def execute(self, code):
        return run(self.python, "-c", code, cwd=self.cwd).strip()

    def command(self, *arguments):
        return run(self.scripts / "impactmonitor", *arguments, cwd=self.cwd)


@pytest.mark.parametrize("package", ["src/impactmonitor", "api/impactmonitor_api"])
def test_the_wheel_holds_every_file_of_both_packages(wheel_files, package):
    expected = files_below(package)
    assert {"__init__.py", "py.typed"} <= expected
    assert {f"{Path(package).name}/{file}" for file in expected} <= wheel_files


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_the_wheel_holds_every_data_file(wheel_files, folder):
    expected = files_below(folder)
    assert expected, f"{folder} is empty, and an empty folder is not shipped"
    assert {f"impactmonitor/{folder}/{file}" for file in expected} <= wheel_files


def test_the_wheel_holds_nothing_else(wheel_files):
    tops = {name.split("/")[0] for name in wheel_files}
    assert tops == {"impactmonitor", "impactmonitor_api", f"impactmonitor-{__version__}.dist-info"}
    assert [name for name in wheel_files if "tests" in name.split("/")] == []


def test_the_wheel_names_its_licence(wheel_files):
    assert f"impactmonitor-{__version__}.dist-info/licenses/LICENSE" in wheel_files


def test_the_sdist_holds_what_is_needed_to_work_on_it(sdist_files):
    assert {
        "pyproject.toml",
        "requirements.lock",
        "Makefile",
        "LICENSE",
        "README.md",
        "src/impactmonitor/py.typed",
        "api/impactmonitor_api/py.typed",
        "tests/test_packaging.py",
    } <= sdist_files
    for folder in ("src", "api", *DATA_FOLDERS):
        assert {f"{folder}/{file}" for file in files_below(folder)} <= sdist_files


def test_outside_the_checkout_the_installed_package_is_used(outside):
    file = outside.execute("import impactmonitor; print(impactmonitor.__file__)")
    assert Path(file).is_relative_to(outside.folder)


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_outside_the_checkout_every_data_folder_is_found(outside, folder):
    found = outside.execute(
        f"from impactmonitor.resources import folder; print(folder({folder!r}))"
    )
    assert Path(found).is_relative_to(outside.folder)
    assert any(file.is_file() for file in Path(found).rglob("*"))


def test_outside_the_checkout_the_command_tells_its_version(outside):
    assert __version__ in outside.command("version")


def test_outside_the_checkout_the_service_is_importable(outside):
    file = outside.execute("import impactmonitor_api; print(impactmonitor_api.__file__)")
    assert Path(file).is_relative_to(outside.folder)


def test_outside_the_checkout_an_example_is_evaluated(outside):
    examples = Path(
        outside.execute("from impactmonitor.resources import folder; print(folder('examples'))")
    )
    cases = [
        file
        for file in sorted(examples.rglob("*.yaml"))
        if re.search(r"^impactmonitor:", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert cases
    answer = json.loads(outside.command("evaluate", cases[0], "--json"))
    assert isinstance(answer, dict)
    assert answer


def test_the_editable_install_uses_the_checkout():
    assert Path(impactmonitor.__file__).is_relative_to(CHECKOUT / "src")


@pytest.mark.parametrize("folder", DATA_FOLDERS)
def test_the_editable_install_finds_the_data_of_the_checkout(folder):
    assert resources.folder(folder) == CHECKOUT / folder


def test_the_lock_pins_every_requirement_by_hash_and_names_no_place():
    entries = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in entries
    assert not re.search(r"^-|find-links|index-url", entries, re.MULTILINE)
    requirements = re.split(r"^(?=[a-z])", entries, flags=re.MULTILINE)[1:]
    assert [r for r in requirements if "--hash=sha256:" not in r] == []

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["api"],
        *project["dependency-groups"]["dev"],
    ]
    names = {re.split(r"[\[<>=~!; ]", entry)[0].lower() for entry in declared}
    assert names - {r.partition("==")[0] for r in requirements} == set()
