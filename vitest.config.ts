import { configDefaults, defineConfig } from "vitest/config";
import { hangMs, patienceMs } from "./test/support/patience.ts";
import { tallyReporter } from "./test/support/tally-reporter.ts";

const apart = ["test/faults/**", "test/bench/**", "test/**/*.long.test.ts"];
const folders = "./test/support/folder-setup.ts";
const inBrowser = "test/e2e/**/*.test.ts";
const onPostgres = ["test/contracts/**/*.test.ts", "test/**/*.postgres.test.ts"];

export default defineConfig({
  test: {
    environment: "node",
    // Processes, not threads: a native database handle left open by one file cannot reach the next.
    pool: "forks",
    // One more than the cores it is meant for: chats that keep a platform's pace, and browsers, wait a good deal.
    maxWorkers: 3,
    // Files of a worker share what they load, or most of the time would go into loading it again.
    isolate: false,
    // Tests allocate much that dies young. A larger young generation saves a fifth of their time.
    execArgv: ["--max-semi-space-size=32"],
    testTimeout: hangMs,
    hookTimeout: hangMs,
    expect: { poll: { timeout: patienceMs } },
    reporters: ["default", tallyReporter],
    projects: [
      {
        extends: true,
        test: {
          name: "desk",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...apart, inBrowser, ...onPostgres],
          globalSetup: [folders],
        },
      },
      {
        // Apart, so that the server is started only in a run that asks it.
        extends: true,
        test: {
          name: "postgres",
          include: onPostgres,
          exclude: [...configDefaults.exclude, ...apart, inBrowser],
          globalSetup: [folders, "./test/support/postgres-setup.ts"],
        },
      },
      {
        // Apart, so that the browser is unpacked only in a run that opens it.
        extends: true,
        test: {
          name: "browser",
          include: [inBrowser],
          exclude: [...configDefaults.exclude, ...apart],
          globalSetup: [folders, "./test/support/browser-setup.ts"],
        },
      },
    ],
  },
});
