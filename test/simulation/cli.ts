import { parseArgs } from "node:util";
import { plantedBugs } from "./planted.ts";
import { simulate } from "./simulate.ts";

const help = `Usage: npm run simulate -- [options]

Runs the desk in a simulated world: one seed decides what people do, how services fail, when the process
dies and in which order everything happens. After every step the rules of the books must hold. A seed that
breaks one is printed and replayed step by step.

  --seeds <n>     number of seeds to run, 200 by default
  --from <n>      the first seed, 1 by default
  --steps <n>     acts in a run, 60 by default
  --trace         prints every act, also of runs that hold
  --plant <text>  puts a bug into the desk whose name contains the text, to see that it is found
  --help          prints this`;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "200" },
    from: { type: "string", default: "1" },
    steps: { type: "string", default: "60" },
    trace: { type: "boolean", default: false },
    plant: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

function wholeNumber(name: "seeds" | "from" | "steps"): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a whole number from 1 on, not “${values[name]}”.`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function run(): Promise<boolean> {
  const [seeds, from, steps] = [wholeNumber("seeds"), wholeNumber("from"), wholeNumber("steps")];
  const { plant, trace } = values;
  const planted = plant === undefined ? undefined : plantedBugs.find(({ name }) => name.includes(plant));
  if (plant !== undefined && planted === undefined)
    throw new Error(
      `No planted bug has “${plant}” in its name. There are:\n${plantedBugs.map(({ name }) => `- ${name}`).join("\n")}`,
    );
  const options = { steps, ...(planted === undefined ? {} : { planted }) };
  const total = { steps: 0, days: 0 };
  for (let seed = from; seed < from + seeds; seed += 1) {
    const done = await simulate({ seed, ...options, ...(trace ? { trace: print } : {}) });
    total.steps += done.steps;
    total.days += done.days;
    if ((seed - from + 1) % 100 === 0) print(`${seed - from + 1} of ${seeds} seeds held`);
    if (done.breaches.length === 0) continue;
    print(`Seed ${seed} breaks a rule after ${done.steps} steps:`);
    if (!trace) await simulate({ seed, ...options, trace: print });
    for (const breach of done.breaches) print(`✗ ${breach}`);
    print(`Repeat it: npm run simulate -- --seeds 1 --from ${seed}${steps === 60 ? "" : ` --steps ${steps}`}`);
    return false;
  }
  print(`${seeds} seeds held: ${total.steps} steps, ${Math.round(total.days)} simulated days.`);
  return true;
}

if (values.help) print(help);
else
  process.exitCode =
    (await run().catch((error: unknown) => print(error instanceof Error ? error.message : String(error)))) === true
      ? 0
      : 1;
