import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { backUpBooks } from "../../db/backup.ts";
import { answerFormLink } from "../../src/desk/booking/form-links.ts";
import type { OutgoingCard } from "../../src/ports/messenger.ts";
import { codePattern } from "./coming-in.ts";
import { openPaidQuay } from "./paid-quay.ts";
import { bookingsOf, dump, hold, inDesk, openQuay } from "./quay.ts";

test("R9: no link or code of a run is in clear in the rows, the database file, its WAL, a backup or the log", async () => {
  const sent: OutgoingCard[] = [];
  const lines: string[] = [];
  const { desk, pay, payments } = await openPaidQuay({
    platform: "slack",
    logTo: { write: (line) => void lines.push(line) },
    beforeSend: async (out) => void sent.push(out),
  });
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "11:00" });
  await pay("ana");
  await desk.press("ana", "Confirm & book");
  await desk.say("maya", "requests");
  await desk.press("maya", "Confirm");
  const [booking] = await bookingsOf(desk, "ana");
  await desk.say("ana", "my bookings");
  await hold(desk, "ana", { service: "Visit", day: "Wed 4 Mar", time: "09:00" });
  await desk.press("ana", "Continue", { diet: "None" });
  const form = JSON.stringify(desk.newest("ana")).match(/\/form\/([\w-]+)/)?.[1] ?? "";
  expect(await inDesk(desk, (inside) => answerFormLink(inside, form, { goal: "Walk" }))).toEqual({ ok: true });
  await desk.say("ana", "help");
  await desk.press("ana", "Confirm & book");
  await desk.press("maya", "Show answers (2)");
  await desk.say("maya", "invite cleo");
  await desk.press("maya", "Send invitation");
  await desk.say("maya", "clients");
  await desk.press("maya", "Cleo Marsh · invited");
  await desk.press("maya", "Copy a link");
  await desk.say("ana", "connect another chat");

  const [payment] = await payments(booking?.id ?? "");
  const shown = JSON.stringify([sent.map(({ card }) => card), await desk.mails()]);
  const tokens = (path: string) => [...shown.matchAll(new RegExp(`/${path}/([\\w-]{20,})`, "g"))].map(([, one]) => one);
  const secrets = {
    form: tokens("form"),
    answers: tokens("answers"),
    pay: tokens("pay"),
    activate: tokens("activate"),
    code: [...shown.matchAll(new RegExp(codePattern, "g"))].map(([code]) => code),
    join: [booking?.joinUrl?.split("/").at(-1)],
    checkout: [payment?.sessionUrl],
  };

  const backup = join(desk.store.folder, "backup.db");
  await backUpBooks(`file:${desk.store.file}`, backup);
  const files = readdirSync(desk.store.folder).map((name) => [
    name,
    readFileSync(join(desk.store.folder, name), "latin1"),
  ]);
  const places: Record<string, string> = { ...dump(desk), ...Object.fromEntries(files), log: lines.join("\n") };
  expect(Object.keys(places)).toEqual(expect.arrayContaining(["desk.db", "desk.db-wal", "backup.db", "outbox"]));
  for (const [kind, values] of Object.entries(secrets)) {
    expect(values.length, kind).toBeGreaterThan(0);
    for (const value of values) {
      expect(value?.length, kind).toBeGreaterThan(8);
      for (const [place, text] of Object.entries(places))
        expect(text.includes(value ?? ""), `${kind} in ${place}`).toBe(false);
    }
  }
});

test("R9: values that an earlier version stored in the clear are sealed at the start, once, and stay readable", async () => {
  const desk = await openQuay();
  await hold(desk, "ana", { service: "Talk", day: "Wed 4 Mar", time: "11:00" });
  await desk.press("ana", "Confirm & book");
  await desk.press("maya", "Confirm");
  const [booking] = await bookingsOf(desk, "ana");
  const [mail] = await desk.mails();
  await desk.store.pageMessages.add({ id: "line", user: "ana", author: "me", sentAtMs: 0, text: "sealed" });
  const books = desk.store.raw();
  books.prepare("update bookings set join_url = ?").run(booking?.joinUrl);
  books.prepare("update tray_mails set text = ? where id = ?").run(mail?.text, mail?.id);
  books.prepare("update page_messages set text = ?").run("FD-CLEAR-CODE");
  expect(Object.values(dump(desk)).some((text) => text.includes(booking?.joinUrl ?? ""))).toBe(true);

  await desk.store.sealClearRows();
  const sealed = dump(desk);
  for (const secret of [booking?.joinUrl ?? "", "FD-CLEAR-CODE"])
    for (const [table, text] of Object.entries(sealed)) expect(text.includes(secret), table).toBe(false);
  await desk.store.sealClearRows();
  expect(dump(desk)).toEqual(sealed);
  expect((await bookingsOf(desk, "ana"))[0]?.joinUrl).toBe(booking?.joinUrl);
  expect((await desk.mails())[0]).toEqual(mail);
  expect(await desk.store.pageMessages.list("ana")).toMatchObject([{ text: "FD-CLEAR-CODE" }]);
});
