import { type Commands, defineFlow, scene } from "../../src/conversation/flow.ts";
import { isStillSo } from "../../src/desk/packages/package-news.ts";
import { type PackageNews, packageNews } from "../../src/domain/package.ts";
import { given } from "../../src/given.ts";
import { historyFacts, listingFacts, showingFacts } from "./facts.ts";
import { packagesInput } from "./input.ts";
import { type PackagesEvent, type PackagesOrder, packagesContext, packagesMachine } from "./machine.ts";
import { historyView, listingView, showingView, toldView } from "./views.ts";

const commands: Commands<PackagesOrder, PackagesEvent> = {
  openPackages: async ({ packageId }) => ({ type: packageId === undefined ? "list.asked" : "package.told" }),
  startBooking: async ({ packageId }, turn) => {
    turn.begin({ flow: "book", input: { type: "book", ...given({ packageId }) }, where: "here" });
    return undefined;
  },
  startPlan: async ({ packageId }, turn) => {
    turn.begin({ flow: "plan", input: { type: "plan", ...given({ packageId }) }, where: "here" });
    return undefined;
  },
  goHome: async (_order, turn) => {
    turn.begin({ flow: "home", input: { type: "menu" }, where: "here" });
    return undefined;
  },
};

function newsOf(type: `package.${PackageNews}`): PackageNews {
  return packageNews.find((news) => type === `package.${news}`) ?? "given"; // the type leaves no other
}

/** A client's packages. */
export const packagesFlow = defineFlow({
  name: "packages",
  version: 1,
  roles: ["client"],
  machine: packagesMachine,
  context: packagesContext,
  input: packagesInput,
  begin: (input) => ({
    page: 0,
    ...(input.type === "packages" ? {} : { packageId: input.clientPackageId, news: newsOf(input.type) }),
  }),
  again: () => ({ type: "packages" }),
  about: () => undefined,
  commands,
  scenes: {
    opening: scene(listingFacts, listingView),
    listing: scene(listingFacts, listingView),
    told: scene(showingFacts, toldView),
    showing: scene(showingFacts, showingView),
    history: scene(historyFacts, historyView),
  },
  opensOn: { "show packages": () => ({ type: "packages" }) },
  isLoud: () => false,
  // Checks again, because the client may have booked, cancelled or extended meanwhile.
  isDue: async (input, turn) => {
    if (input.type === "packages") return true;
    const seen = await showingFacts({ packageId: input.clientPackageId, page: 0 }, turn);
    return seen !== undefined && isStillSo(newsOf(input.type), seen.seen);
  },
  passing: true,
  mayBeAsked: true,
});
