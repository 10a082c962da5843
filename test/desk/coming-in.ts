import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { type LinkCode, makeLinkCode } from "../../src/desk/people/link.ts";
import type { Address } from "../../src/ports/messenger.ts";
import { openTestDesk, type TestDesk, type TestDeskOptions } from "../support/desk.ts";

/** A practice whose practitioners and clients have no chats yet. */
export const reef = readFileSync(new URL("../support/practices/reef.yaml", import.meta.url), "utf8");

export function openReef(options: Partial<TestDeskOptions> = {}): Promise<TestDesk> {
  return openTestDesk({ now: "2026-03-02T08:00+00:00", practice: reef, ...options });
}

/** What the command line's `link` returns. */
export function makeLink(
  desk: Pick<TestDesk, "store" | "clock">,
  practiceId: string,
  practitionerId?: string,
): Promise<LinkCode> {
  const which = { practiceId, ...(practitionerId === undefined ? {} : { practitionerId }) };
  return desk.store.transaction((books) =>
    makeLinkCode(books, which, { nowMs: desk.clock.now(), realNowMs: desk.clock.realNow() }),
  );
}

/** The code of a link that must succeed. */
export async function linkCode(
  desk: Pick<TestDesk, "store" | "clock">,
  practiceId: string,
  practitionerId?: string,
): Promise<string> {
  const made = await makeLink(desk, practiceId, practitionerId);
  if (!made.ok) throw new Error(made.refusal);
  return made.code;
}

/** Binds the workspace and connects its user as that practitioner. */
export async function connect(
  desk: TestDesk,
  user: string,
  practitionerId: string,
  practiceId = "reef",
): Promise<void> {
  await desk.say(user, await linkCode(desk, practiceId, practitionerId));
}

export const codePattern = /FD-[2-9A-Z]{4}-[2-9A-Z]{4}/;

/** The code in the newest mail to an address. */
export async function mailedCode(desk: TestDesk, to: string): Promise<string> {
  const mail = (await desk.mails()).findLast((one) => one.to === to && codePattern.test(one.text));
  const code = codePattern.exec(mail?.text ?? "")?.[0];
  if (code === undefined) throw new Error(`no code was mailed to ${to}`);
  return code;
}

/** The token of the link in the newest mail to an address. */
export async function mailedToken(desk: TestDesk, to: string): Promise<string> {
  const mail = (await desk.mails()).findLast((one) => one.to === to && one.text.includes("/activate/"));
  return /\/activate\/([\w-]+)/.exec(mail?.text ?? "")?.[1] ?? "";
}

/** Types a text as a user of any messenger; returns the desk's answer. */
export async function sayAt(desk: TestDesk, from: Address, text: string): Promise<Delivered> {
  const delivered = await desk.engine.deliver({
    id: randomUUID(),
    receivedAtMs: desk.clock.now(),
    from,
    body: { type: "text", text },
  });
  await desk.idle();
  return delivered;
}
