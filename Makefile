# Two commands on a fresh machine: `make demo` and `make test`. Each sets up what it needs.

PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
export UV_PROJECT_ENVIRONMENT := .venv
WORKERS ?= 2

.PHONY: demo test check fmt setup browsers screenshots docs train-reading train-likeness train-likeness-odds
.DEFAULT_GOAL := help

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/ —/'

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Answerable needs Python 3.11 or later.")'
	@$(PYTHON) -m venv .tools
	@.tools/bin/pip install --quiet --disable-pip-version-check 'uv>=0.7,<1'

.venv/ready: uv.lock pyproject.toml | .tools/bin/uv
	@$(UV) sync --quiet --frozen --python $(PYTHON)
	@touch $@

setup: .venv/ready ## The virtual environment with the locked packages

demo: .venv/ready ## The product with the example world, at the address it prints
	@$(BIN)/answerable demo

browsers: .venv/ready ## Chromium for the browser tests, where it may be installed
	@$(BIN)/python tools/chromium.py

test: .venv/ready browsers ## Every test on SQLite; subjects, pages and the main road again on PostgreSQL
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -q
	$(BIN)/python tools/postgres.py $(BIN)/pytest -n $(WORKERS) --dist worksteal -q -m "not browser or main_road" tests/subjects tests/pages tests/journeys tests/operators/test_audit.py

check: .venv/ready ## Lint, format, types, imports, architecture, docs in step
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -q -n $(WORKERS) tests/architecture

fmt: .venv/ready ## Format the code
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

docs: .venv/ready ## The generated reference pages
	$(BIN)/python tools/reference.py

screenshots: .venv/ready browsers ## Pictures of every page of the demo, at 1280 and 320 px
	$(BIN)/python tools/screenshots.py

train-reading: .venv/ready ## Learn again how sure the reader may be, from documents with a known truth
	$(BIN)/python tools/train_reading.py $(ARGS)
	$(BIN)/python tools/reference.py

train-likeness: .venv/ready ## Learn again how a likeness is weighed, from texts with a known truth
	$(BIN)/python tools/train_likeness.py $(ARGS)

train-likeness-odds: .venv/ready ## Learn again how likely each relation is, from pairs that people judged
	$(BIN)/python tools/train_likeness_odds.py $(ARGS)

bench-%: .venv/ready | .tools/bin/uv ## A benchmark: bench-reading, bench-pages, bench-kill, bench-writers …
	@$(UV) sync --quiet --frozen --inexact --group bench --python $(PYTHON)
	$(BIN)/python bench/$(subst -,_,$*).py $(ARGS)
