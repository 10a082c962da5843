import { describe, expect, test } from "vitest";
import { openTrayMailer } from "../../../adapters/email/tray.ts";
import type { MailTray, TrayMail } from "../../../src/ports/mailer.ts";
import { frozenClock, instant } from "../../support/clock.ts";
import { from, invitation, mail } from "./mails.ts";

function trayMailer() {
  const mails = new Map<string, TrayMail>();
  const tray: MailTray = {
    add: async (added) => void (mails.has(added.id) || mails.set(added.id, added)),
    list: async () => [...mails.values()],
  };
  let arrivals = 0;
  const clock = frozenClock("2026-07-01T08:00:00Z");
  const mailer = openTrayMailer({ tray, from, clock, mailArrived: () => arrivals++ });
  return { mailer, tray, arrivals: () => arrivals };
}

describe("the tray", () => {
  test("stores the mail under the outbox row's id and notifies the page", async () => {
    const { mailer, tray, arrivals } = trayMailer();
    expect(await mailer.send(mail({ invitation: invitation() }), "ob_1")).toEqual({ ok: true });
    const [kept] = await tray.list();
    expect(kept).toMatchObject({
      id: "ob_1",
      sentAtMs: instant("2026-07-01T08:00:00Z"),
      to: "ana@example.com",
      subject: "Confirmed: First visit, Tue 14 Jul 15:00",
      text: "Your session is confirmed.\n\nJoin: https://meet.harbour.example/room-1\n",
    });
    expect(kept?.ics).toContain("UID:bk_1@harbour.example\r\n");
    expect(arrivals()).toBe(1);
  });

  test("stores a row once, however often it is sent, and no .ics without an invitation", async () => {
    const { mailer, tray } = trayMailer();
    await mailer.send(mail(), "ob_1");
    await mailer.send(mail(), "ob_1");
    expect(await tray.list()).toHaveLength(1);
    expect((await tray.list())[0]).not.toHaveProperty("ics");
  });

  test("refuses mails that could not be sent", async () => {
    const { mailer, tray, arrivals } = trayMailer();
    const outcome = await mailer.send(mail({ to: { name: "Ana", address: "nobody" } }), "ob_1");
    expect(outcome).toEqual({ ok: false, permanent: true, error: "address-invalid" });
    expect(await tray.list()).toEqual([]);
    expect(arrivals()).toBe(0);
  });
});
