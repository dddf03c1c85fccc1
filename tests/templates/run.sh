#!/bin/sh
# The template compiler: every file of bad/ must be refused for the reason in its first line, by
# tmplc or by the C compiler; every file of good/ must print what stands in NAME.expected.
# usage: run.sh BUILD CC (from the root; `make check-templates` does so)
build=$1 cc=$2
work=$build/tests/templates
flags="-std=gnu17 -Wall -Wextra -Werror -Wno-unused-parameter -I. -I$build/gen -I$work -D_GNU_SOURCE"
objects=$(for name in out url i18n words; do echo "$build/obj/server/$name.o"; done)
objects="$objects $build/obj/gen/assets.o $build/obj/gen/catalogues.o"
objects="$objects $build/lib/libindexer.a $build/lib/libbase.a"
passed=0 failed=0
mkdir -p "$work/views"

good() { passed=$((passed + 1)); }
bad() { failed=$((failed + 1)); echo "$1"; }

for file in tests/templates/bad/*.html; do
	name=$(basename "$file" .html)
	reason=$(sed -n '1s/^{{# \(.*\) }}$/\1/p' "$file")
	if output=$("$build/tools/tmplc" "$file" "$work/views/$name" 2>&1) &&
		output=$($cc $flags -fsyntax-only "$work/views/$name.c" 2>&1); then
		bad "$file: compiles, but should not: $reason"
	elif [ -z "$reason" ] || ! printf '%s' "$output" | grep -qF "$reason"; then
		bad "$file: refused, but not for: $reason: $output"
	elif ! printf '%s' "$output" | grep -qF "$file:"; then
		bad "$file: the message does not name file and line: $output"
	else
		good
	fi
done
for file in tests/templates/good/*.html; do
	name=$(basename "$file" .html)
	if ! "$build/tools/tmplc" "$file" "$work/views/$name" ||
		! $cc $flags -o "$work/$name" tests/templates/main.c "$work/views/$name.c" $objects; then
		bad "$file: does not compile"
	elif ! "$work/$name" | diff "${file%.html}.expected" -; then
		bad "$file: prints something else"
	else
		good
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
