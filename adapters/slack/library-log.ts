import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../src/log.ts";

/** The log of Slack's own libraries: only that something happened and of what kind, for their texts quote payloads. */
export function libraryLog(log: Log): Logger {
  const errorOf = (said: readonly unknown[]) => said.find((one) => one instanceof Error);
  return {
    debug: () => {},
    info: () => {},
    warn: (...said) => log.debug({ event: "slack.library", error: errorOf(said) }),
    error: (...said) => log.warn({ event: "slack.library", error: errorOf(said) }),
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
  };
}
