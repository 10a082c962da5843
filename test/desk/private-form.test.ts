import { describe, expect, test } from "vitest";
import { answerFormLink, findFormLink } from "../../src/desk/booking/form-links.ts";
import type { TestDesk } from "../support/desk.ts";
import { answersOf, asked, buttonsOn, hold, inDesk, openQuay, rows, titleOf, withQuestions, wordsOn } from "./quay.ts";

const visit = { service: "Visit", day: "Wed 4 Mar", time: "09:00" };
const form = "A few questions";
const review = "Please check everything";

describe("outside the page sensitive questions are asked on the desk's own page only (D5.2)", () => {
  const linkOf = (desk: TestDesk): string => {
    const urls = desk.newest("ana").parts.flatMap((part) => (part.type === "buttons" ? part.buttons : []));
    const action = urls.map((one) => one.action).find((one) => "url" in one);
    return action !== undefined && "url" in action ? (action.url.split("/").at(-1) ?? "") : "";
  };
  const fill = (desk: TestDesk, values: Record<string, string>, token = linkOf(desk)) =>
    inDesk(desk, (inside) => answerFormLink(inside, token, values));

  test("the card asks the other questions; answers behind the link advance the card", async () => {
    const desk = await openQuay({ platform: "slack" });
    await hold(desk, "ana", visit);
    expect(asked(desk)).toEqual(["diet"]);
    await desk.press("ana", "Continue", { diet: "None", goal: "typed into the chat by a forger" });
    expect(titleOf(desk, "ana")).toBe(form);
    expect(await answersOf(desk)).toEqual({ diet: "None" });
    expect(await fill(desk, { goal: "walk" })).toEqual({ ok: true });
    await desk.engine.deliver({
      id: "wake",
      receivedAtMs: 0,
      from: { platform: "slack", workspace: "local", user: "zed" },
      body: { type: "opened" },
    });
    await desk.idle();
    expect(titleOf(desk, "ana")).toBe(review);
    expect(await answersOf(desk)).toEqual({ diet: "None", goal: "walk" });
  });

  test("typed words are never taken as the answer to a sensitive question", async () => {
    const desk = await openQuay({ platform: "slack" });
    await hold(desk, "ana", visit);
    await desk.press("ana", "Continue", { diet: "None" });
    await desk.say("ana", "My knee hurts");
    expect(wordsOn(desk.newest("ana"))).toContain("Please do not write that here");
    expect(await answersOf(desk)).toEqual({ diet: "None" });
  });

  test("an unused link opens nothing once the booking is requested", async () => {
    const desk = await openQuay({ platform: "slack" });
    await hold(desk, "ana", visit);
    const left = linkOf(desk);
    await desk.press("ana", "New link");
    await desk.press("ana", "Continue", { diet: "None" });
    await fill(desk, { goal: "walk" });
    await desk.idle();
    await desk.say("ana", "yes");
    expect(rows(desk, "bookings")).toMatchObject([{ status: "requested" }]);
    expect(await findFormLink(desk.store.read, left, desk.clock.realNow())).toEqual({ state: "expired" });
    expect(await fill(desk, { goal: "something else" }, left)).toEqual({ ok: false, state: "expired" });
  });

  test("the page asks only the open questions and those that depend on them", async () => {
    const desk = await openQuay({
      platform: "slack",
      practice: withQuestions(
        "{ id: diet, label: Your diet, type: choice, options: [None, Other], required: true }",
        "{ id: why, label: Why, type: short_text, required: true, sensitive: true, shownIf: { question: diet, is: Other } }",
        "{ id: ill, label: Are you ill, type: yes_no, required: true, sensitive: true }",
        "{ id: since, label: Since when, type: date, required: true, sensitive: true, shownIf: { question: ill, is: yes } }",
      ),
    });
    await hold(desk, "ana", visit);
    const link = await findFormLink(desk.store.read, linkOf(desk), desk.clock.realNow());
    expect(link.state === "open" && link.questions.map(({ id }) => id)).toEqual(["ill", "since"]);
    expect(await fill(desk, { ill: "no", since: "" })).toEqual({ ok: true });
    await desk.idle();
    await desk.press("ana", "Continue", { diet: "Other" });
    await desk.press("ana", "New link");
    const next = await findFormLink(desk.store.read, linkOf(desk), desk.clock.realNow());
    expect(next.state === "open" && next.questions.map(({ id }) => id)).toContain("why");
  });

  test("a link works once, for half an hour, and only while its booking is being filled in", async () => {
    const desk = await openQuay({ platform: "slack" });
    await hold(desk, "ana", visit);
    const first = linkOf(desk);
    expect(await fill(desk, { goal: "" }, first)).toMatchObject({
      ok: false,
      problems: { goal: { label: "Your goal" } },
    });
    expect(await fill(desk, { goal: "walk" }, first)).toEqual({ ok: true });
    expect(await fill(desk, { goal: "run" }, first)).toEqual({ ok: false, state: "used" });
    await desk.press("ana", "New link").catch(() => undefined);
    const second = await openQuay({ platform: "slack" });
    await hold(second, "ana", visit);
    const late = linkOf(second);
    await second.advance("2026-03-02T08:30+00:00");
    expect(await fill(second, { goal: "walk" }, late)).toEqual({ ok: false, state: "expired" });
    await second.press("ana", "New link");
    const fresh = linkOf(second);
    await second.press("ana", "Start over");
    expect(await fill(second, { goal: "walk" }, fresh)).toEqual({ ok: false, state: "expired" });
    expect(await fill(second, { goal: "walk" }, "made-up")).toEqual({ ok: false, state: "unknown" });
    expect(rows(second, "answers")).toEqual([]);
    expect(buttonsOn(second.newest("ana"))).toContain("Visit");
  });
});
