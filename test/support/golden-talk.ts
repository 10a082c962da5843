/**
 * A golden talk: a conversation written down, script and expectation at once, in a fence of a Markdown file.
 *
 *     practice  lisbon                              a file of test/support/practices; the first line of a talk
 *     platform  slack                               page, when absent
 *     clock     Mon 2 Mar 2026 08:00 Europe/Lisbon  sets the clock; what comes due on the way happens
 *     file      admin: true => admin: false         the practice file is imported again with this in it
 *     ana       book                                Ana types
 *     ana       (Confirm & book)                    Ana presses; fields stand below, `Phone = 123`, several choices `A; B`
 *     ana       (Confirm & book) again              the same press once more, from the card as it was then
 *     ben       (Confirm & book) of ana             a press on somebody else's card
 *     ana       book → (Follow-up) → (Video)        one after the other; only the last answer is shown
 *     ana       *opens the chat*
 *     ben       *asks for the proposal of ana*      as a page drawn for her would, of the newest there is
 *     ana       *types the code mailed to ana@example.com*   or `shown to ana`, `of the operator`, `of the operator as maya`
 *     desk      …                                   the answer: a new message to words, the same message to a press
 *     to maya   …                                   a new message for somebody
 *     maya ↻    …                                   somebody's message changes in place
 *     mail      to ana@example.com: …
 *
 * The last four kinds of line are the desk's; everything else is the script. A line beginning with `#` is a remark.
 */
export interface GoldenTalk {
  readonly title: string;
  readonly practice: string;
  readonly platform: "page" | "slack" | "teams";
  /** Whether mails are shown with their text, by a line `mails     whole`. */
  readonly wholeMails: boolean;
  readonly entries: readonly ScriptEntry[];
  /** As it stands in the file, without the fences. */
  readonly text: string;
  /** Where in the file's lines the text begins and ends. */
  readonly lines: readonly [number, number];
}

/** One line of the script with what belongs to it. */
export interface ScriptEntry {
  /** Blank lines and remarks above. */
  readonly above: readonly string[];
  /** `clock`, `file`, `practice` or a person. */
  readonly who: string;
  readonly what: string;
  /** Fields filled in, below a press. */
  readonly fields: readonly string[];
}

const column = 10;
const byDesk = /^(desk|mail|to \S+|\S+ ↻)$/;

/** The talks of a Markdown file: each fence marked `talk`, under its heading. Throws on a line that is none. */
export function readTalks(markdown: string): readonly GoldenTalk[] {
  const lines = markdown.split("\n");
  const talks: GoldenTalk[] = [];
  let title = "";
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    if (line.startsWith("## ")) title = line.slice(3);
    if (line !== "```talk") continue;
    const end = lines.indexOf("```", at);
    if (end === -1) throw new Error(`the talk “${title}” has no end`);
    talks.push(readTalk(title, lines, [at + 1, end]));
    at = end;
  }
  return talks;
}

function readTalk(title: string, lines: readonly string[], [from, to]: readonly [number, number]): GoldenTalk {
  const own = lines.slice(from, to);
  const entries: ScriptEntry[] = [];
  let above: string[] = [];
  let spoken = "";
  for (const line of own) {
    if (line.trim() === "" || line.startsWith("#")) {
      above.push(line);
    } else if (line.startsWith(" ".repeat(column))) {
      const last = entries.at(-1);
      if (!byDesk.test(spoken) && last !== undefined)
        entries[entries.length - 1] = { ...last, fields: [...last.fields, line.trim()] };
    } else {
      spoken = line.slice(0, column).trim();
      if (!byDesk.test(spoken)) entries.push({ above, who: spoken, what: line.slice(column).trim(), fields: [] });
      if (!byDesk.test(spoken)) above = [];
    }
  }
  const said = (who: string) => entries.find((entry) => entry.who === who)?.what;
  const platform = said("platform") ?? "page";
  if (platform !== "page" && platform !== "slack" && platform !== "teams") throw new Error(`no platform ${platform}`);
  return {
    title,
    practice: said("practice") ?? "lisbon",
    platform,
    wholeMails: said("mails") === "whole",
    entries,
    text: own.join("\n"),
    lines: [from, to],
  };
}

/** A script entry as it stands in the file. */
export function writeEntry({ above, who, what, fields }: ScriptEntry): readonly string[] {
  return [...above, line(who, what), ...fields.map((field) => line("", field))];
}

/** Something the desk said: the first line beside `who`, the others below. */
export function writeSpoken(who: string, text: string): readonly string[] {
  return text.split("\n").map((each, at) => line(at === 0 ? who : "", each));
}

function line(who: string, what: string): string {
  return `${who.padEnd(column)}${what}`.trimEnd();
}

/** The file with the texts of its talks replaced, in the order they stand. */
export function replaceTalks(
  markdown: string,
  talks: readonly GoldenTalk[],
  texts: ReadonlyMap<string, string>,
): string {
  const lines = markdown.split("\n");
  for (const talk of talks.toReversed()) {
    const text = texts.get(talk.title);
    if (text !== undefined) lines.splice(talk.lines[0], talk.lines[1] - talk.lines[0], ...text.split("\n"));
  }
  return lines.join("\n");
}
