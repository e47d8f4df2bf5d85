#!/bin/sh
# Checks a repository in CI: one report for each kind of reader, and on a pull request what it changes. The exit code is that of `entail check`.
#   ENTAIL_PATH     what is checked: a folder, or an entail.yaml (.)
#   ENTAIL_OPTIONS  further options of `entail check`, such as --do host
#   ENTAIL_FAIL_ON  error, warning or note (error)
#   ENTAIL_OUT      the folder for the reports (entail-report)
#   ENTAIL_BASE     a commit to compare with: only what is new since then fails
#   ENTAIL          the command (the one of these sources)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
entail=${ENTAIL:-"$here/../entail"}
path=${ENTAIL_PATH:-.}
out=${ENTAIL_OUT:-entail-report}
fail_on=${ENTAIL_FAIL_ON:-error}
mkdir -p "$out"

# shellcheck disable=SC2086 # the command and the options are words
check() { $entail check "$@" --fail-on "$fail_on" ${ENTAIL_OPTIONS:-}; }

code=0
check "$path" --format json >"$out/entail.json" || code=$?
[ "$code" -le 2 ] || exit "$code"
for format in sarif markdown junit html; do
  case $format in markdown) name=entail.md ;; junit) name=entail.xml ;; *) name=entail.$format ;; esac
  check "$path" --format "$format" >"$out/$name" || [ $? -le 2 ]
done

if [ -n "${ENTAIL_BASE:-}" ]; then
  aside=$(mktemp -d)
  # The folder keeps its name, which is the name of what it holds.
  top=$(git rev-parse --show-toplevel)
  tree=$aside/$(basename "$top")
  trap 'git worktree remove --force "$tree" >/dev/null 2>&1 || true; rm -rf "$aside"' EXIT
  git worktree add --quiet --detach "$tree" "$ENTAIL_BASE"
  below=$(git rev-parse --show-prefix)
  if (cd "$tree/$below" 2>/dev/null && check "$path" --format json) >"$out/base.json" || [ $? -le 2 ] && [ -s "$out/base.json" ]; then
    code=0
    check "$path" --against "$out/base.json" --format markdown >"$out/changes.md" || code=$?
  else
    echo "entail: $path could not be checked at $ENTAIL_BASE; all of it counts as new" >&2
    rm -f "$out/base.json"
  fi
fi

if [ -s "$out/changes.md" ]; then cat "$out/changes.md"; else cat "$out/entail.md"; fi
exit "$code"
