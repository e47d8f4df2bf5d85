#!/usr/bin/env bash
# Packs Entail as a .NET tool, installs it from a folder with nothing else in it, and runs it on an example.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet pack src/Entail.Cli -c Release --no-build -o "$work/packages" -v quiet -nologo
cat >"$work/nuget.config" <<XML
<configuration>
  <packageSources><clear /><add key="local" value="$work/packages" /></packageSources>
</configuration>
XML
dotnet tool install Entail.Cli --tool-path "$work/bin" --configfile "$work/nuget.config" --verbosity quiet
"$work/bin/entail" --version
code=0
"$work/bin/entail" check examples/deepseek-fine-tune-relabeled --date 2026-11-01 >"$work/report" || code=$?
[ "$code" -eq 1 ] || {
  echo "check ended with $code instead of 1"
  exit 1
}
grep -q 'restrictions-dropped' "$work/report"
printf 'MIT License\n' | "$work/bin/entail" identify - >/dev/null || [ $? -le 2 ]
