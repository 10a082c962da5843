import { assign, emit, setup } from "xstate";
import { z } from "zod";
import { type Command, defineFlow, scene } from "../../src/conversation/flow.ts";
import { connectAsPractitioner, findOwnLink, listUnconnected, makeChatCode } from "../../src/desk/people/link.ts";
import { choosingSelfFacts, linkedFacts } from "./facts.ts";
import { choosingSelfView, linkedView, overView, showingCodeView } from "./views.ts";

/** What is linked: by which code, to which practice; or the code that connects another chat. */
const linkContext = z.object({
  wanted: z.string(),
  codeId: z.string().optional(),
  practiceId: z.string().optional(),
  /** As it stands on the card, for its owner. */
  code: z.string().optional(),
  page: z.number().int().nonnegative(),
});
export type LinkContext = z.infer<typeof linkContext>;

type LinkEvent =
  | { type: "code.made"; code: string }
  | { type: "workspace.bound"; practiceId: string }
  | { type: "nobody.left"; practiceId: string }
  | { type: "link.over" }
  | { type: "list.paged"; page: number }
  | { type: "practitioner.chosen"; practitionerId: string }
  | { type: "workspace.only" };

type LinkOrder =
  | { type: "openLink"; wanted: string; codeId: string }
  | { type: "connectPractitioner"; codeId: string; practitionerId: string };
type LinkOrders = { [Type in LinkOrder["type"]]: Extract<LinkOrder, { type: Type }> };
type Commands = { readonly [Type in keyof LinkOrders]: Command<LinkOrders[Type]> };

const linkMachine = setup({
  types: {
    context: {} as LinkContext, // xstate reads types from values that are never used
    input: {} as LinkContext,
    events: {} as LinkEvent,
    emitted: {} as LinkOrder,
  },
}).createMachine({
  id: "link",
  context: ({ input }) => input,
  initial: "opening",
  states: {
    opening: {
      entry: emit(({ context }) => ({ type: "openLink", wanted: context.wanted, codeId: context.codeId ?? "" })),
      on: {
        "code.made": { target: "showingCode", actions: assign({ code: ({ event }) => event.code }) },
        "workspace.bound": { target: "choosingSelf", actions: assign({ practiceId: ({ event }) => event.practiceId }) },
        "nobody.left": { target: "linked", actions: assign({ practiceId: ({ event }) => event.practiceId }) },
        "link.over": "over",
      },
    },
    choosingSelf: {
      on: {
        "list.paged": { actions: assign({ page: ({ event }) => event.page }) },
        "practitioner.chosen": {
          actions: emit(({ context, event }) => ({
            type: "connectPractitioner",
            codeId: context.codeId ?? "",
            practitionerId: event.practitionerId,
          })),
        },
        "workspace.only": "linked",
        "link.over": "over",
      },
    },
    linked: { type: "final" },
    showingCode: { type: "final" },
    over: { type: "final" },
  },
});

const commands: Commands = {
  openLink: async ({ wanted, codeId }, turn) => {
    if (wanted === "connect") {
      const code = await makeChatCode(turn, turn.actor);
      return code === undefined ? { type: "link.over" } : { type: "code.made", code };
    }
    if (turn.actor.kind === "practitioner") return { type: "nobody.left", practiceId: turn.actor.practiceId };
    const own = await findOwnLink(turn.books, turn.address, codeId);
    if (own === undefined) return { type: "link.over" };
    const { practiceId } = own;
    const free = await listUnconnected(turn.books, practiceId, turn.address);
    return { type: free.length === 0 ? "nobody.left" : "workspace.bound", practiceId };
  },
  connectPractitioner: async ({ codeId, practitionerId }, turn) => {
    const { ok, practiceId } = await connectAsPractitioner(turn, turn.actor, turn.address, { codeId, practitionerId });
    if (!ok) return { type: "link.over" };
    const as = { practiceId, role: "practitioner" } as const;
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here", as });
    return undefined;
  },
};

/** A workspace is bound to a practice by its operator's code (D7.7), or one more chat to a person by their own (D7.2). */
export const linkFlow = defineFlow<LinkContext>({
  name: "link",
  version: 1,
  roles: ["client", "practitioner", "stranger"],
  machine: linkMachine,
  context: linkContext,
  begin: ({ type, codeId }) => ({ wanted: type, page: 0, ...(typeof codeId === "string" ? { codeId } : {}) }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(() => undefined, overView),
    choosingSelf: scene(choosingSelfFacts, choosingSelfView),
    linked: scene(linkedFacts, linkedView),
    showingCode: scene((context) => context.code ?? "", showingCodeView),
    over: scene(() => undefined, overView),
  },
  listen: {},
  isLoud: () => false,
});
