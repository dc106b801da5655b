# Targets only wrap the `claims` command. `make` alone lists them.
PYTHON ?= python3
CORPUS ?= corpus
OUT ?= outputs
BENCH ?= ../shared/bench
BIN := .venv/bin
READY := .venv/.ready
CLAIMS := $(BIN)/claims

.DEFAULT_GOAL := help
.PHONY: help run ingest nlp export verify test check score bench clean

help: ## this list
	@echo "make run      articles in CORPUS ($(CORPUS)) -> tables in OUT ($(OUT))"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 14 | grep -v '^make run '

# Pinned versions, once; again only when the pins or the project file change.
$(READY): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

# Exit 3 means: finished, but some documents are in quarantine. The summary says which.
run: $(READY) ## articles in CORPUS -> tables in OUT
	@$(CLAIMS) run $(CORPUS) --out $(OUT) || test $$? -eq 3

ingest nlp export: $(READY) ## one stage alone
	@$(CLAIMS) $@ $(CORPUS) --out $(OUT) || test $$? -eq 3

verify: $(READY) ## compare every row with the raw files
	@$(CLAIMS) verify $(OUT)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest

check: $(READY) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

score: $(READY) ## every scorer under BENCH, one table, appended to tests/quality/
	@$(BIN)/python tests/quality/score.py $(BENCH)

bench: $(READY) ## what a run costs, as ratios against named alternatives
	@$(BIN)/python tests/bench/bench.py

clean: ## remove tables and caches; never the corpus or decisions
	@find $(OUT) -mindepth 1 ! -name README.md -delete
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
