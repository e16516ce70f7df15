# Two commands do all the set-up: `make demo` and `make test`. Both make their own virtual environment.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SHARED ?= ../shared
# Where the teacher and the student are trained; checkpoints stay there, a run that is started again goes on.
MODELS ?= build/models
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test lint format bench train docs clean

$(BIN)/parley: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt $(BIN)/parley
	$(PIP) --constraint constraints.txt hypothesis import-linter mypy pytest ruff
	@touch $@

demo: $(BIN)/parley  ## install Parley and print the brief of an example report
	$(BIN)/parley brief examples/juba-talks.json

test: $(VENV)/.dev lint  ## install, then run every check
	$(BIN)/parley knowledge check
	$(BIN)/python -m pytest

lint: $(VENV)/.dev  ## style, types, and who may import whom
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.dev  ## put the code in shape
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev  ## how fast: words a second end to end and stage by stage
	$(BIN)/python -m bench.speed --shared $(SHARED)

train: $(VENV)/.dev  ## make the analyser's weights anew (an hour or two on two cores; see training/README.md)
	$(PIP) --constraint constraints.txt --editable '.[train]'
	$(BIN)/python -m training.train teacher --shared $(SHARED) --out $(MODELS)/teacher --seed 3 --epochs 10 --batch 900
	$(BIN)/python -m training.export $(MODELS)/teacher --shared $(SHARED)
	$(BIN)/python -m training.evaluate --shared $(SHARED)

docs: $(BIN)/parley  ## write the command reference from the commands themselves
	$(BIN)/python -m docs.reference

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
