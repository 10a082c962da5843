import { type Logger, LogLevel } from "@slack/bolt";
import type { Log } from "../../src/log.ts";

/** Logger for Slack's SDKs. Only the error's type is logged, because their messages quote payloads. */
export function libraryLog(log: Log): Logger {
  const errorOf = (said: readonly unknown[]) => said.find((one) => one instanceof Error);
  return {
    debug: () => {},
    info: () => {},
    warn: (...said) => log.debug({ event: "slack.sdk.error", error: errorOf(said) }),
    error: (...said) => log.warn({ event: "slack.sdk.error", error: errorOf(said) }),
    setLevel: () => {},
    getLevel: () => LogLevel.ERROR,
    setName: () => {},
  };
}
