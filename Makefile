# Every target sets up what it needs: a virtual environment from the lock file, and the compiled core.
# The second time nothing is redone unless a lock file or the Rust sources have changed.

PYTHON ?= python3
VENV := .venv
OLDEST := .venv-oldest
BIN := $(VENV)/bin
RUST := Cargo.toml Cargo.lock pyproject.toml $(shell find src -name '*.rs')

.PHONY: demo test verify bench lint docs build stubs lock clean

demo: build  ## the brief of a real series, in words and as brief.html, and three audits
	$(BIN)/paimana brief pakistan_ict --year-start JUL --until 2024-04 --html brief.html
	$(BIN)/paimana audit python/paimana/release/data/article.toml
	$(BIN)/paimana audit python/paimana/release/data/euro_trade.toml
	$(BIN)/paimana audit python/paimana/release/data/it_exports.toml || test $$? -eq 1  # it conflicts, and says so

test: build  ## everything that must hold, quickly
	cargo test --locked --no-default-features
	$(BIN)/python -m pytest

verify: build $(OLDEST)/built  ## the large versions of the tests, and the oldest supported libraries
	$(BIN)/python -m pytest -m verify
	$(OLDEST)/bin/python -m pytest tests --ignore=tests/test_stubs.py --ignore=tests/test_notebooks.py

bench: build  ## measure against the peers and write docs/benchmarks.md
	$(BIN)/python tests/bench --write docs/benchmarks.md

lint: build  ## style, types, clippy
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/basedpyright
	cargo fmt --check
	cargo clippy --locked --quiet --all-targets -- -D warnings
	cargo clippy --locked --quiet --all-targets --no-default-features -- -D warnings
	if cargo deny --version >/dev/null 2>&1; then cargo deny check bans licenses sources; \
		else echo "cargo-deny is not there: the licences of dependencies were not checked"; fi

docs: build  ## the reference as web pages, in target/docs
	$(BIN)/pdoc --docformat numpy --math --output-directory target/docs paimana
	RUSTDOCFLAGS="-D warnings" cargo doc --locked --quiet --no-deps --no-default-features

build: $(VENV)/built

stubs: build  ## write the stubs of the compiled core and of the accessors anew
	$(BIN)/python tests/test_stubs.py
	$(BIN)/python tests/test_accessors.py

lock: $(VENV)/installed  ## choose the newest versions anew
	$(BIN)/python -m pip install --quiet pip-tools
	for name in dev oldest; do \
		$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-header --no-emit-find-links --no-emit-index-url \
			--no-emit-trusted-host --output-file requirements/$$name.txt requirements/$$name.in || exit 1; \
	done
	if cargo about --version >/dev/null 2>&1; then cargo about generate --locked -c requirements/third-party.toml \
		requirements/third-party.hbs > THIRD-PARTY.txt; else echo "cargo-about is not there: THIRD-PARTY.txt is as it was"; fi

clean:
	rm -rf $(VENV) $(OLDEST) target brief.html python/paimana/_core*.so python/paimana/_core*.pyd

$(VENV)/installed: requirements/dev.txt
$(OLDEST)/installed: requirements/oldest.txt
$(VENV)/installed $(OLDEST)/installed:
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

$(VENV)/built: $(VENV)/installed $(RUST)
$(OLDEST)/built: $(OLDEST)/installed $(RUST)
$(VENV)/built $(OLDEST)/built:
	VIRTUAL_ENV=$(CURDIR)/$(@D) PIP_QUIET=1 $(@D)/bin/maturin develop --quiet --release --locked
	touch $@
