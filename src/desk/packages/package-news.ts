import type { Books } from "../../../db/store.ts";
import type { Booking } from "../../domain/booking.ts";
import { dateOfDay, dayOfDate } from "../../domain/local-date.ts";
import type { ClientPackage, PackageNews } from "../../domain/package.ts";
import type { Practice } from "../../domain/practice.ts";
import { resolveLocal } from "../../domain/zone.ts";
import { laneOf } from "../../ports/messenger.ts";
import { packageMailWords } from "../../words/package-mails.ts";
import type { Desk } from "../desk.ts";
import { queueErrand, startWithClient } from "../telling/announce.ts";
import { queueMail, replyTo } from "../telling/mails.ts";
import { findPackage, type PackageSeen } from "./packages.ts";

/** How many days before its last one a package is spoken of (D8.5), by the timer that does it. */
const daysBefore = { "package-14-days": 14, "package-3-days": 3 } as const;
type PackageTimerKind = keyof typeof daysBefore;
const packageTimerKinds = Object.keys(daysBefore) as PackageTimerKind[]; // its own keys
/** Not at midnight: when the practice's clock shows this. */
const toldAt = "09:00";

/** Whether a timer is about a client's package, whose id then stands where others name their booking. */
export function isPackageTimer(kind: string): kind is PackageTimerKind {
  return packageTimerKinds.some((known) => known === kind);
}

/** Sets what comes due about a package that ends: as far as it lies ahead. Set again after an extension it is moved. */
export async function setPackageTimers(
  books: Pick<Books, "timers">,
  practice: Pick<Practice, "timezone">,
  { id, practiceId, expiresOn }: ClientPackage,
  nowMs: number,
): Promise<void> {
  if (expiresOn === undefined) return;
  for (const kind of packageTimerKinds) {
    const dueAtMs = resolveLocal(practice.timezone, `${toldOn(expiresOn, kind)}T${toldAt}`, "start");
    const key = `package:${id}:${kind}`;
    if (dueAtMs <= nowMs) await books.timers.remove(key);
    else await books.timers.set({ key, practiceId, kind, bookingId: id, dueAtMs });
  }
}

function toldOn(expiresOn: string, kind: PackageTimerKind): string {
  return dateOfDay(dayOfDate(expiresOn) - daysBefore[kind]);
}

/** A package ends soon: its client hears of it, if there is still something to book from it. */
export async function tellOfExpiry(
  desk: Desk,
  timer: { readonly kind: PackageTimerKind; readonly practiceId: string; readonly bookingId: string },
): Promise<"done" | "dropped"> {
  const held = await desk.books.packages.findGrant(timer.practiceId, timer.bookingId);
  return held !== undefined && (await tellOfPackage(desk, held, "expiring", timer.kind)) ? "done" : "dropped";
}

/** A session was confirmed: where its package has one left now, the client hears that it is the last. */
export async function tellOfLast(desk: Desk, { practiceId, clientPackageId }: Booking): Promise<void> {
  if (clientPackageId === undefined) return;
  const held = await desk.books.packages.findGrant(practiceId, clientPackageId);
  if (held !== undefined) await tellOfPackage(desk, held, "last", "last");
}

/** The package ends later than it did: its client may have been told that what is left had expired. */
export async function tellOfExtension(desk: Desk, held: ClientPackage): Promise<void> {
  await tellOfPackage(desk, held, "extended", "extended");
}

/** Whether this is still so of a package, and of any use to say. */
export function isStillSo(news: PackageNews, { total, services }: Pick<PackageSeen, "total" | "services">): boolean {
  if (news === "given" || news === "extended") return true;
  // A package that is over has no services any more.
  return services.length > 0 && (news === "expiring" || (total.available === 1 && total.granted > 1));
}

/** Tells a client in chat and by mail; false: there was nothing to tell. `which` tells several of a kind apart. */
async function tellOfPackage(desk: Desk, held: ClientPackage, news: PackageNews, which: string): Promise<boolean> {
  const { practiceId, clientId, id } = held;
  const practice = await desk.books.practices.get(practiceId);
  const seen = await findPackage(desk.books, practice, { clientId, id, nowMs: desk.nowMs });
  const client = await desk.books.people.findClient(practiceId, clientId);
  if (seen === undefined || client?.state !== "active" || !isStillSo(news, seen)) return false;
  await startWithClient(desk, practiceId, clientId, {
    flow: "packages",
    input: { type: `package.${news}`, clientPackageId: id },
    dedupeKey: `package-${news}:${id}:${which}:${held.expiresOn ?? ""}`,
  });
  await mailOfPackage(desk, practice, seen, news, which);
  return true;
}

/** Tells a client in every chat of theirs, and by mail, that they were given a package. */
export async function tellGiven(desk: Desk, held: ClientPackage): Promise<void> {
  const { practiceId, clientId, id } = held;
  for (const address of await desk.books.identities.listAddresses(practiceId, "client", clientId)) {
    if (!desk.platforms.includes(address.platform)) continue;
    const { platform, workspace, user } = address;
    const to = { platform, workspace, user };
    const input = { type: "package.given", clientPackageId: id };
    await queueErrand(
      desk,
      { do: "start", to, flow: "packages", practiceId, role: "client", input },
      { practiceId, dedupeKey: `package-given:${id}:${laneOf(to)}` },
    );
  }
  const practice = await desk.books.practices.get(practiceId);
  const seen = await findPackage(desk.books, practice, { clientId, id, nowMs: desk.nowMs });
  if (seen !== undefined) await mailOfPackage(desk, practice, seen, "given", "");
}

async function mailOfPackage(
  desk: Desk,
  practice: Practice,
  { held, ledger }: PackageSeen,
  news: PackageNews,
  which: string,
): Promise<void> {
  const { practiceId, clientId, id, expiresOn, frozen } = held;
  const client = await desk.books.people.findClient(practiceId, clientId);
  if (client === undefined) return;
  const services = await desk.books.catalogue.listServices(practiceId);
  const left = frozen.items.map(({ serviceId }) => ({
    service: services.find((service) => service.id === serviceId)?.publicName ?? serviceId,
    sessions: ledger.byService.get(serviceId)?.available ?? 0,
  }));
  const matter = { client, practice, name: frozen.name, left, nowMs: desk.nowMs };
  const mail = {
    practiceId,
    bookingId: "",
    to: { name: client.name, address: client.email },
    from: { name: practice.name },
    ...packageMailWords(news, expiresOn === undefined ? matter : { ...matter, expiresOn }),
    ...replyTo(practice),
    messageKey: [id, news, which, expiresOn ?? ""].filter((part) => part !== "").join("."),
  };
  await queueMail(desk, "package", mail, id);
}
