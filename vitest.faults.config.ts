import { defineConfig } from "vitest/config";
import { tallyReporter } from "./test/support/tally-reporter.ts";

/** The long tests: processes killed, disks filled, clocks moved. One file at a time, so that they disturb only themselves. */
export default defineConfig({
  test: {
    environment: "node",
    pool: "forks",
    fileParallelism: false,
    include: ["test/faults/**/*.test.ts"],
    testTimeout: 10 * 60_000,
    hookTimeout: 2 * 60_000,
    reporters: ["verbose", tallyReporter],
  },
});
