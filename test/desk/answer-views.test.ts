import { describe, expect, test } from "vitest";
import { findAnswerView, openAnswerView, viewAnswers } from "../../src/desk/booking/answer-views.ts";
import { answerViewRoutes } from "../../src/web/answers-page.ts";
import type { TestDesk } from "../support/desk.ts";
import { serve } from "../support/http.ts";
import {
  asClient,
  asPractitioner,
  bookingsOf,
  hold,
  importAgain,
  inDesk,
  openQuay,
  quay,
  rows,
  titleOf,
  tokenOf,
} from "./quay.ts";

const visit = { service: "Visit", day: "Wed 4 Mar", time: "09:00" };

/** Ana has answered two questions and asked for a visit. */
async function answered(): Promise<{ desk: TestDesk; bookingId: string }> {
  const desk = await openQuay();
  await hold(desk, "ana", visit);
  await desk.press("ana", "Continue", { goal: "planted: my knee <b>", diet: "None" });
  await desk.press("ana", "Confirm & book");
  const [booking] = await bookingsOf(desk, "ana");
  return { desk, bookingId: booking?.id ?? "" };
}

function linkOn(desk: TestDesk): string {
  const buttons = desk.newest("maya").parts.flatMap((part) => (part.type === "buttons" ? part.buttons : []));
  const [url] = buttons.flatMap(({ action }) => ("url" in action ? [action.url] : []));
  return url ?? "";
}

const views = async (desk: TestDesk, bookingId: string) =>
  (await desk.store.read.audit.list("quay", bookingId)).filter(({ action }) => action === "answers.viewed");

describe("the practitioner opens answers with a click", () => {
  test("from the request's card: a link that works once, for half an hour; each view is recorded", async () => {
    const { desk, bookingId } = await answered();
    await desk.press("maya", "Show answers (2)");
    expect(titleOf(desk, "maya")).toBe("What Ana Alves answered");
    const token = linkOn(desk).split("/").at(-1) ?? "";
    expect(await views(desk, bookingId)).toEqual([]);
    expect(await inDesk(desk, (inside) => viewAnswers(inside, token))).toMatchObject({
      ok: true,
      answers: [
        { label: "Your goal", value: "planted: my knee <b>" },
        { label: "Your diet", value: "None" },
      ],
    });
    expect(await views(desk, bookingId)).toMatchObject([{ actor: "practitioner:maya", place: "page:local:maya" }]);
    expect(await inDesk(desk, (inside) => viewAnswers(inside, token))).toEqual({ ok: false, state: "used" });
    await desk.press("maya", "New link");
    const fresh = linkOn(desk).split("/").at(-1) ?? "";
    await desk.advance("2026-03-02T08:30+00:00");
    expect(await inDesk(desk, (inside) => viewAnswers(inside, fresh))).toEqual({ ok: false, state: "expired" });
    expect(await inDesk(desk, (inside) => viewAnswers(inside, "made-up"))).toEqual({ ok: false, state: "unknown" });
    expect(await views(desk, bookingId)).toHaveLength(1);
  });

  test("from the session, too; and no card, outbox row or talk contains an answer (D5.2, D7.5)", async () => {
    const { desk } = await answered();
    await desk.press("maya", "Confirm");
    await desk.say("maya", "sessions");
    await desk.say("maya", "1");
    await desk.press("maya", "Show answers (2)");
    const token = linkOn(desk).split("/").at(-1) ?? "";
    await inDesk(desk, (inside) => viewAnswers(inside, token));
    for (const table of ["talks", "outbox", "audit", "answer_view_tokens"]) {
      expect(JSON.stringify(rows(desk, table))).not.toContain("planted");
      if (table === "answer_view_tokens") expect(JSON.stringify(rows(desk, table))).not.toContain(token);
    }
  });

  test("a link opens nothing for a person who has left, or lost admin rights, since it was made (D7.4)", async () => {
    const { desk, bookingId } = await answered();
    const admin = asPractitioner("jonas", { admin: true });
    for (const actor of [admin, asPractitioner("maya")]) {
      const link = await inDesk(desk, (inside) => openAnswerView(inside, actor, bookingId));
      if (actor !== admin)
        await importAgain(
          desk,
          quay
            .replace(/ {2}- \{ id: maya.*\n/, "")
            .replaceAll("[maya", "[jonas")
            .replaceAll(", jonas, jonas]", ", jonas]")
            .replaceAll("[jonas, jonas]", "[jonas]"),
        );
      const token = await tokenOf(desk, link);
      expect(await inDesk(desk, (inside) => viewAnswers(inside, token))).toEqual({ ok: false, state: "expired" });
    }
  });

  test("no other person gets a link (D7.4)", async () => {
    const { desk, bookingId } = await answered();
    for (const actor of [
      asClient("ana"),
      asClient("ben"),
      asPractitioner("jonas"),
      asPractitioner("maya", { practiceId: "other" }),
    ])
      expect(await inDesk(desk, (inside) => openAnswerView(inside, actor, bookingId))).toBe(undefined);
  });
});

test("the page shows nothing on GET, the answers on its button, once, and as text", async () => {
  const { desk, bookingId } = await answered();
  const link = await inDesk(desk, (inside) => openAnswerView(inside, asPractitioner("maya"), bookingId));
  const token = await tokenOf(desk, link);
  const { address, lines } = await serve(
    answerViewRoutes({
      load: (each) => findAnswerView(desk.store.read, each, desk.clock.realNow()),
      view: (each) => inDesk(desk, (inside) => viewAnswers(inside, each)),
    }),
  );
  const url = `${address}/answers/${token}`;
  for (let previews = 0; previews < 2; previews++) expect(await (await fetch(url)).text()).not.toContain("planted");
  const forged = await fetch(url, { method: "POST", headers: { "sec-fetch-site": "cross-site" } });
  expect(forged.status).toBe(404);
  const shown = await fetch(url, { method: "POST" });
  expect(shown.status).toBe(200);
  expect(shown.headers.get("cache-control")).toBe("no-store");
  expect(await shown.text()).toContain("planted: my knee &#60;b&#62;");
  expect((await fetch(url, { method: "POST" })).status).toBe(410);
  expect((await fetch(url)).status).toBe(410);
  expect((await fetch(`${address}/answers/made-up`)).status).toBe(404);
  expect(JSON.stringify(lines)).not.toMatch(/planted|answers\/[\w-]{20}/);
});
