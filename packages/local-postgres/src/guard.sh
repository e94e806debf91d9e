# Stops PostgreSQL when the application dies without having done so itself, be it by SIGKILL.
#
# Runs in its own session, with a pipe from the application as standard input. Each line names the server that is
# running now: its process id and when it began, as /proc tells it, or "-" where there is none. When the pipe closes,
# the application is gone. guard.mjs is the same for where there is no shell; this takes 1 MB instead of 47.
# Arguments: the path of pg_ctl, which only the other one needs, and the data folder, which only tells whoever looks at
# the list of processes.
trap '' INT TERM HUP

server=
began=
while read -r pid since; do
  server=$pid
  began=$since
done
[ -n "$server" ] || exit 0

# Alive, not a zombie, and not another program that was given the same pid since.
is_same_server() {
  [ "$began" != - ] || { kill -0 "$server"; return; }
  read -r stat < "/proc/$server/stat" || return
  set -- ${stat##*) }
  [ "$1" != Z ] && [ "${20}" = "$began" ]
}

# stop SIGNAL SECONDS: false when the server is there after that still.
stop() {
  is_same_server && kill -s "$1" "$server"
  left=$(($2 * 20))
  while is_same_server; do
    [ "$left" -gt 0 ] || return
    if sleep 0.05; then left=$((left - 1)); else sleep 1; left=$((left - 20)); fi # POSIX knows whole seconds only.
  done
}

stop INT 10 || stop QUIT 6 || stop KILL 1
