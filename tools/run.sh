#!/bin/sh
# Makes ./var with the starter articles where there is none, says how to sign in, and serves:
# tools/run.sh BUILD-FOLDER PORT
set -eu

devon="$1/devon"
port="$2"

if [ ! -e var/devon.db ]; then
	echo "Making ./var with the starter articles ..."
	"$devon" --data var init --admin admin --starter content
fi
echo "Devon answers at http://127.0.0.1:$port (stop it with Ctrl-C)"
echo "A new sign-in code, if it is needed: $devon --data var person password admin"
exec "$devon" --data var serve --listen "127.0.0.1:$port"
