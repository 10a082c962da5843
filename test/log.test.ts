import { describe, expect, test } from "vitest";
import { DeskError } from "../src/errors.ts";
import { type Log, type LogEntry, openLog } from "../src/log.ts";

function capture(level: Parameters<typeof openLog>[0]["level"] = "debug"): {
  readonly log: Log;
  readonly lines: string[];
} {
  const lines: string[] = [];
  return { log: openLog({ level, destination: { write: (line) => void lines.push(line) } }), lines };
}

function written(entry: object): Record<string, unknown> {
  const { log, lines } = capture();
  log.info(entry as LogEntry); // what a careless caller might pass
  return JSON.parse(lines[0] ?? "null");
}

describe("a log line", () => {
  test("is one JSON object with level, time and the allowed fields", () => {
    const line = written({
      event: "turn.done",
      platform: "page",
      flow: "book",
      talk: "tk_1",
      booking: "bk_2",
      ms: 4.2,
      attempt: 2,
    });
    expect(line).toMatchObject({
      level: "info",
      event: "turn.done",
      platform: "page",
      flow: "book",
      talk: "tk_1",
      booking: "bk_2",
      ms: 4.2,
      attempt: 2,
    });
    expect(line.time).toMatch(/^\d{4}-\d\d-\d\dT/);
  });

  test("drops every key that is not allowed, including nested and inherited ones (V13)", () => {
    const line = written({
      event: "x",
      text: "planted",
      name: "Ana",
      email: "ana@example.com",
      answers: { goal: "planted" },
      token: "planted",
      req: { headers: {} },
    });
    expect(Object.keys(line).sort()).toEqual(["event", "level", "time"]);
  });

  test("drops sentences, full names and e-mail addresses under allowed keys", () => {
    const line = written({
      event: "x",
      reason: "I feel unwell",
      state: "Ana Alves",
      kind: "ana@example.com",
      booking: { id: "planted" },
      count: "planted",
      code: "a b",
    });
    expect(line).toMatchObject({ reason: "(dropped)", state: "(dropped)", kind: "(dropped)", booking: "(dropped)" });
    expect(line).not.toHaveProperty("count");
    expect(line).not.toHaveProperty("code");
    expect(JSON.stringify(line)).not.toMatch(/unwell|Alves|example|planted/);
  });

  test("keeps only the origin of a URL, because a path may contain a token", () => {
    expect(written({ event: "x", url: "http://localhost:3000/form/planted?token=planted" }).url).toBe(
      "http://localhost:3000",
    );
    expect(written({ event: "x", url: "planted" })).not.toHaveProperty("url");
  });

  test("keeps the placeholders of a route", () => {
    expect(written({ event: "x", route: "/form/:token", method: "POST", status: 500 })).toMatchObject({
      route: "/form/:token",
      method: "POST",
      status: 500,
    });
  });
});

describe("an error in the log", () => {
  test("keeps name, code and stack frames, never the message", () => {
    const error = Object.assign(new TypeError("insert failed: params planted"), {
      code: "SQLITE_CONSTRAINT",
      query: "planted",
    });
    const line = written({ event: "x", error });
    expect(line.error).toMatchObject({ name: "TypeError", code: "SQLITE_CONSTRAINT" });
    expect(JSON.stringify(line)).not.toContain("planted");
    expect(JSON.stringify(line.error)).toContain("log.test.ts");
  });

  test("drops message lines that look like stack frames, and the message of a cause", () => {
    const cause = Object.assign(new Error("planted"), { code: "ECONNREFUSED" });
    const error = new Error("wrong\n    at planted (/answers.ts:1:1)\n    at planted:2:2", { cause });
    const line = written({ event: "x", error });
    expect(JSON.stringify(line)).not.toContain("planted");
    expect(line.error).toMatchObject({ cause: { name: "Error", code: "ECONNREFUSED" } });
  });

  test("terminates for an error that is its own cause", () => {
    const error = new Error("planted");
    error.cause = error;
    expect(JSON.stringify(written({ event: "x", error }))).not.toContain("planted");
  });

  test("keeps the message of a DeskError, which contains no user input", () => {
    const error = new DeskError("database-busy", "The database is locked.", { cause: new Error("planted") });
    const line = written({ event: "x", error });
    expect(line.error).toMatchObject({ name: "DeskError", code: "database-busy", message: "The database is locked." });
    expect(JSON.stringify(line)).not.toContain("planted");
  });

  test("reduces a thrown non-error to its type", () => {
    expect(written({ event: "x", error: "planted" }).error).toEqual({ name: "string" });
  });
});

describe("the level", () => {
  test("suppresses the levels below it", () => {
    const { log, lines } = capture("warn");
    log.debug({ event: "a" });
    log.info({ event: "b" });
    log.warn({ event: "c" });
    log.error({ event: "d" });
    expect(lines.map((line) => JSON.parse(line).event)).toEqual(["c", "d"]);
  });

  test("silent suppresses everything except lines for the operator", () => {
    const { log, lines } = capture("silent");
    log.error({ event: "d" });
    log.say("Frontdesk is open: http://localhost:3000");
    expect(lines).toEqual(["Frontdesk is open: http://localhost:3000\n"]);
  });
});
