import { z } from "zod";
import { topics } from "../../src/desk/questions/asked.ts";

/** The step that follows from an answer. */
const nextStep = z.discriminatedUnion("to", [
  z.object({ to: z.literal("book"), serviceId: z.string().exactOptional() }),
  z.object({ to: z.literal(["bookings", "packages", "message", "requests"]) }),
  z.object({ to: z.literal("session"), bookingId: z.string() }),
  z.object({ to: z.literal("client"), clientId: z.string() }),
]);

/** An answered question: its topic and the answer, never the words. */
export const questionInput = z.object({
  type: z.literal("question.asked"),
  about: z.enum(topics),
  sentences: z.array(z.string()).readonly(),
  next: nextStep.exactOptional(),
});

declare module "../../src/cards/talks.ts" {
  interface Talks {
    readonly question: z.infer<typeof questionInput>;
  }
}
