/** Words with which a speaker corrects what was just said: "at 5, no, 4", "friday, sorry, thursday". */
export const correcting =
  "(?:(?:no|oh|oops|hm+|sorry|wait|actually|my mistake),? )*(?:no|no wait|wait|sorry|actually|i mean|i meant|make that|make it|scratch that|rather|or rather|correction)";

/** A correction between two marks of the same message: a pause, the words, and perhaps another pause. */
export const correction = new RegExp(
  `(?<=>)(?:(?:,|\\.|;| -|\\.\\.\\.|!|\\?)+ ?| (?=sorry|wait|oops|i mean|i meant|no wait|or rather|make that|scratch))(?:or )?${correcting}\\b[,.]? (?=[^.?!]{0,20}<)`,
);
