# The whole build of Devon: no recursion, wildcards, generated dependencies.
#   make            build/devon and build/devon-indexer
#   make run        install what is missing, build, create ./var, serve
#   make check      install what is missing, build, run the tests
# Other goals stand below, each with its line. BUILD=other-folder builds elsewhere.

BUILD ?= build
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(origin CXX),default)
CXX := g++
endif
SAN ?=
OPT ?= -O2 -g
PORT ?= 8080
PREFIX ?= /usr/local

PACKAGES := sqlite3 libsodium jansson libmicrohttpd zlib
XAPIAN_CFLAGS := $(shell pkg-config --cflags xapian-core 2>/dev/null)
XAPIAN_LIBS := $(shell pkg-config --libs xapian-core 2>/dev/null || echo -lxapian)
PACKAGE_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)

WARN := -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wshadow -Wvla -Wundef \
	-Wnull-dereference -Wimplicit-fallthrough -Werror=format-security
WARN_C := $(WARN) -Wstrict-prototypes -Wmissing-prototypes -Werror=implicit -Werror=int-conversion \
	-Werror=incompatible-pointer-types
HARDEN := -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fcf-protection=full \
	-ftrivial-auto-var-init=zero -fno-strict-overflow -fno-strict-aliasing \
	-fno-delete-null-pointer-checks -fexceptions -fPIE
ifneq ($(findstring clang,$(CC)),)
HARDEN := $(filter-out -ftrivial-auto-var-init=zero,$(HARDEN)) -Wno-unused-command-line-argument
else
WARN_C += -Wjump-misses-init -Wtrampolines -Wbidi-chars=any
endif
ifneq ($(SAN),)
HARDEN := -fPIE -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all
LDSAN := -fsanitize=$(SAN)
endif
WERROR ?=
CPPFLAGS := -I. -I$(BUILD)/gen -D_GNU_SOURCE $(PACKAGE_CFLAGS) $(XAPIAN_CFLAGS)
CFLAGS := -std=gnu17 $(OPT) $(WARN_C) $(HARDEN) -fno-common $(WERROR)
CXXFLAGS := -std=gnu++17 $(OPT) $(WARN) $(HARDEN) -D_GLIBCXX_ASSERTIONS $(WERROR)
LDFLAGS := -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,-z,separate-code -Wl,--as-needed $(LDSAN)
DEPS = -MMD -MP -MF $(@:.o=.d)

# ---- what each program is made of -------------------------------------------------------------
BASE_SRC := $(wildcard schema/base/*.c)
SCHEMA_SRC := $(wildcard schema/*.c)
INDEXER_SRC := $(filter-out indexer/main.c,$(wildcard indexer/*.c))
# The part of the indexer that the server links: no Xapian, no cmark.
TEXT_SRC := $(filter-out indexer/serve.c indexer/sandbox.c indexer/markdown%.c indexer/search%.c indexer/writer%.c \
		indexer/extract%.c,$(INDEXER_SRC)) \
	$(wildcard indexer/search_wire.c)
SERVER_SRC := $(wildcard server/*.c) $(wildcard server/pages/*.c)
CLI_SRC := $(wildcard tools/cli/*.c)
VIEWS := $(wildcard server/views/*.html)
GEN_SRC := $(VIEWS:server/views/%.html=$(BUILD)/gen/views/%.c) $(BUILD)/gen/assets.c \
	$(BUILD)/gen/migrations.c $(BUILD)/gen/passwords.c $(BUILD)/gen/catalogues.c

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(patsubst $(BUILD)/gen/%.c,gen/%.c,$(1)))

V ?= 0
ifeq ($(V),0)
MAKEFLAGS += --silent
endif

all: $(BUILD)/devon $(BUILD)/devon-indexer
.PHONY: all
.DELETE_ON_ERROR:
.SUFFIXES:

$(BUILD)/devon: $(call objects,$(BASE_SRC) $(SCHEMA_SRC) $(TEXT_SRC) $(SERVER_SRC) $(CLI_SRC) $(GEN_SRC))
	$(CC) $(LDFLAGS) -o $@ $^ -lsqlite3 -lsodium -ljansson -lmicrohttpd -lstemmer -lunistring -lz -lpthread

XAP_OBJ := $(BUILD)/obj/indexer/xap.o $(BUILD)/obj/indexer/xap_search.o $(BUILD)/obj/indexer/xap_small.o
$(BUILD)/devon-indexer: $(call objects,$(BASE_SRC) $(INDEXER_SRC) indexer/main.c) $(XAP_OBJ)
	$(CXX) $(LDFLAGS) -o $@ $^ -lcmark-gfm-extensions -lcmark-gfm -lstemmer -lsodium -lexpat -lz $(XAPIAN_LIBS)

# Poppler is loaded when it is needed; its headers give the types.
$(BUILD)/obj/indexer/extract_pdf.o: CPPFLAGS += $(patsubst -I%,-isystem %,$(shell pkg-config --cflags poppler-glib 2>/dev/null))

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(DEPS) -c -o $@ $<
$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(DEPS) -c -o $@ $<
$(BUILD)/obj/%.o: %.cc
	@mkdir -p $(@D)
	$(CXX) $(CPPFLAGS) $(CXXFLAGS) $(DEPS) -c -o $@ $<

# ---- generated sources --------------------------------------------------------------------------
HOSTCC ?= cc
HOSTFLAGS := -std=gnu17 -O1 -Wall -Wextra -I. -D_GNU_SOURCE
HOST_SRC := $(addprefix schema/base/,arena.c buf.c err.c str.c utf8.c)
$(BUILD)/tools/%: tools/%.c $(wildcard tools/tmplc_*.[ch]) $(HOST_SRC)
	@mkdir -p $(@D)
	$(HOSTCC) $(HOSTFLAGS) -o $@ $(filter tools/$*.c tools/$*_%.c,$^) $(HOST_SRC)

# Measures stems: build/tools/stemscore uz <lines of "form<TAB>lemma"
$(BUILD)/tools/stemscore: $(call objects,tools/stemscore.c $(TEXT_SRC) $(BASE_SRC))
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ -lstemmer -lsodium

$(BUILD)/gen/migrations.c: $(BUILD)/tools/embed $(wildcard schema/migrations/*.sql)
	@mkdir -p $(@D)
	$(BUILD)/tools/embed migrations schema/migrations/*.sql >$@

# Views: HTML to C. Whatever includes "views/x.h" waits for all of them.
VIEW_C := $(VIEWS:server/views/%.html=$(BUILD)/gen/views/%.c)
VIEW_H := $(VIEW_C:.c=.h)
$(BUILD)/gen/views/%.c $(BUILD)/gen/views/%.h: server/views/%.html $(BUILD)/tools/tmplc
	@mkdir -p $(@D)
	$(BUILD)/tools/tmplc $< $(BUILD)/gen/views/$*
$(call objects,$(SERVER_SRC) server/main.c $(CLI_SRC) $(VIEW_C) $(wildcard tests/*/*.c)): | $(VIEW_H)

# Static files: from npm by exact version, bundled by tools/assets/build.mjs.
NPM := $(BUILD)/npm
$(NPM)/done: tools/assets/package.json tools/assets/package-lock.json tools/assets/.npmrc
	command -v node >/dev/null && command -v npm >/dev/null || { \
		echo "The style sheets and scripts are bundled with Node.js 20 and npm, which are not here."; \
		echo "Install them (make deps, or apt-get install nodejs npm) and run make again."; exit 1; } >&2
	@mkdir -p $(@D)
	cp tools/assets/package.json tools/assets/package-lock.json tools/assets/.npmrc $(NPM)/
	cd $(NPM) && npm ci --loglevel=error >npm.log || { cat npm.log; \
		echo "npm could not fetch the packages that tools/assets/package-lock.json names."; exit 1; } >&2
	touch $@
$(BUILD)/assets/list: tools/assets/build.mjs $(NPM)/done $(wildcard server/static/* server/static/visual/*) \
		$(VIEWS) server/markup.c
	node tools/assets/build.mjs $(NPM) server $(BUILD)/assets
$(BUILD)/gen/assets.c: $(BUILD)/assets/list $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed assets $(BUILD)/assets $$(cat $(BUILD)/assets/list) >$@

# Common passwords, which nobody may choose (security.md 4.1).
$(BUILD)/passwords: tools/assets/passwords.mjs $(NPM)/done
	node tools/assets/passwords.mjs $(NPM) >$@
$(BUILD)/gen/passwords.c: $(BUILD)/passwords $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed passwords $(BUILD)/passwords >$@

# Catalogues: `make po` collects the texts of views and pages, and makes the Cyrillic from the Latin.
LOCALES := $(wildcard server/locale/*.po)
$(BUILD)/locale/%.mo: server/locale/%.po
	@mkdir -p $(@D)
	msgfmt -c -o $@ $<
$(BUILD)/gen/catalogues.c: $(LOCALES:server/locale/%.po=$(BUILD)/locale/%.mo) $(BUILD)/tools/embed
	@mkdir -p $(@D)
	$(BUILD)/tools/embed catalogues $(filter %.mo,$^) >$@
PO_KEYWORDS := -k -k_ -kN_ -k_f -k_h -k_n:1,2 -ki18n:2 -ki18n_plural:2,3 -ki18n_format:3 -ki18n_format_n:3,4 \
	-kspoken_format:3 -kfail_on:3
# What says things to people; in the indexer only what refuses a text and what reads a query do.
PO_SRC = $(VIEW_C) schema/base/utf8.c $(SCHEMA_SRC) indexer/query.c $(wildcard indexer/markdown*.c indexer/extract*.c) \
	$(SERVER_SRC)
po: $(VIEW_C)
	xgettext --from-code=UTF-8 --language=C $(PO_KEYWORDS) --add-location=file --sort-by-file \
		--package-name=Devon -o - $(PO_SRC) | sed 's/=CHARSET/=UTF-8/' | \
		msguniq --no-wrap --sort-by-file -o $(BUILD)/devon.pot
	for po in ru uz_Latn; do msgmerge --quiet --update --backup=none --no-fuzzy-matching --no-wrap \
		server/locale/$$po.po $(BUILD)/devon.pot || exit 1; done
	tools/latin_to_cyrillic.py <server/locale/uz_Latn.po >$(BUILD)/uz_Cyrl.po
	msgfmt -c -o /dev/null $(BUILD)/uz_Cyrl.po && cp $(BUILD)/uz_Cyrl.po server/locale/uz_Cyrl.po
# Nothing untranslated, and the Cyrillic is what the Latin gives.
check-po:
	for po in ru uz_Latn uz_Cyrl; do msgfmt -c -o /dev/null server/locale/$$po.po || exit 1; \
		test -z "$$(msgattrib --untranslated --no-obsolete server/locale/$$po.po)" || { \
		echo "server/locale/$$po.po: texts without a translation"; exit 1; }; done
	tools/latin_to_cyrillic.py <server/locale/uz_Latn.po | cmp - server/locale/uz_Cyrl.po
.PHONY: po check-po

# ---- tests ---------------------------------------------------------------------------------------
# A unit test links the part in which its module lies and what is below it, so that a dependency
# that points the wrong way fails to link.
A := $(BUILD)/lib
$(A)/libbase.a: $(call objects,$(BASE_SRC))
SCHEMA_GEN := $(BUILD)/gen/migrations.c $(BUILD)/gen/passwords.c
$(A)/libschema.a: $(call objects,$(SCHEMA_SRC) $(SCHEMA_GEN))
$(A)/libindexer.a: $(call objects,$(INDEXER_SRC)) $(XAP_OBJ)
$(A)/libserver.a: $(call objects,$(SERVER_SRC) $(filter-out $(SCHEMA_GEN),$(GEN_SRC)))
$(A)/libsupport.a: $(call objects,$(wildcard tests/support/*.c))
$(A)/%.a:
	@mkdir -p $(@D)
	rm -f $@ && ar rcsP $@ $^

UNIT := $(patsubst tests/unit/test_%.c,%,$(wildcard tests/unit/test_*.c))
STORE := $(patsubst tests/store/test_%.c,%,$(wildcard tests/store/test_*.c))
part = $(if $(wildcard schema/base/$(1).c),base,$(if $(wildcard schema/$(1).c),schema base,\
	$(if $(wildcard indexer/$(1).c indexer/$(1).cc),indexer base,server schema indexer base)))
# test_search_golden.c, without a search_golden.c, is about search.c.
below = $(call part,$(if $(wildcard $(1:%=schema/base/%.c) $(1:%=schema/%.c) $(1:%=indexer/%.c) \
	$(1:%=server/%.c)),$(1),$(firstword $(subst _, ,$(1)))))
LIBS_base := -lsodium
LIBS_schema := -lsqlite3 -lunistring
LIBS_indexer := -lcmark-gfm-extensions -lcmark-gfm -lstemmer -lexpat -lz $(XAPIAN_LIBS)
LIBS_server := -ljansson -lmicrohttpd -lz
TEST_LIBS = $(foreach part,$(1),$(A)/lib$(part).a)
TEST_LDLIBS = $(foreach part,$(1),$(LIBS_$(part))) -lcmocka -lpthread

.SECONDEXPANSION:
$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/test_%.o $$(call TEST_LIBS,support $$(call below,$$*))
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $^ $(call TEST_LDLIBS,$(call below,$*))
$(BUILD)/tests/store/%: $(BUILD)/obj/tests/store/test_%.o $$(call TEST_LIBS,support schema base)
	@mkdir -p $(@D)
	$(CC) $(LDFLAGS) -o $@ $^ $(call TEST_LDLIBS,schema base)

$(BUILD)/bench/floor_server: tests/bench/floor_server.cc
	@mkdir -p $(@D)
	$(CXX) -std=gnu++17 $(OPT) $(XAPIAN_CFLAGS) $(PACKAGE_CFLAGS) -o $@ $< $(XAPIAN_LIBS) -lsqlite3 -lsodium -lmicrohttpd

# The figures of docs/PERFORMANCE.md.
bench: all $(BUILD)/bench/floor_server
	tests/bench/bench.py --build $(BUILD)
.PHONY: bench

# Ranking on public collections with judgements, and questions across languages.
eval: all
	tests/eval/rank.py $(BUILD)
	tests/eval/cross.py $(BUILD)
.PHONY: eval

# Benchmarks and fuzzers of the indexer; the latter want clang and a build folder of their own:
# make CC=clang CXX=clang++ SAN=fuzzer-no-link,address,undefined BUILD=F F/fuzz/wire
$(BUILD)/bench/%: $(BUILD)/obj/tests/bench/%.o $(call TEST_LIBS,support indexer base)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -o $@ $^ $(call TEST_LDLIBS,indexer base)
SERVER_FUZZ := diff form gate json picture
$(SERVER_FUZZ:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o \
		$(call TEST_LIBS,support server schema indexer base)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(call TEST_LDLIBS,server schema indexer base)
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(call TEST_LIBS,support indexer base)
	@mkdir -p $(@D)
	$(CXX) $(LDFLAGS) -fsanitize=fuzzer -o $@ $^ $(call TEST_LDLIBS,indexer base)

# The template compiler: what must be refused, and what comes out.
check-templates: $(BUILD)/tools/tmplc $(call TEST_LIBS,indexer base) \
		$(call objects,$(addprefix server/,out.c url.c i18n.c words.c) \
		$(BUILD)/gen/assets.c $(BUILD)/gen/catalogues.c)
	tests/templates/run.sh $(BUILD) "$(CC) $(LDSAN)"
.PHONY: check-templates

# What the tests in a browser drive it with; the browser itself is Debian's.
$(BUILD)/browser/done: tests/browser/package.json tests/browser/package-lock.json tests/browser/.npmrc
	@mkdir -p $(@D)
	cp tests/browser/package.json tests/browser/package-lock.json tests/browser/.npmrc $(@D)/
	cd $(@D) && npm ci --loglevel=error >npm.log || { cat npm.log; exit 1; } >&2
	touch $@

# A tour of pictures through all pages, and the dozen of docs/screenshots from it.
screenshots: all $(BUILD)/browser/done
	DEVON_BUILD=$(BUILD) node tests/browser/screenshots.mjs $(BUILD)/screenshots --keep
.PHONY: screenshots

tests: $(UNIT:%=$(BUILD)/tests/unit/%) $(STORE:%=$(BUILD)/tests/store/%) $(BUILD)/browser/done
.SECONDARY:

# ---- what people call ----------------------------------------------------------------------------
# Packages of Debian, installed when missing; says what before it does.
deps:
	tools/deps.sh build
deps-check:
	tools/deps.sh build check

# A running Devon in ./var with the starter articles.
run:
	tools/deps.sh build
	$(MAKE) all
	tools/run.sh $(BUILD) $(PORT)

# All tests; ends with "N passed, N failed, N skipped".
check: deps-check
	$(MAKE) all tests
	tests/run.sh $(BUILD)

# The same under the address and undefined-behaviour sanitizers, in a build folder of its own.
check-san: deps-check
	$(MAKE) BUILD=$(BUILD)-san SAN=address,undefined OPT='-O1 -g' all tests
	SAN=address,undefined tests/run.sh $(BUILD)-san

# The large counts of the access and crash tests, and a million queries under the sanitizers.
check-long: deps-check
	$(MAKE) all tests
	tests/run.sh --long $(BUILD)
	$(MAKE) BUILD=$(BUILD)-san SAN=address,undefined OPT='-O1 -g' $(BUILD)-san/tests/unit/search_storm
	DEVON_QUERIES=1000000 $(BUILD)-san/tests/unit/search_storm

# Formatting, static analysis and our own rules.
lint: $(VIEW_H) check-po
	tools/lint.sh $(BUILD)

install: all
	install -D -m 755 $(BUILD)/devon $(DESTDIR)$(PREFIX)/bin/devon
	install -D -m 755 $(BUILD)/devon-indexer $(DESTDIR)$(PREFIX)/bin/devon-indexer
	install -D -m 644 docs/man/devon.1 $(DESTDIR)$(PREFIX)/share/man/man1/devon.1
	install -D -m 644 docs/man/devon-indexer.1 $(DESTDIR)$(PREFIX)/share/man/man1/devon-indexer.1
	install -D -m 644 docs/man/devon.conf.5 $(DESTDIR)$(PREFIX)/share/man/man5/devon.conf.5
	mkdir -p $(DESTDIR)$(PREFIX)/share/devon && cp -R content $(DESTDIR)$(PREFIX)/share/devon/
.PHONY: deps deps-check run check check-san check-long lint install tests

clean:
	rm -rf $(BUILD)
.PHONY: clean

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
