import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { proposeTimes } from "../../src/desk/changes/propose.ts";
import { confirmPlan, declinePlan, leadsPlan, withdrawPlan } from "../../src/desk/packages/plan-answers.ts";
import { type PlanOrder, submitPlan } from "../../src/desk/packages/submit-plan.ts";
import { noteUnreachable } from "../../src/desk/telling/unreachable.ts";
import { readLedger } from "../../src/domain/credits.ts";
import { instant } from "../support/clock.ts";
import { openTestDesk, type TestDesk } from "../support/desk.ts";
import { asClient, asPractitioner, bookingsOf, buttonsOn, inDesk, pressOn, rows, titleOf, wordsOn } from "./quay.ts";

const yaml = readFileSync(new URL("../support/practices/packages.yaml", import.meta.url), "utf8");
const practiceId = "packages";
const line = "book my remaining sessions every other Tuesday at 3";
const ana = asClient("ana", practiceId);
const maya = asPractitioner("maya", { practiceId });
const openDesk = (practice = yaml) => openTestDesk({ now: "2026-03-02T08:00+00:00", practice });
const tuesdays = ["2026-03-03", "2026-03-17", "2026-03-31"].map((date, at) =>
  instant(`${date}T${at === 2 ? "14" : "15"}:00:00Z`),
);

async function orderOf(desk: TestDesk, startsAtMs: readonly number[]): Promise<PlanOrder> {
  const [held] = await desk.store.read.packages.listGrants(practiceId, "ana");
  return {
    clientPackageId: held?.id ?? "",
    serviceId: "follow-up",
    methodKey: "video",
    practitionerId: "maya",
    startsAtMs,
  };
}

async function balanceOf(desk: TestDesk) {
  const [held] = await desk.store.read.packages.listGrants(practiceId, "ana");
  return readLedger(await desk.store.read.packages.listEntries(practiceId, held?.id ?? "")).total;
}

async function sent(desk: TestDesk): Promise<string> {
  await desk.say("ana", line);
  await desk.press("ana", "Send the request");
  const [first] = await bookingsOf(desk, "ana", practiceId);
  return first?.planId ?? "";
}

test("a plan is one transaction: every start claimed, every credit reserved", async () => {
  const desk = await openDesk();
  await sent(desk);
  const bookings = await bookingsOf(desk, "ana", practiceId);
  expect(bookings.map(({ status }) => status)).toEqual(Array(5).fill("requested"));
  expect(new Set(bookings.map(({ planId }) => planId)).size).toBe(1);
  expect(rows(desk, "claims").map(({ kind }) => kind)).toEqual(Array(5).fill("request"));
  expect(await balanceOf(desk)).toMatchObject({ reserved: 5, available: 0 });
});

test("if one start is taken, nothing is written", async () => {
  const desk = await openDesk();
  await desk.say("ben", "book a follow-up on 17 March at 15:00 without a package");
  await desk.press("ben", "Confirm & book");
  const order = await orderOf(desk, tuesdays);
  expect(await inDesk(desk, (inside) => submitPlan(inside, ana, order))).toEqual({
    ok: false,
    refusal: "slot-taken",
    startsAtMs: tuesdays[1],
  });
  expect(await bookingsOf(desk, "ana", practiceId)).toEqual([]);
  expect(await balanceOf(desk)).toMatchObject({ reserved: 0, available: 5 });
});

test("two taps, or one redelivered tap, send a plan once", async () => {
  const desk = await openDesk();
  await desk.say("ana", line);
  const press = pressOn(desk, "ana", "Send the request");
  await Promise.all([desk.forge("ana", press), desk.forge("ana", press), desk.forge("ana", press)]);
  await desk.idle();
  expect(await bookingsOf(desk, "ana", practiceId)).toHaveLength(5);
  expect((await desk.mails()).filter(({ subject }) => subject.startsWith("Requests received"))).toHaveLength(1);
});

test("case 14: if a credit was used meanwhile nothing is sent, and the list is as long as the package", async () => {
  const desk = await openDesk();
  await desk.say("ana", line);
  const press = pressOn(desk, "ana", "Send the request");
  const other = await orderOf(desk, [instant("2026-03-12T10:00:00Z")]);
  expect(await inDesk(desk, (inside) => submitPlan(inside, ana, other))).toMatchObject({ ok: true });
  await desk.idle();
  await desk.forge("ana", press);
  expect(titleOf(desk, "ana")).toBe("Your plan: 4 sessions");
  expect(wordsOn(desk.newest("ana"))).toContain("Your package was used in the meantime, so nothing has been sent yet.");
  expect(await bookingsOf(desk, "ana", practiceId)).toHaveLength(1);
});

test("the package's limit, days and credits are checked for all the starts together", async () => {
  const desk = await openDesk();
  const submit = async (...starts: readonly string[]) => {
    const order = await orderOf(desk, starts.map(instant));
    return inDesk(desk, (inside) => submitPlan(inside, ana, order));
  };
  const refused = { ok: false, refusal: "package-unusable" };
  expect(await submit("2026-03-03T15:00:00Z", "2026-03-05T10:00:00Z")).toEqual(refused);
  const six = [3, 10, 17, 24].map((day) => `2026-03-${String(day).padStart(2, "0")}T15:00:00Z`);
  expect(await submit(...six, "2026-03-31T14:00:00Z", "2026-04-07T14:00:00Z")).toEqual(refused);
  expect(await submit()).toEqual({ ok: false, refusal: "not-bookable" });
  expect(rows(desk, "bookings")).toEqual([]);
});

test("D7.4: another person's package and plan cannot be used", async () => {
  const desk = await openDesk();
  const order = await orderOf(desk, tuesdays);
  for (const actor of [asClient("ben", practiceId), maya, asClient("ana", "elsewhere")]) {
    const acted = inDesk(desk, (inside) => submitPlan(inside, actor, order)).catch(() => ({ ok: false }));
    expect((await acted).ok).toBe(false);
  }
  const planId = await sent(desk);
  const statuses = async () => (await bookingsOf(desk, "ana", practiceId)).map(({ status }) => status);
  await inDesk(desk, (inside) => confirmPlan(inside, asPractitioner("jonas", { practiceId }), planId));
  await inDesk(desk, (inside) => declinePlan(inside, asClient("ben", practiceId), planId));
  await inDesk(desk, (inside) => withdrawPlan(inside, asClient("ben", practiceId), planId));
  expect(await statuses()).toEqual(Array(5).fill("requested"));
  await inDesk(desk, (inside) => withdrawPlan(inside, ana, planId));
  expect(await statuses()).toEqual(Array(5).fill("withdrawn"));
  expect(await balanceOf(desk)).toMatchObject({ reserved: 0, available: 5 });
});

test("D4.2: Confirm all twice confirms once; each session has its own mail with its own invitation", async () => {
  const desk = await openDesk();
  await sent(desk);
  const press = pressOn(desk, "maya", "Confirm all");
  await Promise.all([desk.forge("maya", press), desk.forge("maya", press)]);
  await desk.idle();
  const mails = (await desk.mails()).filter(({ subject }) => subject.startsWith("Confirmed"));
  const uids = mails.map(({ ics = "" }) => /^UID:(.+)$/m.exec(ics)?.[1]);
  expect(mails).toHaveLength(5);
  expect(new Set(uids).size).toBe(5);
  expect(await balanceOf(desk)).toMatchObject({ consumed: 5 });
  expect(titleOf(desk, "ana")).toBe("Your 5 sessions are confirmed");
  expect(desk.chat("ana").filter(({ card }) => card.title === "Your 5 sessions are confirmed")).toHaveLength(1);
});

test("D4.1: one reminder for a plan, however many of its sessions are open; it leads to the first open one", async () => {
  const desk = await openDesk();
  await sent(desk);
  const bookings = await bookingsOf(desk, "ana", practiceId);
  const leading = await Promise.all(bookings.map((one) => leadsPlan({ books: desk.store.read as never }, one)));
  expect(leading).toEqual([true, false, false, false, false]);
  const before = desk.chat("maya").length;
  await desk.advance("2026-03-02T20:30+00:00");
  expect(desk.chat("maya").length - before).toBe(1);
  expect((await desk.mails()).filter(({ to }) => to === "maya@harbour.example")).toHaveLength(1);
});

test("an expired session of a plan leaves the others as they are", async () => {
  const desk = await openDesk();
  const order = await orderOf(desk, [instant("2026-03-02T11:00:00Z"), instant("2026-03-17T15:00:00Z")]);
  await inDesk(desk, (inside) => submitPlan(inside, ana, order));
  await desk.advance("2026-03-02T11:30+00:00");
  const statuses = (await bookingsOf(desk, "ana", practiceId)).map(({ status }) => status);
  expect(statuses).toEqual(["expired", "requested"]);
  expect(await balanceOf(desk)).toMatchObject({ reserved: 1, available: 4 });
  await desk.press("maya", "Confirm the last one");
  expect(await balanceOf(desk)).toMatchObject({ consumed: 1, available: 4 });
});

const withForm = yaml
  .replace("    publicName: Follow-up\n", "    publicName: Follow-up\n    form: intake\n    terms: rules\n")
  .concat(
    "\nforms:\n  - { id: intake, questions: [{ id: goal, label: Your goal, type: short_text, sensitive: false, required: true }] }\n",
    'terms:\n  - { id: rules, version: "2026-01", text: "Please be on time." }\n',
  );

test("the form is filled in with the first session, and its answers and the accepted terms apply to every planned one", async () => {
  const desk = await openDesk(withForm);
  await desk.say("ana", line);
  expect(titleOf(desk, "ana")).toBe("A few questions come first");
  await desk.press("ana", "Book the first session");
  await desk.press("ana", "Tue 3 Mar");
  await desk.press("ana", "15:00");
  await desk.press("ana", "Continue", { goal: "walk" });
  await desk.press("ana", "Confirm & book");
  await desk.say("ana", line);
  expect(titleOf(desk, "ana")).toBe("Your plan: 4 sessions");
  expect(wordsOn(desk.newest("ana"))).toContain(
    "Your answers to the form, given for Tue 3 Mar, apply to each session.",
  );
  expect(wordsOn(desk.newest("ana"))).toContain("Terms: Please be on time.");
  await desk.press("ana", "Send the request");
  for (const { id } of await bookingsOf(desk, "ana", practiceId)) {
    expect((await desk.store.read.answers.list(practiceId, id)).map(({ value }) => value)).toEqual(["walk"]);
  }
  expect(rows(desk, "terms_acceptances")).toHaveLength(5);
});

test("with one session left there is no plan, only the normal booking", async () => {
  const desk = await openDesk();
  await desk.say("carl", "my packages");
  await desk.press("carl", "Single ticket");
  expect(buttonsOn(desk.newest("carl"))).not.toContain("Plan the rest");
  await desk.say("carl", "plan the rest");
  expect(titleOf(desk, "carl")).toBe("There is nothing to plan");
});

test("one by one: a declined session and proposed times for another are reported, and the card shows the rest", async () => {
  const desk = await openDesk();
  await sent(desk);
  await desk.press("maya", "One by one");
  await desk.press("maya", "Tue 3 Mar, 15:00");
  await desk.press("maya", "Decline");
  await desk.press("maya", "Decline", { reason: "I am at a fair." });
  expect(titleOf(desk, "ana")).toBe("Waiting for 4 answers");
  expect(wordsOn(desk.newest("ana"))).toContain("(Lisbon): declined");
  expect(wordsOn(desk.newest("ana"))).toContain("Dr Maya Lee writes: I am at a fair.");
  await desk.press("maya", "Tue 17 Mar, 15:00");
  await desk.press("maya", "Propose another time");
  const send = buttonsOn(desk.newest("maya")).find((label) => /^(Send|Propose)/.test(label)) ?? "";
  await desk.press("maya", send);
  const plan = desk.chat("ana").findLast(({ card }) => card.title?.startsWith("Waiting for"));
  expect(wordsOn(plan?.card ?? desk.newest("ana"))).toContain("(Lisbon): another time is proposed");
  expect(titleOf(desk, "ana")).not.toBe(plan?.card.title);
  await desk.press("maya", "Back");
  await desk.press("maya", "Confirm the other 3");
  const statuses = (await bookingsOf(desk, "ana", practiceId)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual(["confirmed", "confirmed", "confirmed", "declined", "proposed"]);
  expect(await balanceOf(desk)).toMatchObject({ consumed: 3, reserved: 1, available: 1 });
});

test("“Withdraw all” withdraws the sessions with proposed times too, as its question counts them", async () => {
  const desk = await openDesk();
  await sent(desk);
  for (const { id, startsAtMs } of await bookingsOf(desk, "ana", practiceId)) {
    const order = { startsAtMs: [startsAtMs + 3_600_000] };
    expect(await inDesk(desk, (inside) => proposeTimes(inside, maya, id, order))).toMatchObject({ ok: true });
  }
  await desk.idle();
  await desk.press("ana", "Withdraw all");
  expect(desk.chat("ana").map(({ card }) => card.title)).toContain("Withdraw these 5 requests?");
  await desk.press("ana", "Yes, withdraw");
  const statuses = (await bookingsOf(desk, "ana", practiceId)).map(({ status }) => status);
  expect(statuses).toEqual(Array(5).fill("withdrawn"));
  expect(await balanceOf(desk)).toMatchObject({ reserved: 0, available: 5 });
  expect(rows(desk, "claims")).toEqual([]);
});

test("an unreachable practitioner gets one mail for an open plan, not one for each session", async () => {
  const desk = await openDesk();
  await sent(desk);
  await inDesk(desk, (inside) =>
    noteUnreachable(inside, { platform: "page", workspace: "local", user: "maya" }, "blocked"),
  );
  await desk.idle();
  const mails = (await desk.mails()).filter(({ to }) => to === "maya@harbour.example");
  expect(mails.map(({ subject }) => subject)).toEqual(["A plan is waiting: 5 sessions"]);
});
