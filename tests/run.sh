#!/bin/bash
# Runs every test of the project and adds up: tests/run.sh [--long] BUILD-FOLDER
# Each suite prints its own lines; what matters of it is its exit code and its counts.
set -u

long=
if [ "${1:-}" = --long ]; then
	long=--long
	shift
fi
build="$1"
export DEVON_BUILD="$PWD/$build"
export DEVON_TEST_DATA="${DEVON_TEST_DATA:-../shared/data}"
log=$(mktemp)
passed=0 failed=0 skipped=0

add() { # add PASSED FAILED SKIPPED
	passed=$((passed + $1)) failed=$((failed + $2)) skipped=$((skipped + $3))
}

# A suite of cmocka: "[  PASSED  ] 12 test(s)."
cmocka() {
	local name="$1" good bad skip status
	"$name" >"$log" 2>&1
	status=$?
	good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test(s)\.$/\1/p' "$log" | tail -n 1)
	bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test(s), listed below:$/\1/p' "$log" | tail -n 1)
	skip=$(sed -n 's/^\[  SKIPPED \] \([0-9]*\) test(s), listed below:$/\1/p' "$log" | tail -n 1)
	if [ $status -ne 0 ]; then
		echo "FAILED $name (exit $status)"
		tail -n 40 "$log"
		[ "${bad:-0}" -gt 0 ] || bad=1
	fi
	grep -i '^skipped' "$log"
	add "${good:-0}" "${bad:-0}" "${skip:-0}"
}

# Any other suite: its last line is "N passed, N failed[, N skipped]".
counted() {
	local status line
	echo "-- $*"
	"$@" >"$log" 2>&1
	status=$?
	line=$(grep -E '^[0-9]+ passed, [0-9]+ failed' "$log" | tail -n 1)
	if [ -z "$line" ]; then
		echo "FAILED $* (exit $status): it printed no counts"
		tail -n 40 "$log"
		add 0 1 0
		return
	fi
	# shellcheck disable=SC2086 # the numbers of the line
	set -- $(echo "$line" | grep -oE '[0-9]+')
	add "$1" "$2" "${3:-0}"
	grep -iE '^(skipped|seed)' "$log"
	if [ "$2" -ne 0 ] || [ $status -ne 0 ]; then
		grep -E 'FAIL|Error|falls short|assert' "$log" | head -n 40
		tail -n 15 "$log"
		[ "$2" -ne 0 ] || add 0 1 0
	fi
}

echo "-- unit and store tests"
for test in "$build"/tests/unit/* "$build"/tests/store/*; do
	[ -x "$test" ] && cmocka "$test"
done
counted make -s check-templates "BUILD=$build"
for test in tests/http/test_*.py; do
	[ -e "$test" ] && counted python3 "$test" $long
done
for test in tests/browser/test_*.mjs; do
	[ -e "$test" ] && counted node "$test" $long
done
rm -f "$log"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
