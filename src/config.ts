import { dirname, join } from "node:path";
import { z } from "zod";
import { isEmailAddress } from "./domain/email-address.ts";
import { given } from "./given.ts";
import { type LogLevel, logLevels } from "./log.ts";
import { isLoopback, isLoopbackUrl, pageOf } from "./page-setting.ts";
import { secretSettings, withSecretFiles } from "./secret-files.ts";
import { readServices, type ServiceSettings } from "./service-settings.ts";
import { parseKeyRing, type RingKey } from "./vault.ts";

/** The validated configuration. No other module reads the environment. */
export interface Config extends ServiceSettings {
  readonly production: boolean;
  readonly host: string;
  /** Whether `host` accepts connections from this machine only. */
  readonly isLoopbackHost: boolean;
  /** 0 picks any free port; set `publicUrl` explicitly then. */
  readonly port: number;
  /** The origin in links to the desk, without a trailing slash. */
  readonly publicUrl: string;
  /** Whether `publicUrl` opens on this machine only. */
  readonly isLoopbackUrl: boolean;
  /** A SQLite file on this machine, or a PostgreSQL server that several desk processes may share. */
  readonly database:
    | { readonly kind: "sqlite"; readonly path: string }
    /** `directUrl` leads past a connection pooler. */
    | { readonly kind: "postgres"; readonly url: string; readonly directUrl?: string };
  readonly logLevel: LogLevel;
  /** The encryption key ring itself, or its file, which `openKeyRing` creates when it does not exist. */
  readonly keys:
    | { readonly from: "environment"; readonly ring: readonly RingKey[] }
    | { readonly from: "file"; readonly path: string };
  /** The initial time of the desk's clock, epoch ms. Absent: wall time. */
  readonly clockStartsAtMs?: number;
  /** Whether the local page is served. */
  readonly page: boolean;
  /** The bearer token of /metrics. Absent: everyone who reaches the desk may read them. */
  readonly metricsToken?: string;
  readonly mail: {
    readonly from: { readonly name: string; readonly address: string };
    /** `tray`: no server is configured, mails appear on the local page. `none`: mail is switched off explicitly. */
    readonly server:
      | { readonly kind: "smtp"; readonly url: string }
      | { readonly kind: "none" }
      | { readonly kind: "tray" };
  };
}

/** The config with warnings for the operator, or every mistake at once, one line with its remedy each. */
export type ConfigReading =
  | { readonly ok: true; readonly config: Config; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The sender when MAIL_FROM is not set. The address is syntactically valid and belongs to no real mailbox. */
const localMailFrom = { name: "Frontdesk", address: "frontdesk@localhost.localdomain" };

/** Reads and validates the environment. An empty value counts as not set. Messages never contain values that may be secret. */
export function readConfig(environment: Environment = process.env): ConfigReading {
  const set = Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) => (value?.trim() ? [[name, value.trim()]] : [])),
  );
  const { env, mistakes: ofFiles } = withSecretFiles(set);
  const read = reader(env);
  const services = readServices(env);

  const production = read("NODE_ENV", nodeEnvs, "development") === "production";
  const host = read("HOST", hostName, "127.0.0.1");
  const isLoopbackHost = isLoopback(host);
  const port = read("PORT", portNumber, 3000);
  const database = databaseOf(read);
  const clockStartsAtMs = read("FRONTDESK_CLOCK", isoInstant, undefined);
  if (clockStartsAtMs !== undefined && production)
    read.mistake("FRONTDESK_CLOCK must not be set in production. Remove it so that the desk uses the real time.");
  const publicUrl = read("PUBLIC_URL", origin, `http://localhost:${port}`);
  const metricsToken = read("METRICS_TOKEN", bearerToken, undefined);
  const page = pageOf(read("FRONTDESK_PAGE", onOrOff, undefined), {
    production,
    host,
    isLoopbackHost,
    publicUrl,
    chat: services.chat,
  });
  if (page.mistake !== undefined) read.mistake(page.mistake);
  if (services.settings.teams?.anonymous && !isLoopbackHost)
    read.mistake(
      `TEAMS_ANONYMOUS is set, but HOST is ${host}, which other machines can reach: anyone could impersonate any user. Set HOST=127.0.0.1 or remove TEAMS_ANONYMOUS.`,
    );

  const config: Config = {
    production,
    host,
    isLoopbackHost,
    port,
    publicUrl,
    isLoopbackUrl: isLoopbackUrl(publicUrl),
    database,
    logLevel: read("LOG_LEVEL", z.enum(logLevels, { error: `write one of ${logLevels.join(", ")}` }), "info"),
    keys: keysOf(env, { production, database }, read.mistake),
    ...given({ clockStartsAtMs, metricsToken }),
    page: page.on,
    mail: mailOf(env, read, services.chat),
    ...services.settings,
  };
  const mistakes = [...ofFiles, ...read.mistakes, ...services.mistakes];
  if (mistakes.length > 0) return { ok: false, mistakes };
  // Other people receive links by chat and mail. Socket Mode and anonymous Teams are for local trials and need no public URL.
  const isForOthers = production || (services.chat && config.slack?.appToken === undefined && !config.teams?.anonymous);
  const homeless =
    isForOthers && env.PUBLIC_URL === undefined
      ? [
          `PUBLIC_URL is missing: links in chats and mails use ${config.publicUrl}, which opens on this machine only. Set it to the address people use, such as https://desk.example.com.`,
        ]
      : [];
  return { ok: true, config, warnings: [...page.warnings, ...homeless] };
}

interface Reader {
  <T>(name: string, schema: z.ZodType<T>, fallback: T): T;
  mistake(line: string): void;
  readonly mistakes: readonly string[];
}

/** Reads one variable at a time and collects mistakes instead of throwing, so that all of them are reported together. */
function reader(env: Readonly<Record<string, string>>): Reader {
  const mistakes: string[] = [];
  const read = <T>(name: string, schema: z.ZodType<T>, fallback: T): T => {
    const value = env[name];
    if (value === undefined) return fallback;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const shown = secret.has(name) ? "has an invalid value" : `is ${JSON.stringify(value.slice(0, 60))}`;
    mistakes.push(`${name} ${shown}: ${parsed.error.issues[0]?.message ?? "remove it"}.`);
    return fallback;
  };
  return Object.assign(read, { mistakes, mistake: (line: string) => void mistakes.push(line) });
}

const secret = new Set<string>(secretSettings);

const nodeEnvs = z.enum(["development", "test", "production"], { error: "write production, development or test" });
const onOrOff = z.enum(["on", "off"], { error: "write on or off" }).optional();

const bearerToken = z
  .string()
  .regex(/^[\w.~+/=-]+$/, "write letters, digits and -._~+/= only")
  .optional();

const hostName = z.string().regex(/^[A-Za-z0-9.:_-]+$/, "write a host name or an IP address alone, such as 127.0.0.1");

const portNumber = z
  .string()
  .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, "write a number from 0 to 65535, such as 3000")
  .transform(Number);

const isoInstant = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ offset: true, precision: -1 })], {
    error: "write an instant with its offset, such as 2026-03-02T08:00:00+01:00",
  })
  .transform((text) => Date.parse(text))
  .optional();

const origin = z
  .string()
  .refine(isOrigin, "write http:// or https:// and a host without a path, such as https://desk.example.com")
  .transform((text) => new URL(text).origin);

const databaseUrl = z.string().transform((text, context) => {
  if (/^postgres(ql)?:/i.test(text)) {
    if (isServerUrl(text)) return { kind: "postgres" as const, url: text };
    context.addIssue("write postgres://user:password@host:5432/database");
    return z.NEVER;
  }
  const path = /^file:(?:\/\/(?=\/))?([^?#]+)$/.exec(text)?.[1];
  if (path === undefined || path.endsWith("/") || path.includes(":memory:")) {
    context.addIssue("write file: and the path of a database file, such as file:data/frontdesk.db, or postgres://…");
    return z.NEVER;
  }
  return { kind: "sqlite" as const, path };
});

const directUrl = z
  .string()
  .refine((text) => isServerUrl(text), "write the server's own address: postgres://user:password@host:5432/database")
  .optional();

/** A list of servers is separated by commas, each with its own port: `postgres://first:5432,second:5433/desk`. */
function isServerUrl(text: string): boolean {
  const [, scheme, servers = "", rest] = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(\/.*)$/i.exec(text) ?? [];
  return servers.split(",").every((server) => {
    const one = `${scheme}${server}${rest}`;
    return server !== "" && URL.canParse(one) && /^\/[^/]+$/.test(new URL(one).pathname);
  });
}

function databaseOf(read: Reader): Config["database"] {
  const database = read<Config["database"]>("DATABASE_URL", databaseUrl, { kind: "sqlite", path: "data/frontdesk.db" });
  const direct = read("DATABASE_DIRECT_URL", directUrl, undefined);
  if (direct === undefined) return database;
  if (database.kind === "postgres") return { ...database, directUrl: direct };
  read.mistake(
    "DATABASE_DIRECT_URL is set, but DATABASE_URL names no PostgreSQL server. Remove it or set DATABASE_URL.",
  );
  return database;
}

function isOrigin(text: string): boolean {
  return /^https?:\/\/[^\s/?#@]+\/?$/i.test(text) && URL.canParse(text);
}

function keysOf(
  env: Readonly<Record<string, string>>,
  { production, database }: Pick<Config, "production" | "database">,
  mistake: (line: string) => void,
): Config["keys"] {
  const text = env.FRONTDESK_KEYS;
  // Next to the database, so that moving or mounting that folder keeps the two together.
  const folder = database.kind === "sqlite" ? dirname(database.path) : "data";
  const file = { from: "file", path: join(folder, "frontdesk.keys") } as const;
  if (text === undefined) {
    const reason = production
      ? "production needs its own key"
      : database.kind === "postgres" && "all desks on one PostgreSQL database need the same key";
    if (reason)
      mistake(
        `FRONTDESK_KEYS is missing: ${reason}. Generate one with: echo "k1:$(openssl rand -base64 32)". Keep a copy: data encrypted with it cannot be decrypted without it.`,
      );
    return file;
  }
  const parsed = parseKeyRing(text);
  if (parsed.ok) return { from: "environment", ring: parsed.ring };
  for (const line of parsed.mistakes) mistake(`FRONTDESK_KEYS: ${line}.`);
  return file;
}

function mailOf(env: Readonly<Record<string, string>>, read: Reader, chat: boolean): Config["mail"] {
  const from = read("MAIL_FROM", mailbox, undefined);
  const url = read("SMTP_URL", smtpUrl, undefined);
  const given = env.SMTP_URL !== undefined;
  if (!given && chat)
    read.mistake(
      "SMTP_URL is missing: invitations to Slack and Teams go by mail. Write smtp://user:password@host:587, or none to switch mail off.",
    );
  if (given && url !== "none" && env.MAIL_FROM === undefined) {
    read.mistake(
      "MAIL_FROM is missing: SMTP_URL names a mail server. Write the sender of the mails, such as Frontdesk <desk@example.com>.",
    );
  }
  const server =
    url === undefined
      ? ({ kind: "tray" } as const)
      : url === "none"
        ? ({ kind: "none" } as const)
        : ({ kind: "smtp", url } as const);
  return { from: from ?? localMailFrom, server };
}

const smtpUrl = z
  .string()
  .refine(
    (text) => text === "none" || (/^smtps?:\/\/[^\s/]+/.test(text) && URL.canParse(text)),
    "write smtp://user:password@host:587, smtps:// for TLS from the start, or none",
  )
  .optional();

const mailbox = z
  .string()
  .transform((text, context) => {
    const [, name = "", address = ""] = /^(?:"?([^"<>\p{Cc}]*?)"?\s*)<([^<>]*)>$/u.exec(text) ?? [text, "", text];
    // A relay on the same machine or intranet may accept a sender at a bare host name.
    if (isEmailAddress(address, 1)) return { name: name || localMailFrom.name, address };
    context.addIssue("write a name and an address, such as Frontdesk <desk@example.com>");
    return z.NEVER;
  })
  .optional();
