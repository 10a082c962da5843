import { DateTime } from "luxon";
import type { Store } from "../../db/store.ts";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { importPractice } from "../../src/desk/practice/import-practice.ts";
import { bookingStatuses } from "../../src/domain/booking.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { readPracticeFile } from "../../src/practice-file/read.ts";
import type { TestDesk } from "./desk.ts";
import type { GoldenTalk } from "./golden-talk.ts";

/** Imports the practice file with `old => new` replaced. Returns the new text. */
export async function changeFile(desk: TestDesk<Store>, yaml: string, what: string): Promise<string> {
  const [old = "", put = ""] = what.split(" => ");
  const changed = yaml.replace(old, put);
  if (changed === yaml) throw new Error(`the practice file does not say: ${old}`);
  const read = readPracticeFile(changed);
  if (!read.ok) throw new Error(`the file has mistakes: ${JSON.stringify(read.mistakes)}`);
  await desk.store.transaction((books) => importPractice(books, toDomain(read.file), desk.clock.now()));
  await desk.idle();
  return changed;
}

/**
 * `*asks for the proposal of ana*`: a forged press that asks for another person's newest booking, change request or
 * message. Undefined for any other text.
 */
export async function askFor(
  desk: TestDesk<Store>,
  { practice, platform }: GoldenTalk,
  who: string,
  what: string,
): Promise<Delivered | undefined> {
  const [, flow = "", whose = ""] = /^\*asks for the (\S+) of (\S+)\*$/.exec(what) ?? [];
  if (flow === "") return undefined;
  const { read } = desk.store;
  const newest = { statuses: bookingStatuses, order: "desc", limit: 1 } as const;
  const [booking] = await read.bookings.listForClient(practice, whose, newest);
  const request = booking === undefined ? undefined : await read.changes.findOpenRequest(booking.id);
  const relays = (await desk.talks(whose)).flatMap(({ snapshot }) => /"relayId":"([^"]+)"/.exec(snapshot)?.[1] ?? []);
  const delivered = await desk.engine.deliver({
    id: `ask:${who}:${flow}:${desk.clock.now()}`,
    receivedAtMs: 0,
    from: { platform, workspace: "local", user: who },
    body: {
      type: "ask",
      flow,
      input:
        flow === "contact"
          ? { type: "message", relayId: relays[0] ?? "" }
          : { type: `${flow}.asked`, bookingId: booking?.id ?? "", requestId: request?.id ?? "" },
    },
  });
  await desk.idle();
  return delivered;
}

/** Parses `Mon 2 Mar 2026 08:00 Europe/Lisbon` as an instant. The weekday must match the date. */
export function isoOf(text: string): string {
  const [, wall = "", zone = ""] = /^(.+) (\S+)$/.exec(text) ?? [];
  const moment = DateTime.fromFormat(wall, "ccc d LLL yyyy HH:mm", { zone, locale: "en-US" });
  if (!moment.isValid) throw new Error(`not a moment: ${text} (${moment.invalidReason})`);
  return moment.toISO();
}
