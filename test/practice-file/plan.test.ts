import { describe, expect, test } from "vitest";
import { questionTypes } from "../../src/domain/practice.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { example, exampleWith, fileOf, mistakesIn } from "./example.ts";

const planOf = (text: string) => toDomain(fileOf(text));

describe("what a practice file is mapped to", () => {
  const plan = planOf(example);

  test("the practice with its policies and the day its weeks begin on", () => {
    expect(plan.practice).toEqual({
      id: "harbour",
      name: "Harbour Wellness",
      timezone: "Europe/Lisbon",
      locale: "en-GB",
      contact: "hello@harbour.example",
      weekStartsOn: "mon",
      country: "PT",
      crisis: {
        text: "In an emergency, please do not wait for our answer.",
        contacts: [{ name: "Harbour on-call nurse", phone: "+351 210 000 000", country: "PT" }],
      },
      policies: {
        minimumNoticeMinutes: 720,
        horizonDays: 60,
        incrementMinutes: 30,
        cancellation: { windowMinutes: 1440, late: "forfeit", feeMinor: 0, reasonRequired: true, maxReschedules: 3 },
        requests: { respondWithinMinutes: 1440, holdMinutes: 10 },
      },
    });
  });

  test("a practitioner with the schedule", () => {
    expect(plan.practitioners).toEqual([
      {
        id: "maya",
        practiceId: "harbour",
        name: "Dr Maya Lee",
        email: "maya@harbour.example",
        admin: false,
        position: 0,
        schedule: {
          timezone: "Europe/Lisbon",
          hours: [
            { days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "12:00", everyWeeks: 1 },
            {
              days: ["mon", "tue", "wed", "thu"],
              from: "13:00",
              to: "17:00",
              methods: ["video", "phone"],
              everyWeeks: 1,
            },
            {
              days: ["sat"],
              from: "10:00",
              to: "13:00",
              everyWeeks: 2,
              since: "2026-03-07",
              services: ["first-visit"],
            },
          ],
          overrides: [
            { date: "2026-04-03", hours: [] },
            { date: "2026-04-04", hours: [{ from: "10:00", to: "12:00" }] },
          ],
          outOfOffice: [{ from: "2026-08-03T00:00", to: "2026-08-17T00:00", message: "Back on 17 August." }],
          limits: { perDay: 6, perWeek: 20 },
        },
      },
    ]);
  });

  test("a service with its methods, form and terms", () => {
    expect(plan.services[0]).toEqual({
      id: "first-visit",
      practiceId: "harbour",
      name: "Nutrition first visit",
      publicName: "First visit",
      position: 0,
      durationMinutes: 60,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 10,
      price: { minor: 9000, currency: "EUR" },
      methods: [
        { kind: "video", url: "https://meet.harbour.example/{room}" },
        { kind: "in_person", locationId: "quay" },
        { kind: "phone", caller: "practitioner" },
      ],
      practitionerIds: ["maya"],
      confirmation: "request",
      visibility: "listed",
      eligibility: "both",
      payment: "none",
      formId: "intake",
      termsId: "house-rules",
      policies: {},
    });
  });

  test.each(questionTypes)("R13 a %s question is sensitive by default only if it takes free text", (type) => {
    const options = type === "choice" || type === "choices" ? ", options: [A, B]" : "";
    const sensitiveOf = (more: string) => {
      const question = `      - { id: new, label: New, type: ${type}${options}${more} }\n`;
      return planOf(exampleWith("    questions:\n", `    questions:\n${question}`)).forms[0]?.questions[0]?.sensitive;
    };
    expect(sensitiveOf("")).toBe(type === "short_text" || type === "long_text");
    expect(sensitiveOf(", sensitive: true")).toBe(true);
    expect(sensitiveOf(", sensitive: false")).toBe(false);
  });

  test("form, terms, package, clients and the package Ana holds", () => {
    expect(plan.forms[0]?.questions[0]).toEqual({
      id: "goal",
      label: "What would you like to work on?",
      type: "long_text",
      required: true,
      sensitive: true,
      askOnce: false,
    });
    expect(plan.terms.map(({ id, version }) => `${id} ${version}`)).toEqual(["house-rules 2026-01"]);
    expect(plan.packages).toEqual([
      {
        id: "spring-reset",
        name: "Spring reset",
        price: { minor: 25000, currency: "EUR" },
        expiresAfterDays: 180,
        limits: { perWeek: 1 },
        items: [{ serviceId: "follow-up", sessions: 5 }],
      },
    ]);
    expect(plan.clients.map(({ id, timezone, state }) => [id, timezone, state])).toEqual([
      ["ana", "Europe/Lisbon", "active"],
      ["ben", "America/New_York", "active"],
      ["cleo", undefined, "active"],
    ]);
    expect(plan.grants).toEqual([{ clientId: "ana", templateId: "spring-reset", startsOn: "2026-03-01" }]);
  });

  test("every chat identity with its workspace and role", () => {
    expect(plan.identities.map((it) => `${it.role} ${it.personId}: ${it.platform} ${it.workspace} ${it.user}`)).toEqual(
      [
        "practitioner maya: page local maya",
        "practitioner maya: slack T0HARBOUR U0MAYA",
        "practitioner maya: teams 11111111-1111-4111-8111-111111111111 22222222-2222-4222-8222-222222222222",
        "client ana: page local ana",
        "client ana: slack T0HARBOUR U0ANA",
        "client ben: page local ben",
      ],
    );
  });

  test("no key has an undefined value, so that stored and compared data is the same each time", () => {
    const absent: string[] = [];
    JSON.stringify(plan, (key, value: unknown) => {
      if (value === undefined) absent.push(key);
      return value;
    });
    expect(absent).toEqual([]);
    expect(planOf(example)).toEqual(plan);
  });
});

describe("alternative notations", () => {
  test("a missing zone is the practice's", () => {
    expect(
      planOf(exampleWith('address: "Cais 4, Lisboa", timezone: Europe/Lisbon', 'address: "Cais 4"')).locations[0]
        ?.timezone,
    ).toBe("Europe/Lisbon");
  });

  test("a service's own policies are on the service or below policies", () => {
    const own =
      "    form: intake\n    minimumNoticeMinutes: 60\n    cancellation: { windowMinutes: 0 }\n    policies: { horizonDays: 7, requests: { holdMinutes: 5 } }\n";
    expect(planOf(exampleWith("    form: intake\n", own)).services[0]?.policies).toEqual({
      minimumNoticeMinutes: 60,
      cancellation: { windowMinutes: 0 },
      horizonDays: 7,
      requests: { holdMinutes: 5 },
    });
  });

  test("services are sorted by their order, and without one by their position", () => {
    const positions = (text: string) => planOf(text).services.map(({ id, position }) => `${position} ${id}`);
    expect(positions(example)).toEqual(["0 first-visit", "1 follow-up"]);
    expect(positions(exampleWith("form: intake", "form: intake\n    order: 9"))).toEqual([
      "0 follow-up",
      "1 first-visit",
    ]);
  });

  test("description, category, visibility and eligibility are kept", () => {
    const text = exampleWith(
      "form: intake",
      "form: intake\n    description: Hello\n    category: Food\n    visibility: unlisted\n    eligibility: new",
    );
    expect(planOf(text).services[0]).toMatchObject({
      description: "Hello",
      category: "Food",
      visibility: "unlisted",
      eligibility: "new",
    });
  });

  test("yes and no in a condition are lower-cased, as answers are", () => {
    const questions =
      '{ id: meds, label: "Medication?", type: yes_no }, { id: which, label: Which?, type: short_text, shownIf: { question: meds, is: Yes } }';
    const text = exampleWith("    questions:\n", `    questions: [${questions}]\n  - id: other\n    questions:\n`);
    expect(planOf(text).forms[0]?.questions[1]?.shownIf).toEqual({ question: "meds", is: "yes" });
  });

  test("case 26: one person may be client and practitioner with one identity, once in each role", () => {
    const text = exampleWith(
      "chat: [{ page: ben }]",
      "chat: [{ page: maya }, { slack: { team: T0HARBOUR, user: U0MAYA } }]",
    );
    expect(mistakesIn(text)).toEqual([]);
    expect(
      planOf(text)
        .identities.filter(({ user }) => user === "maya")
        .map(({ role }) => role),
    ).toEqual(["practitioner", "client"]);
  });

  test("the identities of an admin may act for the practice; a client's never", () => {
    const { identities } = planOf(
      exampleWith("    email: maya@harbour.example\n", "    email: maya@harbour.example\n    admin: true\n"),
    );
    expect(identities.filter(({ admin }) => admin).map(({ role }) => role)).toEqual([
      "practitioner",
      "practitioner",
      "practitioner",
    ]);
  });

  test("Teams identities are lower-cased, as Teams sends them", () => {
    const text = exampleWith(
      "user: 22222222-2222-4222-8222-222222222222",
      "user: ABCDEFAB-2222-4222-8222-222222222222",
    );
    expect(planOf(text).identities[2]?.user).toBe("abcdefab-2222-4222-8222-222222222222");
  });
});
