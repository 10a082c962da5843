/** What the command line says of one of its commands. */
interface CommandHelp {
  readonly usage: string;
  readonly does: string;
  readonly help: string;
}

/** Every command, in the order it is listed. */
export const commandHelp = {
  import: {
    usage: "import <file.yaml>",
    does: "brings a practice in line with its practice file",
    help: `Reads a practice file and brings the practice's books in line with it: all or nothing.
What is new is added, what changed is updated by id, what vanished is archived; bookings and
packages already given are never touched. The same file twice changes nothing.
Every mistake in the file is listed, one line each. docs/practice-file.md describes every key.
“-” in place of the file reads it from standard input.`,
  },
  link: {
    usage: "link <practice> [--as <practitioner>]",
    does: "makes a one-time code that binds a Slack workspace or Teams organisation to a practice",
    help: `Prints a code such as FD-7K3M-Q2XP. Type it in the chat with the desk, in the workspace or organisation that is to
belong to the practice: it works once, for 24 hours. Whoever types it is then asked which practitioner they are, so give
it only to one of them; --as <practitioner> says it beforehand. Both are ids of the practice file.`,
  },
  doctor: {
    usage: "doctor",
    does: "looks the desk over and says what needs doing",
    help: `Examines the books, the keys, mail, payment, Slack and Teams, every practice, whom no message reaches and what
could not be delivered, and changes nothing. Exits with 1 when something needs doing.`,
  },
  backup: {
    usage: "backup <file>",
    does: "copies the books into a new file, also while the desk runs",
    help: `Makes a copy of the books as they are now. The file must not exist yet; only its owner may read it.
Keep the key ring (FRONTDESK_KEYS, or the file frontdesk.keys beside the books) apart from it: without
the keys nobody can open the sealed answers, you included.
To restore: stop the desk, put the copy in the place of the database file, remove what lies beside it and ends in
-wal or -shm, for it belongs to the old one, and start the desk.`,
  },
  copy: {
    usage: "copy <from> <to>",
    does: "copies all books into another database, such as from a file to PostgreSQL",
    help: `Copies everything from one database into an empty other one, and reads both again to compare them: all
or nothing. Each is written as in DATABASE_URL: file:data/frontdesk.db, postgres://user:password@host/desk.
Stop every desk first. Afterwards start them with the new DATABASE_URL and the same key ring: FRONTDESK_KEYS,
or the line in the file frontdesk.keys that lies beside the books. The old books are left as they are.`,
  },
  "slack-manifest": {
    usage: "slack-manifest",
    does: "prints the manifest of the Slack app, for PUBLIC_URL",
    help: `Prints what https://api.slack.com/apps wants under “Create New App”, “From a manifest”: the app's name, scopes,
events and addresses, with PUBLIC_URL filled in. Without PUBLIC_URL it is a manifest for Socket Mode, which needs no
address. npm run -s leaves out the two lines that npm itself prints before it.`,
  },
  "slack-check": {
    usage: "slack-check",
    does: "asks Slack itself whether it takes every card of the desk",
    help: `Needs SLACK_BOT_TOKEN, a real one. Calls auth.test, then blocks.validate for the cards of a demo practice, as
messages, forms and Home tab; takes a few minutes, posts nothing and changes nothing. Exits with 1 when Slack
refuses one of them.`,
  },
  "teams-package": {
    usage: "teams-package <out.zip>",
    does: "writes the package of the Teams app, for PUBLIC_URL and MicrosoftAppId",
    help: `Writes what Teams takes under “Apps”, “Manage your apps”, “Upload an app”: the app's manifest with this bot and
this desk's address in it, and its icons.`,
  },
  docs: {
    usage: "docs",
    does: "writes docs/practice-file.md anew from the practice file's own schema",
    help: "For those who change the practice file's format: a test holds the document equal to the schema.",
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

/** The name of a command. */
export type CommandName = keyof typeof commandHelp;

/** All commands, a line each. */
export function overview(): string {
  const all = Object.values(commandHelp);
  const width = Math.max(...all.map(({ usage }) => usage.length));
  const lines = all.map(({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`);
  return ["Usage: npm run frontdesk -- <command>", "", ...lines, "", "<command> --help tells more."].join("\n");
}

/** What `--help` says of one command. */
export function helpFor(name: CommandName): string {
  const { usage, help } = commandHelp[name];
  return `Usage: npm run frontdesk -- ${usage}\n\n${help}`;
}
