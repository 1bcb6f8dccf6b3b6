# What can be done here. `make` alone lists it.
.DEFAULT_GOAL := help
.PHONY: help site setup test test-long test-leaks bench bench-binder lint update-snapshots data clean

# The sample is a school on that day: its conferences are planned and its consents run out around it. On a later day
# its school year would be over, and every teacher's part in it with it.
TODAY ?= 2026-11-24

PYTHON ?= $(shell for each in python3.13 python3.12 python3.11 python3; do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$each && break; done)
BIN := .venv/bin
SEP := $(BIN)/sep
PIP := $(BIN)/python -m pip --quiet --quiet --disable-pip-version-check

help: ## List what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-18s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

site: .venv/.installed ## Check the sample school and make its pages and binders in build/
	@status=0; \
	$(SEP) -C records --today $(TODAY) check --format concise || status=1; \
	$(SEP) -C records --today $(TODAY) binder --all --out build || status=1; \
	$(SEP) -C records --today $(TODAY) build --out build || status=1; \
	exit $$status

setup: .venv/.installed ## Make the environment in .venv/ with the command `sep` in it
	@echo "The command is $(SEP); \`. $(BIN)/activate\` lets you type just \`sep\`."

.venv/.made:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed. On Debian or Ubuntu:  sudo apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || sh .ci/packages "environments of Python" python3-venv
	@echo "Setting up .venv/ ..."
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/.installed: .venv/.made pyproject.toml
	@echo "Installing sep into .venv/ ..."
	@$(PIP) install -e .
	@touch $@

.venv/.dev: .venv/.installed pyproject.toml
	@echo "Installing what the tests need ..."
	@$(PIP) install -e '.[dev]'
	@touch $@

# A browser and an editor's language server take part in the tests; a test says so when its part is missing.
.venv/.browser: .venv/.dev
	@[ -n "$$SEP_CHROMIUM" ] || command -v chromium >/dev/null 2>&1 || sh .ci/packages "pages in a real browser" chromium || true
	@touch $@

.venv/.editor: .venv/.dev $(wildcard tests/editor/package-lock.json)
	@[ ! -f tests/editor/package.json ] || command -v npm >/dev/null 2>&1 || sh .ci/packages "the editor's checks" nodejs npm || true
	@if [ -f tests/editor/package.json ] && command -v npm >/dev/null 2>&1; then \
		echo "Installing the editor's language server ..."; \
		npm ci --prefix tests/editor --silent --no-audit --no-fund || echo "It could not be installed: its test will be skipped."; \
	fi
	@touch $@

test: .venv/.browser .venv/.editor ## Run every check and test
	@failed=0; \
	$(MAKE) --no-print-directory lint || failed=1; \
	$(BIN)/python -m pytest -q -n auto --dist worksteal || failed=1; \
	exit $$failed

test-long: .venv/.browser .venv/.editor ## Run the tests that draw or count, with many more cases, kills and wrong files
	@$(BIN)/python -m pytest -q --hypothesis-profile=long -n auto --dist worksteal

test-leaks: .venv/.dev ## Search everybody's pages for what is not theirs, and break each access rule once
	@$(BIN)/python -m tests.leaks

bench: .venv/.dev ## Measure what takes time, on this machine; the figures go into benchmarks.json
	@$(BIN)/python -m tests.benchmarks

bench-binder: .venv/.browser ## Say how fast binders are made, beside Chromium and, where it is installed, WeasyPrint
	@$(BIN)/python -m tests.benchmarks.binder

lint: .venv/.dev ## Check style and types
	@failed=0; \
	$(BIN)/ruff check --quiet . || failed=1; \
	$(BIN)/ruff format --check --quiet . || { echo "Not in the house's form: \`$(BIN)/ruff format .\` puts it right."; failed=1; }; \
	$(BIN)/mypy || failed=1; \
	exit $$failed

update-snapshots: .venv/.browser .venv/.editor ## Write the expected results anew; read the difference before keeping it
	@SEP_UPDATE_SNAPSHOTS=1 $(BIN)/python -m pytest -q

# pyarrow reads one of the two packages from which the tables come, fontTools cuts the fonts; nothing else here needs them.
data: .venv/.installed ## Make the tables and fonts in site_builder/data/ anew
	@$(PIP) install -e '.[data]'
	@$(BIN)/python scripts/make_data.py
	@$(BIN)/python scripts/make_wordlist.py
	@$(BIN)/python scripts/make_fonts.py

clean: ## Remove everything that was made here
	@rm -rf build dist .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis tests/editor/node_modules
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
