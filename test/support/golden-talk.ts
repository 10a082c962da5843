import { type Platform, platforms } from "../../src/ports/messenger.ts";

/**
 * A golden talk: a conversation in a fenced block of a Markdown file, which is script and expectation at once.
 *
 *     practice  lisbon                              a file of test/support/practices; the first line of a talk
 *     platform  slack                               default: page
 *     clock     Mon 2 Mar 2026 08:00 Europe/Lisbon  moves the clock; timers that become due run
 *     file      admin: true => admin: false         imports the practice file again with this replacement
 *     ana       book                                Ana types
 *     ana       (Confirm & book)                    Ana presses; input values follow: `Phone = 123`, several choices `A; B`
 *     ana       (Confirm & book) again              the same press again, from the card as it was
 *     ben       (Confirm & book) of ana             a press on another person's card
 *     ana       book → (Follow-up) → (Video)        one after the other; only the last answer is shown
 *     ana       *opens the chat*
 *     ben       *asks for the proposal of ana*      a forged press on the newest proposal of another person
 *     ana       *types the code mailed to ana@example.com*   or `shown to ana`, `of the operator`, `of the operator as maya`
 *     desk      …                                   the answer: a new message after typing, the same message after a press
 *     to maya   …                                   a new message for another person
 *     maya ↻    …                                   a message changed in place
 *     mail      to ana@example.com: …
 *
 * The last four kinds of line are the desk's output; all others are the script. A line that begins with `#` is a comment.
 */
export interface GoldenTalk {
  readonly title: string;
  readonly practice: string;
  readonly platform: Platform;
  /** Whether mails are shown with their text, set by a line `mails     whole`. */
  readonly wholeMails: boolean;
  readonly entries: readonly ScriptEntry[];
  /** The text in the file, without the fences. */
  readonly text: string;
  /** First and last line of the text in the file. */
  readonly lines: readonly [number, number];
}

/** A line of the script with its input values. */
export interface ScriptEntry {
  /** Preceding blank lines and comments. */
  readonly above: readonly string[];
  /** `clock`, `file`, `practice` or a person. */
  readonly who: string;
  readonly what: string;
  /** Input values below a press. */
  readonly fields: readonly string[];
}

const column = 10;
const byDesk = /^(desk|mail|to \S+|\S+ ↻)$/;

/** The talks of a Markdown file: each block marked `talk`, with its heading. Throws on an invalid line. */
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
  const platform = platforms.find((name) => name === (said("platform") ?? "page"));
  if (platform === undefined) throw new Error(`no platform ${said("platform")}`);
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

/** The text form of a script entry. */
export function writeEntry({ above, who, what, fields }: ScriptEntry): readonly string[] {
  return [...above, line(who, what), ...fields.map((field) => line("", field))];
}

/** The text form of the desk's output: the first line next to `who`, the others below. */
export function writeSpoken(who: string, text: string): readonly string[] {
  return text.split("\n").map((each, at) => line(at === 0 ? who : "", each));
}

function line(who: string, what: string): string {
  return `${who.padEnd(column)}${what}`.trimEnd();
}

/** The file with its talks' texts replaced, in order. */
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
