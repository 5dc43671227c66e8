# Every target sets up what it needs in .venv; Python 3.11+ and make are enough.
.DEFAULT_GOAL := help
.NOTPARALLEL:
SHELL := /bin/sh

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN := $(VENV)/.runtime-installed
DEV := $(VENV)/.tools-installed
BROWSER := $(VENV)/.browser-installed
CODE := bot handlers flows storage tests
PROCESSES := tests/crash tests/demo tests/upgrade tests/page

.PHONY: help install demo run upgrade test test-browser screenshots check bench crash static docs format lock clean

help: ## what can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

install: $(RUN) ## what the bot needs, into .venv; `zabota setup` does the rest

demo: $(RUN) ## try it in a browser, both sides and the clock, without a token
	$(BIN)/zabota demo

run: $(RUN) ## start the bot with the settings in .env
	$(BIN)/zabota run

upgrade: $(RUN) ## install the newest version, or VERSION=v1.2.3; back again if it fails
	$(BIN)/zabota upgrade $(VERSION)

# As many at a time as there are processors. Those that watch real processes mostly wait for them: they come last
# and are dealt out one by one, so that no file of long ones keeps a processor waiting.
test: $(DEV) ## unit, property, scenario, sandbox, content and docs tests, and a short crash run
	$(BIN)/pytest -m "not long and not browser" --numprocesses auto --dist loadfile \
		$(addprefix --ignore=,$(PROCESSES))
	$(BIN)/pytest -m "not long and not browser" --numprocesses auto --dist worksteal $(PROCESSES)

test-browser: $(BROWSER) ## click through the page in a Chromium; pictures go to build/browser
	tests/browser/install_chromium.sh
	$(BIN)/pytest tests/browser

screenshots: $(BROWSER) ## take the pictures of the README and the guides anew
	tests/browser/install_chromium.sh
	$(BIN)/python -m tests.browser.screenshots docs/pictures

check: static test crash ## everything that must be green: formatting, types, import rules, all tests

bench: $(DEV) ## measure, beside a bare echo bot on the same sandbox
	$(BIN)/python -m tests.bench

crash: $(DEV) ## the full crash run: the real process killed again and again
	$(BIN)/pytest tests/crash -m long --capture=no

static: $(DEV) ## formatting, lint, types and import rules
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(DEV) ## are the documents true?
	$(BIN)/pytest tests/docs

format: $(DEV) ## rewrite the code the way ruff wants it
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# The index comes from the environment and is never written down. `make lock UPGRADE=1` takes newer
# versions; without it the pinned ones stay wherever pyproject.toml still allows them.
COMPILE := $(BIN)/uv --quiet pip compile pyproject.toml --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-emit-find-links --no-header \
	$(if $(UPGRADE),--upgrade)

lock: $(DEV) ## pin every dependency with its hashes
	$(COMPILE) --extra build --extra dev --output-file requirements-dev.txt
	$(COMPILE) --extra build --constraint requirements-dev.txt --no-annotate \
		--output-file requirements.txt
	$(COMPILE) --extra browser --constraint requirements-dev.txt --no-annotate \
		--output-file requirements-browser.txt

clean: ## remove what was built here; .env, the database and content stay
	rm -rf $(VENV) .venvs build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache \
		.import_linter_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp is newer than the lock it was installed from, so an install happens once per lock.
$(RUN): requirements.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV): requirements-dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements-dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(RUN)

$(BROWSER): requirements-browser.txt $(DEV)
	$(PIP) install --require-hashes -r requirements-browser.txt
	@touch $@

# A name in PATH proves nothing (version managers put empty shims there), so each one is asked.
$(BIN)/python:
	@for candidate in python3 python3.13 python3.12 python3.11; do \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			python=$$candidate; break; \
		fi; \
	done; \
	if [ -z "$$python" ]; then \
		echo "Zabota needs Python 3.11 or newer, and none was found in PATH." >&2; exit 1; \
	fi; \
	if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then \
		echo "$$python cannot make virtual environments. On Debian and Ubuntu:" >&2; \
		echo "    sudo apt-get install python3-venv" >&2; exit 1; \
	fi; \
	$$python -m venv $(VENV)
