# Deep Learning Lab. `make help` lists what there is; README.md tells the rest.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
# Tests that use all processors by themselves.
CROWDED := grading attacks browser
# Tests that need a JupyterHub: make test-class.
CLASS := hub
# One thread a process: pages and tests run side by side.
export OMP_NUM_THREADS = 1
export DLCOURSE_DATA ?= offline

.PHONY: help book pdf serve hub test test-class check format screenshots release coverage bench hooks lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

book: $(VENV)/.course ## Set up, run every chapter and solution, build the site
	@$(BIN)/dlcourse book

pdf: $(VENV)/.pdf ## Print the built site: each chapter and the whole book (needs Chromium)
	@$(BIN)/dlcourse pdf

serve: ## Show the built site on http://localhost:8000 (PORT=... for another port)
	@test -f _build/html/index.html || { echo "No site yet: run make book first." >&2; exit 2; }
	@echo "Open http://localhost:$(PORT)  (Ctrl-C stops)"
	@$(PYTHON) -m http.server $(PORT) --bind 127.0.0.1 --directory _build/html

hub: $(VENV)/.hub ## Try the course on a JupyterHub of your own (PORT=... for another port)
	@$(BIN)/python deploy/hub/try.py --port=$(PORT)

test: $(VENV)/.test ## Set up, install what tests need, run every test
	@bash tests/system-packages.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/dlcourse book
	@$(BIN)/python -m pytest --numprocesses auto --dist loadscope \
	  $(foreach folder,$(CROWDED) $(CLASS),--ignore tests/$(folder))
	@$(BIN)/python -m pytest $(addprefix tests/,$(CROWDED))

test-class: $(VENV)/.test $(VENV)/.hub ## Play a class on a JupyterHub, in a real browser
	@bash tests/system-packages.sh
	@$(BIN)/python -m pytest $(addprefix tests/,$(CLASS))

check: $(VENV)/.test ## Lint, types, spelling, import arrows: seconds
	@echo "ruff";        $(BIN)/ruff check --quiet . && $(BIN)/ruff format --quiet --check .
	@echo "mypy";        $(BIN)/mypy --no-error-summary
	@echo "codespell";   $(BIN)/codespell
	@echo "import-linter"; $(BIN)/lint-imports --no-cache > _build/lint-imports.txt \
	  || { cat _build/lint-imports.txt; exit 1; }

format: $(VENV)/.test ## Format the code and mend what ruff can mend
	@$(BIN)/ruff check --quiet --fix . ; $(BIN)/ruff format .

screenshots: $(VENV)/.test ## Every type of page in pictures: _build/screenshots/index.html
	@$(BIN)/python -m tests.browser.screenshots

release: $(VENV)/.course ## Make every assignment's release version anew
	@$(BIN)/dlcourse release --all

coverage: $(VENV)/.course ## Write the coverage page anew
	@$(BIN)/dlcourse coverage

bench: $(VENV)/.course ## Time grading against stock nbgrader, side by side: about an hour
	@env -u OMP_NUM_THREADS $(BIN)/dlcourse bench grade --write

hooks: $(VENV)/.test ## Check each commit before it is made
	@$(BIN)/pre-commit install

lock: $(VENV)/.test ## Pin every package anew in constraints.txt
	@$(BIN)/pip install --quiet uv
	@grep -v '^--constraint' requirements.txt > _build/requirements.in
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-header \
	  --no-annotate --all-extras pyproject.toml _build/requirements.in > _build/constraints.txt
	@mv _build/constraints.txt constraints.txt

clean: ## Remove what was built (not .venv, not class/)
	@rm -rf _build

$(VENV)/bin/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "The course needs Python 3.11 or newer; set PYTHON=/path/to/python3." >&2; exit 2; }
	@echo "Setting up $(VENV)"
	@$(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "Cannot make $(VENV): sudo apt install python3-venv" >&2; exit 2; }

$(VENV)/.course: requirements.txt constraints.txt pyproject.toml | $(VENV)/bin/pip
	@echo "Installing requirements.txt (PyTorch is most of it; a few minutes the first time)"
	@$(BIN)/pip install --quiet --progress-bar=on -r requirements.txt
	@$(BIN)/pip install --quiet --no-deps --editable .
	@mkdir -p _build && touch $@

$(VENV)/.pdf: $(VENV)/.course
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[pdf]"
	@mkdir -p _build && touch $@

$(VENV)/.test: $(VENV)/.course
	@echo "Installing what tests need"
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[test]"
	@mkdir -p _build && touch $@

$(VENV)/.hub: $(VENV)/.course
	@echo "Installing JupyterHub"
	@$(BIN)/pip install --quiet --constraint constraints.txt --editable ".[hub]"
	@mkdir -p _build && touch $@
