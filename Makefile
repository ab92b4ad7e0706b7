# Two commands on a fresh machine: `make run` and `make test`. `make help` lists the others.
SHELL := /bin/bash
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export FLASK_APP := wsgi
export OPENBLAS_NUM_THREADS := 1

.PHONY: help run test check bench screenshots lock translate clean

help: ## what one can do
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

$(VENV)/base: requirements/base.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/bench: requirements/bench.txt $(VENV)/dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/translations: $(wildcard web/translations/*/LC_MESSAGES/*.po) | $(VENV)/base
	@$(BIN)/pybabel -q compile --use-fuzzy -d web/translations 2>/dev/null
	@touch $@

run: $(VENV)/base $(VENV)/translations ## make everything that is needed, and serve on http://127.0.0.1:$(PORT)
	@$(BIN)/flask start --port $(PORT)

test: $(VENV)/dev $(VENV)/translations ## all tests
	@$(BIN)/python -m pytest -n auto --dist loadfile $(ARGS)

check: $(VENV)/dev ## formatting, lint, types, import rules, docs, translations and plain language
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m seed.files
	@$(BIN)/python -m web.translations.check
	@$(BIN)/python -m web.translations.plain

bench: $(VENV)/bench $(VENV)/translations ## figures, with the peers beside us
	@$(BIN)/python -m tests.benchmarks $(ARGS)

screenshots: $(VENV)/dev $(VENV)/translations ## pictures for the documentation
	@$(BIN)/python -m tests.screenshots

translate: $(VENV)/dev ## collect new texts for translation
	@$(BIN)/pybabel -q extract -F web/translations/babel.cfg -k lazy_gettext -o web/translations/messages.pot --omit-header --no-location --sort-output .
	@$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -i web/translations/messages.pot -d web/translations
	@rm -f web/translations/messages.pot

lock: ## pin all packages with their hashes
	@$(BIN)/python -m piptools --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet pip-tools
	@$(BIN)/python -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe --extra postgresql -o requirements/base.txt pyproject.toml
	@$(BIN)/python -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --strip-extras --allow-unsafe --extra postgresql --extra dev -c requirements/base.txt -o requirements/dev.txt pyproject.toml
	@$(BIN)/python -m piptools compile -q --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links -o requirements/bench.txt requirements/bench.in

clean: ## throw away the environment; data in instance/ stays
	rm -rf $(VENV) build .mypy_cache .ruff_cache .pytest_cache
