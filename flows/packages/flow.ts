import { type Command, defineFlow, scene } from "../../src/conversation/flow.ts";
import { isStillSo } from "../../src/desk/packages/package-news.ts";
import { type PackageNews, packageNews } from "../../src/domain/package.ts";
import { historyFacts, listingFacts, showingFacts } from "./facts.ts";
import { type PackagesContext, type PackagesOrders, packagesContext, packagesMachine } from "./machine.ts";
import { historyView, listingView, showingView, toldView } from "./views.ts";

type Commands = { readonly [Type in keyof PackagesOrders]: Command<PackagesOrders[Type]> };

const commands: Commands = {
  openPackages: async ({ packageId }) => ({ type: packageId === "" ? "list.asked" : "package.told" }),
  startBooking: async ({ packageId }, turn) => {
    const input = { type: "book", ...(packageId === "" ? {} : { packageId }) };
    turn.begin({ flow: "book", input, where: "here" });
    return undefined;
  },
  startPlan: async ({ packageId }, turn) => {
    turn.begin({ flow: "plan", input: { type: "plan", packageId }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

function newsOf(type: string): PackageNews | undefined {
  return packageNews.find((news) => type === `package.${news}`);
}

/** The packages one has. */
export const packagesFlow = defineFlow<PackagesContext>({
  name: "packages",
  version: 1,
  roles: ["client"],
  machine: packagesMachine,
  context: packagesContext,
  begin: ({ type, clientPackageId }) => ({
    page: 0,
    ...(typeof clientPackageId === "string" ? { packageId: clientPackageId, news: newsOf(type) ?? "given" } : {}),
  }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    told: scene(showingFacts, toldView),
    showing: scene(showingFacts, showingView),
    history: scene(historyFacts, historyView),
  },
  listen: {},
  isLoud: () => false,
  // Booked, cancelled or extended since, it may not be so any more.
  isDue: async ({ type, clientPackageId }, turn) => {
    const news = newsOf(type);
    const seen = await showingFacts({ packageId: String(clientPackageId), page: 0 }, turn);
    return news === undefined || (seen !== undefined && isStillSo(news, seen.seen));
  },
  passing: true,
  mayBeAsked: true,
});
