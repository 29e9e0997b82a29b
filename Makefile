# Two commands: `make demo` and `make test`. Everything else is for those who build.
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var/demo
BIN := .venv/bin

JSON ?=

.PHONY: demo test check sqlite browser postgres bench lock format messages

demo: .venv/demo.stamp
	@DATA_DIR="$(DATA_DIR)" $(BIN)/python manage.py demo --port $(PORT)

# Each of the three is run even if one before it fails.
test: check
	@$(MAKE) --no-print-directory --keep-going sqlite browser postgres

# The tests on every processor at once; each process has a database and a browser of its own.
PYTEST := $(BIN)/python -m pytest -q -p no:cacheprovider --numprocesses auto --dist worksteal

sqlite: .venv/dev.stamp
	@echo "On SQLite, with the branches that are covered:"
	@$(PYTEST) --ignore=tests/browser --cov --cov-report= --cov-fail-under=80

browser: .venv/dev.stamp
	@echo "In a browser:"
	@$(PYTEST) tests/browser

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	SECRET_KEY=check DATA_DIR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=check DATA_DIR=var/check $(BIN)/python manage.py check

# Every script in benchmarks/ prints its figures; JSON=file also writes them, by script.
bench: .venv/demo.stamp
	@$(BIN)/python benchmarks/__main__.py $(if $(JSON),--json "$(JSON)")

# The same tests on PostgreSQL: where a server answers, and always where CI=true. Of those in a browser
# only publishing and saving by two people: the others, named here, ask for nothing that depends on it.
ON_SQLITE_ALONE := accessibility every_screen reading editor photos pasting sheets journey
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
postgres: .venv/dev.stamp
	@if $(BIN)/python -c "import psycopg; psycopg.connect('$(POSTGRES_URL)', connect_timeout=3).close()" 2>/dev/null; then \
		echo "On PostgreSQL, a browser only for publishing and saving:"; \
		DATABASE_URL="$(POSTGRES_URL)" $(PYTEST) \
			$(ON_SQLITE_ALONE:%=--ignore=tests/browser/test_%.py); \
	elif [ "$$CI" = true ]; then \
		echo "No PostgreSQL answers at POSTGRES_URL, and CI needs it."; exit 1; \
	else \
		echo "The PostgreSQL run is skipped: no server answers at POSTGRES_URL."; \
	fi

lock:
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --no-strip-extras --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

format: .venv/dev.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Needs gettext. Fill in what is new in towns/locale/zh_Hans, then run it again.
messages: .venv/dev.stamp
	SECRET_KEY=messages $(BIN)/python manage.py makemessages --locale zh_Hans --no-location --no-wrap --ignore .venv --ignore var
	SECRET_KEY=messages $(BIN)/python manage.py compilemessages --locale zh_Hans --ignore .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed.")'
	@echo "Setting up .venv …"
	@$(PYTHON) -m venv .venv

.venv/demo.stamp: requirements.txt | .venv/bin/python
	@echo "Installing what the portal needs (about half a minute) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/dev.stamp: requirements-dev.txt | .venv/bin/python
	@echo "Installing what the tests need …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@touch $@ .venv/demo.stamp
