# Each command first installs what is missing into .venv. ARGS="..." passes options on.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
COMPILE := $(BIN)/uv pip compile --quiet pyproject.toml --all-extras --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links --upgrade

.DEFAULT_GOAL := help
.PHONY: help run demo test coverage lint check format bench lock release clean ready

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: ## start posapp (ARGS="--database shop.db")
	@$(PYTHON) packaging/bootstrap.py
	@$(BIN)/python -m posapp $(ARGS)

demo: override ARGS := --demo $(ARGS)
demo: run ## start posapp with a throw-away shop

test: ready ## run the tests (ARGS="-k name")
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal $(ARGS)

coverage: ready ## run the tests and tell which lines none of them met (pages in build/coverage/html)
	@$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist worksteal --cov --cov-report=term --cov-report=html --timeout 360 $(ARGS)

lint: ready ## check format, lint, types and import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

check: lint test ## everything that must hold before a commit lands: lint and test

format: ready ## format the code and mend what lint can mend
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: ready ## measure speed against yardsticks (ARGS="search --customers 1000000")
	@$(BIN)/python -m tests.benchmarks $(ARGS)

lock: ready ## renew packaging/requirements*.lock from pyproject.toml
	$(COMPILE) -o packaging/requirements.lock
	$(COMPILE) --group dev -c packaging/requirements.lock -o packaging/requirements-dev.lock

release: ready ## make a release: make release VERSION=0.2.0 (ARGS=--dry-run tries everything and keeps nothing)
	@$(BIN)/python packaging/release.py $(VERSION) $(ARGS)

clean: ## remove .venv, caches and builds
	rm -rf .venv build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

ready:
	@$(PYTHON) packaging/bootstrap.py --dev
