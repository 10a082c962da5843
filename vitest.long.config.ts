import { configDefaults, defineConfig } from "vitest/config";
import { hangMs, patienceMs } from "./test/support/patience.ts";
import { tallyReporter } from "./test/support/tally-reporter.ts";

const folders = "./test/support/folder-setup.ts";
const postgres = "./test/support/postgres-setup.ts";
/** What must hold of the books on PostgreSQL, whatever stands between. */
const onPostgres = ["test/contracts/**/*.test.ts", "test/desk/**/*.postgres.test.ts"];

/** The suite of PostgreSQL through a connection pooler. */
function throughPooler(poolMode: "session" | "transaction") {
  return {
    extends: true as const,
    test: {
      name: `pooler in ${poolMode} mode`,
      include: onPostgres,
      exclude: [...configDefaults.exclude, "test/**/*.long.test.ts"],
      provide: { poolMode },
      globalSetup: [folders, postgres, "./test/support/pooler-setup.ts"],
    },
  };
}

/** The long tests: what does not fit `npm test`. Most are named `*.long.test.ts`, beside the short ones of their folder. */
export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    maxWorkers: 2,
    isolate: false,
    execArgv: ["--max-semi-space-size=32"],
    testTimeout: hangMs,
    hookTimeout: hangMs,
    expect: { poll: { timeout: patienceMs } },
    reporters: ["default", tallyReporter],
    projects: [
      {
        extends: true,
        test: {
          name: "long",
          include: ["test/**/*.long.test.ts"],
          globalSetup: [folders, postgres, "./test/support/browser-setup.ts"],
        },
      },
      throughPooler("session"),
      throughPooler("transaction"),
    ],
  },
});
