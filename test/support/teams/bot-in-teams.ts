import { type BotBug, openNaiveBot } from "./naive-bot.ts";
import { openTeamsWorld, type TeamsWorldOptions } from "./world.ts";

/** Ana's tenant. */
export const tenant = "11111111-1111-4111-8111-111111111111";
/** Ana's object id there. */
export const anaId = "33333333-3333-4333-8333-333333333333";

/** The naive bot in its own Teams double, for the running test; Ana has the app installed. */
export async function botInTeams({ bug, ...options }: Partial<TeamsWorldOptions> & { bug?: BotBug } = {}) {
  let lateMs = 0;
  const bot = await openNaiveBot({
    ...(bug === undefined ? {} : { bug }),
    late: () => {
      lateMs += 1_200;
    },
  });
  const world = await openTeamsWorld({ deskUrl: bot.url, houseRules: () => [], stopwatch: () => lateMs, ...options });
  bot.meet({ cloud: world.issuer.cloud, appId: world.appId, password: world.environment.MicrosoftAppPassword ?? "" });
  const ana = world.user(tenant, anaId, { name: "Ana Alves", timezone: "America/New_York" });
  await ana.install();
  const place = { serviceUrl: world.connector.serviceUrl, conversation: { id: ana.chat.id } };
  return { bot, world, ana, place };
}
