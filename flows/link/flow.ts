import { type Commands, defineFlow, scene } from "../../src/conversation/flow.ts";
import { connectAsPractitioner, findOwnLink, listUnconnected, makeChatCode } from "../../src/desk/people/link.ts";
import { choosingSelfFacts, linkedFacts } from "./facts.ts";
import { linkInput } from "./input.ts";
import { type LinkContext, type LinkEvent, type LinkOrder, linkContext, linkMachine } from "./machine.ts";
import { choosingSelfView, linkedView, overView, showingCodeView } from "./views.ts";

const commands: Commands<LinkOrder, LinkEvent> = {
  openLink: async ({ wanted, codeId }, turn) => {
    if (wanted === "connect") {
      const code = await makeChatCode(turn, turn.actor);
      return code === undefined ? { type: "link.over" } : { type: "code.made", code: code.ref };
    }
    if (turn.actor.kind === "practitioner") return { type: "nobody.left", practiceId: turn.actor.practiceId };
    const own = codeId === undefined ? undefined : await findOwnLink(turn.books, turn.address, codeId);
    if (own === undefined) return { type: "link.over" };
    const { practiceId } = own;
    const free = await listUnconnected(turn.books, practiceId, turn.address);
    return { type: free.length === 0 ? "nobody.left" : "workspace.bound", practiceId };
  },
  connectPractitioner: async ({ codeId, practitionerId }, turn) => {
    if (codeId === undefined) return { type: "link.over" };
    const { ok, practiceId } = await connectAsPractitioner(turn, turn.actor, turn.address, { codeId, practitionerId });
    if (!ok) return { type: "link.over" };
    const as = { practiceId, role: "practitioner" } as const;
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here", as });
    return undefined;
  },
};

/**
 * An operator's code links a workspace to a practice (D7.7). A person's own code links another chat to that person
 * (D7.2).
 */
export const linkFlow = defineFlow({
  name: "link",
  version: 2,
  roles: ["client", "practitioner", "stranger"],
  machine: linkMachine,
  context: linkContext,
  input: linkInput,
  begin: (input) => ({ wanted: input.type, page: 0, ...(input.type === "linked" ? { codeId: input.codeId } : {}) }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(() => undefined, overView),
    choosingSelf: scene(choosingSelfFacts, choosingSelfView),
    linked: scene(linkedFacts, linkedView),
    showingCode: scene(({ code }: LinkContext) => code ?? "", showingCodeView),
    over: scene(() => undefined, overView),
  },
  opensOn: { connect: (_act, _reading, { actor }) => (actor.kind === "stranger" ? undefined : { type: "connect" }) },
  isLoud: () => false,
  // The context kept its form. Only the values of `wanted` were renamed.
  migrate: { 1: (old) => old },
});
