"""Every example of the page on the service works, against a service that runs."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.api.serving import Organisation, serving
from tests.docs.blocks import Block, blocks_of
from tests.docs.running import CHECKOUT

from impactmonitor_api.storage.audit import first_broken

PAGE = CHECKOUT / "docs" / "how-to" / "use-the-service.md"
BLOCKS = list(blocks_of(PAGE))


@pytest.fixture
def organisation(tmp_path: Path) -> Iterator[Organisation]:
    """One of a service, and a folder with what the page names."""
    shutil.copy(CHECKOUT / "templates" / "case.yaml", tmp_path / "case.yaml")
    shutil.copytree(CHECKOUT / "examples", tmp_path / "examples")
    with serving(f"sqlite:///{tmp_path / 'service.db'}") as service:
        yield service.own


def environment(organisation: Organisation) -> dict[str, str]:
    key = organisation.keys["administrator"]
    return {"IMPACTMONITOR_URL": organisation.address, "IMPACTMONITOR_KEY": key}


def of_language(language: str) -> list[Block]:
    return [block for block in BLOCKS if block.language == language]


def test_every_task_has_an_example_in_both_languages() -> None:
    sections = PAGE.read_text("utf-8").split("\n## ")[1:-1]
    assert len(sections) == 17
    for section in sections:
        assert "```bash\n" in section, section.partition("\n")[0]
        assert "```python\n" in section, section.partition("\n")[0]
    assert {block.language for block in BLOCKS} == {"bash", "python", "text"}


def test_the_examples_with_curl_work(organisation: Organisation, tmp_path: Path) -> None:
    script = "\n".join(f"# line {block.line}\n{block.body}" for block in of_language("bash"))
    done = subprocess.run(
        ["bash", "-euxo", "pipefail", "-c", script], cwd=tmp_path, capture_output=True, text=True,
        env=os.environ | environment(organisation) | {"no_proxy": "127.0.0.1"}, timeout=120,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    assert_done(tmp_path)


def test_the_examples_in_python_work(
    organisation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name, value in environment(organisation).items():
        monkeypatch.setenv(name, value)
    names: dict[str, object] = {}
    try:
        for block in of_language("python"):
            code = compile("\n" * block.line + block.body, str(PAGE), "exec")
            exec(code, names)  # noqa: S102
    finally:
        for client in ("api", "editor", "assessor", "insurer"):
            if client in names:
                names[client].close()  # type: ignore[attr-defined]
    assert_done(tmp_path)


def assert_done(folder: Path) -> None:
    """What the last example exported tells of all those that changed something."""
    import json

    lines = (folder / "audit.ndjson").read_text("utf-8").splitlines()
    records = [json.loads(line) for line in lines]
    assert first_broken(records) is None
    actions = {record["action"] for record in records}
    assert {"case.created", "case.changed", "key.added", "key.revoked",
            "additions.replaced"} <= actions  # fmt: skip
