import type { Books } from "../../db/store.ts";
import type { Actor } from "../desk/actor.ts";
import { clientZone } from "../desk/people/zones.ts";
import type { Practice } from "../domain/practice.ts";
import { type Address, laneOf } from "../ports/messenger.ts";
import type { Role } from "./flow.ts";

/** Who a chat user is in one practice. */
export interface Person {
  readonly practice: Practice;
  readonly role: Role;
  readonly personId: string;
  readonly zone: string;
  readonly actor: Actor;
}

/** The settings for strangers' cards: no practice and no zone of their own. */
const nowhere: Practice = {
  id: "",
  name: "",
  timezone: "UTC",
  locale: "en-GB",
  contact: "",
  weekStartsOn: "mon",
  policies: {
    minimumNoticeMinutes: 0,
    horizonDays: 0,
    incrementMinutes: 30,
    cancellation: { windowMinutes: 0, late: "block", feeMinor: 0, reasonRequired: false, maxReschedules: 0 },
    requests: { respondWithinMinutes: 0, holdMinutes: 0 },
  },
};

/**
 * All people this chat user is, clients before practitioners. A chat user no practice knows is the stranger alone.
 * `known`: the platform's data about them, where it was read already.
 */
export async function peopleAt(
  books: Books,
  address: Address,
  known?: { readonly timezone?: string },
): Promise<readonly Person[]> {
  const { timezone } = known ?? (await books.identities.find(address)) ?? {};
  const people: Person[] = [];
  for (const { practiceId, role, personId } of await books.identities.memberships(address)) {
    if (role === "client") {
      const [practice, client] = await Promise.all([
        books.practices.find(practiceId),
        books.people.findClient(practiceId, personId),
      ]);
      if (practice === undefined || client === undefined) continue;
      const actor: Actor = { kind: "client", practiceId, clientId: personId, place: laneOf(address) };
      people.push({
        practice,
        role,
        personId,
        zone: client.timezone ?? timezone ?? (await clientZone(books, practice, client)),
        actor,
      });
    } else {
      const [practice, practitioner] = await Promise.all([
        books.practices.find(practiceId),
        books.people.findPractitioner(practiceId, personId),
      ]);
      if (practice === undefined || practitioner === undefined) continue;
      const { admin, schedule } = practitioner;
      const actor: Actor = {
        kind: "practitioner",
        practiceId,
        practitionerId: personId,
        admin,
        place: laneOf(address),
      };
      people.push({ practice, role, personId, zone: schedule.timezone, actor });
    }
  }
  if (people.length > 0) return people.sort((a, b) => a.role.localeCompare(b.role));
  return [strangerAt(address, timezone)];
}

/** This chat user as a stranger: without rights and without a practice, whatever roles they have elsewhere. */
export function strangerAt(address: Address, zone?: string): Person {
  const actor: Actor = { kind: "stranger", practiceId: "", place: laneOf(address) };
  return { practice: nowhere, role: "stranger", personId: "", zone: zone ?? "UTC", actor };
}
