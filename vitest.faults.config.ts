import { defineConfig } from "vitest/config";
import { tallyReporter } from "./test/support/tally-reporter.ts";

/** The fault tests: processes killed, disks filled, clocks moved. One file at a time, so that they disturb only themselves. */
export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    fileParallelism: false,
    include: ["test/faults/**/*.test.ts"],
    // For tests that need a database but no server of their own.
    globalSetup: ["./test/support/postgres-setup.ts"],
    testTimeout: 10 * 60_000,
    hookTimeout: 2 * 60_000,
    reporters: ["verbose", tallyReporter],
  },
});
