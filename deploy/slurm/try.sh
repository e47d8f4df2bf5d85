#!/usr/bin/env bash
# Tries submit.sh on a Slurm of two nodes that it sets up on this machine: a task is killed, runs again, and the merged files are compared with those of
# one run. Needs root and, where Slurm and munge are absent, Debian's packages. All of it is in a temporary folder, and gone at the end.
set -euo pipefail

here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
entail=$(realpath -e -- "${1:-$here/../../entail}")
tasks=4 killed=2 records=${RECORDS:-200000}
[ "$(id -u)" = 0 ] || {
  echo "try.sh needs root: munge and Slurm are started for this run alone" >&2
  exit 3
}
PATH=$PATH:/usr/sbin
if ! command -v slurmctld slurmd sbatch munged >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 # no service of the packages is started
  apt-get update -qq && apt-get install -y -qq --no-install-recommends slurmctld slurmd slurm-client munge >/dev/null
fi

work=$(mktemp -d)
chmod 755 "$work"
started=()

say() { printf '%5d s  %s\n' "$SECONDS" "$*"; }

# A process is ended by its id, and waited for.
finish() {
  local process
  for process in "${started[@]}"; do
    kill "$process" 2>/dev/null || true
  done
  wait "${started[@]}" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

fail() {
  say "FAILED: $*"
  tail -n 15 "$work"/log/*.log "$work"/out/logs/*.log 2>/dev/null || true
  exit 1
}

until_true() { # SECONDS WHAT COMMAND...
  local end=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || fail "$what"
    sleep 0.1
  done
}

mkdir "$work"/{log,state,etc,pids,hub}
dd if=/dev/urandom of="$work/etc/munge.key" bs=128 count=1 status=none
chmod 400 "$work/etc/munge.key"
munged --foreground --force --key-file="$work/etc/munge.key" --socket="$work/munge.socket" --pid-file="$work/munge.pid" \
  --seed-file="$work/munge.seed" >"$work/log/munged.log" 2>&1 &
started+=($!)
until_true 10 "munged does not come up" test -S "$work/munge.socket"

name=$(hostname -s)
cat >"$work/etc/slurm.conf" <<END
ClusterName=try
SlurmctldHost=$name(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$work/munge.socket
StateSaveLocation=$work/state
SlurmdSpoolDir=$work/spool-%n
SlurmctldPidFile=$work/slurmctld.pid
SlurmdPidFile=$work/slurmd-%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
JobRequeue=1
NodeName=n1 NodeHostname=$name NodeAddr=127.0.0.1 Port=16821 CPUs=1
NodeName=n2 NodeHostname=$name NodeAddr=127.0.0.1 Port=16822 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP
END
export SLURM_CONF=$work/etc/slurm.conf
slurmctld -D >"$work/log/slurmctld.log" 2>&1 &
started+=($!)
for node in n1 n2; do
  slurmd -D -N "$node" >"$work/log/slurmd-$node.log" 2>&1 &
  started+=($!)
done
are_idle() { [ "$(sinfo -h -N -t idle -o %N | sort -u | wc -l)" = 2 ]; }
until_true 30 "the two nodes do not come up" are_idle
say "Slurm $(sinfo --version | cut -d' ' -f2), nodes: $(sinfo -h -N -o '%N %T' | paste -sd, -)"

# A made hub: works made from one another, some of them twice, and works in folders with a license text each.
awk -v n="$records" 'BEGIN {
  split("mit apache-2.0 deepseek cc-by-nc-4.0 llama2", licenses, " ")
  for (i = 0; i < n; i++)
    printf "{\"id\":\"made/w%d\",\"tags\":[\"license:%s\"%s],\"downloads\":%d}\n", i % 97 ? i : i / 2, licenses[i % 5 + 1],
      i % 3 ? sprintf(",\"base_model:made/w%d\"", i / 2) : "", i
}' | gzip -n >"$work/hub/made.jsonl.gz"
for i in 1 2 3 4 5 6; do
  mkdir -p "$work/hub/folders/made/f$i"
  printf -- '---\nlicense: mit\nbase_model: made/w%d\n---\n# f%d\n' "$i" "$i" >"$work/hub/folders/made/f$i/README.md"
  cp "$here/../../LICENSE" "$work/hub/folders/made/f$i/LICENSE"
done
inputs=("$work/hub/made.jsonl.gz" "$work/hub/folders")
"$entail" audit "${inputs[@]}" --out "$work/one" --date 2026-11-01 --quiet >"$work/log/one.log" 2>&1 || fail "the run on one machine"
say "one run: $(wc -l <"$work/one/works.jsonl") works"

# The program tells its process id, so that the right one is killed.
cat >"$work/entail" <<END
#!/bin/sh
echo \$\$ >"$work/pids/\${SLURM_ARRAY_TASK_ID:-merge}"
exec "$entail" "\$@"
END
chmod +x "$work/entail"
jobs=$(ENTAIL=$work/entail MERGE_OPTS='--date 2026-11-01' "$here/submit.sh" "$tasks" "$work/out" "${inputs[@]}")
read -r array last <<<"$jobs"
say "submitted: array $array of $tasks tasks, merge $last after it"

until_true 120 "task $killed does not begin to write" compgen -G "$work/out/shards/.shard-$killed-of-$tasks.*.tmp"
say "running: $(squeue -h -r -t R -o '%i on %N' | sort | paste -sd, -)"
kill -KILL "$(cat "$work/pids/$killed")"
say "task $killed killed while it was writing"
[ ! -e "$work/out/shards/shard-$killed-of-$tasks.jsonl.gz" ] || fail "a file stands under its final name"
is_gone() { [ -z "$(squeue -h -j "$array,$last" 2>/dev/null)" ]; }
until_true 400 "the jobs do not end" is_gone
say "task $killed: $(grep -h '^task' "$work/out/logs/$array-$killed.log" | paste -sd';' -)"
grep -q "^task $killed of $tasks, start 2" "$work/out/logs/$array-$killed.log" || fail "task $killed did not run again"
say "shards: $(find "$work/out/shards" -type f -printf '%f\n' | sort | paste -sd' ' -)"
for file in works.jsonl summary.json report.html; do
  cmp "$work/one/$file" "$work/out/$file" || fail "$file differs from that of one run"
  say "same bytes: $file ($(sha256sum <"$work/out/$file" | cut -c1-16)…)"
done
say "passed"
