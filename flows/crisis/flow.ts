import { type Commands, defineFlow, scene, type Turn } from "../../src/conversation/flow.ts";
import { crisisHelp } from "../../src/domain/crisis.ts";
import { crisisInput } from "./input.ts";
import { type CrisisContext, type CrisisEvent, type CrisisOrder, crisisContext, crisisMachine } from "./machine.ts";
import { shownView } from "./views.ts";

const commands: Commands<CrisisOrder, CrisisEvent> = {
  // Both begin in a new message below, so that the numbers stay visible.
  writeMessage: async (_order, turn) => {
    turn.begin({ flow: "contact", input: { type: "contact" }, where: "below" });
    return undefined;
  },
  showHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "below" });
    return undefined;
  },
};

/** Names emergency help to a client who writes of self-harm, suicide or violence (W11). It stores nothing. */
export const crisisFlow = defineFlow({
  name: "crisis",
  version: 1,
  roles: ["client"],
  machine: crisisMachine,
  context: crisisContext,
  input: crisisInput,
  begin: () => ({}),
  again: () => ({ type: "distress" }),
  about: () => undefined,
  commands,
  scenes: {
    shown: scene((_context: CrisisContext, { practice, reader }: Turn) => crisisHelp(practice, reader.zone), shownView),
  },
  opensOnDistress: () => ({ type: "distress" }),
  isLoud: () => false,
  passing: true,
});
