/** Help texts of one command. */
interface CommandHelp {
  readonly usage: string;
  readonly does: string;
  readonly help: string;
}

/** Every command, in the order in which the overview lists them. */
export const commandHelp = {
  import: {
    usage: "import <file.yaml>",
    does: "imports a practice file",
    help: `Reads a practice file and updates the database to match it, in one transaction: all or nothing.
New entries are added, changed entries are updated by id, and entries missing from the file are archived.
Bookings and granted packages are never changed. Importing the same file again changes nothing.
Every mistake in the file is reported on its own line. docs/practice-file.md describes every key.
Use “-” as the file name to read from standard input.`,
  },
  link: {
    usage: "link <practice> [--as <practitioner>]",
    does: "prints a one-time code that links a Slack workspace or Teams organisation to a practice",
    help: `Prints a code such as FD-7K3M-Q2XP. Type it in the chat with the desk, in the workspace or organisation you want
to link to the practice. The code works once and expires after 24 hours. The person who types it then chooses which
practitioner they are, so give it only to a practitioner; --as <practitioner> makes that choice beforehand. Both
arguments are ids from the practice file.`,
  },
  doctor: {
    usage: "doctor",
    does: "checks the installation and lists what needs attention",
    help: `Checks the database, the encryption keys, mail, payment, Slack, Teams and every practice, and lists people who
cannot be reached and messages that could not be delivered. Changes nothing. Exits with 1 when something needs attention.`,
  },
  retry: {
    usage: "retry <id> | --all",
    does: "repeats a message or deadline that was given up",
    help: `A message that could not be delivered and a deadline that could not be carried out are kept. “doctor” lists them with
their ids and the reason. Remove the cause first, then repeat one by its id, or everything with --all. Nothing is sent
twice that arrived before, where the service lets the desk check that.`,
  },
  backup: {
    usage: "backup <file>",
    does: "copies the database into a new file, even while the desk runs",
    help: `Writes a consistent copy of the database and checks it. The file must not exist yet; only its owner can read it.
Store the key ring (FRONTDESK_KEYS, or the file frontdesk.keys next to the database) separately: encrypted answers
cannot be decrypted without it. To put a copy back: restore <file>.`,
  },
  restore: {
    usage: "restore <file>",
    does: "puts a backup in the place of the database, while no desk runs",
    help: `Checks the backup and puts it in the place of the database. The database that was there is moved aside, with its files
that end in -wal and -shm, and its new name is printed. Refuses while a desk runs. What happened since the backup is
not in it. The backup needs the key ring of its time. For PostgreSQL use pg_restore or psql.`,
  },
  copy: {
    usage: "copy <from> <to>",
    does: "copies the database into another one, for example from SQLite to PostgreSQL",
    help: `Copies everything from one database into an empty one, then reads both and compares them: all or nothing.
Write each as in DATABASE_URL: file:data/frontdesk.db or postgres://user:password@host/desk.
Stop every desk first. Afterwards start them with the new DATABASE_URL and the same key ring: FRONTDESK_KEYS,
or the line in the file frontdesk.keys next to the old database. The old database stays as it is.`,
  },
  "slack-manifest": {
    usage: "slack-manifest",
    does: "prints the manifest of the Slack app, for PUBLIC_URL",
    help: `Prints the manifest to paste at https://api.slack.com/apps under “Create New App”, “From a manifest”: name, scopes,
events and URLs, with PUBLIC_URL filled in. Without PUBLIC_URL the manifest uses Socket Mode, which needs no public
address. npm run -s suppresses the two lines that npm prints first.`,
  },
  "slack-check": {
    usage: "slack-check",
    does: "asks Slack to validate every card of the desk",
    help: `Needs a real SLACK_BOT_TOKEN. Calls auth.test, then blocks.validate for the cards of a demo practice as messages,
forms and Home tab. Takes a few minutes, posts nothing and changes nothing. Exits with 1 when Slack rejects a card.`,
  },
  "teams-package": {
    usage: "teams-package <out.zip>",
    does: "writes the Teams app package for PUBLIC_URL and MicrosoftAppId",
    help: `Writes the zip file to upload in Teams under “Apps”, “Manage your apps”, “Upload an app”: the app manifest with
this bot's id and this desk's address, and the app icons.`,
  },
  docs: {
    usage: "docs",
    does: "regenerates docs/practice-file.md from the practice file schema",
    help: "For developers who change the practice file format. A test fails when the document and the schema differ.",
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

/** The name of a command. */
export type CommandName = keyof typeof commandHelp;

/** The overview: one line per command. */
export function overview(): string {
  const all = Object.values(commandHelp);
  const width = Math.max(...all.map(({ usage }) => usage.length));
  const lines = all.map(({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`);
  return ["Usage: npm run frontdesk -- <command>", "", ...lines, "", "Run <command> --help for details."].join("\n");
}

/** The `--help` text of one command. */
export function helpFor(name: CommandName): string {
  const { usage, help } = commandHelp[name];
  return `Usage: npm run frontdesk -- ${usage}\n\n${help}`;
}
