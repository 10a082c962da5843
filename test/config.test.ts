import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Config, type Environment, readConfig } from "../src/config.ts";
import { secretSettings } from "../src/secret-files.ts";
import { newFolder } from "./support/new-folder.ts";

const key = Buffer.alloc(32, 7).toString("base64");

function config(env: Environment): Config {
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  return reading.config;
}

function mistakes(env: Environment): readonly string[] {
  const reading = readConfig(env);
  return reading.ok ? [] : reading.mistakes;
}

function warnings(env: Environment): readonly string[] {
  const reading = readConfig(env);
  return reading.ok ? reading.warnings : ["not ok"];
}

describe("an empty environment", () => {
  test("gives a local desk with database and keys under data/, the page, and the mail tray", () => {
    expect(config({})).toEqual({
      production: false,
      host: "127.0.0.1",
      isLoopbackHost: true,
      port: 3000,
      publicUrl: "http://localhost:3000",
      isLoopbackUrl: true,
      database: { kind: "sqlite", path: "data/frontdesk.db" },
      logLevel: "info",
      keys: { from: "file", path: "data/frontdesk.keys" },
      page: true,
      mail: { from: { name: "Frontdesk", address: "frontdesk@localhost.localdomain" }, server: { kind: "tray" } },
    });
    expect(warnings({})).toEqual([]);
  });

  test("is the same when all variables are empty", () => {
    expect(
      config({ HOST: "", PORT: " ", DATABASE_URL: "", SLACK_BOT_TOKEN: "", SMTP_URL: "", FRONTDESK_CLOCK: "" }),
    ).toEqual(config({}));
  });
});

describe("a valid setting", () => {
  test.each<[string, Environment, Partial<Config>]>([
    ["port", { PORT: "8080" }, { port: 8080, publicUrl: "http://localhost:8080" }],
    ["any free port", { PORT: "0" }, { port: 0 }],
    [
      "public address, without the page (R12)",
      { PUBLIC_URL: "https://desk.example.com/" },
      { publicUrl: "https://desk.example.com", isLoopbackUrl: false, page: false },
    ],
    ["public address on this machine", { PUBLIC_URL: "http://[::1]:3000" }, { isLoopbackUrl: true, page: true }],
    ["metrics token", { METRICS_TOKEN: "a-token" }, { metricsToken: "a-token" }],
    [
      "anonymous Teams on this machine",
      { TEAMS_ANONYMOUS: "1", SMTP_URL: "none", HOST: "localhost" },
      { teams: expect.objectContaining({ anonymous: true }) },
    ],
    [
      "database, with its keys in the same folder",
      { DATABASE_URL: "file:/var/desk/books.db" },
      {
        database: { kind: "sqlite", path: "/var/desk/books.db" },
        keys: { from: "file", path: "/var/desk/frontdesk.keys" },
      },
    ],
    [
      "database as a URL",
      { DATABASE_URL: "file:///var/desk/books.db" },
      { database: { kind: "sqlite", path: "/var/desk/books.db" } },
    ],
    [
      "database server",
      { DATABASE_URL: "postgres://desk:secret@db.example/desk", FRONTDESK_KEYS: `k1:${key}` },
      { database: { kind: "postgres", url: "postgres://desk:secret@db.example/desk" } },
    ],
    [
      "several database servers (R7)",
      { DATABASE_URL: "postgres://desk:secret@a:5432,b:5433/desk", FRONTDESK_KEYS: `k1:${key}` },
      { database: { kind: "postgres", url: "postgres://desk:secret@a:5432,b:5433/desk" } },
    ],
    [
      "database server past a pooler (R7)",
      {
        DATABASE_URL: "postgres://desk:secret@pooler:6432/desk",
        DATABASE_DIRECT_URL: "postgres://desk:secret@db/desk",
        FRONTDESK_KEYS: `k1:${key}`,
      },
      {
        database: {
          kind: "postgres",
          url: "postgres://desk:secret@pooler:6432/desk",
          directUrl: "postgres://desk:secret@db/desk",
        },
      },
    ],
    ["level", { LOG_LEVEL: "silent" }, { logLevel: "silent" }],
    [
      "keys",
      { FRONTDESK_KEYS: `k2:${key}` },
      { keys: { from: "environment", ring: [{ id: "k2", key: Buffer.alloc(32, 7) }] } },
    ],
    ["clock", { FRONTDESK_CLOCK: "2026-03-02T08:00:00+01:00" }, { clockStartsAtMs: Date.UTC(2026, 2, 2, 7) }],
    [
      "clock in UTC without seconds",
      { FRONTDESK_CLOCK: "2026-03-02T08:00Z" },
      { clockStartsAtMs: Date.UTC(2026, 2, 2, 8) },
    ],
    ["no page", { FRONTDESK_PAGE: "off" }, { page: false }],
    ["the page on IPv6's loopback", { FRONTDESK_PAGE: "on", HOST: "::1" }, { page: true, isLoopbackHost: true }],
    [
      "mail server",
      { SMTP_URL: "smtp://desk:secret@mail.example:587", MAIL_FROM: "Harbour <desk@harbour.example>" },
      {
        mail: {
          from: { name: "Harbour", address: "desk@harbour.example" },
          server: { kind: "smtp", url: "smtp://desk:secret@mail.example:587" },
        },
      },
    ],
    [
      "a sender without a name",
      { MAIL_FROM: "desk@harbour.example" },
      { mail: { from: { name: "Frontdesk", address: "desk@harbour.example" }, server: { kind: "tray" } } },
    ],
    [
      "a sender in quotes",
      { MAIL_FROM: '"Harbour, Lisbon" <desk@harbour.example>' },
      { mail: { from: { name: "Harbour, Lisbon", address: "desk@harbour.example" }, server: { kind: "tray" } } },
    ],
    [
      "no mail on purpose",
      { SMTP_URL: "none" },
      { mail: { from: { name: "Frontdesk", address: "frontdesk@localhost.localdomain" }, server: { kind: "none" } } },
    ],
    ["production", { NODE_ENV: "production", FRONTDESK_KEYS: `k1:${key}` }, { production: true, page: false }],
  ])("%s", (_, env, expected) => expect(config(env)).toMatchObject(expected));
});

describe("a mistake is one line with its remedy", () => {
  test.each<[Environment, string]>([
    [{ PORT: "http" }, 'PORT is "http": write a number from 0 to 65535, such as 3000.'],
    [{ PORT: "65536" }, 'PORT is "65536": write a number from 0 to 65535, such as 3000.'],
    [{ PORT: "-1" }, 'PORT is "-1": write a number from 0 to 65535, such as 3000.'],
    [
      { HOST: "http://localhost" },
      'HOST is "http://localhost": write a host name or an IP address alone, such as 127.0.0.1.',
    ],
    [
      { PUBLIC_URL: "desk.example.com" },
      'PUBLIC_URL is "desk.example.com": write http:// or https:// and a host without a path, such as https://desk.example.com.',
    ],
    [
      { PUBLIC_URL: "https://desk.example.com/desk" },
      'PUBLIC_URL is "https://desk.example.com/desk": write http:// or https:// and a host without a path, such as https://desk.example.com.',
    ],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud": write one of trace, debug, info, warn, error, fatal, silent.'],
    [{ NODE_ENV: "prod" }, 'NODE_ENV is "prod": write production, development or test.'],
    [
      { DATABASE_URL: "postgres://desk:secret@db", FRONTDESK_KEYS: `k1:${key}` },
      "DATABASE_URL has an invalid value: write postgres://user:password@host:5432/database.",
    ],
    [
      { DATABASE_URL: "postgres://desk:secret@a,,b/desk", FRONTDESK_KEYS: `k1:${key}` },
      "DATABASE_URL has an invalid value: write postgres://user:password@host:5432/database.",
    ],
    [
      { DATABASE_URL: "postgres://desk:secret@a:x,b/desk", FRONTDESK_KEYS: `k1:${key}` },
      "DATABASE_URL has an invalid value: write postgres://user:password@host:5432/database.",
    ],
    [
      {
        DATABASE_URL: "postgres://desk:secret@db/desk",
        DATABASE_DIRECT_URL: "file:desk.db",
        FRONTDESK_KEYS: `k1:${key}`,
      },
      "DATABASE_DIRECT_URL has an invalid value: write the server's own address: postgres://user:password@host:5432/database.",
    ],
    [
      { DATABASE_DIRECT_URL: "postgres://desk:secret@db/desk" },
      "DATABASE_DIRECT_URL is set, but DATABASE_URL names no PostgreSQL server. Remove it or set DATABASE_URL.",
    ],
    [
      { DATABASE_URL: "postgres://desk:secret@db/desk" },
      'FRONTDESK_KEYS is missing: all desks on one PostgreSQL database need the same key. Generate one with: echo "k1:$(openssl rand -base64 32)". Keep a copy: data encrypted with it cannot be decrypted without it.',
    ],
    [
      { DATABASE_URL: "mysql://desk:secret@db/desk" },
      "DATABASE_URL has an invalid value: write file: and the path of a database file, such as file:data/frontdesk.db, or postgres://….",
    ],
    [
      { DATABASE_URL: "file::memory:" },
      "DATABASE_URL has an invalid value: write file: and the path of a database file, such as file:data/frontdesk.db, or postgres://….",
    ],
    [{ FRONTDESK_KEYS: "k1:secret" }, 'FRONTDESK_KEYS: key 1 ("k1"): 4 bytes, must be 32.'],
    [
      { FRONTDESK_CLOCK: "2026-03-02T08:00:00" },
      'FRONTDESK_CLOCK is "2026-03-02T08:00:00": write an instant with its offset, such as 2026-03-02T08:00:00+01:00.',
    ],
    [
      { FRONTDESK_CLOCK: "tomorrow" },
      'FRONTDESK_CLOCK is "tomorrow": write an instant with its offset, such as 2026-03-02T08:00:00+01:00.',
    ],
    [
      { NODE_ENV: "production", FRONTDESK_KEYS: `k1:${key}`, FRONTDESK_CLOCK: "2026-03-02T08:00:00Z" },
      "FRONTDESK_CLOCK must not be set in production. Remove it so that the desk uses the real time.",
    ],
    [
      { NODE_ENV: "production" },
      'FRONTDESK_KEYS is missing: production needs its own key. Generate one with: echo "k1:$(openssl rand -base64 32)". Keep a copy: data encrypted with it cannot be decrypted without it.',
    ],
    [{ FRONTDESK_PAGE: "yes" }, 'FRONTDESK_PAGE is "yes": write on or off.'],
    [
      { FRONTDESK_PAGE: "on", HOST: "0.0.0.0" },
      "FRONTDESK_PAGE is on, but HOST is 0.0.0.0, which other machines can reach. The page lets any visitor act as anybody. Set FRONTDESK_PAGE=off or HOST=127.0.0.1.",
    ],
    [
      { FRONTDESK_PAGE: "on", PUBLIC_URL: "https://desk.example.com" },
      "FRONTDESK_PAGE is on, but PUBLIC_URL is https://desk.example.com, which other machines can reach. The page lets any visitor act as anybody. Set FRONTDESK_PAGE=off or remove PUBLIC_URL.",
    ],
    [
      { TEAMS_ANONYMOUS: "1", SMTP_URL: "none", HOST: "0.0.0.0" },
      "TEAMS_ANONYMOUS is set, but HOST is 0.0.0.0, which other machines can reach: anyone could impersonate any user. Set HOST=127.0.0.1 or remove TEAMS_ANONYMOUS.",
    ],
    [{ METRICS_TOKEN: "two words" }, "METRICS_TOKEN has an invalid value: write letters, digits and -._~+/= only."],
    [
      { FRONTDESK_PAGE: "on", NODE_ENV: "production", FRONTDESK_KEYS: `k1:${key}` },
      "FRONTDESK_PAGE is on, but NODE_ENV is production. The page lets any visitor act as anybody. Set FRONTDESK_PAGE=off.",
    ],
    [
      { SMTP_URL: "mail.example:587", MAIL_FROM: "desk@harbour.example" },
      "SMTP_URL has an invalid value: write smtp://user:password@host:587, smtps:// for TLS from the start, or none.",
    ],
    [
      { SMTP_URL: "smtp://mail.example" },
      "MAIL_FROM is missing: SMTP_URL names a mail server. Write the sender of the mails, such as Frontdesk <desk@example.com>.",
    ],
    [
      { MAIL_FROM: "Frontdesk" },
      'MAIL_FROM is "Frontdesk": write a name and an address, such as Frontdesk <desk@example.com>.',
    ],
    [
      { MAIL_FROM: "a@example.com, b@example.com" },
      'MAIL_FROM is "a@example.com, b@example.com": write a name and an address, such as Frontdesk <desk@example.com>.',
    ],
    [
      { STRIPE_SECRET_KEY: "sk_test_1" },
      "STRIPE_WEBHOOK_SECRET is missing: Stripe is only partly configured (STRIPE_SECRET_KEY). Set it too, or remove the others.",
    ],
    [
      { STRIPE_SECRET_KEY: "pk_test_1", STRIPE_WEBHOOK_SECRET: "whsec_1" },
      "STRIPE_SECRET_KEY is not a secret key. Copy the key that begins with sk_ or rk_, not the publishable key.",
    ],
    [
      { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: "whsec_1", STRIPE_API_URL: "http://stripe.example" },
      "STRIPE_API_URL is not a valid URL. Write https://…, or http:// for this machine only.",
    ],
    [
      { SMTP_URL: "none", SLACK_BOT_TOKEN: "xoxb-1" },
      "SLACK_SIGNING_SECRET is missing: Slack is only partly configured (SLACK_BOT_TOKEN). Set it too, or remove the others.",
    ],
    [
      { SMTP_URL: "none", SLACK_SIGNING_SECRET: "s", SLACK_CLIENT_ID: "1.2", SLACK_CLIENT_SECRET: "s" },
      "SLACK_STATE_SECRET is missing: Slack is only partly configured (SLACK_SIGNING_SECRET, SLACK_CLIENT_ID, SLACK_CLIENT_SECRET). Set it too, or remove the others.",
    ],
    [
      { SMTP_URL: "none", SLACK_SIGNING_SECRET: "s", SLACK_BOT_TOKEN: "xoxp-1" },
      "SLACK_BOT_TOKEN is not a bot token. Copy the Bot User OAuth Token, which begins with xoxb-.",
    ],
    [
      { SMTP_URL: "none", MicrosoftAppId: "22222222-2222-4222-8222-222222222222" },
      "MicrosoftAppPassword is missing: Microsoft Teams is only partly configured (MicrosoftAppId). Set it too, or remove the others.",
    ],
    [
      { SMTP_URL: "none", MicrosoftAppId: "22222222-2222-4222-8222-222222222222", MicrosoftAppPassword: "p" },
      "MicrosoftAppTenantId is missing or not a valid id. A SingleTenant bot belongs to one directory: copy its Directory (tenant) ID.",
    ],
    [
      { SMTP_URL: "none", TEAMS_ANONYMOUS: "yes" },
      "TEAMS_ANONYMOUS may only be 1, which disables authentication for a local emulator. Remove it otherwise.",
    ],
  ])("%j", (env, line) => expect(mistakes(env)).toEqual([line]));

  test("all mistakes are reported together", () => {
    const lines = mistakes({
      PORT: "x",
      LOG_LEVEL: "x",
      NODE_ENV: "x",
      DATABASE_URL: "x",
      FRONTDESK_KEYS: "x, y",
      FRONTDESK_CLOCK: "x",
      FRONTDESK_PAGE: "x",
      SLACK_BOT_TOKEN: "x",
      MicrosoftAppId: "x",
    });
    const names = lines.map((line) => line.split(/[ :]/)[0]);
    expect(names).toEqual([
      "NODE_ENV",
      "PORT",
      "DATABASE_URL",
      "FRONTDESK_CLOCK",
      "FRONTDESK_PAGE",
      "LOG_LEVEL",
      "FRONTDESK_KEYS",
      "FRONTDESK_KEYS",
      "SMTP_URL",
      "SLACK_SIGNING_SECRET",
      "MicrosoftAppPassword",
    ]);
  });

  test("a message never contains a secret", () => {
    const env = {
      DATABASE_URL: "postgres://desk:planted@db",
      SMTP_URL: "http://desk:planted@mail",
      FRONTDESK_KEYS: "k1:planted",
      SLACK_BOT_TOKEN: "planted",
      STRIPE_SECRET_KEY: "planted",
      MicrosoftAppPassword: "planted",
    };
    expect(mistakes(env).join()).not.toContain("planted");
  });
});

describe("with chat keys", () => {
  test("SMTP_URL is required, none included", () => {
    const chat = { SLACK_SIGNING_SECRET: "s", SLACK_BOT_TOKEN: "xoxb-1" };
    const line =
      "SMTP_URL is missing: invitations to Slack and Teams go by mail. Write smtp://user:password@host:587, or none to switch mail off.";
    expect(mistakes(chat)).toContain(line);
    expect(mistakes({ ...chat, SMTP_URL: "none" })).not.toContain(line);
  });
});

test("a host that other machines can reach switches the page off with a warning", () => {
  expect(config({ HOST: "0.0.0.0" }).page).toBe(false);
  expect(warnings({ HOST: "0.0.0.0" })).toEqual([
    "The local page is off because HOST is 0.0.0.0, which other machines can reach, and neither Slack nor Teams is configured. No one can chat with the desk.",
  ]);
  expect(warnings({ HOST: "0.0.0.0", FRONTDESK_PAGE: "off" })).toEqual([]);
});

test("a missing PUBLIC_URL is a warning in production and with Slack or Teams", () => {
  const missing = expect.stringMatching(/^PUBLIC_URL is missing: links .* use http:\/\/localhost:3000, /);
  const slack = { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "secret", SMTP_URL: "none" };
  const production = { NODE_ENV: "production", FRONTDESK_KEYS: `k1:${key}`, FRONTDESK_PAGE: "off" };
  expect(warnings(slack)).toEqual([missing]);
  expect(warnings(production)).toEqual([missing]);
  const PUBLIC_URL = "https://desk.example.com";
  expect(warnings({ ...slack, PUBLIC_URL })).toEqual([]);
  expect(warnings({ ...production, PUBLIC_URL })).toEqual([]);
  expect(warnings({ ...slack, SLACK_APP_TOKEN: "xapp-1" })).toEqual([]);
  expect(warnings({ TEAMS_ANONYMOUS: "1", SMTP_URL: "none" })).toEqual([]);
});

describe("R12 a secret setting may be read from a file", () => {
  /** A complete environment for each secret, with its value. */
  const values: Readonly<Record<(typeof secretSettings)[number], Environment>> = {
    DATABASE_URL: { DATABASE_URL: "file:other/books.db" },
    DATABASE_DIRECT_URL: {
      DATABASE_DIRECT_URL: "postgres://server/books",
      DATABASE_URL: "postgres://pooler/books",
      FRONTDESK_KEYS: `k1:${key}`,
    },
    FRONTDESK_KEYS: { FRONTDESK_KEYS: `k2:${key}` },
    METRICS_TOKEN: { METRICS_TOKEN: "a-token" },
    SMTP_URL: { SMTP_URL: "smtp://desk:secret@mail.example", MAIL_FROM: "desk@harbour.example" },
    SLACK_SIGNING_SECRET: { SLACK_SIGNING_SECRET: "s", SLACK_BOT_TOKEN: "xoxb-1", SMTP_URL: "none" },
    SLACK_BOT_TOKEN: { SLACK_BOT_TOKEN: "xoxb-1", SLACK_SIGNING_SECRET: "s", SMTP_URL: "none" },
    SLACK_CLIENT_SECRET: oauth(),
    SLACK_STATE_SECRET: oauth(),
    SLACK_APP_TOKEN: {
      ...{ SLACK_APP_TOKEN: "xapp-1", SLACK_SIGNING_SECRET: "s", SLACK_BOT_TOKEN: "xoxb-1", SMTP_URL: "none" },
    },
    MicrosoftAppPassword: {
      MicrosoftAppPassword: "p",
      MicrosoftAppId: "22222222-2222-4222-8222-222222222222",
      MicrosoftAppTenantId: "11111111-1111-4111-8111-111111111111",
      SMTP_URL: "none",
    },
    STRIPE_SECRET_KEY: { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: "whsec_1" },
    STRIPE_WEBHOOK_SECRET: { STRIPE_WEBHOOK_SECRET: "whsec_1", STRIPE_SECRET_KEY: "sk_test_1" },
  };
  function oauth(): Environment {
    return {
      SLACK_CLIENT_SECRET: "a-client-secret",
      SLACK_STATE_SECRET: "a-state-secret",
      SLACK_CLIENT_ID: "1.2",
      SLACK_SIGNING_SECRET: "s",
      SMTP_URL: "none",
    };
  }
  function fileWith(text: string): string {
    const file = join(newFolder("secret"), "value");
    writeFileSync(file, text);
    return file;
  }

  test.each(secretSettings)("%s", (name) => {
    const { [name]: value = "", ...rest } = values[name];
    const plain = config({ ...rest, [name]: value });
    for (const end of ["", "\n", "\r\n"])
      expect(config({ ...rest, [`${name}_FILE`]: fileWith(`${value}${end}`) })).toEqual(plain);
    const both = { ...rest, [name]: value, [`${name}_FILE`]: fileWith(value) };
    expect(mistakes(both)).toEqual([`${name} and ${name}_FILE are both set. Remove one of them.`]);
  });

  test("a file that is missing, empty or a folder is a mistake, which never quotes the value", () => {
    const read = (path: string) => mistakes({ METRICS_TOKEN_FILE: path });
    expect(read("/nowhere/at/all")).toEqual([
      "METRICS_TOKEN_FILE names a file that cannot be read (ENOENT). Write the path of a file that the desk's user may read.",
    ]);
    expect(read("/")[0]).toContain("(EISDIR)");
    expect(read(fileWith("\n"))).toEqual(["METRICS_TOKEN_FILE names an empty file. Write the value into it."]);
    expect(read(fileWith("planted words")).join()).not.toContain("planted");
  });
});
