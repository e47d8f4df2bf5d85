// Validates public documents against the checked-in schemas: node documents.mjs SCHEMAS FILE...; a document names its schema.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";

const [schemas, ...files] = process.argv.slice(2);
const ajv = new Ajv2020({ strict: false, allErrors: true });
const validators = new Map();
let failed = 0;
for (const file of files) {
  const document = JSON.parse(readFileSync(file, "utf8"));
  const [, name, version] = document.schema.split("/");
  if (!validators.has(name)) {
    validators.set(name, ajv.compile(JSON.parse(readFileSync(`${schemas}/${name}.${version}.schema.json`, "utf8"))));
  }
  const isValid = validators.get(name);
  const problems = isValid(document) ? [] : isValid.errors.map((e) => `${e.instancePath} ${e.message}`);
  failed += problems.length;
  console.log(`${file}: ${document.schema}, ${problems.length} problems`);
  problems.slice(0, 10).forEach((p) => console.log(`  ${p}`));
}
process.exit(failed ? 1 : 0);
