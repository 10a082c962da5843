import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebClient } from "@slack/web-api";
import { copyBooks } from "../db/copy.ts";
import type { Store } from "../db/store.ts";
import { openClock } from "./clock.ts";
import { type Config, readConfig } from "./config.ts";
import { importPractice } from "./desk/import-practice.ts";
import { makeLinkCode } from "./desk/link.ts";
import { examine } from "./doctor.ts";
import { DeskError } from "./errors.ts";
import { openBooks } from "./frontdesk.ts";
import { openLog } from "./log.ts";
import { practiceFileDocs } from "./practice-file/docs.ts";
import { formatMistake } from "./practice-file/mistake.ts";
import { toDomain } from "./practice-file/plan.ts";
import { readPracticeFile } from "./practice-file/read.ts";
import { sampleCards } from "./slack-samples.ts";
import { checkSlack, slackManifest } from "./slack-tools.ts";
import { teamsPackage } from "./teams-package.ts";

/** Something to say and leave with: lines for stderr, and exit code 1. */
class Refusal extends Error {
  readonly lines: readonly string[];
  constructor(...lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

interface Command {
  readonly usage: string;
  readonly does: string;
  readonly help: string;
  run(words: readonly string[]): Promise<void>;
}

const commands: Readonly<Record<string, Command>> = {
  import: {
    usage: "import <file.yaml>",
    does: "brings a practice in line with its practice file",
    help: `Reads a practice file and brings the practice's books in line with it: all or nothing.
What is new is added, what changed is updated by id, what vanished is archived; bookings and
packages already given are never touched. The same file twice changes nothing.
Every mistake in the file is listed, one line each. docs/practice-file.md describes every key.`,
    run: importFile,
  },
  link: {
    usage: "link <practice> [--as <practitioner>]",
    does: "makes a one-time code that binds a Slack workspace or Teams organisation to a practice",
    help: `Prints a code such as FD-7K3M-Q2XP. Type it in the chat with the desk, in the workspace or organisation that is to
belong to the practice: it works once, for 24 hours. Whoever types it is then asked which practitioner they are, so give
it only to one of them; --as <practitioner> says it beforehand. Both are ids of the practice file.`,
    run: link,
  },
  doctor: {
    usage: "doctor",
    does: "looks the desk over and says what needs doing",
    help: `Examines the books, the keys, mail, every practice and what could not be delivered, and changes
nothing. Exits with 1 when something needs doing.`,
    run: doctor,
  },
  backup: {
    usage: "backup <file>",
    does: "copies the books into a new file, also while the desk runs",
    help: `Makes a copy of the books as they are now. The file must not exist yet; only its owner may read it.
Keep the key ring (FRONTDESK_KEYS, or the file frontdesk.keys beside the books) apart from it: without
the keys nobody can open the sealed answers, you included.
To restore: stop the desk, put the copy in the place of the database file, start the desk.`,
    run: backup,
  },
  copy: {
    usage: "copy <from> <to>",
    does: "copies all books into another database, such as from a file to PostgreSQL",
    help: `Copies everything from one database into an empty other one, and reads both again to compare them: all
or nothing. Each is written as in DATABASE_URL: file:data/frontdesk.db, postgres://user:password@host/desk.
Stop every desk first. Afterwards start them with the new DATABASE_URL and the same key ring: FRONTDESK_KEYS,
or the line in the file frontdesk.keys that lies beside the books. The old books are left as they are.`,
    run: copy,
  },
  "slack-manifest": {
    usage: "slack-manifest",
    does: "prints the manifest of the Slack app, for PUBLIC_URL",
    help: `Prints what https://api.slack.com/apps wants under “Create New App”, “From a manifest”: the app's name, scopes,
events and addresses, with PUBLIC_URL filled in. For Socket Mode set socket_mode_enabled to true in it.`,
    run: async (words) => {
      none(words);
      const manifest = slackManifest(configured().publicUrl);
      if (!manifest.ok) throw new Refusal(manifest.line);
      process.stdout.write(manifest.text);
    },
  },
  "slack-check": {
    usage: "slack-check",
    does: "asks Slack itself whether it takes every card of the desk",
    help: `Needs SLACK_BOT_TOKEN, a real one. Calls auth.test, then blocks.validate for the cards of a demo practice, as
messages, forms and Home tab; takes a few minutes, posts nothing and changes nothing. Exits with 1 when Slack
refuses one of them.`,
    run: slackCheck,
  },
  "teams-package": {
    usage: "teams-package <out.zip>",
    does: "writes the package of the Teams app, for PUBLIC_URL and MicrosoftAppId",
    help: `Writes what Teams takes under “Apps”, “Manage your apps”, “Upload an app”: the app's manifest with this bot and
this desk's address in it, and its icons.`,
    run: async (words) => {
      const file = one(words, "teams-package needs the file to write: teams-package <out.zip>");
      const { publicUrl, teams } = configured();
      const made = teamsPackage({ appId: teams?.appId ?? "", publicUrl });
      if (!made.ok) throw new Refusal(made.line);
      writeFileSync(file, made.zip);
      console.log(`${file} is the package of the Teams app, for ${publicUrl}.`);
    },
  },
  docs: {
    usage: "docs",
    does: "writes docs/practice-file.md anew from the practice file's own schema",
    help: "For those who change the practice file's format: a test holds the document equal to the schema.",
    run: async (words) => {
      none(words);
      writeFileSync(fileURLToPath(new URL("../docs/practice-file.md", import.meta.url)), practiceFileDocs());
    },
  },
};

async function importFile(words: readonly string[]): Promise<void> {
  const file = one(words, "import needs the practice file: import <file.yaml>");
  const read = readPracticeFile(readBytes(file));
  if (!read.ok) throw new Refusal(...read.mistakes.map(formatMistake));
  const plan = toDomain(read.file);
  await withBooks(async (store, config) => {
    const clock = openClock(config.clockStartsAtMs === undefined ? {} : { startAtMs: config.clockStartsAtMs });
    const report = await store.transaction((books) => importPractice(books, plan, clock.now()));
    for (const warning of read.warnings) console.error(`Note: ${formatMistake(warning)}`);
    const { added, updated, archived } = report;
    const changed = added + updated + archived > 0;
    console.log(
      changed
        ? `${plan.practice.name}: ${added} added, ${updated} updated, ${archived} archived.`
        : `${plan.practice.name}: nothing changed.`,
    );
  });
}

async function link(words: readonly string[]): Promise<void> {
  const [option, practitionerId, ...more] = words.slice(1);
  const isComplete = words.length === 1 || (option === "--as" && practitionerId !== undefined && more.length === 0);
  const [practiceId] = words;
  if (practiceId === undefined || practiceId.startsWith("--") || !isComplete) {
    throw new Refusal("link needs the practice: link <practice> [--as <practitioner>]");
  }
  await withBooks(async (store, config) => {
    const clock = openClock(config.clockStartsAtMs === undefined ? {} : { startAtMs: config.clockStartsAtMs });
    const which = { practiceId, ...(practitionerId === undefined ? {} : { practitionerId }) };
    const made = await store.transaction((books) =>
      makeLinkCode(books, which, { nowMs: clock.now(), realNowMs: clock.realNow() }),
    );
    if (!made.ok) {
      const known = made.known.length === 0 ? "there is none yet" : `there is ${made.known.join(", ")}`;
      const what = made.refusal === "no-practice" ? `practice ${practiceId}` : `practitioner ${practitionerId}`;
      throw new Refusal(`There is no ${what}; ${known}.`);
    }
    console.log(made.code);
    const who = made.practitioner === undefined ? "" : ` and connects whoever types it as ${made.practitioner}`;
    console.log(
      `Type it in the chat with the desk, in the workspace or organisation that is to belong to ${made.practice}. It works once, for 24 hours${who}.`,
    );
  });
}

async function doctor(words: readonly string[]): Promise<void> {
  none(words);
  await withBooks(async (store, config) => {
    const findings = await examine(config, store);
    for (const { wrong, line } of findings) console.log(`${wrong ? "!" : "✓"} ${line}`);
    const count = findings.filter((finding) => finding.wrong).length;
    if (count > 0) throw new Refusal(count === 1 ? "One thing needs doing." : `${count} things need doing.`);
  });
}

async function backup(words: readonly string[]): Promise<void> {
  const file = one(words, "backup needs the file to write: backup <file>");
  await withBooks(async (store) => {
    await store.backup(file);
    console.log(`The books are copied to ${file}. Keep the key ring apart from it.`);
  });
}

async function copy(words: readonly string[]): Promise<void> {
  const [from, to, ...more] = words;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new Refusal("copy needs the database to copy and the one to copy into: copy <from> <to>");
  }
  const { tables, rows } = await copyBooks(from, to);
  console.log(`${rows} rows in ${tables} tables are copied, and found to be the same. Keep the key ring for them.`);
}

async function slackCheck(words: readonly string[]): Promise<void> {
  none(words);
  const { slack } = configured();
  if (slack?.access.kind !== "token") {
    throw new Refusal("slack-check needs a bot token: set SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET.");
  }
  let wrong = 0;
  await checkSlack(new WebClient(slack.access.botToken, { slackApiUrl: slack.apiUrl }), await sampleCards(), {
    tell: (finding) => {
      wrong += finding.wrong ? 1 : 0;
      console.log(`${finding.wrong ? "!" : "✓"} ${finding.line}`);
    },
  });
  if (wrong > 0) throw new Refusal(wrong === 1 ? "One thing was refused." : `${wrong} things were refused.`);
}

function configured(): Config {
  const reading = readConfig();
  if (!reading.ok) throw new Refusal(...reading.mistakes);
  return reading.config;
}

/** Opens the configured books for as long as `work` takes. */
async function withBooks(work: (store: Store, config: Config) => Promise<void>): Promise<void> {
  const config = configured();
  const store = await openBooks(config, openLog({ level: "silent" }));
  try {
    await work(store, config);
  } finally {
    await store.close();
  }
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new Refusal(`Cannot read ${file}: it is not there, or may not be read.`);
  }
}

function one(words: readonly string[], otherwise: string): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new Refusal(otherwise);
  return word;
}

function none(words: readonly string[]): void {
  if (words.length > 0) throw new Refusal(`This command takes no “${words[0]}”.`);
}

function overview(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length));
  const lines = Object.values(commands).map(({ usage, does }) => `  ${usage.padEnd(width)}  ${does}`);
  return ["Usage: npm run frontdesk -- <command>", "", ...lines, "", "<command> --help tells more."].join("\n");
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h", default: false }, as: { type: "string" } },
  });
  const [name, ...words] = positionals;
  if (name === undefined) {
    if (values.help) return console.log(overview());
    throw new Refusal(overview());
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new Refusal(`There is no command “${name}”.`, overview());
  if (values.help) return console.log(`Usage: npm run frontdesk -- ${command.usage}\n\n${command.help}`);
  // Only `link` knows it; the others refuse what they do not take.
  await command.run(values.as === undefined ? words : [...words, "--as", values.as]);
}

try {
  await main();
} catch (error) {
  const lines =
    error instanceof Refusal
      ? error.lines
      : error instanceof DeskError || (error instanceof TypeError && "code" in error)
        ? [error.message]
        : [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  for (const line of lines) console.error(line);
  process.exitCode = 1;
}
