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

/** Days before a package's last day on which its client is reminded (D8.5), by timer kind. */
const daysBefore = { "package-14-days": 14, "package-3-days": 3 } as const;
type PackageTimerKind = keyof typeof daysBefore;
const packageTimerKinds = Object.keys(daysBefore) as PackageTimerKind[]; // its own keys
/** The hour in the practice's zone at which package reminders are sent. */
const toldAt = "09:00";

/** Whether a timer is about a client package: its `bookingId` then holds the package's id. */
export function isPackageTimer(kind: string): kind is PackageTimerKind {
  return packageTimerKinds.some((known) => known === kind);
}

/**
 * Sets the reminders of an expiring package that are in the future. Setting them again after an extension moves them.
 */
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

/** Tells the client that the package ends soon, if a session can still be booked from it. */
export async function tellOfExpiry(
  desk: Desk,
  timer: { readonly kind: PackageTimerKind; readonly practiceId: string; readonly bookingId: string },
): Promise<"done" | "dropped"> {
  const held = await desk.books.packages.findGrant(timer.practiceId, timer.bookingId);
  return held !== undefined && (await tellOfPackage(desk, held, "expiring", timer.kind)) ? "done" : "dropped";
}

/** Tells the client that the package has one session left, when a confirmation leaves one. */
export async function tellOfLast(desk: Desk, { practiceId, clientPackageId }: Booking): Promise<void> {
  if (clientPackageId === undefined) return;
  const held = await desk.books.packages.findGrant(practiceId, clientPackageId);
  if (held !== undefined) await tellOfPackage(desk, held, "last", "last");
}

/** Tells the client that the package was extended. */
export async function tellOfExtension(desk: Desk, held: ClientPackage): Promise<void> {
  await tellOfPackage(desk, held, "extended", "extended");
}

/** Whether the news still applies to the package and is useful. */
export function isStillSo(news: PackageNews, { total, services }: Pick<PackageSeen, "total" | "services">): boolean {
  if (news === "given" || news === "extended") return true;
  // A package that is over has no usable services.
  return services.length > 0 && (news === "expiring" || (total.available === 1 && total.granted > 1));
}

/** Tells a client in chat and by mail; false: nothing applies any more. `which` separates several of a kind. */
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

/** Tells a client in every chat and by mail that they got a package. */
export async function tellGiven(desk: Desk, held: ClientPackage): Promise<void> {
  const { practiceId, clientId, id } = held;
  for (const address of await desk.books.identities.listAddresses(practiceId, "client", clientId)) {
    if (!desk.platforms.includes(address.platform)) continue;
    const { platform, workspace, user } = address;
    const to = { platform, workspace, user };
    const input = { type: "package.given", clientPackageId: id } as const;
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
