#!/bin/bash
# A PostgreSQL server of its own for tests, in a new folder, reached by a socket in it. Reads commands from standard input:
# `stop` and `start`, each answered by a line; at the end of the input everything is removed. The input also ends when
# the tests are killed.
set -uo pipefail
tools=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
PATH="${tools:+$tools:}$PATH"
folder=$(mktemp -d "${TMPDIR:-/tmp}/mingchu-postgresql-XXXXXX")
# PostgreSQL refuses to run as root.
as_user=()
if [ "$(id -u)" = 0 ]; then
    user=$(id -nu postgres 2>/dev/null || echo nobody)
    touch "$folder/log"
    chown "$user" "$folder" "$folder/log"
    as_user=(setpriv --reuid="$user" --regid="$(id -ng "$user")" --clear-groups)
fi
cd "$folder" || exit 1
log=$folder/log

start() { "${as_user[@]}" pg_ctl --silent --wait -D data -l "$log" start 2>>"$log" >&2; }
stop() { "${as_user[@]}" pg_ctl --silent --wait -m immediate -D data stop 2>>"$log" >&2; }

serve() {
    "${as_user[@]}" initdb -D data --username=mingchu --auth=trust --encoding=UTF8 --locale="$1" --no-sync \
        --no-instructions >"$log" 2>&1 || { cat "$log" >&2; return; }
    # What a commit promises is told by tests from the outside; here it only has to be fast. One user needs a password.
    cat >>data/postgresql.conf <<EOF
listen_addresses = ''
unix_socket_directories = '$folder'
max_connections = 200
fsync = off
full_page_writes = off
synchronous_commit = off
autovacuum = off
EOF
    sed -i '1i local all guarded scram-sha-256' data/pg_hba.conf
    start || { cat "$log" >&2; return; }
    echo "asked by $(command -v psql)"
    echo "serving in $folder"
    while read -r command; do
        case $command in
        stop) stop && echo stopped ;;
        start) start && echo started ;;
        esac
    done
}

# In a process of its own: the tests' end kills the script that they started, not what that has started.
(
    serve "${1:-C.UTF-8}"
    stop
    rm -rf "$folder"
) <&0 &
wait
