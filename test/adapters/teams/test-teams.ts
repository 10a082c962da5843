import { openTeams } from "../../../adapters/teams/app.ts";
import { toAdaptiveCard } from "../../../adapters/teams/render.ts";
import { buttonOf, type Card, type CardEvent } from "../../../src/cards/card.ts";
import type { Delivered, Inbound } from "../../../src/conversation/inbound.ts";
import { openLog } from "../../../src/log.ts";
import type { OutgoingCard } from "../../../src/ports/messenger.ts";
import type { TeamsSettings } from "../../../src/service-settings.ts";
import { frozenClock } from "../../support/clock.ts";
import { serve } from "../../support/http.ts";
import { openTestStore } from "../../support/store.ts";
import type { TeamsUser } from "../../support/teams/user.ts";
import { openTeamsWorld, type TeamsWorld, type TeamsWorldOptions } from "../../support/teams/world.ts";

const button = buttonOf();

export const tenant = "11111111-1111-4111-8111-111111111111";
const anasId = "33333333-3333-4333-8333-333333333333";
/** The address of Ana's chat. */
export const anasTeams = { platform: "teams", workspace: tenant, user: anasId } as const;

/** A card with one button. */
export const menu: Card = {
  summary: "What can I do for you?",
  title: "Harbour Wellness",
  parts: [{ type: "buttons", role: "actions", buttons: [button("Request a session", { type: "asked" })] }],
};

export interface TestTeamsOptions {
  readonly settings?: Partial<TeamsSettings>;
  readonly world?: Partial<TeamsWorldOptions>;
}

/** Teams' double, the adapter on loopback with a real database, and a desk with set answers; records every inbound. */
export async function openTestTeams({ settings = {}, world: wanted = {} }: TestTeamsOptions = {}) {
  let deskUrl = "";
  const world = await openTeamsWorld({ ...wanted, deskUrl: () => deskUrl });
  const store = await openTestStore();
  const clock = frozenClock(new Date().toISOString());
  const lines: Record<string, unknown>[] = [];
  const log = openLog({ level: "debug", destination: { write: (line) => void lines.push(JSON.parse(line)) } });
  const inbounds: Inbound[] = [];
  const shown = new Map<string, Card>();
  let answer: (inbound: Inbound) => Promise<Delivered> = async () => ({});
  const teams = openTeams({
    settings: { ...settingsOf(world), ...settings },
    deliver: async (inbound) => {
      inbounds.push(inbound);
      return answer(inbound);
    },
    present: async (_, talkId) => {
      const card = shown.get(talkId);
      return card && { card };
    },
    references: store.chatReferences,
    clock,
    log,
  });
  const { address } = await serve(teams.routes);
  deskUrl = address;
  const ana = world.user(tenant, anasId, { name: "Ana Alves", timezone: "Europe/Lisbon" });
  return {
    world,
    store,
    clock,
    lines,
    inbounds,
    teams,
    address,
    ana,
    shown,
    answers(next: typeof answer) {
      answer = next;
    },
    /** A card from the desk's outbox. */
    send: (card: Card = menu, outgoing: Partial<OutgoingCard> = {}) =>
      teams.messenger.send({
        outboxId: "ob_1",
        attempt: 1,
        to: anasTeams,
        talkId: "tk_1",
        revision: 1,
        card,
        ...outgoing,
      }),
    reference: () => store.chatReferences.find(anasTeams),
  };
}

/** The settings of a desk that is this double's bot. */
export function settingsOf(world: TeamsWorld): TeamsSettings {
  const { MicrosoftAppPassword: password = "" } = world.environment;
  return {
    appId: world.appId,
    password,
    type: "SingleTenant",
    tenantId: world.tenantId,
    allowedTenants: [],
    anonymous: false,
    cloud: world.issuer.cloud,
  };
}

/** An invoke as an Action.Execute sends it, for presses that no card offers. */
export function pressOf(
  { world, person }: { readonly world: TeamsWorld; readonly person: TeamsUser },
  event: CardEvent,
) {
  const { id, botId, serviceUrl } = world.scene(person.person, person.chat);
  return {
    type: "invoke",
    id,
    name: "adaptiveCard/action",
    channelId: "msteams",
    serviceUrl,
    from: { id: person.person.userId, aadObjectId: person.person.aadObjectId },
    recipient: { id: botId },
    conversation: { id: person.chat.id, conversationType: "personal", tenantId: person.person.tenant },
    channelData: { tenant: { id: person.person.tenant } },
    value: { action: { type: "Action.Execute", data: pressData(event) }, trigger: "manual" },
  };
}

/** The data that a button with `event` sends, as the card carries it. */
function pressData(event: CardEvent): unknown {
  const buttons = [button("Go", event)];
  const drawn = toAdaptiveCard(
    { summary: "Go", parts: [{ type: "buttons", role: "actions", buttons }] },
    { talkId: "tk_1", revision: 1 },
  );
  const [action] = drawn.body.flatMap((element) => (element.type === "ActionSet" ? element.actions : []));
  return action?.type === "Action.Execute" ? action.data : undefined;
}
