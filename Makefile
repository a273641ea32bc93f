# Every command of the project. `make` alone lists them.

PORT ?= 8000
PYTHON ?=
VENV_PYTHON = .venv/bin/python

# The first Python that is new enough. `make PYTHON=/path/to/python demo` chooses another.
FIND_PYTHON = for python in $(PYTHON) python3 python3.13 python3.12 python3.11 python3.14 python; do \
	if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then break; fi; python=; done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed and was not found." \
	"Install it (on Debian and Ubuntu: apt install python3 python3-venv) or name it: make PYTHON=/path/to/python3.12" >&2; \
	exit 1; fi;
PREPARE = @$(FIND_PYTHON) "$$python" coproduction/local/prepare.py

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help setup demo test test-slow coverage bench screenshots format messages lock clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

setup: ## Install everything for working on the project into .venv
	$(PREPARE) dev --face --again
	@$(VENV_PYTHON) -m coproduction.local.browser
	@$(VENV_PYTHON) -m coproduction.local.nginx
	@$(VENV_PYTHON) -m coproduction.local.catalogues compile

demo: ## Run the sample workshop on this machine (PORT=8000)
	$(PREPARE) local --face
	@exec $(VENV_PYTHON) coproduction/local/leash.py $$PPID 15 - $(VENV_PYTHON) -m coproduction.local.demo --port "$(PORT)"

test: ## Run every check: format, lint, types, layers, migrations, tests, browser tests
	$(PREPARE) dev
	@$(VENV_PYTHON) -m coproduction.local.browser
	@$(VENV_PYTHON) -m coproduction.local.nginx
	@$(VENV_PYTHON) -m coproduction.local.checks

test-slow: ## Run the long tests: faults, load, whole days
	$(PREPARE) dev
	@$(VENV_PYTHON) -m coproduction.local.nginx
	@$(VENV_PYTHON) -m pytest tests/slow

coverage: ## Print how much of the code the tests reach, branches and web processes too (TESTS=tests/policy)
	$(PREPARE) dev
	@$(VENV_PYTHON) -m coproduction.local.browser
	@$(VENV_PYTHON) -m coproduction.local.nginx
	@$(VENV_PYTHON) -m coproduction.local.covered $(TESTS)

bench: ## Measure speed against the anchors and write bench/results
	$(PREPARE) dev
	@$(VENV_PYTHON) -m bench

screenshots: ## Take pictures of every page into screenshots/
	$(PREPARE) dev --face
	@$(VENV_PYTHON) -m coproduction.local.browser
	@$(VENV_PYTHON) -m pytest tests/screenshots

format: ## Format Python and templates
	$(PREPARE) dev
	@$(VENV_PYTHON) -m ruff format .
	@$(VENV_PYTHON) -m ruff check --fix --quiet . || true
	@git ls-files -z --cached --others --exclude-standard -- '*.html' | xargs -0 .venv/bin/djade --target-version 5.2 || true

messages: ## Collect the texts to translate into locale/
	$(PREPARE) dev
	@$(VENV_PYTHON) -m coproduction.local.catalogues extract

lock: ## Choose the newest versions of all packages again and write them to requirements/*.txt
	$(PREPARE) dev
	@$(VENV_PYTHON) -m pip install --quiet --disable-pip-version-check uv
	@for name in base local dev; do $(VENV_PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header --no-emit-index-url requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## Delete the demo's data and everything that is made again by itself (keeps .venv)
	@if [ -x $(VENV_PYTHON) ]; then $(VENV_PYTHON) -m coproduction.local.demo --forget; fi
	@rm -rf .local collected screenshots .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage .coverage.*
