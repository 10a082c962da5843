import { describe, expect, test } from "vitest";
import { crisisFlow } from "../../flows/crisis/flow.ts";
import { shownView } from "../../flows/crisis/views.ts";
import { startWithClient } from "../../src/desk/telling/announce.ts";
import type { CrisisHelp } from "../../src/domain/crisis.ts";
import { bookingsOf, buttonsOn, dump, hold, inDesk, openQuay, quay, titleOf, wordsOn } from "../desk/quay.ts";
import { cardBreaches } from "../support/card-rules.ts";
import type { TestDesk, TestDeskOptions } from "../support/desk.ts";

const title = "You can reach someone now";

/** A desk on which the card has come up for Ana. */
async function openCrisis(options: Partial<TestDeskOptions> = {}, before?: (desk: TestDesk) => Promise<void>) {
  const desk = await openQuay(options);
  await desk.open("ana");
  await before?.(desk);
  const begin = () =>
    inDesk(desk, (inside) =>
      startWithClient(inside, "quay", "ana", { flow: "crisis", input: { type: "distress" }, dedupeKey: "crisis" }),
    );
  return { desk, begin };
}

const withCrisis = quay
  .replace("locale: en-GB", "locale: en-GB, country: PT")
  .concat(
    `\ncrisis:\n  text: Please do not wait for us.\n  contacts: [{ name: Night nurse, phone: +351 210 000 000 }, { name: Tokyo line, phone: "03", country: JP }]\n`,
  );

describe("the card that answers words of distress (W11)", () => {
  test("names the practice's contacts, the numbers of the client's country and the practice's words", async () => {
    const { desk, begin } = await openCrisis({ practice: withCrisis });
    await begin();
    await desk.idle();
    expect(titleOf(desk, "ana")).toBe(title);
    const words = wordsOn(desk.newest("ana"));
    expect(words).toContain("no person is reading along");
    expect(words).toContain(
      "please call one of these numbers now:\nNight nurse: +351 210 000 000\nEmergency services: 112",
    );
    expect(words).toContain("Please do not wait for us.");
    expect(words).not.toContain("Tokyo");
    expect(words).toContain("Nothing was booked, moved or cancelled.");
    expect(buttonsOn(desk.newest("ana"))).toEqual(["Message my practitioner", "Home"]);
  });

  test("the practitioner receives nothing, and the books hold nothing but the card and its delivery", async () => {
    const { desk, begin } = await openCrisis();
    const before = dump(desk);
    const maya = desk.chat("maya");
    await begin();
    await desk.idle();
    const after = dump(desk);
    const changed = Object.keys(after).filter((table) => after[table] !== before[table]);
    expect(changed.sort()).toEqual(["identities", "inbox", "messages", "outbox", "sqlite_sequence", "talks"]);
    expect(desk.chat("maya")).toEqual(maya);
    expect(await desk.mails()).toEqual([]);
    const talk = (await desk.talks("ana")).find(({ flow }) => flow === "crisis");
    expect(JSON.parse(talk?.snapshot ?? "")).toMatchObject({ state: "shown", context: {} });
  });

  test("an open draft stays as it is and can still be confirmed", async () => {
    const { desk, begin } = await openCrisis({}, (one) =>
      hold(one, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" }),
    );
    await begin();
    await desk.idle();
    expect(titleOf(desk, "ana")).toBe(title);
    await desk.press("ana", "Confirm & book");
    expect(await bookingsOf(desk, "ana")).toMatchObject([{ status: "requested" }]);
  });

  test("“Message my practitioner” begins a message below, and only its sending reaches the practitioner", async () => {
    const { desk, begin } = await openCrisis();
    await begin();
    await desk.idle();
    const cards = desk.chat("ana").length;
    const maya = desk.chat("maya").length;
    await desk.press("ana", "Message my practitioner");
    expect(desk.chat("ana").length).toBe(cards + 1);
    expect(desk.chat("ana").some(({ card }) => wordsOn(card).includes("Emergency services: 112"))).toBe(true);
    expect(desk.chat("maya").length).toBe(maya);
    await desk.press("ana", "Maya Lee");
    await desk.say("ana", "Please call me today");
    expect(desk.chat("maya").length).toBe(maya);
    await desk.press("ana", "Send to Maya Lee");
    expect(wordsOn(desk.newest("maya"))).toContain("Please call me today");
  });

  test("“Home” leads to the menu, and the numbers stay", async () => {
    const { desk, begin } = await openCrisis();
    await begin();
    await desk.idle();
    await desk.press("ana", "Home");
    expect(titleOf(desk, "ana")).toBe("Hello Ana Alves");
    expect(desk.chat("ana").some(({ card }) => wordsOn(card).includes("Emergency services: 112"))).toBe(true);
  });

  test("begins for clients only, and never from a shortcut", () => {
    expect(crisisFlow.roles).toEqual(["client"]);
    expect(crisisFlow.mayBeAsked).toBeUndefined();
  });
});

describe("the sentence before the numbers (W11)", () => {
  const own = [{ name: "Night nurse", phone: "+351 210 000 000" }];
  const lines = [{ phone: "112", line: "emergency" }] as const;
  const cases: readonly (readonly [CrisisHelp, string])[] = [
    [{ own: [], lines }, "please call this number now:\nEmergency services: 112"],
    [{ own, lines }, "please call one of these numbers now:\nNight nurse: +351 210 000 000\nEmergency services: 112"],
    [{ own: [], lines: [] }, "please call your local emergency number now.\nYour practitioner"],
    [{ own, lines: [] }, "please call your local emergency number now. You can also call:\nNight nurse: +351"],
    [
      { own: [], lines: [{ phone: "988", line: "us-crisis" }] },
      "this number now:\nSuicide & Crisis Lifeline, call or text: 988",
    ],
    [{ own: [], lines: [{ phone: "988", line: "ca-crisis" }] }, "Suicide Crisis Helpline, call or text: 988"],
    [{ own: [], lines: [{ phone: "116 123", line: "samaritans" }] }, "Samaritans: 116 123"],
  ];

  test.each(cases)("%j", (help, words) => {
    const card = shownView(help);
    expect(wordsOn(card)).toContain(words);
    expect(cardBreaches(card)).toEqual([]);
  });

  test("the line on a lock screen does not say what was written", () => {
    expect(shownView({ own, lines }).summary).not.toMatch(/danger|emergency|suicid|crisis|harm/i);
  });
});
