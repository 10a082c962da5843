import type { Drawings } from "../adapters/page/drawings.ts";
import { drawSlack } from "../adapters/slack/draw.ts";
import { slackCss } from "../adapters/slack/draw-css.ts";
import { toBlocks } from "../adapters/slack/render.ts";
import { hostConfig } from "../adapters/teams/host-config.ts";
import { toAdaptiveCard } from "../adapters/teams/render.ts";
import { readPress, valuesOf } from "../adapters/teams/values.ts";

/** Slack and Teams previews for the local page. Adapters may not import each other, so they are joined here. */
export const drawings: Drawings = {
  slack: { draw: (card, at) => drawSlack(toBlocks(card, at)), css: slackCss },
  teams: {
    draw: toAdaptiveCard,
    read(data, card) {
      const press = readPress(data);
      return press === undefined ? undefined : { ...press, values: valuesOf(data, card) };
    },
    hostConfig,
  },
};
