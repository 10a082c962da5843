import { expect, test } from "vitest";
import { citingFiles, readCitations, readRules, rulebookFaults } from "./support/rulebook.ts";
import { unnamedRules } from "./support/unnamed-rules.ts";

test("every citation refers to a rule, every rule is well formed and named by a test, or listed as unnamed", () => {
  const files = citingFiles();
  expect(rulebookFaults(files, unnamedRules)).toEqual([]);
  expect(readRules(files).rules.length).toBeGreaterThan(150);
});

/** A rulebook of two rules, each named by a test. */
const sound = {
  "docs/rules/slack.md": "# Slack\n\n- **S1** Events are signed.\n- **S2** Events are\n  answered late.\n",
  "docs/rules/domain.md": "# Domain\n\n- **D4.1** A request holds its slot.\n\n- **case 6** Two clients, one slot.\n",
  "test/a.test.ts": 'test("S1 forged events are refused", () => {});\ntest("an event waits (S2)", () => {});',
  "test/transcripts/taken.md": "## Case 6: both press it (D4.1)\n",
};

test("a sound rulebook has no fault", () => {
  expect(rulebookFaults(sound, {})).toEqual([]);
});

test.each<{ planted: string; files: Record<string, string>; unnamed?: Record<string, string>; fault: string }>([
  {
    planted: "a citation without a rule",
    files: { "src/a.ts": "const a = 1;\n/** Holds the slot (D4.7). */" },
    fault: "src/a.ts:2 cites D4.7, which no page of docs/rules/ defines",
  },
  {
    planted: "one of several cases without a rule",
    files: { "flows/a.ts": "// The first decision holds (cases 6, 12)." },
    fault: "flows/a.ts:1 cites case 12, which no page of docs/rules/ defines",
  },
  {
    planted: "a rule of a missing page",
    files: { "README.md": "The pool is split (R1)." },
    fault: "README.md:1 cites R1, which no page of docs/rules/ defines",
  },
  {
    planted: "a section instead of a rule",
    files: { "db/a.ts": "/** The states (DOMAIN §4). */" },
    fault: "db/a.ts:1 cites a page or a section, not a rule",
  },
  {
    planted: "a rule that only a comment names",
    files: { "docs/rules/teams.md": "- **T1** A body is limited.\n", "test/b.test.ts": "// T1: a body is limited." },
    fault: "docs/rules/teams.md:1 T1 is named by no test",
  },
  {
    planted: "a listed rule that a test names",
    files: {},
    unnamed: { S1: "It cannot be tested." },
    fault: "S1 is listed as named by no test, but a test names it",
  },
  {
    planted: "a listed id that is not a rule",
    files: {},
    unnamed: { S9: "It cannot be tested." },
    fault: "S9 is listed as named by no test, but is no rule",
  },
  {
    planted: "a duplicate id",
    files: { "docs/rules/words.md": "- **S2** Events are answered.\n" },
    fault: "docs/rules/words.md:1 repeats S2 of docs/rules/slack.md:4",
  },
  {
    planted: "a rule on the wrong page",
    files: { "docs/rules/words.md": "- **T1** A body is limited.\n", "test/b.test.ts": 'test("T1 413", () => {});' },
    fault: "docs/rules/words.md:1 defines T1, which belongs to teams.md",
  },
  {
    planted: "a rule out of order",
    files: {
      "docs/rules/teams.md": "- **T2** A token is checked.\n- **T1** A body is limited.\n",
      "test/b.test.ts": 'test("T1, T2", () => {});',
    },
    fault: "docs/rules/teams.md:2 has T1 out of order",
  },
  {
    planted: "a list item without an id",
    files: { "docs/rules/teams.md": "- A body is limited.\n" },
    fault: 'docs/rules/teams.md:1 is not "- **ID** One or more sentences."',
  },
])("is caught: $planted", ({ files, unnamed = {}, fault }) => {
  expect(rulebookFaults({ ...sound, ...files }, unnamed)).toContain(fault);
});

test.each([
  ['const team = "T1";', []],
  ["Date.parse(`${date}T10:00Z`)", []],
  ["2026-03-02T10:00+01:00", []],
  ["color: #D4C1B2;", []],
  ["/form/a%2Fb/%C3%A9", []],
  ["    case 21:", []],
  ["an S3-like bucket-S3 in /S3", []],
  ["(D4.1, S16; cases 6, 10 and 12)", ["D4.1", "S16", "case 6", "case 10", "case 12"]],
  ["Faults 1 and 2, T13", ["T13", "fault 1", "fault 2"]],
])("in %j the citations are %j", (line, ids) => {
  expect(readCitations("src/a.ts", line).map(({ id }) => id)).toEqual(ids);
});
