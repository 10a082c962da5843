import type { ReadPhrases } from "./shape.ts";

/** What can be read in more ways than one: the likelier first, the other ones asked for with a button each. */
export const doubtPhrases: readonly ReadPhrases[] = [
  {
    title: "Hours that are open twice a day",
    phrases: [
      ["at 7", "19:00 ? am-pm: 07:00"],
      ["at 8", "08:00 ? am-pm: 20:00"],
      ["Saturday at 7:30", "2026-03-07 19:30 ? am-pm: 2026-03-07 07:30"],
      ["8-9", "08:00-09:00 ? am-pm: 20:00-21:00"],
    ],
  },
  {
    title: "Days that may be another",
    phrases: [
      ["3/4", "2026-03-04 ? day-month: 2026-04-03"],
      ["next Friday", "2026-03-13 ? next-week: 2026-03-06"],
      ["next Tuesday", "2026-03-10"],
      ["Thursday the 13th", "2026-03-05 ? weekday-date: 2026-03-13"],
      ["Friday, March 10th", "2026-03-10 ? weekday-date: 2026-03-06"],
    ],
  },
  {
    title: "Times on another clock",
    phrases: [
      ["3pm ET", "15:00"],
      ["3pm Pacific", "15:00 America/Los_Angeles"],
      ["10am London time", "10:00 Europe/London"],
      ["15:00 CET tomorrow", "2026-03-05 15:00 Europe/Paris"],
      ["9am UTC on Friday", "2026-03-06 09:00 UTC"],
      ["3pm IST", "15:00 Asia/Kolkata ? zone: 15:00 Europe/Dublin | 15:00 Asia/Jerusalem"],
      ["4pm BST", "16:00 Europe/London ? zone: 16:00 Asia/Dhaka"],
      ["9am CST", "09:00 America/Chicago ? zone: 09:00 Asia/Shanghai"],
    ],
  },
];
