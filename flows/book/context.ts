import { z } from "zod";
import { wantedTimes } from "../../src/choosing/times.ts";
import { methodKinds } from "../../src/domain/practice.ts";

/** Which of the client's packages a session is taken from, or that it is taken from none. */
export const packageChoice = z.union([z.object({ packageId: z.string() }), z.object({ without: z.literal(true) })]);
export type PackageChoice = z.infer<typeof packageChoice>;

/** A practitioner, or whoever is free. */
export const whom = z.union([z.object({ practitionerId: z.string() }), z.object({ anyone: z.literal(true) })]);
export type Whom = z.infer<typeof whom>;

/** What words say of packages: the ones they name, `any` of them, the `next` session of one, or `without` one. */
export const packageSaid = z.union([
  z.object({ ids: z.array(z.string()).readonly() }),
  z.enum(["any", "next", "without"]),
]);
export type PackageSaid = z.infer<typeof packageSaid>;

/** What the client asks for in words, as ids and times. What the words leave open is absent. */
export const asked = z.object({
  package: packageSaid.optional(),
  /** One service, or the two or three the words may mean. */
  services: z.array(z.string()).readonly().optional(),
  methodKey: z.string().optional(),
  whom: whom.optional(),
  /** Ways to meet and practitioners that are ruled out. */
  notMethods: z.array(z.enum(methodKinds)).readonly().optional(),
  notWhom: z.array(z.string()).readonly().optional(),
  times: wantedTimes.optional(),
  /** Further sessions of the same kind: "… and another one the week after" (W12). */
  further: z.array(wantedTimes).readonly().optional(),
});
export type Asked = z.infer<typeof asked>;

/** What the client has chosen so far: ids only. */
export const bookContext = z.object({
  /** Absent: not chosen yet. */
  packageChoice: packageChoice.optional(),
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  whom: whom.optional(),
  /** The day shown, `YYYY-MM-DD` in the zone times are shown in; absent: the first free one. */
  day: z.string().optional(),
  /** Which twelve of the day's times, from 0. */
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
  /** The wanted time that is gone. Its neighbours are offered. */
  wantedMs: z.number().optional(),
  /** The private page for sensitive questions. */
  formLink: z.string().optional(),
  /** What was asked for in words and is not used up yet. */
  asked: asked.optional(),
  /** The times the slot was chosen by; new words add to them. */
  wanted: wantedTimes.optional(),
  /** Further sessions the words wanted, each offered once the one before it is requested (W12). */
  further: z.array(wantedTimes).readonly().optional(),
  /** What was taken from habit because the words left it open; the review offers to change it (W13). */
  assumed: z.enum(["method", "practitioner"]).optional(),
  /** The other time the words may have meant, offered beside the one that was taken. */
  otherMs: z.number().optional(),
  /** The other zone the time was said in, shown beside it for checking. */
  saidZone: z.string().optional(),
  /** The nearest times are offered for a time asked for in words; absent: for one that was offered, and is not free. */
  notFree: z.boolean().optional(),
  /** What is known of the payment: it is being looked up, none was found, its time ran out, its slot was lost, it was reminded of. */
  payNote: z.enum(["looking", "missing", "lapsed", "unplaced", "reminded"]).optional(),
  /** The practitioner was reminded, and the client told so. */
  stillWaiting: z.boolean(),
});
export type BookContext = z.infer<typeof bookContext>;
