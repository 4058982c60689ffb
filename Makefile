# Everything a person types here. Each target sets up what it needs, from an empty clone, and is quick when it
# is already there. `make help` lists them.

PORT ?= 8000
UV := .tools/uv
BIN := .venv/bin

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | sed 's/|/                  /' | sed 's/^\(.\{20\}\) */\1/'

# --- what everything else needs ---------------------------------------------------------------------------

$(UV): .ci/bootstrap.py
	@python3 .ci/bootstrap.py

# The folder's own date says when it was last filled.
.venv: $(UV) pyproject.toml uv.lock
	@$(UV) sync --locked --quiet
	@touch .venv

.PHONY: help
