import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WebClient } from "@slack/web-api";
import { backUpBooks } from "../db/backup.ts";
import { copyBooks } from "../db/copy.ts";
import { restoreBooks } from "../db/restore.ts";
import type { Store } from "../db/store.ts";
import { type CommandName, helpFor, overview } from "./cli-help.ts";
import { type Config, readConfig } from "./config.ts";
import { makeLinkCode } from "./desk/people/link.ts";
import { findInvitedInChat, importPractice } from "./desk/practice/import-practice.ts";
import { examine } from "./doctor.ts";
import { DeskError } from "./errors.ts";
import { clockOf } from "./frontdesk.ts";
import { given } from "./given.ts";
import { retryDead } from "./jobs/retry.ts";
import { booksUrl, openBooks, openBooksToRead } from "./open-books.ts";
import { practiceFileDocs } from "./practice-file/docs.ts";
import { formatMistake, invitedInChat } from "./practice-file/mistake.ts";
import { toDomain } from "./practice-file/plan.ts";
import { readPracticeFile } from "./practice-file/read.ts";
import { sampleCards } from "./slack-samples.ts";
import { checkSlack, slackManifest } from "./slack-tools.ts";
import { startProblem } from "./start-problem.ts";
import { teamsPackage } from "./teams-package.ts";

/** Ends the command with these lines on stderr and exit code 1. */
class Refusal extends Error {
  readonly lines: readonly string[];
  constructor(...lines: readonly string[]) {
    super(lines[0]);
    this.lines = lines;
  }
}

const commands: Readonly<Record<CommandName, (words: readonly string[]) => Promise<void>>> = {
  import: importFile,
  link: link,
  doctor: doctor,
  retry: retry,
  backup: backup,
  restore: restore,
  copy: copy,
  "slack-manifest": printManifest,
  "slack-check": slackCheck,
  "teams-package": writePackage,
  docs: writeDocs,
};

async function importFile(words: readonly string[]): Promise<void> {
  const file = one(words, "import needs a practice file: import <file.yaml>");
  const read = readPracticeFile(readBytes(file));
  if (!read.ok) throw new Refusal(...read.mistakes.map(formatMistake));
  const plan = toDomain(read.file);
  await withBooks(async (store, config) => {
    const clock = clockOf(config);
    const { added, updated, archived } = await store.transaction(async (books) => {
      const twice = await findInvitedInChat(books, plan);
      if (twice.length > 0) throw new Refusal(...twice.map(invitedInChat).map(formatMistake));
      return importPractice(books, plan, clock.now());
    });
    for (const warning of read.warnings) console.error(`Note: ${formatMistake(warning)}`);
    const changes = `${added} added, ${updated} updated, ${archived} archived`;
    console.log(`${plan.practice.name}: ${added + updated + archived > 0 ? changes : "nothing changed"}.`);
  });
}

async function link(words: readonly string[]): Promise<void> {
  const [option, practitionerId, ...more] = words.slice(1);
  const isComplete = words.length === 1 || (option === "--as" && practitionerId !== undefined && more.length === 0);
  const [practiceId] = words;
  if (practiceId === undefined || practiceId.startsWith("--") || !isComplete) {
    throw new Refusal("link needs a practice: link <practice> [--as <practitioner>]");
  }
  await withBooks(async (store, config) => {
    const clock = clockOf(config);
    const which = { practiceId, ...given({ practitionerId }) };
    const made = await store.transaction((books) =>
      makeLinkCode(books, which, { nowMs: clock.now(), realNowMs: clock.realNow() }),
    );
    if (!made.ok) {
      const known = made.known.length === 0 ? "None exists yet." : `Known: ${made.known.join(", ")}.`;
      const what = made.refusal === "no-practice" ? `practice ${practiceId}` : `practitioner ${practitionerId}`;
      throw new Refusal(`There is no ${what}. ${known}`);
    }
    console.log(made.code);
    const who = made.practitioner === undefined ? "" : ` The person who types it is connected as ${made.practitioner}.`;
    console.log(
      `Type this code in the chat with the desk, in the workspace or organisation to link to ${made.practice}. It works once and expires after 24 hours.${who}`,
    );
  });
}

async function doctor(words: readonly string[]): Promise<void> {
  none(words);
  const config = configured();
  const store = await explained(config, () => openBooksToRead(config));
  const findings = await examine(config, store, clockOf(config)).finally(store.close);
  for (const { wrong, line } of findings) console.log(`${wrong ? "!" : "✓"} ${line}`);
  const count = findings.filter((finding) => finding.wrong).length;
  if (count > 0) throw new Refusal(count === 1 ? "1 thing needs attention." : `${count} things need attention.`);
}

async function retry(words: readonly string[]): Promise<void> {
  const which = one(words, "retry needs an id that doctor lists, or --all: retry <id> | retry --all");
  await withBooks(async (store) => {
    const repeated = await retryDead(store, which === "--all" ? undefined : which);
    if (repeated === 0 && which !== "--all") throw new Refusal(`Nothing that was given up has the id ${which}.`);
    console.log(
      repeated === 0 ? "Nothing was given up." : `${repeated} will be repeated, within 15 seconds of a running desk.`,
    );
  });
}

async function backup(words: readonly string[]): Promise<void> {
  const file = one(words, "backup needs a file to write: backup <file>");
  const config = configured();
  await explained(config, () => backUpBooks(booksUrl(config), file));
  console.log(`The database was copied to ${file} and checked. Store the key ring separately.`);
}

async function restore(words: readonly string[]): Promise<void> {
  const file = one(words, "restore needs a backup to read: restore <file>");
  const config = configured();
  const { replaced, missing } = await explained(config, async () => restoreBooks(booksUrl(config), file));
  console.log(`The database was restored from ${file}. It needs the key ring of the time of the backup.`);
  if (replaced !== undefined) console.log(`The database that was there is in ${replaced}.`);
  if (missing > 0) console.log("An older version made the backup. The desk updates it when it starts.");
}

async function copy(words: readonly string[]): Promise<void> {
  const [from, to, ...more] = words;
  if (from === undefined || to === undefined || more.length > 0) {
    throw new Refusal("copy needs the source and the target database: copy <from> <to>");
  }
  if (from === to) throw new Refusal("copy needs two different databases. The target must be empty.");
  const { tables, rows } = await copyBooks(from, to);
  console.log(`${rows} rows in ${tables} tables were copied and verified. The copy needs the same key ring.`);
}

async function printManifest(words: readonly string[]): Promise<void> {
  none(words);
  const manifest = slackManifest(configured().publicUrl);
  if (!manifest.ok) throw new Refusal(manifest.line);
  process.stdout.write(manifest.text);
}

async function writePackage(words: readonly string[]): Promise<void> {
  const file = one(words, "teams-package needs a file to write: teams-package <out.zip>");
  const { publicUrl, teams } = configured();
  const made = teamsPackage({ appId: teams?.appId ?? "", publicUrl });
  if (!made.ok) throw new Refusal(made.line);
  writeBytes(file, made.zip);
  console.log(`Wrote the Teams app package for ${publicUrl} to ${file}.`);
}

async function writeDocs(words: readonly string[]): Promise<void> {
  none(words);
  writeFileSync(fileURLToPath(new URL("../docs/practice-file.md", import.meta.url)), practiceFileDocs());
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
  if (wrong > 0) throw new Refusal(wrong === 1 ? "Slack reported 1 problem." : `Slack reported ${wrong} problems.`);
}

function configured(): Config {
  const reading = readConfig();
  if (!reading.ok) throw new Refusal(...reading.mistakes);
  return reading.config;
}

/** Runs a step that opens the configured database, and refuses with the operator's sentence if it cannot be opened. */
async function explained<T>(config: Config, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (error) {
    const problem = startProblem(error, config);
    throw problem === undefined ? error : new Refusal(problem);
  }
}

/** Opens the configured database for the duration of `work`, which writes. */
async function withBooks(work: (store: Store, config: Config) => Promise<void>): Promise<void> {
  const config = configured();
  const store = await explained(config, () => openBooks(config));
  try {
    await work(store, config);
  } finally {
    await store.close();
  }
}

function readBytes(file: string): Uint8Array {
  try {
    // By file descriptor: in a container the process user often may not open /dev/stdin by its path.
    return readFileSync(file === "-" ? 0 : file);
  } catch {
    throw new Refusal(`Cannot read ${file}: the file does not exist or is not readable.`);
  }
}

function writeBytes(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch {
    throw new Refusal(`Cannot write ${file}: the folder does not exist or is not writable.`);
  }
}

function one(words: readonly string[], otherwise: string): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new Refusal(otherwise);
  return word;
}

function none(words: readonly string[]): void {
  if (words.length > 0) throw new Refusal(`This command takes no argument “${words[0]}”.`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", short: "h", default: false },
      as: { type: "string" },
      all: { type: "boolean", default: false },
    },
  });
  const [name, ...words] = positionals;
  if (name === undefined) {
    if (values.help) return console.log(overview());
    throw new Refusal(overview());
  }
  if (!isCommand(name)) throw new Refusal(`Unknown command “${name}”.`, overview());
  if (values.help) return console.log(helpFor(name));
  // Only `link` takes --as and only `retry` takes --all; every other command rejects them as extra arguments.
  const as = values.as === undefined ? [] : ["--as", values.as];
  await commands[name]([...words, ...as, ...(values.all ? ["--all"] : [])]);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

/** The lines for stderr: the message of an expected error, the stack of a bug. */
function linesFor(error: unknown): readonly string[] {
  if (error instanceof Refusal) return error.lines;
  if (error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
    return [`${error.message.split(". ")[0]}. Run with --help for the options.`];
  if (error instanceof DeskError) return [error.message];
  return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
}

try {
  await main();
} catch (error) {
  for (const line of linesFor(error)) console.error(line);
  process.exitCode = 1;
}
