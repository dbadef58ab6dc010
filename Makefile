# Diapason: every command of daily work. `make run`, then open the address it prints.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
export PIP_DISABLE_PIP_VERSION_CHECK := 1
SITE_PATH := PYTHONPATH=site:.
PIP_COMPILE := -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras --allow-unsafe
.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check check-code check-types check-product fix lock bench shots demo clean

help: # list these commands
	@grep -E '^[a-z]+:.*# ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*# /\t/' | expand -t 10

setup: .venv/.runtime build/static/.bundled locale/.compiled # build .venv from the lock, bundle the browser code, compile the translations

run: setup # prepare, migrate, load the demo, serve: server, worker and tick on SQLite, nothing else needed
	@$(MANAGE) serve --prepare

test: setup-dev # run everything: SQLite, PostgreSQL and Redis, and journeys in a real browser
	@$(BIN)/python -m tests.run

check: setup-dev # run every static check: style, types, layers, migrations, settings, repository rules
	@$(MAKE) --no-print-directory -j2 --output-sync=target check-code check-types check-product
	@echo "check: all good"

fix: setup-dev # format the code and fix what can be fixed by itself
	@$(BIN)/ruff check --fix .; $(BIN)/ruff format .

lock: setup-dev # write the locks again after a change of requirements*.in
	@for name in requirements requirements-dev; do \
	  $(BIN)/pip-compile $(PIP_COMPILE) -o $$name.txt $$name.in 2>build/lock.log || { tail build/lock.log; exit 1; }; done

bench: setup-dev # measure us against a bare Django view and a bare Wagtail page, in the same run
	@$(SITE_PATH) $(BIN)/python -m benchmarks

shots: setup-dev # picture the main pages at 360 and 1280 px, light and dark, into build/shots/
	@$(SITE_PATH) DJANGO_SETTINGS_MODULE=config.settings.test $(BIN)/python -m tests.shots

demo: setup # load the French demo data again where it changed
	@$(MANAGE) migrate -v0
	@$(MANAGE) demo

clean: # remove what was built here; the database and media in var/ stay
	rm -rf .venv node_modules build locale/.compiled locale/*/LC_MESSAGES/*.mo .*_cache .hypothesis .benchmarks

# --- what the targets above are made of -------------------------------------------------------------

setup-dev: setup .venv/.development

.venv/.runtime: requirements.txt
	@echo "setup: Python packages, from the lock with hashes"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.txt
	@touch $@

.venv/.development: requirements-dev.txt .venv/.runtime
	@echo "setup: packages for tests and checks"
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements-dev.txt
	@touch $@

node_modules/.installed: package.json package-lock.json
	@echo "setup: browser packages, from the lock"
	@npm ci --silent --no-progress
	@touch $@

build/static/.bundled: node_modules/.installed build.mjs site/core/icons.txt $(shell find site/core/static/core/css -name '*.css')
	@echo "setup: browser code bundled into build/static/"
	@mkdir -p build/static build/collected var
	@node build.mjs >build/bundle.log || { cat build/bundle.log; exit 1; }
	@touch $@

locale/.compiled: $(wildcard locale/*/LC_MESSAGES/*.po) .venv/.runtime
	@$(MANAGE) compilemessages -v0
	@touch $@

check-code:
	@$(BIN)/ruff check -q .
	@$(BIN)/ruff format -q --check . || { echo "Run: make fix"; exit 1; }
	@$(SITE_PATH) $(BIN)/lint-imports >build/imports.log 2>&1 || { cat build/imports.log; exit 1; }

check-types:
	@$(BIN)/mypy

check-product:
	@$(MANAGE) makemigrations --check --dry-run
	@$(BIN)/python -m tests.deployment
	@$(BIN)/python -m pytest -q -p no:randomly tests/test_consistency.py tests/test_layout.py tests/test_docs.py
