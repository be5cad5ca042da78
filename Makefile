# Needs Python 3.11 or newer and make, nothing else. `make help` lists what there is.

HOST ?= 127.0.0.1
PORT ?= 8000
ARGS ?=
PYTHON ?= $(shell for name in python3 python3.14 python3.13 python3.12 python3.11 python; do \
  if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then echo $$name; break; fi; done)
BIN := .venv/bin
PYTEST := $(BIN)/python -m pytest
FAST := not browser and not installed and not oracle
NO_DATABASE := $(addprefix tests/,domain web demo cli pages packaging share drafts/test_pdf.py drafts/test_exports.py \
    drafts/test_small_editions.py texts/test_defaults.py texts/test_rendering.py core/test_i18n.py accounts/test_own.py \
    accounts/test_passwords.py accounts/test_address_lists.py editions/test_new.py editions/test_settings.py \
    editions/test_settings_for_people.py editions/test_past.py editions/test_preparation.py editions/test_founding.py \
    proposals/test_writing.py proposals/test_hint.py proposals/test_tongues.py merging/test_desk.py accounts/test_links.py \
    $(addprefix imports/test_,polis.py decidim.py consul.py markup.py) core/test_markdown.py drafts/test_method_page.py \
    $(addprefix drafts/test_office,.py _program.py _table.py _tree.py) \
    accounts/test_asking.py accounts/test_people.py similarity/test_real_texts.py texts/test_organiser_line.py) \
  $(wildcard tests/*/test_views.py tests/*/test_manage.py) \
  $(filter-out %/test_input.py,$(wildcard tests/security/test_*.py)) \
  $(filter-out %/test_migrations.py %/test_statements.py,$(wildcard tests/house/test_*.py))
SOURCES := $(wildcard roadmap/translations/*/LC_MESSAGES/*.po)
PINS := pyproject.toml requirements/uv.txt requirements/install.py

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run demo test test-postgresql test-browser test-wheel test-oracle lint format types contracts docs messages doors lock wheel bench shots clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: .venv/demo.stamp .venv/built.stamp ## install, fill an empty database with the demonstration, serve it
	@exec $(BIN)/roadmap demo --serve --host $(HOST) --port $(PORT) $(ARGS)

run: .venv/demo.stamp .venv/built.stamp ## install and serve, without the demonstration
	@exec $(BIN)/roadmap run --host $(HOST) --port $(PORT)

test: .venv/dev.stamp .venv/built.stamp ## the whole fast suite (ARGS="-k vote" narrows it)
	$(PYTEST) -n auto -m "$(FAST)" $(ARGS)

test-postgresql: .venv/dev.stamp .venv/built.stamp ## what a database can change, on an embedded PostgreSQL
	$(PYTEST) -n auto --database postgresql $(addprefix --ignore ,$(NO_DATABASE)) -m "$(FAST)" $(ARGS)

test-browser: .venv/dev.stamp .venv/built.stamp ## the journeys in Chromium, by keyboard and without script, with axe
	$(PYTEST) -n auto -m browser $(ARGS)

test-wheel: .venv/dev.stamp ## install the wheel into an empty environment and serve from it
	$(PYTEST) -m installed tests/packaging $(ARGS)

test-oracle: .venv/oracle.stamp .venv/built.stamp ## our functions beside independent packages, which this installs
	$(PYTEST) -n auto -m oracle tests/oracle $(ARGS)

lint: .venv/dev.stamp ## style of the code and of the templates
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(if $(wildcard templates),$(BIN)/djlint --quiet --lint templates)

format: .venv/dev.stamp ## bring the code into the common form
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

types: .venv/dev.stamp ## strict type check
	$(BIN)/mypy

contracts: .venv/dev.stamp ## who may import whom
	$(BIN)/lint-imports

docs: .venv/dev.stamp ## is every setting and command documented, does every link lead somewhere
	$(PYTEST) -q tests/house/test_docs.py $(ARGS)

messages: .venv/dev.stamp ## bring the message catalogues up to date with the texts in code and templates
	$(BIN)/python -m tests.house.messages

doors: .venv/dev.stamp ## write down anew who may pass which route (look at the difference)
	$(BIN)/python -m tests.house.doors > tests/house/doors.new && mv tests/house/doors.new tests/house/doors.txt

lock: .venv/dev.stamp ## pin the requirements anew, with hashes
	@set -e; compile="$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --generate-hashes"; \
	echo uv | $$compile --custom-compile-command "make lock" -o requirements/uv.txt -; \
	$$compile --custom-compile-command "make lock" --group build -o requirements/demo.txt pyproject.toml; \
	$$compile --custom-compile-command "make lock" --all-extras --group build --group dev \
	  -c requirements/demo.txt -o requirements/dev.txt pyproject.toml; \
	$$compile --custom-compile-command "make lock" --group oracle -c requirements/dev.txt -o requirements/oracle.txt

wheel: .venv/dev.stamp ## build the wheel into dist/
	$(BIN)/python -m hatchling build -t wheel -d dist

bench: .venv/dev.stamp .venv/built.stamp ## the benchmarks: ratios, no verdict
	$(BIN)/python -m benchmarks $(ARGS)

shots: .venv/dev.stamp .venv/built.stamp ## take the pictures of the README anew (needs Chromium)
	$(BIN)/python docs/pictures.py $(ARGS)

clean: ## remove the environment and everything that was built, keep the data
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage
	find roadmap/translations -name '*.mo' -delete 2>/dev/null || true
	rm -f static/fonts/*.woff2 static/fonts/*.txt

.venv/demo.stamp: requirements/demo.txt $(PINS)
	$(call install,demo)

.venv/dev.stamp: requirements/dev.txt $(PINS)
	$(call install,dev)
	@touch .venv/demo.stamp

.venv/oracle.stamp: .venv/dev.stamp requirements/oracle.txt
	$(call install,oracle)

.venv/built.stamp: hatch_build.py $(SOURCES)
	@$(BIN)/python hatch_build.py && touch $@

define install
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Python 3.11 or newer is needed; none was found ($$(python3 --version 2>&1 || echo no python3)). Say where one is: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)" >&2; exit 1; fi
	@$(PYTHON) requirements/install.py $(1) && touch $@
endef
