/**
 * Escapes a text so that Teams shows it literally. TextBlock and FactSet support a subset of Markdown; some clients
 * support more, or HTML (learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/cards-format). Only
 * actual markup gets a backslash, because some phones display needless ones. Returns one line.
 */
export function escapeMarkdown(line: string): string {
  return (
    line
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
      .trim()
      .replace(/[\\`*_[\]<]/g, "\\$&")
      // Strikethrough, entities, and template expressions that clients expand: {{DATE(…)}}.
      .replace(/~(?=~)|&(?=#?\w+;)|\{(?=\{)/g, "\\$&")
      .replace(/(?<=\\\])\(/g, "\\(")
      // Headings, quotes, lists, tables and rules are markup only at the start of a line.
      .replace(/^(?:[#>+=|~-]|(?:\d{1,9})(?=[.)](?:\s|$)))/, (start) =>
        /\d/.test(start) ? `${start}\\` : `\\${start}`,
      )
  );
}

/** The escaped lines of a text without the blank ones. Separate lines, because some clients render a line break as a space. */
export function markdownLines(text: string): readonly string[] {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(escapeMarkdown)
    .filter((line) => /\P{Default_Ignorable_Code_Point}/u.test(line));
}
