import { expect, onTestFinished, test } from "vitest";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { slotsOf } from "../../src/jobs/sender.ts";
import { openLog } from "../../src/log.ts";
import type { MailOutcome } from "../../src/ports/mailer.ts";
import type { Messenger, Platform, SendOutcome } from "../../src/ports/messenger.ts";
import type { Service } from "../../src/ports/services.ts";
import { frozenClock } from "../support/clock.ts";
import { anOutboxRow } from "../support/records.ts";
import { openTestStore } from "../support/store.ts";
import { until } from "../support/until.ts";

/** A runner whose named services hang until the test ends. */
async function openRig(hanging: readonly Service[]) {
  const store = await openTestStore();
  const clock = frozenClock("2026-03-02T08:00:00Z");
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  const begun = new Map<string, number>();
  const sent: string[] = [];
  async function through<Outcome>(service: Service, id: string, outcome: Outcome): Promise<Outcome> {
    begun.set(service, (begun.get(service) ?? 0) + 1);
    if (hanging.includes(service)) await ended;
    else sent.push(id);
    return outcome;
  }
  const messengerOf = (platform: Platform): Messenger => ({
    platform,
    asksSensitiveInline: true,
    send: ({ outboxId }) => through<SendOutcome>(platform, outboxId, { ok: true, messageId: outboxId }),
    publishTab: (_, __, outboxId) =>
      through<SendOutcome>(`${platform}-background`, outboxId, { ok: true, messageId: outboxId }),
  });
  const runner = startRunner({
    store,
    clock,
    log: openLog({ level: "silent" }),
    metrics: openMetrics(),
    messengers: new Map((["page", "slack", "teams"] as const).map((platform) => [platform, messengerOf(platform)])),
    mailer: { send: (mail) => through<MailOutcome>("mail", mail.messageKey, { ok: true }) },
    deliver: async () => ({}),
    publicUrl: "http://localhost:3000",
    drawTab: async () => ({ summary: "Home", parts: [] }),
  });
  onTestFinished(async () => {
    end();
    await runner.stop();
  });
  const cardTo = (platform: Platform, user: string) => ({
    id: `${platform}-${user}`,
    kind: "card" as const,
    service: platform,
    lane: `${platform}:T:${user}`,
    payload: JSON.stringify({
      to: { platform, workspace: "T", user },
      talkId: user,
      revision: 1,
      card: { summary: "Hello", parts: [] },
      how: "post",
    }),
  });
  const tabFor = (platform: Platform, user: string) => ({
    id: `tab-${user}`,
    kind: "tab" as const,
    service: `${platform}-background` as const,
    lane: `tab:${platform}:T:${user}`,
    payload: JSON.stringify({ platform, workspace: "T", user }),
  });
  const mailTo = (user: string) => ({
    id: `mail-${user}`,
    kind: "mail" as const,
    service: "mail" as const,
    lane: `mail:${user}`,
    payload: JSON.stringify({ to: { address: `${user}@example.com` }, subject: "s", text: "t", messageKey: user }),
  });
  const queue = async (
    rows: readonly (ReturnType<typeof cardTo> | ReturnType<typeof mailTo> | ReturnType<typeof tabFor>)[],
  ) => {
    await store.transaction(async ({ outbox }) => {
      for (const row of rows) await outbox.add(anOutboxRow(row));
    });
    runner.nudge();
  };
  return { store, clock, begun, sent, queue, cardTo, mailTo, tabFor };
}

const many = Array.from({ length: 200 }, (_, n) => `u${n}`);

test("200 mails to a server that hangs fill only the slots of mail: a card is sent at once (R1)", async () => {
  const { begun, sent, queue, cardTo, mailTo } = await openRig(["mail"]);
  await queue(many.map(mailTo));
  await until("every slot of mail is taken", async () => begun.get("mail") === slotsOf("mail"));
  await queue([cardTo("page", "ana")]);
  await until("the card is sent", async () => sent.includes("page-ana"));
  expect(begun.get("mail")).toBe(slotsOf("mail"));
});

test.each([
  ["slack", "teams"],
  ["teams", "slack"],
  ["slack", "page"],
] as const)("200 cards to %s, which hangs, delay no card to %s and no mail (R1)", async (hanging, other) => {
  const { begun, sent, queue, cardTo, mailTo } = await openRig([hanging]);
  await queue(many.map((user) => cardTo(hanging, user)));
  await until("every slot is taken", async () => begun.get(hanging) === slotsOf(hanging));
  await queue([cardTo(other, "ana"), mailTo("ben")]);
  await until("both are sent", async () => sent.includes(`${other}-ana`) && sent.includes("ben"));
  expect(begun.get(hanging)).toBe(slotsOf(hanging));
});

test("Home tabs that hang take no slot of a card on the same platform (R1)", async () => {
  const { begun, sent, queue, cardTo, tabFor } = await openRig(["slack-background"]);
  await queue(many.map((user) => tabFor("slack", user)));
  await until("every slot is taken", async () => begun.get("slack-background") === slotsOf("slack-background"));
  await queue([cardTo("slack", "ana")]);
  await until("the card is sent", async () => sent.includes("slack-ana"));
  expect(begun.get("slack-background")).toBe(slotsOf("slack-background"));
});
