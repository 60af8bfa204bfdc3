# Everything runs in the checkout's own environment, which the first command creates.

PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALLED := $(VENV)/.installed
LOCK_VENV := .venv-lock

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test soak lint format accept bench docs lock clean

help:
	@echo "make demo     evaluate a real example and print the answer"
	@echo "make test     style, types, floors and all tests"
	@echo "make soak     the random and repeated tests, many times as often (about an hour)"
	@echo "make lint     style and types only"
	@echo "make format   put the code into the agreed style"
	@echo "make accept   accept the changes in golden answers (see CONTRIBUTING.md)"
	@echo "make bench    measure speed"
	@echo "make docs     make the reference pages and pictures again"
	@echo "make lock     resolve the dependencies again; UPGRADE=1 for the newest versions"
	@echo "make clean    remove the environment and what was built"

demo: $(INSTALLED)
	@$(BIN)/impactmonitor demo

test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

soak: $(INSTALLED)
	IMPACTMONITOR_SOAK=1 $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

lint: $(INSTALLED)
	$(BIN)/python -m ruff check .
	$(BIN)/python -m ruff format --check .
	$(BIN)/python -m mypy

format: $(INSTALLED)
	$(BIN)/python -m ruff check --fix-only .
	$(BIN)/python -m ruff format .

accept: $(INSTALLED)
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --accept

docs: $(INSTALLED)
	$(BIN)/python -m impactmonitor.report.reference docs
	$(BIN)/python -m impactmonitor_api.contract.written docs

bench: $(INSTALLED)
	$(BIN)/python -m benchmarks

# The locks serve every supported Python and platform, and name no place to download from. That of
# the service holds what it needs to run, in the same versions.
lock: | $(BIN)/python
	$(BIN)/python -m venv $(LOCK_VENV)
	$(LOCK_VENV)/bin/python -m pip --quiet --disable-pip-version-check install uv
	$(LOCK_VENV)/bin/uv pip compile pyproject.toml --extra api --extra scale --group dev \
		--universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade) \
		--quiet --output-file requirements.lock
	$(LOCK_VENV)/bin/uv pip compile pyproject.toml --extra api --constraint requirements.lock \
		--universal --python-version 3.11 --fork-strategy fewest \
		--generate-hashes --no-annotate --no-emit-index-url \
		--custom-compile-command "make lock" --quiet --output-file requirements-service.lock

clean:
	rm -rf $(VENV) $(LOCK_VENV) build dist
	rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(INSTALLED): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing the locked dependencies into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found. Install Python 3.11 or newer, or say where it is:" \
			"make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, and $(PYTHON) is $$($(PYTHON) --version 2>&1)." \
			"Say where a newer one is: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "$(PYTHON) cannot create environments: its venv module is missing." \
			"On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { rm -rf $(VENV); exit 1; }
