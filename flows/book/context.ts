import { z } from "zod";
import { wantedTimes } from "../../src/choosing/times.ts";
import { methodKinds } from "../../src/domain/practice.ts";

/** The client's package that a session is taken from, or that it is taken from none. */
export const packageChoice = z.union([z.object({ packageId: z.string() }), z.object({ without: z.literal(true) })]);
export type PackageChoice = z.infer<typeof packageChoice>;

/** One practitioner, or any who is free. */
export const whom = z.union([z.object({ practitionerId: z.string() }), z.object({ anyone: z.literal(true) })]);
export type Whom = z.infer<typeof whom>;

/** What words say about packages: those they name, `any` of them, the `next` session of one, or `without` one. */
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
  /** Excluded methods and practitioners. */
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
  /** Which page of the day's times, from 0. A page has twelve. */
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
  /** The wanted time, which is no longer free. The nearest times are offered. */
  wantedMs: z.number().optional(),
  /** The link to the private page for sensitive questions. */
  formLink: z.string().optional(),
  /** What was asked for in words and is not yet applied. */
  asked: asked.optional(),
  /** The times by which the slot was chosen. New words add to them. */
  wanted: wantedTimes.optional(),
  /** Further sessions the words wanted, each offered once the one before it is requested (W12). */
  further: z.array(wantedTimes).readonly().optional(),
  /** What was taken from habit because the words left it open. The review offers to change it (W13). */
  assumed: z.enum(["method", "practitioner"]).optional(),
  /** The other time that the words may mean, offered beside the chosen one. */
  otherMs: z.number().optional(),
  /** The other zone in which the time was said, shown beside it for checking. */
  saidZone: z.string().optional(),
  /**
   * True: the nearest times are offered for a time asked for in words. Absent: for a time that was offered before and
   * is gone.
   */
  notFree: z.boolean().optional(),
  /** The payment's state: looked up, not found, expired, paid for a lost slot, or reminded of. */
  payNote: z.enum(["looking", "missing", "lapsed", "unplaced", "reminded"]).optional(),
  /** The practitioner was reminded, and the client was told. */
  stillWaiting: z.boolean(),
});
export type BookContext = z.infer<typeof bookContext>;
