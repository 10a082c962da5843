import type { ReadBooks } from "../../../db/store.ts";
import { weekdayOfDay } from "../../domain/local-date.ts";
import type { Client, Practice } from "../../domain/practice.ts";
import { localDayOf, minutesOfDayAt } from "../../domain/zone.ts";
import { type Address, laneOf } from "../../ports/messenger.ts";
import { clientLines, practitionerLines, type SuggestedSession } from "../../words/suggestions.ts";
import { listOffers, type Offer } from "../booking/offers.ts";
import { findSlots } from "../booking/slots.ts";
import { listPackages } from "../packages/packages.ts";
import { clientZone } from "../people/zones.ts";

/** Lines this chat user may type in a role, built from the practice's names and free times; empty for strangers. */
export async function suggestedLines(
  books: ReadBooks,
  { address, role }: { readonly address: Address; readonly role: "client" | "practitioner" },
  nowMs: number,
): Promise<readonly string[]> {
  const membership = (await books.identities.memberships(address)).find((one) => one.role === role);
  if (membership === undefined) return [];
  const { practiceId, personId } = membership;
  if (role === "practitioner") return practitionerLines(await waitingClient(books, practiceId, personId));
  const client = await books.people.findClient(practiceId, personId);
  if (client === undefined) throw new Error(`${laneOf(address)} has no client record`);
  const practice = await books.practices.get(practiceId);
  const packages = await listPackages(books, practice, client.id, nowMs);
  const hasPackage = packages.some(({ problem }) => problem === undefined);
  return clientLines(await suggestSession(books, practice, client, nowMs), hasPackage);
}

async function waitingClient(books: ReadBooks, practiceId: string, id: string): Promise<string | undefined> {
  const [next] = await books.bookings.listForPractitioner(practiceId, id, {
    statuses: ["requested"],
    order: "asc",
    limit: 1,
  });
  return next && (await books.people.findClient(practiceId, next.clientId))?.name;
}

/** A session of next week that one line can request. */
async function suggestSession(
  books: ReadBooks,
  practice: Practice,
  client: Client,
  nowMs: number,
): Promise<SuggestedSession | undefined> {
  const zone = await clientZone(books, practice, client);
  const offers = await listOffers(books, practice, client.id);
  const offer = offers.toSorted((a, b) => questions(a) - questions(b)).at(0);
  const practitioner = offer?.practitioners[0];
  const method = offer?.service.methods[0];
  if (offer === undefined || practitioner === undefined || method === undefined) return undefined;
  const search = { practice, service: offer.service, method, clientId: client.id, nowMs };
  const slots = await findSlots(books, { ...search, practitioners: [practitioner] });
  const today = localDayOf(zone, nowMs);
  const startsAtMs = slots
    .map((slot) => slot.startsAtMs)
    .filter((ms) => localDayOf(zone, ms) > today + 1 && localDayOf(zone, ms) <= today + 7)
    .toSorted((a, b) => oddness(a, zone) - oddness(b, zone) || a - b)
    .at(0);
  if (startsAtMs === undefined) return undefined;
  return { publicName: offer.service.publicName, practitioner: practitioner.name, startsAtMs, zone };
}

/** How many questions would follow that line. */
function questions({ service }: Offer): number {
  return (service.formId === undefined ? 0 : 2) + (service.termsId === undefined ? 0 : 1) + service.methods.length / 10;
}

/** The distance in hours from Tuesday 15:00, the most readable example; times off the full hour count 12 more. */
function oddness(ms: number, zone: string): number {
  const hours = minutesOfDayAt(zone, ms) / 60;
  return (
    Math.abs(hours - 15) + (Number.isInteger(hours) ? 0 : 12) + (weekdayOfDay(localDayOf(zone, ms)) === "tue" ? 0 : 6)
  );
}
