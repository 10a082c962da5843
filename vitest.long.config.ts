import { defineConfig } from "vitest/config";
import { hangMs, patienceMs } from "./test/support/patience.ts";
import { tallyReporter } from "./test/support/tally-reporter.ts";

/** The long tests, named `*.long.test.ts` beside the short ones of their folder: what does not fit `npm test`. */
export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    isolate: false,
    execArgv: ["--max-semi-space-size=32"],
    include: ["test/**/*.long.test.ts"],
    globalSetup: [
      "./test/support/folder-setup.ts",
      "./test/support/postgres-setup.ts",
      "./test/support/browser-setup.ts",
    ],
    testTimeout: hangMs,
    hookTimeout: hangMs,
    expect: { poll: { timeout: patienceMs } },
    reporters: ["default", tallyReporter],
  },
});
