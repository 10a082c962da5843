import type { ReadPhrases } from "./shape.ts";

/** Read on Wednesday 4 March 2026 at ten in the morning in New York. */
export const scopePhrases: readonly ReadPhrases[] = [
  {
    title: "W6: an exclusion ends at the comma or and",
    phrases: [
      ["not monday, after 10", "10:00-24:00 after not(mon)"],
      ["any day but monday, after 10", "10:00-24:00 after not(mon)"],
      ["not friday and after 3", "15:00-24:00 after not(fri)"],
      ["not on monday or friday, mornings", "07:00-12:00 not(mon) not(fri)"],
      ["I can't do monday and tuesday", "not(mon) not(tue)"],
      ["not monday morning, tuesday is better", "2026-03-10 not(mon 07:00-12:00)"],
      ["next week but not tuesday afternoon", "2026-03-09..2026-03-15 not(tue 12:00-17:00)"],
      ["friday isn't good, monday?", "2026-03-09 not(fri)"],
      ["why not friday", "2026-03-06"],
    ],
  },
  {
    title: "W6: a qualifier binds the whole list",
    phrases: [
      ["tuesday or wednesday next week", "2026-03-10 | 2026-03-11"],
      ["friday or monday next week", "2026-03-13 | 2026-03-09"],
      ["next week, ideally Tue or Wed", "2026-03-10 | 2026-03-11"],
      ["between monday and wednesday next week", "2026-03-09..2026-03-11"],
      ["before friday next week", "2026-03-04..2026-03-12 before"],
      ["wednesday or thursday afternoon but not before 3", "2026-03-04 15:00-17:00 | 2026-03-05 15:00-17:00 after"],
      ["next week, tuesday or thursday after 3", "2026-03-10 15:00-24:00 | 2026-03-12 15:00-24:00 after"],
    ],
  },
  {
    title: "W6: two day words without or intersect",
    phrases: [
      ["next month on a friday", "2026-04-01..2026-04-30 fri"],
      ["in april, monday or tuesday", "2026-04-01..2026-04-30 mon,tue"],
      ["next week on thursday after 4", "2026-03-12 16:00-24:00 after"],
    ],
  },
  {
    title: "W8: a month on either side, and what follows it",
    phrases: [
      ["march 10", "2026-03-10"],
      ["tuesday march 10", "2026-03-10"],
      ["april 14 at 3pm", "2026-04-14 15:00"],
      ["april 8 after 3pm", "2026-04-08 15:00-24:00 after"],
      ["8 april after 3", "2026-04-08 15:00-24:00 after"],
      ["april", "2026-04-01..2026-04-30"],
      ["last day of the month", "2026-03-31"],
      ["the last two days of april", "2026-04-29..2026-04-30"],
      ["the first week of may", "2026-05-04..2026-05-10"],
      ["week 12", "2026-03-16..2026-03-22"],
    ],
  },
  {
    title: "W8: a number of weeks with a day",
    phrases: [
      ["a fortnight on tuesday at 9", "2026-03-24 09:00"],
      ["three weeks from friday", "2026-03-27"],
      ["two weeks on friday", "2026-03-20"],
      ["in two weeks on tuesday", "2026-03-17"],
    ],
  },
  {
    title: "W8: numbers written together, with odd marks, or spoken",
    phrases: [
      ["1745", "17:45"],
      ["friday 1745", "2026-03-06 17:45"],
      ["2027", "nothing"],
      ["5;30", "17:30"],
      ["6PMtoday", "2026-03-04 18:00"],
      ["friday3pm", "2026-03-06 15:00"],
      ["two thirty", "14:30"],
      ["half four", "16:30"],
      ["ten to five", "16:50"],
      ["friday at ten thirty", "2026-03-06 10:30"],
    ],
  },
  {
    title: "W8: an end in another clause",
    phrases: [
      ["at 2, until 4", "14:00-16:00"],
      ["at 2 on friday, ending at 4", "2026-03-06 14:00-16:00"],
      ["saturday at 5pm, it should go to 8pm", "2026-03-07 17:00-20:00"],
      ["between 2 tomorrow and 4", "2026-03-05 14:00-16:00"],
    ],
  },
  {
    title: "W8: a correction within one message",
    phrases: [
      ["at 5, no, 4", "16:00"],
      ["friday at 5, sorry, 4", "2026-03-06 16:00"],
      ["wednesday after 3, actually thursday", "2026-03-05 15:00-24:00 after"],
      ["friday at 3, actually make it 4", "2026-03-06 16:00"],
    ],
  },
];
