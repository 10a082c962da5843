import type { Commands, Turn } from "../../src/conversation/flow.ts";
import {
  absenceOwner,
  addAbsences,
  listAbsences,
  openAgain,
  removeAbsences,
} from "../../src/desk/practice/absences.ts";
import type { Practitioner } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import type { TimeOff } from "../../src/language/when/time-off.ts";
import { absenceWords } from "../../src/words/absence.ts";
import { overlapping, ownerOf } from "./facts.ts";
import type { AbsenceEvent, AbsenceOrder } from "./machine.ts";

const longestMessage = 200;

/** What the machine may do to a practitioner's time. */
export const commands: Commands<AbsenceOrder, AbsenceEvent> = {
  findWhose: async ({ named }, turn) => {
    const [only, ...more] = named;
    if (only === undefined) return { type: "colleague.named" };
    const theirs = more.length > 0 ? undefined : await absenceOwner(turn, turn.actor, only);
    return theirs === undefined ? { type: "not.theirs" } : { type: "colleague.named", practitionerId: only };
  },

  followWords: async ({ wanted, said, ...whose }, turn) => {
    if (wanted === "list.asked") return { type: "list.wanted" };
    if (said === undefined) return { type: "when.missing", order: "block" };
    const { own } = await ownerOf(whose, turn);
    return leadsTo(said, own, turn);
  },

  takeReadings: async ({ order, readings, ...whose }, turn) => {
    const { own } = await ownerOf(whose, turn);
    return leadsTo({ order, readings }, own, turn);
  },

  addAbsence: async ({ order, stretches, practitionerId }, turn) => {
    const typed = turn.values.message;
    const message = typeof typed === "string" ? typed.trim() : "";
    if ([...message].length > longestMessage) {
      turn.refuseInputs({ message: absenceWords.messageTooLong(longestMessage) });
      return undefined;
    }
    const ids = await addAbsences(turn, turn.actor, {
      ...given({ practitionerId }),
      stretches,
      kind: order === "block" ? "blocked" : "out_of_office",
      ...(message === "" ? {} : { message }),
    });
    return ids === undefined ? { type: "not.theirs" } : { type: "absence.added", ids };
  },

  removeAbsence: async ({ ids, practitionerId }, turn) => {
    if ((await absenceOwner(turn, turn.actor, practitionerId)) === undefined) return { type: "not.theirs" };
    await removeAbsences(turn, turn.actor, ids, practitionerId);
    return { type: "absence.removed" };
  },

  openTime: async ({ stretches, practitionerId }, turn) => {
    if ((await absenceOwner(turn, turn.actor, practitionerId)) === undefined) return { type: "not.theirs" };
    await openAgain(turn, turn.actor, stretches, practitionerId);
    return { type: "time.opened" };
  },

  openSession: async ({ bookingId, status }, turn) => {
    if (bookingId === undefined) return undefined;
    turn.begin(
      status === "requested"
        ? { flow: "review", input: { type: "review.asked", bookingId }, where: "below" }
        : { flow: "bookings", input: { type: "booking.opened", bookingId }, where: "below" },
    );
    return undefined;
  },

  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

/**
 * The next state after words about a time: one clear time goes to its confirm card, several readings to a button each.
 */
async function leadsTo({ order, readings, everyWeek }: TimeOff, own: Practitioner, turn: Turn): Promise<AbsenceEvent> {
  if (order === "list") return { type: "list.wanted" };
  if (everyWeek) return { type: "week.meant" };
  const [only, ...more] = readings;
  if (only === undefined) return order === "unblock" ? { type: "list.wanted" } : { type: "when.missing", order };
  if (more.length > 0) return { type: "when.open", order, readings };
  if (order !== "unblock") return { type: "time.understood", order, stretches: only };
  const kept = overlapping(await listAbsences(turn.books, own, turn.nowMs), only);
  return { type: kept.length === 0 ? "nothing.there" : "opening.understood", stretches: only };
}
