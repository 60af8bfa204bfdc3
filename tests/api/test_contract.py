"""The contract, tried from outside: requests made from it, right and wrong ones, one by one and in
sequences, and every answer compared with what the contract says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.api.serving import serving
from tests.soaking import times

SETTINGS = Path(__file__).parent / "schemathesis.toml"
EXAMPLES = int(os.environ.get("IMPACTMONITOR_CONTRACT_EXAMPLES", str(times(2, 10))))
PHASES = os.environ.get("IMPACTMONITOR_CONTRACT_PHASES", "examples,fuzzing,stateful")
"""The phase ``coverage`` makes tens of thousands of requests out of the schema of a case: it is
part of the longer run, see CONTRIBUTING.md."""


def test_nothing_answers_otherwise_than_the_contract_says(database_url, tmp_path):
    with serving(database_url) as service:
        found = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "--config-file", SETTINGS, "run"),
                f"{service.address}/v1/openapi.json",
                *("-H", f"Authorization: Bearer {service.own.keys['administrator']}"),
                *("--max-examples", str(EXAMPLES), "--phases", PHASES),
                *("--seed", "1", "--no-color", "--generation-database", "none"),
            ],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            check=False,
        )
    assert found.returncode == 0, found.stdout[-20_000:] + found.stderr
    assert re.search(r"[1-9][0-9]* generated, [1-9][0-9]* passed", found.stdout), found.stdout


@pytest.mark.parametrize("phase", ["examples", "fuzzing", "stateful"])
def test_no_phase_is_left_out_unseen(phase):
    assert phase in PHASES or "IMPACTMONITOR_CONTRACT_PHASES" in os.environ
