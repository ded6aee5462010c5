# bedspace: `make demo` runs the main job, `make test` the tests. Each installs what it needs
# into .venv. Another Python: make demo PYTHON=python3.12

.DEFAULT_GOAL := help
.PHONY: help demo test quick prove lint rivals bench against lock clean
export PYTHON

BIN := .venv/bin
UV ?= $(if $(wildcard $(BIN)/uv),$(BIN)/uv,uv)
COMPILE = $(UV) --quiet --no-config pip compile --universal --python-version 3.11 \
	--generate-hashes --fork-strategy fewest --upgrade --custom-compile-command "make lock"

help:
	@echo "make demo    install, run the main job, leave its report in demo/"
	@echo "make test    install, then every test but the proofs (under 30 minutes)"
	@echo "make quick   style, types and the fast tests (under 3 minutes)"
	@echo "make prove   the long proofs (hours; goes on where it stopped), into proofs/"
	@echo "make rivals  install the engines that bedspace is measured beside (benchmarks/README.md)"
	@echo "make bench   measure them all (some ten minutes, on a quiet machine), into docs/performance.md"
	@echo "make against whether workload W has become slower than at main (or REF=commit)"
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

rivals: benchmarks/.venv/.made

benchmarks/.venv/.made: benchmarks/requirements.txt
	@scripts/ground demo
	$(BIN)/python -m venv --clear benchmarks/.venv
	benchmarks/.venv/bin/python -m pip install -qq --disable-pip-version-check \
		--require-hashes --only-binary :all: -r benchmarks/requirements.txt
	@touch $@

bench: rivals
	$(BIN)/python benchmarks/full.py
	$(BIN)/python benchmarks/page.py

against:
	@scripts/ground demo
	@$(BIN)/python benchmarks/against.py $(or $(REF),main)

lock:
	@$(COMPILE) pyproject.toml --group build --extra report --output-file requirements.lock
	@$(COMPILE) pyproject.toml --group build --extra report --extra cluster --extra dev \
		--constraint requirements.lock --output-file requirements-dev.lock
	@$(COMPILE) benchmarks/requirements.in --output-file benchmarks/requirements.txt

clean:
	rm -rf build demo dist out .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
