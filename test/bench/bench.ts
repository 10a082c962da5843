import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { type Figure, type Section, sections, tableOf, verdict } from "./figures.ts";

const usage = `npm run bench -- [--only ${sections.join("|")}] [--help]

Measures the desk, prints a table beside the goals and writes test/bench/results.json.
Values are compared with others of the same run, because absolute times differ between machines.
`;

/** Each section is imported when it runs, so that its modules do not affect the others. */
const measures: Readonly<Record<Section, () => Promise<readonly Figure[]>>> = {
  slots: async () => (await import("./slots.ts")).measureSlots(),
  words: async () => (await import("./words.ts")).measureWords(),
  turns: async () => (await import("./turns.ts")).measureTurns(),
  commits: async () => (await import("./commits.ts")).measureCommits(),
  outbox: async () => (await import("./outbox.ts")).measureOutbox(),
  start: async () => (await import("./start.ts")).measureStart(),
};

const { values } = parseArgs({ options: { only: { type: "string" }, help: { type: "boolean" } } });
const wanted = sections.filter((section) => values.only === undefined || section === values.only);

if (values.help === true || wanted.length === 0) {
  process.stdout.write(usage);
  process.exitCode = values.help === true ? 0 : 1;
} else {
  const figures: Figure[] = [];
  for (const section of wanted) {
    process.stderr.write(`measuring ${section} …\n`);
    figures.push(...(await measures[section]()));
  }
  process.stdout.write(`\n${tableOf(figures)}`);
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model ?? "unknown" };
  const results = { machine, figures: figures.map((figure) => ({ ...figure, verdict: verdict(figure) })) };
  writeFileSync(join(import.meta.dirname, "results.json"), `${JSON.stringify(results, null, 2)}\n`);
}
