# `make run` shows Canting with a demonstration cooperative; `make` alone lists the rest.
VENV ?= .venv
PY := $(VENV)/bin/python
SHELL := /bin/sh

.DEFAULT_GOAL := help
.PHONY: help setup run test check format layers messages reference bench screenshots requirements
.PHONY: clean

help: ## List what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 20

$(VENV)/.base: requirements/base.txt pyproject.toml tools/setup.sh
	@sh tools/setup.sh "$(VENV)" base
$(VENV)/.dev: requirements/dev.txt $(VENV)/.base
	@sh tools/setup.sh "$(VENV)" dev

setup: $(VENV)/.dev ## Make the virtual environment with everything that checks and tests need
	@$(PY) -m tools.messages --compile

run: $(VENV)/.base ## Start Canting; an empty database gets the demonstration cooperative
	@$(PY) -m tools.messages --compile
	@$(VENV)/bin/canting run --demo

test: setup ## Run the tests on SQLite and PostgreSQL
	@$(PY) -m tools.test $(ARGS)

check: setup ## Check style, types, layers, pages, migrations, texts, reference
	@$(PY) -m tools.check

format: setup ## Lay out the code as the check wants it
	@$(PY) -m ruff format -q canting tests tools
	@$(PY) -m ruff check -q --fix-only canting tests tools
	@$(VENV)/bin/djlint --reformat --quiet canting/jinja2 canting/*/jinja2 >/dev/null || true

layers: setup ## Write the import contracts for the modules that exist
	@$(PY) -m tools.layers

messages: setup ## Gather the texts, join the translations, compile
	@$(PY) -m tools.messages

reference: setup ## Write the tables of parameters and rights in the documentation
	@$(PY) -m tools.reference

bench: setup ## Measure posting, pages and statements
	@$(PY) -m bench

screenshots: setup ## Draw the pictures of the documentation anew
	@$(PY) -m tools.screenshots

requirements: setup ## Pin the libraries named in requirements/*.in, with digests
	@sh tools/requirements.sh "$(VENV)"

clean: ## Remove what was made, but not the data in var/
	@rm -rf "$(VENV)" .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@rm -rf staticfiles *.egg-info
	@find canting tests tools -name __pycache__ -prune -exec rm -rf {} +
	@find canting -name '*.mo' -delete
