import type { Balance, CreditEntry, CreditStanding } from "../domain/credits.ts";
import type { PackageProblem } from "../domain/package.ts";
import type { PackageTemplate } from "../domain/practice.ts";
import { type Reader, shortDay } from "./instants.ts";

/** Texts of packages. */
export const packageWords = {
  packages: "Packages",
  choose: "Book from a package?",
  noneUsable: "None of your packages can be used now",
  without: "Book without a package",
  none: "You have no package yet.",
  noneHint: (practice: string) => `${practice} can give you one. You can also book without a package.`,
  listTitle: "Your packages",
  sessions: "Sessions",
  starts: "From",
  state: "State",
  forWhat: "For",
  limits: "Limits",
  bookSession: "Book session",
  history: "History",
  historyTitle: (name: string) => `History of ${name}`,
  older: "Older",
  newest: "Back to the newest",
  allPackages: "All packages",
  back: "Back",
  home: "Home",
  gone: "This package no longer exists.",
  beyondTitle: "This is outside the package's dates",
  beyond: (name: string, from: string, until: string | undefined) =>
    `${name} is good ${until === undefined ? `from ${from} on` : `from ${from} until ${until}`}. The session is still taken from it.`,
  givenTitle: "You have a package",
  givenText: (name: string) => `You can now book sessions from ${name}.`,
  package: "Package",
  fromPackage: "From package",
  lostTitle: "This package cannot be used here",
  lostText: (name: string, why: string) => `${name}: ${why}. Nothing was booked. Everything you filled in is kept.`,
  lostGone: "Nothing was booked. Everything you filled in is kept.",
  bookWithout: (price: string | undefined) =>
    price === undefined ? "Book it without a package" : `Book it for ${price} instead`,
  otherPackages: "Other packages",
  otherTimes: "Other times",
  noTimes: (service: string, name: string) => `There is no free time for ${service} that ${name} allows.`,
} as const;

/** "3 of 5 left, 1 reserved, until 30 June": how every card speaks of a package (D6.3). */
export function packageLine(
  { available, granted, reserved }: Balance,
  { expiresOn }: { readonly expiresOn?: string },
  at: { readonly locale: string; readonly nowMs: number },
): string {
  return [
    `${available} of ${granted} left`,
    ...(reserved === 0 ? [] : [`${reserved} reserved`]),
    ...(expiresOn === undefined ? [] : [`until ${dateName(expiresOn, at)}`]),
  ].join(", ");
}

/** How packages are told apart: by name, and by their last day where two have the same. */
export function packageNames(
  packages: readonly {
    readonly frozen: Pick<PackageTemplate, "name">;
    readonly startsOn: string;
    readonly expiresOn?: string;
  }[],
  at: { readonly locale: string; readonly nowMs: number },
): readonly string[] {
  const names = packages.map(({ frozen }) => frozen.name);
  const dated = packages.map(({ frozen, startsOn, expiresOn }) => {
    if (names.filter((name) => name === frozen.name).length === 1) return frozen.name;
    return expiresOn === undefined
      ? `${frozen.name} (from ${dateName(startsOn, at)})`
      : `${frozen.name} (until ${dateName(expiresOn, at)})`;
  });
  return dated.map((name, place) => {
    const before = dated.slice(0, place).filter((earlier) => earlier === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}

/** "2 of 5 left": of one service. */
export function creditsName(balance: Balance | undefined): string {
  return `${balance?.available ?? 0} of ${balance?.granted ?? 0} left`;
}

/** Why a package cannot be used: "expired on 31 May", "weekly limit reached: opens again on Mon 9 Mar" (D6.3). */
export function problemName(problem: PackageProblem, at: { readonly locale: string; readonly nowMs: number }): string {
  switch (problem.reason) {
    case "expired":
      return `expired on ${dateName(problem.on, at)}`;
    case "not-started":
      return `not yet started: it begins on ${dateName(problem.on, at)}`;
    case "none-left":
      return "none left";
    case "limit-reached": {
      const limit = problem.per === "week" ? "weekly limit reached" : "monthly limit reached";
      return problem.opensOn === undefined
        ? `${limit} until it expires`
        : `${limit}: opens again on ${dayName(problem.opensOn, at.locale)}`;
    }
    default:
      return problem satisfies never;
  }
}

/** "this week is taken, free again from Mon 9 Mar": said of a package that can be used, only later. */
export function waitsName(waits: PackageProblem & { readonly reason: "limit-reached" }, locale: string): string {
  const period = waits.per === "week" ? "this week" : "this month";
  return `${period} is taken, free again from ${dayName(waits.opensOn ?? "", locale)}`;
}

/** "1 of 5 from Spring reset": what stands where a price would (D6.5). */
export function useName({ number, of, name }: { readonly number: number; readonly of: number; readonly name: string }) {
  return `${number} of ${of} from ${name}`;
}

/** "1 of 5 from Spring reset", or only the name where the credit was given back. */
export function bookedUse(use: {
  readonly number: number;
  readonly of: number;
  readonly name: string;
  readonly standing?: CreditStanding;
}): string {
  if (use.standing === undefined) return `${use.name} (returned)`;
  return use.standing === "forfeited" ? `${useName(use)} (lost)` : useName(use);
}

/** "Spring reset (credit reserved)": what a practitioner sees of it. */
export function creditName({ name, standing }: { readonly name: string; readonly standing?: CreditStanding }): string {
  const where = { reserved: "credit reserved", consumed: "credit used", forfeited: "credit lost" } as const;
  return `${name} (${standing === undefined ? "credit returned" : where[standing]})`;
}

/** "5 sessions", "1 session". */
export function sessionCount(count: number): string {
  return count === 1 ? "1 session" : `${count} sessions`;
}

/** "at most 1 a week and 3 a month"; undefined without a limit. */
export function limitsName({ perWeek, perMonth }: PackageTemplate["limits"]): string | undefined {
  const all = [
    ...(perWeek === undefined ? [] : [`${perWeek} a week`]),
    ...(perMonth === undefined ? [] : [`${perMonth} a month`]),
  ];
  return all.length === 0 ? undefined : `at most ${all.join(" and ")}`;
}

/** A line of the ledger in plain words; `session` is when the booking it belongs to is. */
export function entryName(
  { kind, amount, reason }: Pick<CreditEntry, "kind" | "amount" | "reason">,
  service: string,
  session: string | undefined,
): string {
  const what = session === undefined ? service : `${service}, ${session}`;
  const many = `${sessionCount(Math.abs(amount))} ${service}`;
  switch (kind) {
    case "grant":
      return `Given: ${sessionCount(amount)}, ${service}`;
    case "reserve":
      return `Reserved for ${what}`;
    case "consume":
      return `Used for ${what}`;
    case "release":
      return `Free again: ${what} was not booked`;
    case "restore":
      return session === undefined ? `Back after the package was extended: ${many}` : `Returned: ${what} was cancelled`;
    case "forfeit":
      return `Lost: ${what} was cancelled late or missed`;
    case "expire":
      return `Expired: ${many}`;
    case "adjust":
      return `${amount < 0 ? "Taken off" : "Added"}: ${many}${reason === undefined ? "" : ` (${reason})`}`;
    default:
      return kind satisfies never;
  }
}

/** "30 June", with its year where it is not this one. */
export function dateName(date: string, { locale, nowMs }: { readonly locale: string; readonly nowMs: number }): string {
  const isThisYear = new Date(nowMs).getUTCFullYear() === Number(date.slice(0, 4));
  const year = isThisYear ? {} : ({ year: "numeric" } as const);
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", ...year, timeZone: "UTC" }).format(
    noonOf(date),
  );
}

/** "Mon 9 Mar". */
function dayName(date: string, locale: string): string {
  const reader: Reader = { zone: "UTC", locale };
  return shortDay(noonOf(date), reader);
}

function noonOf(date: string): number {
  return Date.parse(`${date}T12:00Z`);
}
