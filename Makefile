# Everything a person types here. Each target sets up what it needs, from an empty clone, as root or not, and
# is quick when it is there already.

PORT ?= 8000
ARGS ?=
UV := .tools/uv
BIN := .venv/bin
export UV_PROJECT_ENVIRONMENT := .venv

.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
.PHONY: help demo test lint check bench soak format smoke pictures transcripts browser postgres hooks clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | while IFS="$$(printf '\t')" read -r name text; do \
		printf '  make %-11s %s\n' "$$name" "$$text"; done

demo: .venv ## the whole service on one local port (PORT=8000), with a pretend Facebook; Ctrl-C ends it
	@$(BIN)/pekanbaru-smart demo --port $(PORT)

test: .venv browser postgres ## every test; ARGS="-k flood" narrows them
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

lint: .venv ## lock file, format, style, types, import contracts
	@$(UV) lock --check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo

check: lint test smoke ## all that must be green before a push

bench: .venv postgres ## requests a second against a bare route, and the other figures
	@$(BIN)/python -m tests.bench $(ARGS)

soak: .venv postgres ## the long runs
	@$(BIN)/python -m tests.soak $(ARGS)

format: .venv ## let ruff tidy what it can
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

smoke: .venv ## build the wheel, install it elsewhere, and use it from another folder
	@$(BIN)/python .ci/smoke.py

pictures: .venv browser ## the pictures of the README, of a complaint halfway
	@$(BIN)/python -m tests.browser.pictures

transcripts: .venv ## write down anew what citizens read in the scenarios (docs/transcripts); read the diff
	@rm -f docs/transcripts/*.md
	@REWRITE_TRANSCRIPTS=1 $(BIN)/pytest -q -n 2 --dist loadfile tests/scenarios --ignore tests/scenarios/test_transcripts.py

browser: .venv ## a Chromium for the tests
	@.ci/install_browser

postgres: .venv ## PostgreSQL's programs for the tests; no server of the system's is started
	@.ci/install_postgres

hooks: .venv ## run lint before each commit and the tests before each push (needs pre-commit)
	@$(UV) tool run pre-commit install --hook-type pre-commit --hook-type pre-push

clean: ## remove what make brought; never ./data
	@rm -rf .tools .venv dist .artifacts .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find app bot routing models tests -name __pycache__ -type d -exec rm -rf {} +

# --- what the others need -----------------------------------------------------------------------------------

$(UV): .ci/bootstrap.py
	@python3 .ci/bootstrap.py

# The folder's own date says when it was last filled.
.venv: $(UV) pyproject.toml uv.lock
	@$(UV) sync --locked --quiet
	@touch .venv
