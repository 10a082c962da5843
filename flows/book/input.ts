import { z } from "zod";
import { asked } from "./context.ts";

/** A session to request, with what is known about it. With `bookingId`, an existing booking. */
export const bookInput = z.object({
  type: z.literal("book"),
  bookingId: z.string().exactOptional(),
  serviceId: z.string().exactOptional(),
  packageId: z.string().exactOptional(),
  asked: asked.exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly book: z.infer<typeof bookInput>;
  }
}
