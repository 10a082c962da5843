/**
 * A text as Teams shows it literally: TextBlock and FactSet read a subset of Markdown, and some clients more of it, or
 * HTML (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format). Only what would be taken
 * for markup gets a backslash, as not every phone hides the needless ones. One line in, one line out.
 */
export function escapeMarkdown(line: string): string {
  return (
    line
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .trim()
      .replace(/[\\`*_[\]<]/g, "\\$&")
      // Struck out, entities, and what clients fill in by themselves: {{DATE(…)}}.
      .replace(/~(?=~)|&(?=#?\w+;)|\{(?=\{)/g, "\\$&")
      .replace(/(?<=\\\])\(/g, "\\(")
      // Headings, quotes, lists, tables and rules begin a line.
      .replace(/^(?:[#>+=|~-]|(?:\d{1,9})(?=[.)](?:\s|$)))/, (start) =>
        /\d/.test(start) ? `${start}\\` : `\\${start}`,
      )
  );
}

/** The lines of a text, escaped, without the empty ones: some clients take a line break in Markdown for a space. */
export function markdownLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(escapeMarkdown)
    .filter((line) => /\P{Default_Ignorable_Code_Point}/u.test(line));
}
