# GNU make, also the 3.81 that macOS carries. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# The build backend is pinned like everything else, so it is installed first and used from here.
EDITABLE := $(PIP) --no-build-isolation -e
GALLERY := mooring-shutdown-2022 court-order-2022-as-ruled buoyancy-tanks-2022 cpc-full-stop-90-days

.PHONY: help demo test check coverage lint bench gallery measures validation install install-dev clean
.DEFAULT_GOAL := help

help: ## this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/\1	\2/' | \
		while IFS='	' read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

demo: install ## run the mooring shutdown of 2022 against an ordinary year; charts go to results/
	$(BIN)/chokepoint run mooring-shutdown-2022 --reference baseline-2022
	@echo
	@echo "The charts and tables are in results/mooring-shutdown-2022; begin with throughput.png."

test: lint ## everything that CI checks: linters, types, import contracts, all tests
	$(BIN)/pytest -n auto

check: lint ## linters, types, import contracts and the quick tests: about a minute
	$(BIN)/pytest -n auto -m "not slow"

coverage: install-dev ## all tests, with the share of lines and branches that they reach
	$(BIN)/pytest -n auto --cov=sim --cov-branch --cov-report=term:skip-covered

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install ## time the engine against textbook SimPy, and the year 2022: oil, dry cargo, and both
	$(BIN)/python -m benchmarks.terminal_year
	@echo
	$(BIN)/python -m benchmarks.whole_year

gallery: install ## rerun some scenarios against an ordinary year, a sweep and a stress test; charts go to results/gallery/
	$(BIN)/chokepoint run $(GALLERY) --reference baseline-2022
	$(BIN)/chokepoint run northern-boycott-2022 --reference corridors-2022-undisturbed
	$(BIN)/chokepoint sweep mooring-shutdown-2022 --measure 'curtailed KZ' \
		--vary 'novorossiysk.tanks.reserve=0..4 day:9' --vary 'closure:SPM-1.days=0..30:7'
	$(BIN)/chokepoint stress baseline-2022 --from 2022-03-01
	@mkdir -p results/gallery/studies
	@cp results/mooring-shutdown-2022-sweep-*.reserve-closure-SPM-1.days/sweep.png results/gallery/studies/sweep.png
	@cp results/baseline-2022-stress/loss.png results/gallery/studies/stress.png
	@for name in $(GALLERY) northern-boycott-2022; do \
		mkdir -p results/gallery/$$name && cp results/$$name/*.png results/gallery/$$name/ || exit 1; \
	done

measures: install ## write docs/MEASURES.md from the declarations of the measures
	$(BIN)/python -m sim.report.measures_page docs/MEASURES.md

validation: install ## simulated against reported figures of 2021 and 2022, with naive forecasts
	$(BIN)/chokepoint backtest --replications 50 --write docs/VALIDATION.md

install: $(VENV)/.installed
install-dev: $(VENV)/.installed-dev

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || \
		{ echo "There is no $(PYTHON) here. Name yours: make PYTHON=python3.12 …" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Chokepoint needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V 2>&1)." >&2; \
		  echo "Name a newer one: make PYTHON=python3.12 …" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) hatchling editables
	$(EDITABLE) .
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.installed
	$(EDITABLE) '.[dev]'
	@touch $@

clean: ## remove the environment, caches and results, but for results/gallery/
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find results -mindepth 1 -maxdepth 1 ! -name README.md ! -name gallery -exec rm -rf {} +
