# Two commands: `make demo` and `make test`. Everything else is for those who build.
PYTHON ?= python3
PORT ?= 8000
DATA_DIR ?= var/demo
BIN := .venv/bin

JSON ?=

.PHONY: demo test check bench postgres lock format messages

demo: .venv/demo.stamp
	@DATA_DIR="$(DATA_DIR)" $(BIN)/python manage.py demo --port $(PORT)

test: check
	$(BIN)/coverage run -m pytest -q
	@echo "Branches covered, in per cent:"
	@$(BIN)/coverage report --format=total --fail-under=80
	@$(MAKE) --no-print-directory postgres

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	SECRET_KEY=check DATA_DIR=var/check $(BIN)/python manage.py makemigrations --check --dry-run
	SECRET_KEY=check DATA_DIR=var/check $(BIN)/python manage.py check

# Every script in benchmarks/ prints its figures; JSON=file also writes them, by script.
bench: .venv/demo.stamp
	@$(BIN)/python benchmarks/__main__.py $(if $(JSON),--json "$(JSON)")

# The same tests on PostgreSQL: where a server answers, and always where CI=true.
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/postgres
postgres: .venv/dev.stamp
	@if $(BIN)/python -c "import psycopg; psycopg.connect('$(POSTGRES_URL)', connect_timeout=3).close()" 2>/dev/null; then \
		echo "The same tests on PostgreSQL:"; \
		DATABASE_URL="$(POSTGRES_URL)" $(BIN)/python -m pytest -q; \
	elif [ "$$CI" = true ]; then \
		echo "No PostgreSQL answers at POSTGRES_URL, and CI needs it."; exit 1; \
	else \
		echo "The PostgreSQL run is skipped: no server answers at POSTGRES_URL."; \
	fi

lock:
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11 pyproject.toml -o requirements.txt
	uv pip compile --quiet --generate-hashes --no-header --no-annotate --universal --python-version 3.11 --extra dev -c requirements.txt pyproject.toml -o requirements-dev.txt

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
