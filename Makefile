# Targets only wrap the `claims` command. `make` alone lists them.
PYTHON ?= python3
CORPUS ?= corpus
OUT ?= outputs
BENCH ?= ../shared/bench
AT ?= 03:00
FUZZ ?= 1800
BIN := .venv/bin
READY := .venv/.ready
CLAIMS := $(BIN)/claims

.DEFAULT_GOAL := help
.PHONY: help run ingest nlp export verify review test test-ray check score train bench schedule unschedule clean

help: ## this list
	@echo "make run                articles in CORPUS ($(CORPUS)) -> tables in OUT ($(OUT))"
	@sed -n 's/^\([a-z ]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 24 | grep -v '^make run '

# Pinned versions, once; again only when the pins or the project file change.
$(READY): .constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing (once) ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check -c .constraints.txt -e '.[dev]'
	@$(BIN)/python -m compileall -q pipeline  # as pip does for other packages
	@touch $@

# Exit 3 means: finished, but some documents are in quarantine. The summary says which.
run: $(READY) ## articles in CORPUS -> tables in OUT
	@$(CLAIMS) run $(CORPUS) --out $(OUT) || test $$? -eq 3

ingest nlp export: $(READY) ## one stage alone
	@$(CLAIMS) $@ $(CORPUS) --out $(OUT) || test $$? -eq 3

verify: $(READY) ## compare every row with the raw files
	@$(CLAIMS) verify $(OUT)

test: $(READY) ## run the tests
	@$(BIN)/python -m pytest --ignore tests/cluster

test-ray: $(READY) ## the tests of --executor ray (installs Ray)
	@$(BIN)/pip install --quiet --disable-pip-version-check -c .constraints.txt -e '.[ray]'
	@$(BIN)/python -m pytest tests/cluster

stress: $(READY) ## 500 kills, 120 nights, FUZZ seconds of damaged files (an hour or two)
	@KILLS_EVERYWHERE=1 KILLS_AT_RANDOM=400 NIGHTS=120 $(BIN)/python -m pytest -s tests/batch
	@$(BIN)/python tests/stress/fuzz.py $(FUZZ)

check: $(READY) ## lint, format and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Exit 3 means: some rows were refused. The lines above say which and why.
review: $(READY) ## decisions from FILE (claims.xlsx as you saved it) for the next run
	@$(CLAIMS) review $(or $(FILE),$(OUT)/claims.xlsx) --out $(OUT) || test $$? -eq 3

score: $(READY) ## every scorer under BENCH, one table, appended to tests/quality/
	@$(BIN)/python tests/quality/score.py $(BENCH)

train: $(READY) ## learn again: lines from BENCH, check-worthiness from our own grades, with figures
	@$(BIN)/pip install --quiet --disable-pip-version-check -c .constraints.txt -e '.[train]'
	@$(BIN)/python tests/quality/train_line_model.py $(BENCH)/clean
	@$(BIN)/python tests/quality/train_checkworthy.py

bench: $(READY) ## what a run costs, as ratios against named alternatives
	@$(BIN)/python tests/bench/bench.py

schedule: $(READY) ## install a nightly run for this user (systemd; AT=03:00)
	@$(CLAIMS) schedule systemd $(CORPUS) --out $(OUT) --at $(AT) --install

unschedule: $(READY) ## remove the nightly run
	@$(CLAIMS) schedule systemd $(CORPUS) --out $(OUT) --remove

# Only what a run wrote: other files in OUT, the corpus and decisions are never touched.
WRITTEN := .current .versions claims.csv claims.xlsx claims.parquet claims.jsonl claims.sqlite \
	tables report datapackage.json run.json
clean: ## remove tables and caches; never the corpus or decisions
	@rm -rf $(addprefix $(OUT)/,$(WRITTEN))
	@rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis
