#!/usr/bin/env bash
# The SARIF of every example, and of a text, against the official schema. Exit code 77: npm, or its packages, are not to be had here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
entail=$PWD/../../src/Entail.Cli/bin/Release/net10.0/entail.dll
examples=$PWD/../../examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp package.json validate.mjs "$work"
cd "$work"
npm install --no-package-lock --no-audit --no-fund --silent >install.log 2>&1 || {
  echo "skipped: the packages of the validator are not to be had: $(tail -n 1 install.log)"
  exit 77
}
for example in "$examples"/*/; do
  name=$(basename "$example")
  arguments=()
  [ ! -e "$example/arguments.txt" ] || read -ra arguments <"$example/arguments.txt"
  dotnet "$entail" check "$example" "${arguments[@]}" --format sarif >"$name.sarif" || [ $? -le 2 ]
done
printf 'MIT License\n\nPermission is hereby granted, free of charge, to any person.\n' >LICENSE
dotnet "$entail" identify LICENSE --format sarif >identify.sarif || [ $? -le 2 ]
node validate.mjs ./*.sarif
