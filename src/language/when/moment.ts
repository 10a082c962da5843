import { minutesOfTime } from "../../domain/local-date.ts";
import { localDayOf, minutesOfDayAt } from "../../domain/zone.ts";

/** The context in which a message is read. */
export interface ReadingContext {
  /** The instant the message was received. */
  readonly nowMs: number;
  /** IANA zone of the person who typed. */
  readonly zone: string;
  /** BCP 47: `en-US` reads 3/4 as March, every other locale as April. */
  readonly locale?: string;
  /**
   * Local times `HH:MM` between which the practice works. They decide "9" and "morning". 07:00 and 21:00 unless given.
   */
  readonly opensAt?: string;
  readonly closesAt?: string;
  /** How many days ahead may be booked. "3/4" is asked about only if both dates are within. 180 unless given. */
  readonly horizonDays?: number;
}

/** The same values in the form the grammar uses. */
export interface Moment {
  readonly zone: string;
  /** Today's day number on the person's calendar. */
  readonly today: number;
  /** The time on the person's clock, in minutes since midnight. */
  readonly nowMinutes: number;
  readonly dayFirst: boolean;
  readonly opens: number;
  readonly closes: number;
  readonly horizonDays: number;
}

/** Throws a RangeError for an unknown zone, and for opening times that are not `HH:MM`. */
export function momentOf({
  nowMs,
  zone,
  locale = "en-US",
  opensAt = "07:00",
  closesAt = "21:00",
  horizonDays = 180,
}: ReadingContext): Moment {
  return {
    zone,
    today: localDayOf(zone, nowMs),
    nowMinutes: minutesOfDayAt(zone, nowMs),
    dayFirst: !/^en-(US|PH|FM|MH|PW|PR|GU|VI|AS|MP|UM)$/i.test(locale),
    opens: minutesOfTime(opensAt),
    closes: minutesOfTime(closesAt),
    horizonDays,
  };
}
