#!/bin/sh
# Installs the packages that are missing: tools/deps.sh build [check]. Says what before it does.
set -eu

build="gcc g++ make pkg-config libxapian-dev libcmark-gfm-dev libcmark-gfm-extensions-dev \
	libmicrohttpd-dev libsqlite3-dev libsodium-dev libjansson-dev libstemmer-dev libunistring-dev zlib1g-dev libexpat1-dev \
	libpoppler-glib-dev gettext"
check="libcmocka-dev python3 clang clang-format clang-tidy cppcheck mandoc zstd"

wanted=
for set in "$@"; do
	case $set in
	build)
		wanted="$wanted $build"
		command -v node >/dev/null 2>&1 || wanted="$wanted nodejs"
		command -v npm >/dev/null 2>&1 || wanted="$wanted npm"
		;;
	check)
		wanted="$wanted $check"
		command -v chromium >/dev/null 2>&1 || wanted="$wanted chromium"
		;;
	*)
		echo "usage: tools/deps.sh build [check]" >&2
		exit 2
		;;
	esac
done

missing=
for package in $wanted; do
	dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' ||
		missing="$missing $package"
done
[ -n "$missing" ] || exit 0

sudo=
if [ "$(id -u)" -ne 0 ]; then
	if ! command -v sudo >/dev/null 2>&1; then
		echo "Become root, or install sudo, to install:$missing" >&2
		exit 1
	fi
	sudo=sudo
fi
echo "Installing from Debian's packages:$missing"
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of words
$sudo apt-get install -y --no-install-recommends $missing >/dev/null 2>&1 || {
	$sudo apt-get update >/dev/null
	# shellcheck disable=SC2086
	$sudo apt-get install -y --no-install-recommends $missing >/dev/null
}
