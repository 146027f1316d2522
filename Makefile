# Python 3.11+ and make are all that is needed; everything else goes into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test fast check generated locale lowest newest lock mutants bench clean

# A whole campaign on fictitious returns, in a new folder demo/.
demo: $(VENV)/base
	@rm -rf demo
	$(BIN)/cvsheet demo demo

# What is compiled is kept, whatever the environment says: two workers and the processes that tests start compile it once.
test fast: export PYTHONDONTWRITEBYTECODE :=

# Linters, types, layers, then all tests.
test: check
	$(BIN)/python -m pytest -n 2 --dist worksteal -q

# The tests of one thing each, without other programs and whole campaigns, on fewer examples and samples of sweeps: two
# minutes on two cores (CONTRIBUTING.md tells what is left out; `make test` has it all). What became dear is named.
fast: $(VENV)/dev
	$(BIN)/python -m pytest -n 2 --dist worksteal -q -m "not other_program and not long" --hypothesis-profile=fast \
		--durations=10 --durations-min=2

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy cvsheet
	$(BIN)/lint-imports

# Everything that is committed and made by a command.
generated: $(VENV)/dev locale
	$(BIN)/python -m cvsheet.workflows.template examples/amboise/referentiel workbook/contrat_ville_template.xlsx
	$(BIN)/python -m cvsheet.reports.rules_page docs/regles.md
	$(BIN)/python -m cvsheet.cli.reference docs/commandes.md
	$(BIN)/python -m cvsheet.reports.tables_pages docs/tables
	$(BIN)/python -m tests.rooms docs/architecture.md
	$(BIN)/python -m tests.catalogue.table docs/precision.md
	$(BIN)/python examples/make_campaign.py examples/campagne

locale: $(VENV)/dev
	$(BIN)/pybabel -q compile -D messages -d cvsheet/cli/locale -l fr

# All that is measured (docs/vitesse.md), as lines and in build/bench.json with machine and versions: an hour.
bench: $(VENV)/dev
	$(BIN)/python -m benchmarks

# Small faults that the tests should see (docs/mutants.md): hours for all of them; what was tried is remembered. One module:
# make mutants MODULES=figures/changes.py ARGUMENTS="--tests test_changes.py"; the survivors once more: ARGUMENTS=--again.
# ARGUMENTS="--page docs/mutants.md" writes down what is known of the present code.
MUTANTS := build/mutants
mutants: $(MUTANTS)/ready
	nice -n 15 $(MUTANTS)/bin/python -m benchmarks.mutants $(ARGUMENTS) $(MODULES)

$(MUTANTS)/ready: requirements/build.txt requirements/dev.txt
	$(PYTHON) -m venv $(MUTANTS)
	$(MUTANTS)/bin/python -m pip install -q --require-hashes -r requirements/build.txt
	$(MUTANTS)/bin/python -m pip install -q --require-hashes --no-build-isolation -r requirements/dev.txt
	$(MUTANTS)/bin/python -m pip install -q "parso>=0.8.4,<0.9"
	@touch $@

# The tests at the lower ends of the ranges in pyproject.toml, and with the newest of everything, whatever the upper ends
# say: docs/versions.md tells what came of it last time.
lowest newest:
	$(PYTHON) -m venv --clear .venv-$@
	$(PYTHON) requirements/ends.py $@ > .venv-$@/requirements.txt
	.venv-$@/bin/python -m pip install -q --upgrade -r .venv-$@/requirements.txt
	.venv-$@/bin/python -m pip install -q --no-deps -e .
	.venv-$@/bin/python -m pytest -n 2 --dist worksteal -q -m "not same_bytes"

# How other libraries behave where one would guess otherwise: each script fails when that changes (findings/README.md).
.PHONY: findings
findings:
	@set -e; for script in findings/*.sh; do echo "$$script"; bash "$$script"; done

# What is installed comes from requirements/, with hashes: the same today and in a year.
PIP := $(BIN)/python -m pip install -q
LOCKED := --require-hashes --no-build-isolation

$(VENV)/base: pyproject.toml requirements/build.txt requirements/base.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --require-hashes -r requirements/build.txt
	$(PIP) $(LOCKED) -r requirements/base.txt
	$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev: requirements/dev.txt $(VENV)/base
	$(PIP) $(LOCKED) -r requirements/dev.txt
	@touch $@

# Renew requirements/*.txt: the newest versions that pyproject.toml allows, for every system and Python it names.
COMPILE := build/lock/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --upgrade
lock:
	$(PYTHON) -m venv build/lock && build/lock/bin/python -m pip install -q "uv>=0.9"
	$(COMPILE) -o requirements/build.txt requirements/build.in
	$(COMPILE) -o requirements/dev.txt -c requirements/build.txt --extra dev pyproject.toml
	$(COMPILE) -o requirements/base.txt -c requirements/dev.txt pyproject.toml

# What survives of our workbooks in other programs: docs/compatibilite.md, and the tests that the long suite then runs.
TOOLS := build/compatibility
.PHONY: compatibility compatibility-tools
compatibility: $(VENV)/dev compatibility-tools
	$(BIN)/python -m tests.compatibility.page docs/compatibilite.md

compatibility-tools:
	mkdir -p $(TOOLS)/node
	npm install --silent --no-audit --no-fund --prefix $(TOOLS)/node xlsx@0.18.5 exceljs@4.4.0 xlsx-populate@1.21.0
	$(PYTHON) -m venv $(TOOLS)/python
	$(TOOLS)/python/bin/pip install -q ironcalc==0.9.1 formualizer==0.13.0

clean:
	rm -rf $(VENV) .venv-lowest .venv-newest demo build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# The pictures of the README and the guides, as a LibreOffice set to French shows the demonstration (after `make demo`): numbers are
# shown in the form of the program's own language, whatever the workbook's is.
.PHONY: pictures
BROWSER ?= chromium --headless --no-sandbox --disable-gpu --hide-scrollbars
pictures:
	rm -rf build/pictures && mkdir -p build/pictures/profile/user
	cp docs/images/french.xcu build/pictures/profile/user/registrymodifications.xcu
	cp demo/retours/2020/*_2020_CS.xlsx build/pictures/partner.xlsx
	cp demo/sorties/*_maitre.xlsx build/pictures/master.xlsx
	cp demo/sorties/messages/*_2021_PE_correction.xlsx build/pictures/correction.xlsx
	cd build/pictures && soffice -env:UserInstallation=file://$(CURDIR)/build/pictures/profile --headless --convert-to pdf *.xlsx
	cd build/pictures && pdftoppm -r 110 -f 2 -l 2 -singlefile -x 30 -y 50 -W 1220 -H 560 -png partner.pdf partner
	cd build/pictures && pdftoppm -r 100 -f 1 -l 1 -singlefile -x 30 -y 45 -W 1110 -H 365 -png correction.pdf correction
	cd build/pictures && pdftoppm -r 100 -f 1 -l 1 -singlefile -x 20 -y 25 -W 1130 -H 560 -png master.pdf master
	cd build/pictures && $(BROWSER) --window-size=1100,720 --screenshot=site.png file://$(CURDIR)/$$(cd ../.. && ls demo/sorties/*_site.html)
	$(BIN)/python -m tests.desk.pictures demo build/pictures
	cp build/pictures/*.png docs/images/
