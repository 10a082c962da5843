import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { practiceFileDocs } from "../../src/practice-file/docs.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { example, exampleWith, fileOf, mistakesIn, readValid } from "./example.ts";

const least =
  "practice: { id: harbour, name: Harbour Wellness, timezone: Europe/Lisbon, contact: hello@harbour.example }";

describe("reading a practice file", () => {
  test("the documented example is valid and has no warnings", () => {
    expect(readValid(example).warnings).toEqual([]);
  });

  test("the demo practice is valid, uses every feature, and knows everyone on the page but Cleo", () => {
    const { file, warnings } = readValid(readFileSync(new URL("../../src/demo/harbour.yaml", import.meta.url), "utf8"));
    expect(warnings).toEqual([]);
    const { practitioners, services, forms, grants, identities, clients } = toDomain(file);
    expect(services.map(({ publicName, confirmation }) => `${publicName}: ${confirmation}`)).toEqual([
      "First visit: request",
      "Follow-up: request",
      "Quick check-in: auto",
      "Measurement: auto",
      "Coaching session: request",
      "Evening chat: auto",
    ]);
    expect(services[1]?.practitionerIds).toEqual(["maya", "jonas"]);
    expect(new Set(services.flatMap(({ methods }) => methods.map(({ kind }) => kind)))).toEqual(
      new Set(["in_person", "video", "phone", "chat"]),
    );
    expect(practitioners.map(({ schedule }) => schedule.timezone)).toEqual([
      "Europe/Lisbon",
      "Europe/Berlin",
      "America/New_York",
    ]);
    expect(forms[0]?.questions.filter(({ sensitive }) => sensitive)).toHaveLength(2);
    expect(services.filter(({ termsId }) => termsId !== undefined).length).toBeGreaterThan(0);
    expect(grants.map(({ clientId }) => clientId)).toEqual(["ana"]);
    expect(identities.map(({ user }) => user)).toEqual(["maya", "jonas", "nora", "ana", "ben", "priya"]);
    expect(clients.map(({ id }) => id)).toEqual(["ana", "ben", "cleo", "priya"]);
  });

  test("docs/practice-file.md matches the schema (npm run docs)", () => {
    expect(readFileSync(new URL("../../docs/practice-file.md", import.meta.url), "utf8")).toBe(practiceFileDocs());
  });

  test("every key of the schema is documented with a meaning", () => {
    const rows = practiceFileDocs()
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    expect(rows.length).toBeGreaterThan(100);
    expect(rows.filter((line) => /\|\s*\|\s*$/.test(line) || line.includes("undefined"))).toEqual([]);
  });

  test("D3.9 a practice of one line has notice 12 h, horizon 60 days, increment 30 min, and no limits or offers", () => {
    const file = fileOf(least);
    expect(file.policies).toEqual({
      minimumNoticeMinutes: 720,
      horizonDays: 60,
      incrementMinutes: 30,
      cancellation: { windowMinutes: 1440, late: "forfeit", feeMinor: 0, reasonRequired: true, maxReschedules: 3 },
      requests: { respondWithinMinutes: 1440, holdMinutes: 10 },
    });
    expect(file.practice).toMatchObject({ locale: "en-GB", weekStartsOn: "monday" });
    expect([file.locations, file.practitioners, file.services, file.clients]).toEqual([[], [], [], []]);
  });

  test("YAML 1.2 words and dates stay text: No, 2026-01, 2026-03-07", () => {
    const file = fileOf(example);
    expect(file.forms[0]?.questions[1]?.options).toEqual(["No", "Vegetarian", "Vegan", "Other"]);
    expect(file.terms[0]?.version).toBe("2026-01");
    expect(file.practitioners[0]?.hours[2]?.since).toBe("2026-03-07");
    expect(file.clients[0]?.packages[0]?.startsOn).toBe("2026-03-01");
  });

  test("a file that declares YAML 1.1 is read as 1.2", () => {
    expect(fileOf(`%YAML 1.1\n---\n${example}`)).toEqual(fileOf(example));
  });

  test("where text is expected, a number or true is read as it is written", () => {
    expect(fileOf(exampleWith("version: 2026-01", "version: 1.10")).terms[0]?.version).toBe("1.10");
    expect(fileOf(exampleWith("contact: hello@harbour.example", "contact: +351210000000")).practice.contact).toBe(
      "+351210000000",
    );
    expect(
      fileOf(exampleWith("[No, Vegetarian, Vegan, Other]", "[1, 2.50, true]")).forms[0]?.questions[1]?.options,
    ).toEqual(["1", "2.50", "true"]);
  });

  test("spaces around names are trimmed, and a byte order mark is ignored", () => {
    expect(fileOf(exampleWith("name: Ana Alves", 'name: "  Ana Alves "')).clients[0]?.name).toBe("Ana Alves");
    expect(mistakesIn(new TextEncoder().encode(`\uFEFF${least}`))).toEqual([]);
  });

  test("reading the same text again gives the same file, and text and bytes are equivalent", () => {
    expect(readValid(example)).toEqual(readValid(example));
    expect(mistakesIn(new TextEncoder().encode(example))).toEqual([]);
  });

  test.each([
    ["a window up to the end of the day", 'from: "13:00", to: "17:00"', 'from: "13:00", to: "24:00"'],
    [
      "times without quotes",
      '{ days: [mon, tue, wed, thu, fri], from: "09:00", to: "12:00" }',
      "{ days: [mon], from: 09:00, to: 12:00 }",
    ],
    ["days in full", "days: [mon, tue, wed, thu, fri]", "days: [monday, tue]"],
    ["29 February of a leap year", "date: 2026-04-03", "date: 2028-02-29"],
    ["an older zone name", "timezone: America/New_York", "timezone: US/Eastern"],
    ["UTC", "timezone: America/New_York", "timezone: UTC"],
    ["a name in another script, with an emoji", "name: Ana Alves", "name: 愛子 👩‍⚕️"],
    [
      "a fixed video address",
      "first-visit\n    name: Nutrition first visit\n",
      "first-visit\n    name: Nutrition visit\n",
    ],
    ["a limit for each hour and month", "limits: { perDay: 6, perWeek: 20 }", "limits: { perHour: 1, perMonth: 60 }"],
    [
      "a session in writing",
      "{ kind: phone, caller: practitioner }]\n    practitioners",
      "{ kind: chat, durationMinutes: 20 }]\n    practitioners",
    ],
    [
      "no party to the call is named",
      "{ kind: phone, caller: practitioner }]\n    practitioners",
      "{ kind: phone }]\n    practitioners",
    ],
    [
      "an identity of Teams in capital letters",
      "user: 22222222-2222-4222-8222-222222222222",
      "user: ABCDEFAB-2222-4222-8222-222222222222",
    ],
    ["paid after approval, with a price", "payment: none                #", "payment: after_approval #"],
    ["terms of several lines", 'text: "Please cancel', 'text: "Please\\n\\ncancel'],
    [
      "a question shown for one answer",
      'label: "Phone", type: phone',
      "label: Phone, type: phone, shownIf: { question: diet, is: Vegan }, help: Only digits, askOnce: true",
    ],
  ])("%s is allowed", (_what, from, to) => {
    expect(mistakesIn(exampleWith(from, to))).toEqual([]);
  });

  test.each([
    [
      "a session longer than every window",
      "durationMinutes: 60",
      "durationMinutes: 400",
      "services[0].methods[0]",
      /400 minutes \(video\) fits into none of the hours of maya/,
      3,
    ],
    [
      "two services of one public name",
      "publicName: Follow-up",
      "publicName: first visit",
      "services[1].publicName",
      /also the public name of first-visit/,
      1,
    ],
    ["a late fee of 0", "late: forfeit", "late: fee", "services[0].cancellation", /fee of 0/, 2],
    [
      "hours for a service the practitioner does not deliver",
      "practitioners: [maya], confirmation: request, payment: none }",
      "practitioners: [ivo], confirmation: request, payment: none }",
      "practitioners[0].hours[2].services",
      /names follow-up, which maya does not deliver/,
      1,
    ],
  ])("%s is imported, with a warning", (what, from, to, path, words, count) => {
    const ivo =
      "  - { id: ivo, name: Ivo, email: ivo@harbour.example, hours: [{ days: [mon], from: 09:00, to: 12:00 }] }\nservices:";
    const text = exampleWith(from, to);
    const { warnings } = readValid(
      what.startsWith("hours")
        ? text.replace("services: [first-visit]", "services: [follow-up]").replace("services:\n", `${ivo}\n`)
        : text,
    );
    expect(warnings).toHaveLength(count);
    expect(warnings[0]).toMatchObject({ path });
    expect(warnings[0]?.problem).toMatch(words);
  });

  test("a practitioner without hours causes a warning, and windows that touch count as one", () => {
    const maya = (hours: string) =>
      `${least}\npractitioners:\n  - { id: maya, name: Maya, email: maya@harbour.example, hours: [${hours}] }\nservices:\n  - { id: visit, name: Visit, publicName: Visit, durationMinutes: 240, methods: [{ kind: phone }], practitioners: [maya] }`;
    expect(readValid(maya("")).warnings[0]?.problem).toBe("includes maya, who has no hours");
    const morning = "{ days: [mon], from: 09:00, to: 11:00 }";
    expect(readValid(maya(`${morning}, { days: [tue], from: 11:00, to: 13:00 }`)).warnings).toHaveLength(1);
    expect(readValid(maya(`${morning}, { days: [mon], from: 11:00, to: 13:00 }`)).warnings).toEqual([]);
  });
});
