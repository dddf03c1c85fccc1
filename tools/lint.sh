#!/bin/bash
# Formatting, static analysis, and the rules of docs/STYLE.md that a machine can check.
# tools/lint.sh BUILD-FOLDER; ends with the number of findings.
set -u
shopt -s lastpipe
export LC_ALL=C.UTF-8

build="${1:-build}"
findings=0

found() { # found RULE: the lines of standard input are findings
	local lines
	lines=$(cat)
	[ -n "$lines" ] || return 0
	echo "== $1"
	echo "$lines" | head -n 40
	findings=$((findings + $(echo "$lines" | wc -l)))
}

mapfile -t sources < <(git ls-files '*.c' '*.h' '*.cc')
mapfile -t modules < <(git ls-files 'schema/*.c' 'indexer/*.c' 'server/*.c' 'tools/*.c')

# ---- one library, one file ----
only() { # only HEADER FILE...
	local header="$1"
	shift
	grep -lE "#include [<\"]$header" "${sources[@]}" | grep -v '^tests/' | grep -vxF "$(printf '%s\n' "$@")" |
		sed "s,\$, includes <$header>," | found "a library is known to one file only"
}
only 'sqlite3.h' schema/db_sqlite.c
only 'sodium.h' schema/base/secret.c
only 'xapian' indexer/xap_inside.h tests/bench/floor_index.cc tests/bench/floor_server.cc
only 'cmark-gfm' indexer/markdown.c
only 'libstemmer.h' indexer/analyse.c
only 'microhttpd.h' server/http.c
only 'uninorm.h' schema/password_nfc.c
only 'jansson.h' server/json.c
only 'zlib.h' server/gzip.c indexer/extract_zip.c
only 'expat.h' indexer/extract_xml.c
only 'poppler.h' indexer/extract_pdf.c

# ---- arrows point one way: server and tools -> schema, indexer -> schema/base ----
git ls-files 'schema/*.[ch]' | xargs grep -nE '#include "(server|indexer|tools|tests)/' |
	found "schema/ includes what stands above it"
git ls-files 'schema/base/*.[ch]' | xargs grep -nE '#include "(schema/[a-z_0-9]+\.h|server|indexer)' |
	found "schema/base/ includes what stands above it"
git ls-files 'indexer/*.[ch]' 'indexer/*.cc' | xargs grep -nE '#include "(server|tools|tests|schema/[a-z_0-9]+\.h)' |
	found "indexer/ includes what stands above or beside it"
git ls-files 'server/*.[ch]' | xargs grep -nE '#include "(tools|tests)/' |
	found "server/ includes what stands above it"
# What pages share stands in files of its own, which hold no page; a page never reaches into another.
git ls-files 'server/pages/*.c' | while read -r file; do
	sed -n 's,^#include "\(server/pages/[a-z_]*\)\.h".*,\1.c,p' "$file" | while read -r other; do
		[ "$other" = "$file" ] && continue
		# These three stand for a family of pages that share one form.
		case $other in */edit.c | */glossary.c | */talk.c) continue ;; esac
		grep -qE '^enum status page_' "$other" 2>/dev/null && echo "$file reaches into $other"
	done
done | found "a page includes another page"

# ---- the shim ----
for file in indexer/xap.cc indexer/xap_search.cc; do
	awk 'END { if (NR > 400) print FILENAME ": " NR " lines, at most 400" }' "$file"
done | found "the shim is small"

# ---- sizes ----
for file in "${sources[@]}"; do
	case $file in tests/*) continue ;; esac
	lines=$(wc -l <"$file")
	[ "$lines" -le 500 ] || echo "$file: $lines lines, at most 500"
done | found "a file is at most 500 lines"
awk 'FNR == 1 { start = 0 }
	/^[A-Za-z_].*\(/ && !/;[[:space:]]*$/ { name = $0; sub(/\(.*/, "", name); sub(/.*[ *]/, "", name) }
	/^\{/ { start = FNR }
	/^\}/ { if (start && FNR - start > 60) printf "%s: %s() has %d lines, at most 60\n", FILENAME, name, FNR - start; start = 0 }' \
	"${modules[@]}" | found "a function is at most 60 lines"

# ---- words ----
grep -nE '(^|[^_a-zA-Z])typedef[[:space:]]+struct' "${sources[@]}" | found "no typedef of structs"
grep -nE '\bgoto\b' "${modules[@]}" | grep -vE '^[^:]*:[0-9]*:[[:space:]]*(\*|/\*|")' | found "no goto"
grep -nE 'CMARK_OPT_UNSAFE|CMARK_OPT_TABLE_PREFER_STYLE' "${sources[@]}" |
	found "never an unsafe option of cmark"
grep -nE '\b(TODO|FIXME|XXX|HACK)\b' "${sources[@]}" $(git ls-files '*.sh' '*.js' '*.html' '*.py') |
	grep -v '^tools/lint.sh' | found "nothing is left for later without an issue"
for file in "${sources[@]}"; do
	head -n 1 "$file" | grep -q '^/\*' || echo "$file: the first line says what the file is for"
done | found "each file begins with one sentence about itself"
git ls-files 'schema/*.[ch]' 'server/*.c' | xargs grep -nE 'snprintf\(.*(SELECT|INSERT INTO|UPDATE [a-z]+ SET|DELETE FROM)' |
	found "SQL is never formatted"
grep -nE '\b(connect|curl_easy_init)[[:space:]]*\(' "${modules[@]}" | grep -v '^server/control_client.c:' |
	found "nothing is called from here but our own control socket"

# ---- tools ----
clang-format --dry-run "${sources[@]}" 2>&1 | grep 'warning:' | found "clang-format"
if [ "${LINT_FAST:-}" != 1 ]; then
	cppcheck --quiet --std=c11 --enable=warning,portability,performance --inline-suppr \
		--suppress=missingIncludeSystem --suppress=unknownMacro --suppress=autoVariables \
		--suppress=syntaxError:server/command_io.h \
		--suppress=internalAstError:server/pages/space_names.c -I. -I"$build/gen" \
		-j "$(nproc)" "${modules[@]}" 2>&1 | grep -E ': (error|warning|portability|performance):' |
		found "cppcheck"
	flags=(-std=gnu17 -I. "-I$build/gen" -D_GNU_SOURCE $(pkg-config --cflags poppler-glib))
	printf '%s\n' "${modules[@]}" |
		xargs -P "$(nproc)" -n 8 sh -c 'clang-tidy --quiet "$@" -- '"${flags[*]}"' 2>/dev/null' lint |
		grep -E 'warning:|error:' | sort -u | found "clang-tidy"
fi

echo "$findings findings"
[ "$findings" -eq 0 ]
