import type { CrisisSettings } from "./crisis.ts";
import type { Money } from "./money.ts";

/** A day of the week as the practice file writes it. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** The outcome of a cancellation after its cut-off (D4.7). */
export const lateRules = ["block", "fee", "forfeit", "ask"] as const;
export type LateRule = (typeof lateRules)[number];

export interface CancellationPolicy {
  /** Elapsed minutes before the session's start in which a cancellation is late (D4.6). */
  readonly windowMinutes: number;
  readonly late: LateRule;
  readonly feeMinor: number;
  readonly reasonRequired: boolean;
  readonly maxReschedules: number;
}

export interface RequestPolicy {
  readonly respondWithinMinutes: number;
  readonly holdMinutes: number;
}

/** A practice's rules; a service may override each (`Service.policies`). */
export interface Policies {
  readonly minimumNoticeMinutes: number;
  readonly horizonDays: number;
  readonly incrementMinutes: number;
  readonly cancellation: CancellationPolicy;
  readonly requests: RequestPolicy;
}

/** A service's own values; absent: the practice's. */
export interface PolicyOverrides {
  readonly minimumNoticeMinutes?: number;
  readonly horizonDays?: number;
  readonly incrementMinutes?: number;
  readonly cancellation?: Partial<CancellationPolicy>;
  readonly requests?: Partial<RequestPolicy>;
}

/** The tenant: owns services, policies and clients. */
export interface Practice {
  readonly id: string;
  readonly name: string;
  /** IANA zone. */
  readonly timezone: string;
  /** BCP 47 locale; decides the order of day and month and the 12 or 24 hour clock. */
  readonly locale: string;
  /** How to reach the practice outside of chat: an address or a number, shown verbatim. */
  readonly contact: string;
  readonly weekStartsOn: Weekday;
  /** ISO 3166 alpha-2. */
  readonly country?: string;
  readonly policies: Policies;
  readonly crisis?: CrisisSettings;
}

/** A place with its own zone, where in-person sessions happen. */
export interface Location {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly timezone: string;
}

export const methodKinds = ["in_person", "video", "phone", "chat"] as const;
export type MethodKind = (typeof methodKinds)[number];

interface MethodOverrides {
  readonly durationMinutes?: number;
  readonly price?: Money;
  readonly bufferBeforeMinutes?: number;
  readonly bufferAfterMinutes?: number;
}

/** How a session is held (D2.2). */
export type DeliveryMethod =
  | (MethodOverrides & { readonly kind: "in_person"; readonly locationId: string })
  /** `url` is a fixed https address, or one with `{room}` that gets 128 random bits per session. */
  | (MethodOverrides & { readonly kind: "video"; readonly url: string })
  | (MethodOverrides & { readonly kind: "phone"; readonly caller: "practitioner" | "client" })
  | (MethodOverrides & { readonly kind: "chat" });

/** Identifies a delivery method within its service: its kind, and for `in_person` the location. */
export function methodKey(method: DeliveryMethod): string {
  return method.kind === "in_person" ? `in_person:${method.locationId}` : method.kind;
}

/** Weekly hours in the practitioner's wall time. `to` may be "24:00". */
export interface HoursRule extends Window {
  readonly days: readonly Weekday[];
  /** 1 = every week. With more, weeks are counted from the week of `since`. */
  readonly everyWeeks: number;
  /** First date the rule holds, `YYYY-MM-DD`; the anchor of `everyWeeks`. */
  readonly since?: string;
}

/** A stretch of wall time, `HH:MM`, optionally only for some methods, services or locations. */
export interface Window {
  readonly from: string;
  readonly to: string;
  readonly methods?: readonly MethodKind[];
  readonly services?: readonly string[];
  readonly locations?: readonly string[];
}

/** Replaces the weekly hours of one date; no hours closes the day (D3.1). */
export interface DateOverride {
  readonly date: string;
  readonly hours: readonly Window[];
}

/** Time away in the practitioner's wall time, `YYYY-MM-DDTHH:MM`, half-open; `message` is shown to clients. */
export interface OutOfOffice {
  readonly from: string;
  readonly to: string;
  readonly message?: string;
}

/** The most sessions; absent: no limit (D3.5). */
export interface BookingLimits {
  readonly perHour?: number;
  readonly perDay?: number;
  readonly perWeek?: number;
  readonly perMonth?: number;
}

/** When a practitioner works, in wall time of `timezone`. */
export interface Schedule {
  readonly timezone: string;
  readonly hours: readonly HoursRule[];
  readonly overrides: readonly DateOverride[];
  readonly outOfOffice: readonly OutOfOffice[];
  readonly limits: BookingLimits;
}

export interface Practitioner {
  readonly id: string;
  readonly practiceId: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  /** Order in the practice file. */
  readonly position: number;
  readonly schedule: Schedule;
}

/** A bookable offer (D2.1). */
export interface Service {
  readonly id: string;
  readonly practiceId: string;
  readonly name: string;
  /** The neutral name shown in chat, e-mail, invitations and payment. */
  readonly publicName: string;
  readonly description?: string;
  readonly category?: string;
  readonly position: number;
  readonly durationMinutes: number;
  readonly bufferBeforeMinutes: number;
  readonly bufferAfterMinutes: number;
  readonly price?: Money;
  readonly methods: readonly DeliveryMethod[];
  readonly practitionerIds: readonly string[];
  readonly confirmation: "request" | "auto";
  readonly visibility: "listed" | "unlisted" | "archived";
  readonly eligibility: "new" | "existing" | "both";
  readonly payment: "none" | "at_request" | "after_approval";
  /** Minutes before the start at which the client is reminded; absent: `defaultReminderMinutes`. */
  readonly reminderMinutes?: readonly number[];
  readonly formId?: string;
  readonly termsId?: string;
  readonly policies: PolicyOverrides;
}

export const questionTypes = [
  "short_text",
  "long_text",
  "choice",
  "choices",
  "number",
  "date",
  "phone",
  "yes_no",
  "consent",
] as const;
export type QuestionType = (typeof questionTypes)[number];

export interface Question {
  readonly id: string;
  readonly label: string;
  readonly type: QuestionType;
  readonly options?: readonly string[];
  readonly required: boolean;
  readonly sensitive: boolean;
  readonly askOnce: boolean;
  readonly help?: string;
  /** Shown only if another question has this answer. */
  readonly shownIf?: { readonly question: string; readonly is: string };
}

export interface BookingForm {
  readonly id: string;
  readonly questions: readonly Question[];
}

export interface Terms {
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

export interface PackageTemplate {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly price?: Money;
  readonly expiresAfterDays?: number;
  readonly limits: { readonly perWeek?: number; readonly perMonth?: number };
  readonly items: readonly { readonly serviceId: string; readonly sessions: number }[];
}

export interface Client {
  readonly id: string;
  readonly practiceId: string;
  readonly name: string;
  readonly email: string;
  /** The client's own setting; absent: the chat profile's, then the practice's (D7.6). */
  readonly timezone?: string;
  /** `deactivated`: has no access until the practice reactivates them; `archived`: no longer in the practice file. */
  readonly state: "active" | "deactivated" | "archived";
  /** Invited by a practitioner in chat; absent: from the practice file. */
  readonly source?: "chat";
}
