#!/usr/bin/env bash
# An audit as a Slurm job array, and the merge after it. Prints the numbers of the two jobs.
set -euo pipefail

usage="usage: submit.sh N OUT INPUT...
  N      how many tasks
  OUT    a folder that all nodes see; shards and logs go there too
  INPUT  files of records or folders of model folders, that all nodes see
ENTAIL names the program where it is not on the PATH of the nodes, SBATCH_OPTS adds options for sbatch, such as '--partition=cpu',
AUDIT_OPTS options for both jobs, such as '--catalog 2026.11.1', MERGE_OPTS for the merge, such as '--date 2026-11-01'."

if [ $# -lt 3 ] || ! [[ $1 =~ ^[1-9][0-9]*$ ]]; then
  echo "$usage" >&2
  exit 3
fi
here=$(cd -P -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
tasks=$1
mkdir -p "$2/shards" "$2/logs"
OUT=$(cd -P -- "$2" && pwd -P)
export OUT
shift 2
inputs=()
for input in "$@"; do
  inputs+=("$(realpath -e -- "$input")")
done
read -ra options <<<"${SBATCH_OPTS:-}"
read -ra audit <<<"${AUDIT_OPTS:-}"
read -ra merge <<<"${AUDIT_OPTS:-} ${MERGE_OPTS:-}"

array=$(sbatch --parsable --export=ALL "${options[@]}" --array="1-$tasks" --output="$OUT/logs/%A-%a.log" \
  "$here/audit.sbatch" "${inputs[@]}" "${audit[@]}")
# A merge whose shards cannot come is taken from the queue.
last=$(sbatch --parsable --export=ALL "${options[@]}" --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes \
  --output="$OUT/logs/%j.log" "$here/merge.sbatch" "${merge[@]}")
echo "${array%%;*} ${last%%;*}"
