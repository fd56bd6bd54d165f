# Every target sets up what it needs; a second run is quick.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
PYWB   := .venv-pywb
CHECKERS := .venv-checkers
SUGGEST := .venv-suggest
BULK := .venv-bulk

.DEFAULT_GOAL := help
.PHONY: help demo demo-ui demo-history test pywb site checkers suggest bulk check sequences decisions long rules week refresh ui bench bulk-bench lock clean

help:            ## show this help
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST)

# uv is installed by pip from its own locked, hashed lines; it then installs the rest of the lock.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/# via/p' requirements.lock > $(VENV)/uv.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r $(VENV)/uv.lock
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes --compile-bytecode requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q extractors warehouse pipeline
	@touch $@

demo: $(READY)   ## refresh from the bundled sample editions into demo/, offline, and print a table
	@IMPACT_HOME=demo $(BIN)/impact refresh --sample
	@IMPACT_HOME=demo $(BIN)/impact table
	@printf '\n%s\n' "Go on from here (or put $(BIN)/ on your PATH, and leave it out):" \
	  "  make demo-ui                                                     the Dagster UI on this demo" \
	  "  IMPACT_HOME=demo $(BIN)/impact explain cybertipline_reports 2021   every statement behind a figure" \
	  "  IMPACT_HOME=demo $(BIN)/impact table --format csv                  the tidy table, a line a figure" \
	  "  demo/impact.duckdb                                               the tables, to open read-only with DuckDB" \
	  "  $(BIN)/impact refresh                                              the same with the live page, into data/"

demo-ui: $(READY) ## open the Dagster UI on the demo
	@IMPACT_HOME=demo $(BIN)/impact ui

demo-history: $(READY) ## the same from a bundled web archive into demo-history/: fourteen years
	@IMPACT_HOME=demo-history $(BIN)/impact backfill --sample
	@IMPACT_HOME=demo-history $(BIN)/impact table

test: $(READY)   ## run the tests
	@$(BIN)/pytest -n auto --dist worksteal

pywb: $(PYWB)/ready ## install the web archive that some tests start; they are skipped without it

$(PYWB)/ready: requirements-pywb.lock $(READY)
	@test -x $(PYWB)/bin/python || $(PYTHON) -m venv $(PYWB)
	@$(BIN)/uv pip sync --quiet --python $(PYWB)/bin/python --require-hashes requirements-pywb.lock
	@touch $@

site: $(VENV)/site ## install what draws the charts of `impact report`, 100 MB; everything else does without

$(VENV)/site: requirements-site.lock $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes --compile-bytecode -r requirements-site.lock
	@touch $@

checkers: $(CHECKERS)/ready ## install what tells the tests whether exports and pages are valid; those are skipped without it

$(CHECKERS)/ready: requirements-checkers.lock $(READY)
	@test -x $(CHECKERS)/bin/python || $(PYTHON) -m venv $(CHECKERS)
	@$(BIN)/uv pip sync --quiet --python $(CHECKERS)/bin/python --require-hashes requirements-checkers.lock
	@touch $@

suggest: $(SUGGEST)/ready ## install beside what the ranker of suggestions needs, for its tests; they are skipped without it

$(SUGGEST)/ready: requirements-suggest.lock $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $(SUGGEST) --require-hashes -r requirements-suggest.lock
	@touch $@

bulk: $(BULK)/ready ## install beside what bulk jobs need on clusters and object stores, 110 MB, for their tests; skipped without it

$(BULK)/ready: requirements-bulk.lock $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $(BULK) --require-hashes -r requirements-bulk.lock
	@touch $@

check: $(READY)  ## lint, type-check, check the import contracts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

sequences: $(READY) ## compare 200 homes built day by day with the same archives built at once
	@SEQUENCES=200 $(BIN)/pytest -n auto tests/pipeline/test_function_of_the_archive.py

decisions: $(READY) ## answer the queue of five yearly editions from planted truths, three times over
	@LONG=1 DECIDED_SEEDS=3 $(BIN)/pytest -n auto -rP tests/yearly

rules: $(READY)  ## print what each rule and pattern is worth, each switched off in turn; ONLY=name for some, BESIDE=folder for more texts
	@$(BIN)/python -m tests.rules worth --only "$(ONLY)"

long: $(READY)   ## run the tests that take a minute or more each: kills and buttons of the UI, interrupts, yearly pages
	@LONG=1 $(BIN)/pytest -n auto -m long

week: $(READY)   ## live through a week of the daily schedule on a stepped clock, with a kill or a failure every day
	@WEEK=1 $(BIN)/pytest -s tests/pipeline/test_week.py

refresh: $(READY) ## refresh from the live page into data/
	@$(BIN)/impact refresh

ui: $(READY)     ## open the Dagster UI with the daily schedule running
	@$(BIN)/impact ui

bench: $(READY)  ## measure speed and write the table
	@$(BIN)/python -m tests.bench

bulk-bench: $(BULK)/ready ## read a collection of 1 GB (MB=50 for less) in bulk by each engine, and write the figures into docs/scale.md
	@PYTHONPATH=$(CURDIR)/$(BULK) $(BIN)/python -m tests.bulk_bench

lock:            ## resolve pyproject.toml into the six locks again
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group dev pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group pywb -o requirements-pywb.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --extra site --constraint requirements.lock pyproject.toml -o requirements-site.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group checkers -o requirements-checkers.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group suggest -o requirements-suggest.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --constraint requirements.lock --group bulk -o requirements-bulk.lock

clean:           ## remove the environments and the demo
	@rm -rf $(VENV) $(PYWB) $(CHECKERS) $(SUGGEST) $(BULK) demo demo-history
