import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one machine-readable line; must be the last reporter. */
export const tallyReporter: Reporter = {
  onTestRunEnd(modules, unhandledErrors, reason) {
    const tallies = modules.map(tallyOf);
    const counted = sum(tallies.map((tally) => tally.failed)) + unhandledErrors.length;
    // A run that failed before its first test counts nothing and must not look like a success.
    const failed = counted === 0 && reason !== "passed" ? 1 : counted;
    const passed = sum(tallies.map((tally) => tally.passed));
    const skipped = sum(tallies.map((tally) => tally.skipped));
    process.stdout.write(`${tallyLine({ passed, failed, skipped })}\n`);
  },
};

/** The results of a run. A file that could not be loaded and an error outside any test each count as one failure. */
interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** `12 passed, 0 failed`, with `, 3 skipped` only if any were skipped. */
function tallyLine({ passed, failed, skipped }: Tally): string {
  const line = `${passed} passed, ${failed} failed`;
  return skipped === 0 ? line : `${line}, ${skipped} skipped`;
}

function tallyOf(module: TestModule): Tally {
  const states = [...module.children.allTests()].map((test) => test.result().state);
  const failed = states.filter((state) => state === "failed").length;
  const passed = states.filter((state) => state === "passed").length;
  const brokenOutsideTests = module.state() === "failed" && failed === 0 ? 1 : 0;
  return { passed, failed: failed + brokenOutsideTests, skipped: states.length - passed - failed };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
