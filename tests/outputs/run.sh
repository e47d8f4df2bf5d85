#!/usr/bin/env bash
# The SARIF of every example, and of a text, against the official schema; the other documents against ours. Exit code 77: npm, or its packages, are not to be had here.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
entail=$PWD/../../src/Entail.Cli/bin/Release/net10.0/entail.dll
examples=$PWD/../../examples
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
schemas=$PWD/../../docs/schemas
cp package.json ./*.mjs "$work"
cd "$work"
npm install --no-package-lock --no-audit --no-fund --silent >install.log 2>&1 || {
  echo "skipped: the packages of the validator are not to be had: $(tail -n 1 install.log)"
  exit 77
}
mkdir sarif json
for example in "$examples"/*/; do
  name=$(basename "$example")
  arguments=()
  [ ! -e "$example/arguments.txt" ] || read -ra arguments <"$example/arguments.txt"
  for format in sarif json; do
    dotnet "$entail" check "$example" "${arguments[@]}" --format "$format" >"$format/$name.$format" || [ $? -le 2 ]
  done
done
printf 'MIT License\n\nPermission is hereby granted, free of charge, to any person.\n' >LICENSE
dotnet "$entail" identify LICENSE --format sarif >sarif/identify.sarif || [ $? -le 2 ]
cp -r "$examples/deepseek-fine-tune-relabeled" changed
dotnet "$entail" fix changed --format json >fix.json || [ $? -le 2 ]
dotnet "$entail" bundle changed --verify --format json >bundle.json || [ $? -le 2 ]
dotnet "$entail" why changed changes-not-stated --format json >why.json
mv changed deepseek-fine-tune-relabeled
dotnet "$entail" check deepseek-fine-tune-relabeled --against json/deepseek-fine-tune-relabeled.json --as deepseek-1.0 --format json >against.json || [ $? -le 2 ]
node sarif.mjs sarif/*
node documents.mjs "$schemas" json/*
