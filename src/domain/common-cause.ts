import type { NotFree } from "./availability.ts";

/** Why a time cannot be booked, as far as one person may know it. */
export type Cause =
  | Exclude<NotFree, { readonly because: "booked" }>
  /** The service, the method or the practitioner is no longer offered. */
  | { readonly because: "not-offered" }
  | { readonly because: "booked" }
  /** Booked within the last minutes. */
  | { readonly because: "just-booked" }
  /** A client holds it while they fill in their request. */
  | { readonly because: "held" }
  /** The reader's own other session. */
  | { readonly because: "own-session" }
  /** The time that the session to be moved has already. */
  | { readonly because: "present-time" }
  /** Each practitioner, or each start, has another cause. */
  | { readonly because: "several" };

type Because = Cause["because"];

/** A cause without the booking it is about: own sessions that are planned together have none yet. */
export function withoutBooking(cause: NotFree): Cause {
  if (cause.because !== "booked") return cause;
  return { because: cause.bookingId === undefined ? "own-session" : "booked" };
}

/** A practitioner whose hours do not reach that far is none of those who could have been booked. */
const outOfHours: readonly Because[] = [
  "closed-day",
  "not-by-method",
  "not-at-location",
  "not-this-service",
  "too-long",
  "before-hours",
  "after-hours",
  "in-break",
  "between-starts",
];
const wholeDay: readonly Because[] = ["closed-day", "too-long"];
const others: readonly Because[] = ["booked", "just-booked", "held", "too-close"];
const clock: readonly Because[] = ["past", "too-soon"];

/**
 * The one cause that holds for all of several practitioners, or of several starts; `several` where none does, undefined
 * for none at all. An hours cause counts only where no practitioner has another cause.
 */
export function commonCause(causes: readonly Cause[]): Cause | undefined {
  const inHours = causes.filter(({ because }) => !outOfHours.includes(because));
  const open = causes.filter((cause) => !wholeDay.includes(cause.because) && !("allDay" in cause && cause.allDay));
  const [first, ...more] = inHours.length > 0 ? inHours : open.length > 0 ? open : causes;
  if (first === undefined) return undefined;
  return more.reduce<Cause>(joined, first);
}

function joined(one: Cause, other: Cause): Cause {
  if (others.includes(one.because) && others.includes(other.because))
    return one.because === other.because ? one : { because: "booked" };
  if (clock.includes(one.because) && clock.includes(other.because)) return one.because === "past" ? other : one;
  switch (one.because) {
    case "before-hours":
      if (other.because !== one.because) break;
      return one.firstMs === other.firstMs ? one : { because: "before-hours" };
    case "after-hours":
      if (other.because !== one.because) break;
      return {
        because: "after-hours",
        runsOver: one.runsOver && other.runsOver,
        ...(one.lastMs !== undefined && one.lastMs === other.lastMs ? { lastMs: one.lastMs } : {}),
      };
    case "in-break":
    case "between-starts":
      if (other.because !== one.because) break;
      if (one.beforeMs === other.beforeMs && one.afterMs === other.afterMs) return one;
      return one.because === "in-break" ? { because: "in-break", runsInto: false } : { because: "between-starts" };
    case "too-far":
      if (other.because !== one.because) break;
      return one.lastMs > other.lastMs ? one : other;
    case "away":
      if (other.because !== one.because) break;
      return one.message === other.message ? one : { because: "away" };
    case "full":
    case "package-full":
      if (other.because !== one.because) break;
      return one.per === other.per ? one : { because: "several" };
    default:
      return one.because === other.because ? one : { because: "several" };
  }
  return { because: "several" };
}
