# bedspace: `make demo` runs the main job, `make test` the tests. Each installs what it needs
# into .venv. Another Python: make demo PYTHON=python3.12

.DEFAULT_GOAL := help
.PHONY: help demo test quick prove lint lock clean
export PYTHON

BIN := .venv/bin
UV ?= $(if $(wildcard $(BIN)/uv),$(BIN)/uv,uv)
COMPILE = $(UV) --quiet --no-config pip compile --universal --python-version 3.11 \
	--generate-hashes --fork-strategy fewest --upgrade --custom-compile-command "make lock" pyproject.toml --group build

help:
	@echo "make demo    install, run the main job, leave its report in demo/"
	@echo "make test    install, then every test but the proofs (under 30 minutes)"
	@echo "make quick   style, types and the fast tests (under 3 minutes)"
	@echo "make prove   the long proofs (hours; goes on where it stopped), into proofs/"
	@echo "make lock    resolve the locked dependencies anew (needs uv)"
	@echo "make clean   remove what runs and tools left behind (.venv stays)"

demo:
	@scripts/ground demo
	@$(BIN)/bedspace demo

test: lint
	$(BIN)/python -m pytest -q -n 2 -m "not prove"

quick: lint
	$(BIN)/python -m pytest -q -n 2 -m "not prove and not slow"

lint:
	@scripts/ground dev
	$(BIN)/ruff check .
	$(BIN)/mypy

prove:
	@scripts/ground dev
	$(BIN)/python scripts/prove.py

lock:
	@$(COMPILE) --extra report --output-file requirements.lock
	@$(COMPILE) --extra report --extra cluster --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock

clean:
	rm -rf build demo dist out .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
