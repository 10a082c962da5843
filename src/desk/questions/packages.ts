import { creditsName, packageLine, packageNames, packageWords, problemName } from "../../words/packages.ts";
import { questionWords } from "../../words/questions.ts";
import { listPackages, type PackageSeen } from "../packages/packages.ts";
import type { Answer, Answerer, Asked, Asker } from "./asked.ts";
import { clientMeant } from "./clients.ts";
import { priceOf } from "./service-terms.ts";
import { bookNext, servicesMeant } from "./services.ts";
import { isNamed, sessionPointedAt } from "./sessions.ts";

/** What is left of a client's packages, and until when. */
export const answerPackageLeft: Answerer = (asker, asked) => answerPackages(asker, asked, false);

/** What a client's packages contain, and what is left. */
export const answerPackageContent: Answerer = (asker, asked) => answerPackages(asker, asked, true);

async function answerPackages(asker: Asker, asked: Asked, withContent: boolean): Promise<Answer> {
  const { actor, books, practice, nowMs } = asker;
  const meant = actor.kind === "client" ? undefined : await clientMeant(asker, asked);
  if (meant?.ok === false) return meant.answer;
  const clientId = actor.kind === "client" ? actor.clientId : (meant?.client.id ?? "");
  const whose = meant?.client.name;
  const next = actor.kind === "client" ? ({ to: "packages" } as const) : ({ to: "client", clientId } as const);
  const all = await listPackages(books, practice, clientId, nowMs);
  const fitting = all.filter(({ held }) =>
    held.frozen.items.some(({ serviceId }) => isNamed(asked.services, serviceId)),
  );
  if (fitting.length === 0) {
    if (whose !== undefined) return { sentences: [questionWords.noPackageOf(whose)], next };
    return { sentences: [packageWords.none, packageWords.noneHint(practice.name)], ...bookNext(asker) };
  }
  const usable = fitting.filter(({ problem }) => problem === undefined);
  // Packages that are over are told only where there is no other.
  const told = usable.length > 0 ? usable : fitting;
  const at = { locale: practice.locale, nowMs };
  const names = packageNames(
    told.map(({ held }) => held),
    at,
  );
  const services = new Map(
    (await books.catalogue.listServices(practice.id)).map(({ id, publicName }) => [id, publicName]),
  );
  const lines = told.map((seen, place) => {
    const { held, ledger, total, problem } = seen;
    const items = held.frozen.items.filter(({ serviceId }) => isNamed(asked.services, serviceId));
    const content = items.map(({ serviceId, sessions }) => {
      const name = services.get(serviceId) ?? "";
      if (withContent) return questionWords.packageItem(name, sessions);
      return `${name} ${creditsName(ledger.byService.get(serviceId))}`;
    });
    const isSplit = withContent || held.frozen.items.length > 1;
    const line = problem === undefined ? packageLine(total, held, at) : problemName(problem, at);
    return questionWords.packageLeft(names[place] ?? "", isSplit ? content : [], line);
  });
  return { sentences: [questionWords.lines(whose === undefined ? lines : [`${whose}:`, ...lines])], next };
}

/** Whether a package covers it: the session on the card by the package it is taken from, else a service by the client's packages. */
export const answerCovered: Answerer = async (asker, asked) => {
  const { actor, books, practice, nowMs } = asker;
  if (actor.kind !== "client") return answerPackages(asker, asked, true);
  const packages = await listPackages(books, practice, actor.clientId, nowMs);
  const nameOf = ({ held }: PackageSeen) => held.frozen.name;
  const booking = await sessionPointedAt(asker, asked);
  const takenFrom = booking?.clientPackageId ?? (asked.services.length > 0 ? undefined : asked.subject.clientPackageId);
  const taken = packages.find(({ held }) => held.id === takenFrom);
  if (taken !== undefined) return { sentences: [questionWords.coveredBy([nameOf(taken)])], next: { to: "packages" } };
  const meant = await servicesMeant(asker, asked);
  const usable = packages.filter(({ problem }) => problem === undefined);
  if (meant.length === 0) {
    return usable.length === 0
      ? { sentences: [packageWords.none, questionWords.insurance(practice.contact)], ...bookNext(asker) }
      : { sentences: [questionWords.usablePackages(usable.map(nameOf))], next: { to: "packages" } };
  }
  const sentences = meant.flatMap((service) => {
    const covering = usable.filter(({ services }) => services.includes(service.id));
    if (covering.length > 0) return [questionWords.serviceCovered(service.publicName, covering.map(nameOf))];
    const used = packages.find(({ held }) => held.frozen.items.some(({ serviceId }) => serviceId === service.id));
    const at = { locale: practice.locale, nowMs };
    const why = used?.problem === undefined ? questionWords.noneLeft : problemName(used.problem, at);
    return [
      used === undefined
        ? questionWords.notCovered(service.publicName)
        : questionWords.coveredNoMore(service.publicName, nameOf(used), why),
      priceOf(asker, service),
    ];
  });
  return { sentences, ...bookNext(asker, meant[0]) };
};
