import { z } from "zod";

/** What the client has chosen so far: ids only. */
export const bookContext = z.object({
  /** The client's package it is taken from; `none`: the client wants it without one; absent: not asked yet. */
  packageId: z.string().optional(),
  serviceId: z.string().optional(),
  methodKey: z.string().optional(),
  /** A practitioner's id, or `anyone`. */
  who: z.string().optional(),
  /** The day shown, `YYYY-MM-DD` in the zone times are shown in; absent: the first free one. */
  day: z.string().optional(),
  /** Which twelve of the day's times, from 0. */
  page: z.number().int().nonnegative(),
  bookingId: z.string().optional(),
  /** The time that was wanted and is gone, for offering its neighbours. */
  wantedMs: z.number().optional(),
  /** Where sensitive questions are answered, off the chat. */
  formLink: z.string().optional(),
  /** What was asked for in words and is not yet used up: see `wish.ts`. Lists are texts, because events are flat. */
  asked: z
    .object({
      /** A package's id, or what the words said of packages: see `wish.ts`. */
      package: z.string().optional(),
      services: z.string().optional(),
      methodKey: z.string().optional(),
      who: z.string().optional(),
      times: z.string().optional(),
    })
    .optional(),
  /** The other time the words may have meant, offered beside the one that was taken. */
  otherMs: z.number().optional(),
  /** On which other clock the time was said: shown beside it for checking. */
  saidZone: z.string().optional(),
  /** The nearest times are offered because the wanted one is not free, and not because it was just taken. */
  notFree: z.boolean().optional(),
  /** What is known of the payment: it is being looked at, nothing came, the time for it ran out, its session was lost, it is spoken of again. */
  payNote: z.enum(["looking", "missing", "lapsed", "unplaced", "reminded"]).optional(),
  /** The practitioner was reminded and the client told so. */
  stillWaiting: z.boolean(),
});
export type BookContext = z.infer<typeof bookContext>;
