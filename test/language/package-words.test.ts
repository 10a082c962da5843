import { describe, expect, test } from "vitest";
import {
  asksForPackages,
  findPackageNamed,
  packageSaid,
  wantsNextSession,
  withoutPackageWords,
} from "../../src/language/intent/package-words.ts";

const packages = [
  { id: "spring", names: ["Spring reset"] },
  { id: "body", names: ["Body check"] },
];

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

  test("a package is named in full, or in part where the words speak of packages", () => {
    expect(findPackageNamed("use my Spring reset for Tuesday at 3", packages)).toEqual({
      ids: ["spring"],
      rest: "use my for tuesday at 3",
    });
    expect(findPackageNamed("spring reset tomorrow", packages).ids).toEqual(["spring"]);
    expect(findPackageNamed("my spring package", packages).ids).toEqual(["spring"]);
    expect(findPackageNamed("sometime in spring", packages).ids).toEqual([]);
    expect(findPackageNamed("a check on Tuesday", packages).ids).toEqual([]);
  });

  test("what is said of packages leaves the time beside it as it was", () => {
    expect(withoutPackageWords("tomorrow at 3 without a package")).toBe("tomorrow at 3");
    expect(withoutPackageWords("from my package on Tuesday")).toBe("on tuesday");
  });

  test("the next session is told from the next week", () => {
    expect(wantsNextSession("book my next package session Tuesday after 3")).toBe(true);
    expect(wantsNextSession("a package session next week")).toBe(false);
  });
});

describe("asking for what is left", () => {
  test.each([
    "how many sessions do I have left?",
    "How many credits have I left",
    "how many sessions are left",
    "my packages",
    "show me my packages",
    "what's left of my Spring reset?",
    "how many follow-ups do i still have",
    "when does my package expire?",
  ])("“%s” asks for the packages", (text) => expect(asksForPackages(text)).toBe(true));

  test.each([
    "how many sessions can I book this week?",
    "how many sessions do I have next week",
    "my sessions",
    "book my next package session",
    "use my package on Friday",
  ])("“%s” does not", (text) => expect(asksForPackages(text)).toBe(false));
});
