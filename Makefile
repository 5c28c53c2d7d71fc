# make site: the website and every piece. make test: all checks. make bench: the figures. Needs Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING = 1

.PHONY: site test bench serve lock clean

site: $(VENV)/ready
	@$(BIN)/loa build

serve: $(VENV)/ready
	@$(BIN)/loa serve

test: $(VENV)/ready-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest

bench: $(VENV)/ready-dev
	$(BIN)/python tests/bench

$(VENV)/ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Cần Python 3.11 trở lên."; exit 1)
	@echo "Cài môi trường riêng của dự án (chỉ lần đầu, vài phút) …"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.lock
	@touch $@

# Renew the locked versions: needs uv (https://docs.astral.sh/uv/).
LOCK := uv pip compile pyproject.toml --extra build --universal --python-version 3.11 --generate-hashes --no-annotate \
    --no-header --quiet
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra dev --constraints requirements.lock --output-file requirements-dev.lock

clean:
	rm -rf build .cache $(VENV)
