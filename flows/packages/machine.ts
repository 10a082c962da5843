import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { packageNews } from "../../src/domain/package.ts";
import { given } from "../../src/given.ts";

/** Which of the client's packages is shown, and which page of its history. */
export const packagesContext = z.object({
  packageId: z.string().optional(),
  page: z.number().int().nonnegative(),
  /** The desk's own news about the package. */
  news: z.enum(packageNews).optional(),
});
export type PackagesContext = z.infer<typeof packagesContext>;

export type PackagesEvent =
  | { type: "list.asked" }
  | { type: "package.told" }
  | { type: "package.opened"; packageId: string }
  | { type: "history.wanted" }
  | { type: "history.paged"; page: number }
  | { type: "book.wanted" }
  | { type: "plan.wanted" }
  | { type: "home.wanted" }
  | { type: "went.back" };

export type PackagesOrder =
  | { type: "openPackages"; packageId?: string }
  | { type: "startBooking"; packageId?: string }
  | { type: "startPlan"; packageId?: string }
  | { type: "goHome" };

function packageIn({ packageId }: PackagesContext) {
  return given({ packageId });
}

const doors = {
  "book.wanted": { actions: "startBooking" },
  "plan.wanted": { actions: "startPlan" },
  "home.wanted": { actions: "goHome" },
} as const;

/** A client's packages: what is left, until when, and the history of each credit. */
export const packagesMachine = setup({
  types: {
    context: {} as PackagesContext, // xstate infers its types from these unused values
    input: {} as PackagesContext,
    events: {} as PackagesEvent,
    emitted: {} as PackagesOrder,
  },
  actions: {
    goHome: emit({ type: "goHome" }),
    startBooking: emit(({ context }) => ({ type: "startBooking", ...packageIn(context) })),
    startPlan: emit(({ context }) => ({ type: "startPlan", ...packageIn(context) })),
    open: assign(({ event }) => (event.type === "package.opened" ? { packageId: event.packageId, page: 0 } : {})),
  },
}).createMachine({
  id: "packages",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openPackages", ...packageIn(context) })),
      on: { "list.asked": "listing", "package.told": "told" },
    },
    listing: {
      entry: assign({ packageId: undefined }),
      on: { "package.opened": { target: "showing", actions: "open" }, ...doors },
    },
    told: { on: { "history.wanted": "history", "went.back": "listing", ...doors } },
    showing: { on: { "history.wanted": "history", "went.back": "listing", ...doors } },
    history: {
      entry: assign({ page: 0 }),
      on: {
        "history.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "went.back": "showing",
        "home.wanted": { actions: "goHome" },
      },
    },
  },
});
