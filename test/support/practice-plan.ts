import { type PracticePlan, toDomain } from "../../src/practice-file/plan.ts";
import { readPracticeFile } from "../../src/practice-file/read.ts";

const read = new Map<string, PracticePlan>();

/** The parsed practice of a YAML text, cached. Throws with its mistakes. */
export function practicePlan(yaml: string): PracticePlan {
  const plan = read.get(yaml) ?? readPlan(yaml);
  read.set(yaml, plan);
  return plan;
}

function readPlan(yaml: string): PracticePlan {
  const reading = readPracticeFile(yaml);
  if (!reading.ok) throw new Error(reading.mistakes.map((mistake) => JSON.stringify(mistake)).join("\n"));
  return toDomain(reading.file);
}
