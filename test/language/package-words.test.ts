import { describe, expect, test } from "vitest";
import { sureActs, sureQuestion } from "../../src/conversation/hear.ts";
import { packageSaid } from "../../src/language/intent/package-words.ts";
import { clientSays } from "./heard/practice.ts";

describe("what words say of packages", () => {
  test.each([
    ["book my next package session", "any"],
    ["use a credit on Friday", "any"],
    ["book a session from my bundle", "any"],
    ["book my next session", "next"],
    ["book a follow-up without a package tomorrow", "none"],
    ["no package please", "none"],
    ["not from my package", "none"],
    ["book a follow-up tomorrow at 3", undefined],
    ["the next one", undefined],
  ])("“%s” says %s", (text, said) => expect(packageSaid(text)).toBe(said));

  test("W6: a package is named in full", () => {
    const named = (text: string) => clientSays(text).names.flatMap(({ ids }) => ids);
    expect(named("use my Spring reset for Tuesday at 3")).toEqual(["spring-reset"]);
    expect(named("spring reset tomorrow")).toEqual(["spring-reset"]);
    expect(named("sometime in spring")).toEqual([]);
  });

  test("W2: what is said of packages leaves the time beside it as it was", () => {
    const time = (text: string) => clientSays(text).when?.want.exact?.minutes;
    expect(time("tomorrow at 3 without a package")).toBe(900);
    expect(time("tomorrow at 3 using my package")).toBe(900);
  });
});

describe("W9: asking for what is left", () => {
  const follows = (text: string) => {
    const reading = clientSays(text);
    return [...sureActs(reading).map(({ verb }) => verb), sureQuestion(reading)?.about];
  };

  test.each([
    "how many sessions do I have left?",
    "How many credits have I left",
    "how many sessions are left",
    "my packages",
    "show me my packages",
    "what's left of my Spring reset?",
    "how many follow-ups do i still have",
    "when does my package expire?",
  ])("“%s” asks for the packages", (text) => {
    const found = follows(text);
    expect(found.includes("show packages") || found.includes("package left")).toBe(true);
  });

  test.each(["my sessions", "book my next package session", "use my package on Friday"])("“%s” does not", (text) => {
    expect(follows(text)).not.toContain("package left");
    expect(follows(text)).not.toContain("show packages");
  });
});
