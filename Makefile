# Every target sets up what it needs; a second run is quick.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/ready
PYWB   := .venv-pywb
CHECKERS := .venv-checkers
SUGGEST := .venv-suggest
FUZZ   := .venv-fuzz
POSTGRES := .venv-postgres
BULK   := .venv-bulk

.DEFAULT_GOAL := help
.PHONY: help demo demo-ui demo-report demo-history test pywb site checkers suggest postgres bulk check sequences decisions rules long week promises fuzz year refresh ui docs pictures bench growth bulk-bench lock clean

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
	@printf '%s\n' "" "Go on from here (or put $(BIN)/ on your PATH, and leave it out):" \
	  "  make demo-report                                                      a site of it, with a chart for each metric" \
	  "  make demo-ui                                                          the Dagster UI on it" \
	  "  IMPACT_HOME=demo $(BIN)/impact explain cybertipline_reports 2021   every statement behind a figure" \
	  "  IMPACT_HOME=demo $(BIN)/impact table --format csv                  the tidy table, a line a figure" \
	  "  demo/impact.duckdb                                                    the tables, to open read-only with DuckDB" \
	  "  $(BIN)/impact refresh                                              the same with the live page, into data/"

demo-ui: $(READY) ## open the Dagster UI on the demo
	@IMPACT_HOME=demo $(BIN)/impact ui

demo-report: $(VENV)/site ## make the evidence site of the demo, with its charts, into demo/report
	@test -e demo/impact.duckdb || IMPACT_HOME=demo $(BIN)/impact refresh --sample
	@IMPACT_HOME=demo $(BIN)/impact report

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

postgres: $(POSTGRES)/ready ## install beside what keeps Dagster's records in PostgreSQL, for the trial of deploy/; it is skipped without it

$(POSTGRES)/ready: requirements-postgres.lock $(READY)
	@mkdir -p $(POSTGRES)
	@sed -n '/^dagster-postgres==/,/# via/p; /^psycopg2-binary==/,/# via/p' requirements-postgres.lock > $(POSTGRES)/beside.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $(POSTGRES) --no-deps --require-hashes -r $(POSTGRES)/beside.lock
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

long: $(READY)   ## run what `make test` leaves out: kills and buttons of the UI, interrupts, yearly pages, more numbers of the same
	@LONG=1 $(BIN)/pytest -n auto -m long

week: $(READY)   ## live through a week of the daily schedule on a stepped clock, with a kill or a failure every day
	@WEEK=1 $(BIN)/pytest -s tests/pipeline/test_week.py

promises: $(READY) ## try what is promised, in hours, and write docs/promises.md; ONLY=name for some, PROMISES_SEED=n to try the same again
	@PROMISES=1 PYTHONPATH=$(CURDIR) $(BIN)/pytest -s -rs tests/promises -k "$(or $(ONLY),test)"

fuzz: $(FUZZ)/ready ## read a million inputs that nobody thought of, in an hour or more; INPUTS=n for fewer, SEED=n to do the same again
	@PYTHONPATH=$(FUZZ) $(BIN)/python -m tests.fuzz $(if $(INPUTS),--inputs $(INPUTS)) $(if $(SEED),--seed $(SEED))

$(FUZZ)/ready: requirements-fuzz.lock $(READY)
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --target $(FUZZ) --require-hashes -r requirements-fuzz.lock
	@touch $@
year: $(READY)   ## live through a year of daily refreshes of pages that change as real ones do, in an hour or two; draws docs/pictures/year.svg
	@$(BIN)/python -m tests.year build/year
	@PROMISES=1 PYTHONPATH=$(CURDIR) YEAR=build/year $(BIN)/pytest -s tests/promises/test_year.py

refresh: $(READY) ## refresh from the live page into data/
	@$(BIN)/impact refresh

ui: $(READY)     ## open the Dagster UI with the daily schedule running
	@$(BIN)/impact ui

docs: $(READY)   ## write what is generated: the data dictionary, the rules with their examples, the lineage of columns
	@$(BIN)/python -m tests.docs

pictures: $(VENV)/site ## draw the pictures of docs/ again; needs chromium
	@$(BIN)/python -m tests.docs.pictures

bench: $(READY)  ## measure speed and write the table
	@$(BIN)/python -m tests.bench

growth: $(READY) ## build ever larger collections and print time, memory and disk; FACTS=10000000 for the largest
	@$(BIN)/python -m tests.growth_bench $(FACTS)

bulk-bench: $(BULK)/ready ## read a collection of 1 GB (MB=50 for less) in bulk by each engine, and write the figures into docs/scale.md
	@PYTHONPATH=$(CURDIR)/$(BULK) $(BIN)/python -m tests.bulk_bench

lock:            ## resolve pyproject.toml into its locks again
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group dev pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group pywb -o requirements-pywb.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --extra site --constraint requirements.lock pyproject.toml -o requirements-site.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --extra postgres --constraint requirements.lock pyproject.toml -o requirements-postgres.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group checkers -o requirements-checkers.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group suggest -o requirements-suggest.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --group fuzz -o requirements-fuzz.lock
	@$(BIN)/uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --custom-compile-command 'make lock' --constraint requirements.lock --group bulk -o requirements-bulk.lock

clean:           ## remove the environments and the demo
	@rm -rf $(VENV) $(PYWB) $(CHECKERS) $(SUGGEST) $(FUZZ) $(POSTGRES) $(BULK) demo demo-history
