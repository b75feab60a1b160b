# Everything one does with Matinee. `make` alone lists it.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
UV := $(BIN)/uv
PROMPT ?= Two gladiators argue about who forgot the keys, in the Colosseum at sunset.
# By way of the environment, so that a prompt may hold quotation marks.
export PROMPT
FILM ?= film.mp4
PORT ?=
ONCE ?=
PYTEST_ARGUMENTS ?=

# Files of tests run side by side; a browser's tests run alone, since people wait for what they wait for.
PARALLEL := -n 2 --dist loadfile

# uv neither compiles nor copies unless told: without, every command starts three times slower.
export UV_COMPILE_BYTECODE := 1
export UV_LINK_MODE := copy
export UV_NO_PROGRESS := 1
# Many threads that wait for each other are slower than the frames drawn side by side.
export OMP_NUM_THREADS := 1

BUILT_FROM := pyproject.toml tools/build_hook.py requirements/build.lock \
	$(wildcard src/matinee/engine/render/build.py src/matinee/engine/render/kernel/*) \
	$(shell find web -path web/node_modules -prune -o -type f -print 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help setup setup-all demo serve test test-litellm test-diffusers check gallery bench lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMPS)/package ## Install what a first film needs, into .venv

setup-all: $(STAMPS)/package $(STAMPS)/all ## Add the final voices, transcription and people in photos
	@$(BIN)/python tools/install_voices.py
	@$(BIN)/python tools/install_photos.py

demo: setup ## Make a film and show it: PROMPT="..." ONCE=1 PORT=8400
	@$(BIN)/matinee make "$$PROMPT" -o "$(FILM)"
	@echo "The film is $(abspath $(FILM))"
	@$(if $(ONCE),true,exec $(BIN)/matinee serve $(if $(PORT),--port $(PORT)))

serve: setup ## Serve the web app and the API: PORT=8400
	@exec $(BIN)/matinee serve $(if $(PORT),--port $(PORT))

test: setup $(STAMPS)/dev ## Run every test: PYTEST_ARGUMENTS="-k kit"
	@tools/install_chromium
	@$(BIN)/python tools/install_photos.py
	@$(BIN)/python tools/install_shopify_schema.py
	@$(BIN)/python -m pytest $(PARALLEL) $(or $(PYTEST_ARGUMENTS),--ignore=tests/browser)
	@$(if $(PYTEST_ARGUMENTS),true,$(BIN)/python -m pytest tests/browser)

test-litellm: setup $(STAMPS)/dev ## Drive the videos API with LiteLLM too: fetches 217 MB
	@MATINEE_TEST_LITELLM=1 $(BIN)/python -m pytest tests/contract/openai_videos $(PYTEST_ARGUMENTS)

test-diffusers: setup $(STAMPS)/dev ## Run open video models, tiny and random: fetches torch
	@tools/test_diffusers $(PYTEST_ARGUMENTS)

check: setup $(STAMPS)/dev ## Lint, check types, import contracts and the house's own rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q tests/house

gallery: setup $(STAMPS)/dev ## Make docs/gallery again
	$(BIN)/python tools/make_gallery.py

bench: setup ## Measure one film; QUICK=1 for a smaller one
	$(BIN)/python benchmarks/film.py $(if $(QUICK),--quick)

lock: $(UV) ## Choose the newest versions that pyproject.toml allows
	$(UV) pip compile $(COMPILE) pyproject.toml -o requirements/runtime.lock
	$(UV) pip compile $(COMPILE) -c requirements/runtime.lock --group dev pyproject.toml \
		-o requirements/dev.lock
	$(UV) pip compile $(COMPILE) -c requirements/runtime.lock --all-extras pyproject.toml \
		-o requirements/all.lock
	$(BIN)/python -c "import tomllib; \
		print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" \
		| $(UV) pip compile $(COMPILE) - -o requirements/build.lock
	echo uv | $(UV) pip compile $(COMPILE) - -o requirements/uv.lock

COMPILE := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	--custom-compile-command "make lock"

clean: ## Remove everything that was installed or built
	rm -rf $(VENV) dist web/node_modules src/matinee/entrypoints/static
	rm -f src/matinee/engine/render/*.so src/matinee/engine/render/kernel.sha256
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

$(UV): requirements/uv.lock
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
		|| { echo "Matinee needs Python 3.11 or newer; $(PYTHON) is older. Set PYTHON=..."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes \
		-r requirements/uv.lock
	@touch $@

$(STAMPS)/runtime: requirements/runtime.lock | $(UV)
	@echo "Installing what a film needs ..."
	@mkdir -p $(STAMPS)
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@touch $@

$(STAMPS)/package: $(BUILT_FROM) $(STAMPS)/runtime
	@echo "Building the render kernel and the web app ..."
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps \
		--build-constraint requirements/build.lock -e .
	@touch $@

$(STAMPS)/dev $(STAMPS)/all: $(STAMPS)/%: requirements/%.lock $(STAMPS)/runtime
	@$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r $<
	@touch $@
