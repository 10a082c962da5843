import { packageLine } from "../../words/packages.ts";
import { questionWords } from "../../words/questions.ts";
import { listPackages } from "../packages/packages.ts";
import { findClientSeen } from "../people/care.ts";
import type { Answerer, Asked, Asker } from "./asked.ts";

/** What is left of a client's packages, and until when. */
export const answerPackageLeft: Answerer = async (asker, asked) => answerPackages(asker, asked, false);

/** What a client's packages contain, and what is left. */
export const answerPackageContent: Answerer = async (asker, asked) => answerPackages(asker, asked, true);

async function answerPackages(asker: Asker, asked: Asked, withContent: boolean) {
  const { actor, books, practice, nowMs, realNowMs } = asker;
  const asksOf = actor.kind === "client" ? actor.clientId : (asked.clients[0] ?? asked.subject.clientId);
  if (asksOf === undefined) return { sentences: [questionWords.whichClient] };
  const seen = actor.kind === "client" ? undefined : await findClientSeen(books, actor, asksOf, realNowMs);
  if (actor.kind !== "client" && seen === undefined) return { sentences: [questionWords.notYourClient] };
  const whose = seen?.client.name;
  const packages = await listPackages(books, practice, asksOf, nowMs);
  if (packages.length === 0)
    return { sentences: [whose === undefined ? questionWords.noPackage : questionWords.noPackageOf(whose)] };
  const services = new Map(
    (await books.catalogue.listServices(practice.id)).map(({ id, publicName }) => [id, publicName]),
  );
  const lines = packages.map(({ held, total }) => {
    const content = held.frozen.items.map(({ serviceId, sessions }) =>
      questionWords.packageItem(services.get(serviceId) ?? "", sessions),
    );
    const line = packageLine(total, held, { locale: practice.locale, nowMs });
    return questionWords.packageLeft(held.frozen.name, withContent ? content : [], line);
  });
  return {
    sentences: [(whose === undefined ? lines : [questionWords.packagesOf(whose), ...lines]).join("\n")],
    next: actor.kind === "client" ? ({ to: "packages" } as const) : ({ to: "client", clientId: asksOf } as const),
  };
}
