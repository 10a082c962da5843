import type { UnreadableRow } from "../../db/store.ts";
import type { Address } from "../ports/messenger.ts";
import type { Person } from "./person.ts";

/** The tables whose rows concern everybody of their practice. */
const ofPractice: readonly string[] = ["practices", "locations", "services", "forms", "terms", "package_templates"];

/** Whether a row that cannot be read belongs to this chat user, as a chat or as one of the people they are (R2). */
export function isTheirs({ table, ids }: UnreadableRow, from: Address, people: readonly Person[]): boolean {
  if (ids.user !== undefined)
    return ids.user === from.user && ids.workspace === from.workspace && ids.platform === from.platform;
  return people.some(({ practice, role, personId }) => {
    const practiceId = table === "practices" ? ids.id : ids.practice_id;
    if (practiceId !== practice.id) return false;
    if (ofPractice.includes(table)) return role === "practitioner";
    if (role === "client") return (table === "clients" ? ids.id : ids.client_id) === personId;
    return (table === "practitioners" ? ids.id : ids.practitioner_id) === personId;
  });
}
