# make run    sets the machine up, builds, and opens the REPL on the user's registry
# make test   sets the machine up and runs every test
# make site   publishes the Seed as a site of static pages, in .build/site
# make test-release, make install PREFIX=DIR, make bench, make verify, make stress, make fuzz, make sanitize, make format

PREFIX ?= /usr/local
DESTDIR ?=
BUILD = swift build -c release
BIN = .build/release
PLUGINS = Membership Network Commitments SupplyChain Evidence Chronology

.PHONY: run test test-release build site setup install bench verify stress fuzz sanitize lint format clean

run: build
	@$(BIN)/entente

build: setup
	@$(BUILD) --product entente
	@$(BUILD) --product entente-worker
	@# What was a plugin once and is none any more would still be found.
	@for manifest in $(BIN)/*.entente-plugin.json; do name=$$(basename "$$manifest" .entente-plugin.json); \
	  case " $(PLUGINS) " in *" $$name "*) ;; *) rm -f "$$manifest" "$(BIN)/lib$$name.so" ;; esac; done
	@for plugin in $(PLUGINS); do \
	  $(BUILD) --product $$plugin && rm -f $(BIN)/$$plugin.entente-plugin.json && \
	  $(BIN)/entente --plugin-manifest $(BIN)/lib$$plugin.so > $(BIN)/$$plugin.manifest && \
	  mv $(BIN)/$$plugin.manifest $(BIN)/$$plugin.entente-plugin.json || exit 1; done

# What a browser opens: .build/site/index.html.
SITE = .build/site
site: build
	@$(BIN)/entente --registry :memory: --seed Seed/seed.ent --no-plugins \
	  -c 'publish "$(SITE)" titled "Critical minerals: alliances and partnerships"'

test:
	@sh .ci/setup test
	swift build --build-tests
	swift test --skip-build

# What is shipped, run by a part of the tests: alone, and with plugins of the tests' own build.
RELEASE_SUITES = CommandLineTests|StatusTests|FormatTests|NewRegistryTests|KillTests|StartTests|LoadedLibraryTests|OtherBuildTests|PluginTests|KnownAnswerTests|MembershipTests
test-release: build
	swift build --build-tests
	ENTENTE_TEST_BUILD="$$PWD/$(BIN)" swift test --skip-build --filter "EntenteTests.($(RELEASE_SUITES))"

# The tests that draw at random, with many draws and a line that sums each up.
stress: setup fuzz sanitize
	swift build --build-tests
	@ENTENTE_STRESS=1 swift test --skip-build --filter "RandomKillTests|KillTests|ConcurrencyTests|OnlineBackupTests|DamageTests|HostileInputTests|ForeignTextTests|RandomTextTests|RandomEditTests|PastViewTests|RandomLiteralTests|RandomMergeTests|ClosureOracleTests|LookUpTests|UnitingLawTests|LawTests|HoldingLawTests|ServerLawTests|ServerAnswerTests|ServerCommitTests|ServerCrowdTests|ServerStandbyTests|ForeignInputs|ScriptProbeTests" 2>&1 \
	  | grep -E "^stress:|^✘|^✔ Test \"|^✔ Suite|Test run with"

# The readers of what strangers write, watched by libFuzzer in a build of their own: a minute each, from the kept corpus on.
# What they find is a file crash-… in .build/fuzz/found, to be kept in the corpus once it is mended.
FUZZ = .build/fuzz
FUZZ_SECONDS = 60
fuzz: setup
	ENTENTE_FUZZ=1 swift build -c release --scratch-path $(FUZZ) --product entente-fuzz
	clang -std=c99 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined -ISources/CPluginTransport/include \
	  -ISources/CEntentePlugin/include Tests/Support/Fuzz/transport.c Sources/CPluginTransport/cells.c \
	  Sources/CPluginTransport/check.c Sources/CPluginTransport/json.c -o $(FUZZ)/transport
	@for input in cells frames lines header manifest; do \
	  mkdir -p $(FUZZ)/corpus/$$input $(FUZZ)/found && echo "fuzz: $$input" && \
	  SWIFT_BACKTRACE=enable=no ENTENTE_FUZZ_INPUT=$$input $(FUZZ)/release/entente-fuzz -max_total_time=$(FUZZ_SECONDS) \
	    -max_len=65536 -rss_limit_mb=4096 -artifact_prefix=$(FUZZ)/found/ -print_funcs=0 -verbosity=0 -print_final_stats=1 \
	    $(FUZZ)/corpus/$$input Tests/PluginHostTests/Corpus/$$input 2>&1 </dev/null \
	    | grep -E "number_of_executed|ERROR|Test unit written" || exit 1; \
	  [ -z "$$(ls $(FUZZ)/found)" ] || exit 1; done
	@for input in parser runner; do \
	  mkdir -p $(FUZZ)/corpus/$$input $(FUZZ)/found && echo "fuzz: $$input" && \
	  SWIFT_BACKTRACE=enable=no ENTENTE_FUZZ_INPUT=$$input $(FUZZ)/release/entente-fuzz -max_total_time=$(FUZZ_SECONDS) \
	    -max_len=4096 -rss_limit_mb=4096 -artifact_prefix=$(FUZZ)/found/ -print_funcs=0 -verbosity=0 -print_final_stats=1 \
	    $(FUZZ)/corpus/$$input Tests/RegistryCommandsTests/Corpus/$$input 2>&1 </dev/null \
	    | grep -E "number_of_executed|ERROR|Test unit written" || exit 1; \
	  [ -z "$$(ls $(FUZZ)/found)" ] || exit 1; done
	@mkdir -p $(FUZZ)/corpus/transport && echo "fuzz: transport" && $(FUZZ)/transport -max_total_time=$(FUZZ_SECONDS) -max_len=65536 \
	  -artifact_prefix=$(FUZZ)/found/ -print_funcs=0 -verbosity=0 $(FUZZ)/corpus/transport Tests/PluginHostTests/Corpus/cells \
	  Tests/PluginHostTests/Corpus/lines </dev/null

# All tests of plugins, with a worker that AddressSanitizer and UndefinedBehaviorSanitizer watch; what they find fails it, whatever
# the tests say. Of what confines a worker, only the limit of its address space is left off; tests of that are skipped, and say so.
SANITIZE = .build/sanitize
PLUGIN_SUITES = PluginHostTests|HostilePluginTests|PluginCommandTests|PluginAuthorTests|PluginFolderTests|PluginExampleTests|PluginTests|PluginRelationTests|PythonIsolationTests|EntenteTests.ContractTests|PluginKitTests|WhyRowTests|TutorialTests
sanitize: setup
	swift build --build-tests
	sh Tests/Support/Sanitizer/worker.sh $(SANITIZE)
	ENTENTE_TEST_WORKER="$$PWD/$(SANITIZE)/entente-worker" swift test --skip-build --filter "$(PLUGIN_SUITES)"
	@if [ -n "$$(tr -d '\0' < $(SANITIZE)/reports)" ]; then tr -d '\0' < $(SANITIZE)/reports; exit 1; fi
	@echo "sanitize: nothing found"

# What the program needs beside Swift: said, and installed where it is missing.
setup:
	@sh .ci/setup

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/lib/entente/plugins" "$(DESTDIR)$(PREFIX)/share/entente"
	install -m 755 $(BIN)/entente "$(DESTDIR)$(PREFIX)/bin/entente"
	install -m 755 $(BIN)/entente-worker "$(DESTDIR)$(PREFIX)/lib/entente/entente-worker"
	rm -f "$(DESTDIR)$(PREFIX)/lib/entente/plugins/libConcentration.so" \
	  "$(DESTDIR)$(PREFIX)/lib/entente/plugins/Concentration.entente-plugin.json"
	for plugin in $(PLUGINS); do \
	  install -m 755 $(BIN)/lib$$plugin.so "$(DESTDIR)$(PREFIX)/lib/entente/plugins/" && \
	  install -m 644 $(BIN)/$$plugin.entente-plugin.json "$(DESTDIR)$(PREFIX)/lib/entente/plugins/" || exit 1; done
	rm -rf "$(DESTDIR)$(PREFIX)/share/entente/Seed"
	cp -R Seed "$(DESTDIR)$(PREFIX)/share/entente/Seed"
	rm -rf "$(DESTDIR)$(PREFIX)/share/entente/sdk"
	install -d "$(DESTDIR)$(PREFIX)/share/entente/sdk"
	cp -R Sources/CEntentePlugin Sources/PluginKit Sources/PluginPython Sources/PluginTemplates Sources/PluginExamples "$(DESTDIR)$(PREFIX)/share/entente/sdk/"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1" "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d" \
	  "$(DESTDIR)$(PREFIX)/share/entente/editors"
	$(BIN)/entente generate man > "$(DESTDIR)$(PREFIX)/share/man/man1/entente.1"
	$(BIN)/entente generate bash > "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/entente"
	$(BIN)/entente generate zsh > "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_entente"
	$(BIN)/entente generate fish > "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/entente.fish"
	$(BIN)/entente generate textmate > "$(DESTDIR)$(PREFIX)/share/entente/editors/entente.tmLanguage.json"

# Each row beside a named peer in the same run; sqlite3 comes from apt, DuckDB, litecli, nomenklatura, igraph and
# DoltLite from PyPI into a folder of the build. Without python3 or without PyPI their rows are left out, and that is said.
PEERS = .build/bench-peers
bench: build
	@command -v sqlite3 >/dev/null || { echo "Missing: sqlite3. Install it: apt-get install sqlite3" >&2; exit 1; }
	@mkdir -p $(BIN)/bench
	clang -std=c99 -O2 -shared -fPIC -ISources/CEntentePlugin/include -o $(BIN)/bench/libBenchPlugin.so \
	  Tests/Support/BenchPlugin/plugin.c
	$(BUILD) --product entente-bench
	@{ [ -x $(PEERS)/bin/litecli ] && $(PEERS)/bin/python -c 'import igraph, doltlite'; } 2>/dev/null || \
	  { python3 -m venv $(PEERS) && $(PEERS)/bin/pip install --quiet duckdb-cli litecli nomenklatura igraph doltlite; } || \
	  echo "DuckDB, litecli, nomenklatura, igraph and DoltLite cannot be had here (python3 with venv, and PyPI): their rows are left out." >&2
	@ENTENTE_BENCH_PEERS=$(PEERS) ENTENTE_BENCH_RESULTS=.build/bench.json $(BIN)/entente-bench | column -t -s "$$(printf '\t')"

# What the plugin Network computes, beside networkx and igraph from PyPI, number by number; DATA=FOLDER takes the treaties of a
# folder with parties-DESTA.csv, else those of the tests. Fails where numbers differ by 1e-9 and nothing explains it.
VERIFY = .build/verify
DATA ?=
verify: build
	@[ -x $(VERIFY)/bin/python ] || \
	  { python3 -m venv $(VERIFY) && $(VERIFY)/bin/pip install --quiet networkx igraph numpy scipy; }
	@$(VERIFY)/bin/python Tests/Verify/networks.py $(BIN)/entente $(DATA) > $(VERIFY)/table; status=$$?; \
	  column -t -s "$$(printf '\t')" < $(VERIFY)/table; exit $$status

lint:
	swift format lint --strict --recursive Sources Plugins Tests Package.swift

format:
	swift format --in-place --recursive Sources Plugins Tests Package.swift

clean:
	swift package clean
