// Validates SARIF logs against the official schema of 2.1.0, and that every result has a place: node sarif.mjs FILE...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import formats from "ajv-formats";

const require = createRequire(import.meta.url);
const schema = JSON.parse(readFileSync(require.resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"), "utf8"));
const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
formats(ajv);
const isValid = ajv.compile(schema);

let failed = 0;
for (const file of process.argv.slice(2)) {
  const log = JSON.parse(readFileSync(file, "utf8"));
  const problems = isValid(log) ? [] : isValid.errors.map((e) => `${e.instancePath} ${e.message}`);
  for (const result of log.runs.flatMap((run) => run.results)) {
    if (!result.locations?.length || result.locations.some((l) => !l.physicalLocation?.artifactLocation?.uri)) {
      problems.push(`${result.ruleId} has no place`);
    }
  }
  failed += problems.length;
  console.log(`${file}: ${log.runs[0].results.length} results, ${problems.length} problems`);
  problems.slice(0, 10).forEach((p) => console.log(`  ${p}`));
}
process.exit(failed ? 1 : 0);
