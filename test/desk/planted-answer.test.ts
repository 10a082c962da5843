import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { answerFormLink } from "../../src/desk/booking/form-links.ts";
import type { OutgoingCard } from "../../src/ports/messenger.ts";
import { dump, hold, inDesk, openQuay, rows } from "./quay.ts";

// D5.2: a sensitive answer is sealed at rest and never shown: not in a card, a mail, an outbox row, a file.

const planted = "PLANTED-diagnosis-4711";
const typed = "TYPED-diagnosis-0815";
const inbounds = ["inbound:say", "inbound:press"];

describe.each(["page", "slack"] as const)("a health answer given on %s", (platform) => {
  test("is in no row, outbox payload, card, mail or file; the inbox contains ids only", async () => {
    const sent: OutgoingCard[] = [];
    const desk = await openQuay({ platform, beforeSend: async (out) => void sent.push(out) });
    const ana = { platform, workspace: "local", user: "ana" } as const;
    await hold(desk, "ana", { service: "Visit", day: "Wed 4 Mar", time: "09:00" });

    // Typed: on the page it is the answer, elsewhere it must not be accepted at all.
    await desk.engine.deliver({ id: "inbound:say", receivedAtMs: 0, from: ana, body: { type: "text", text: typed } });
    await desk.idle();
    if (platform === "slack") {
      await desk.press("ana", "Continue", { diet: "None", goal: planted });
      await desk.press("ana", "New link");
      const link = JSON.stringify(desk.newest("ana")).match(/\/form\/([\w-]+)/)?.[1] ?? "";
      expect(await inDesk(desk, (inside) => answerFormLink(inside, link, { goal: planted }))).toEqual({ ok: true });
      await desk.say("ana", "help");
    } else {
      const { talkId, revision } = desk.chat("ana").at(-1) ?? { talkId: "", revision: 0 };
      const press = { type: "press", talkId, seenRevision: revision, event: { type: "answers.given" } } as const;
      const values = { goal: planted, diet: "None" };
      await desk.engine.deliver({ id: "inbound:press", receivedAtMs: 0, from: ana, body: { ...press, values } });
      await desk.idle();
    }
    const [draft] = rows(desk, "bookings");
    const kept = await desk.store.read.answers.list("quay", String(draft?.id));
    expect(kept.find(({ questionId }) => questionId === "goal")).toMatchObject({ value: planted, sensitive: true });

    await desk.press("ana", "Confirm & book");
    await desk.say("maya", "requests");
    await desk.press("maya", "Confirm");
    await desk.say("ana", "my bookings");
    await desk.advance("2026-03-02T10:00+00:00");

    const everything = {
      ...dump(desk),
      cards: JSON.stringify(sent),
      mails: JSON.stringify(await desk.mails()),
      ...filesIn(desk.store.folder),
    };
    expect(Object.keys(everything)).toEqual(
      expect.arrayContaining(["answers", "outbox", "talks", "tray_mails", "desk.db"]),
    );
    for (const [place, text] of Object.entries(everything)) {
      expect(text.includes(planted), place).toBe(false);
      expect(text.includes(typed), place).toBe(false);
    }
    expect(rows(desk, "inbox").map((row) => Object.keys(row))).toContainEqual(["id", "received_at_ms", "talk_id"]);
    const ids = rows(desk, "inbox").map(({ id }) => String(id));
    expect(ids).toContain(inbounds[0]);
  });
});

test("the practitioner's card shows the number of answers, never their content", async () => {
  const desk = await openQuay();
  await hold(desk, "ana", { service: "Visit", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("ana", "Continue", { goal: planted, diet: "Other" });
  await desk.press("ana", "Continue", { goal: "", diet: "Other", "which-diet": "Paleo" });
  await desk.press("ana", "Confirm & book");
  const seen = JSON.stringify([desk.chat("maya"), await desk.mails()]);
  expect(seen).toContain("3 answers");
  for (const word of [planted, "Paleo", "Other"]) expect(seen).not.toContain(word);
});

test("mails and cards name a service by its public name only (D2.1)", async () => {
  const sent: OutgoingCard[] = [];
  const desk = await openQuay({ beforeSend: async (out) => void sent.push(out) });
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("ana", "Confirm & book");
  await desk.advance("2026-03-02T08:20+00:00");
  await desk.press("maya", "Confirm");
  const seen = JSON.stringify([sent, await desk.mails()]);
  expect(seen).toContain("Talk");
  expect(seen).not.toContain("Private talk");
});

/** Every file of the books, its bytes read as text. */
function filesIn(folder: string): Record<string, string> {
  return Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]));
}
