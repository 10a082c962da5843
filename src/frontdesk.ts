import { openSmtpMailer } from "../adapters/email/smtp.ts";
import { openTrayMailer } from "../adapters/email/tray.ts";
import { openMetrics } from "../adapters/metrics/prometheus.ts";
import { openPage } from "../adapters/page/page.ts";
import { pageAddress } from "../adapters/page/receive.ts";
import type { Store } from "../db/store.ts";
import { flows } from "../flows/index.ts";
import { openChatServices } from "./chat-services.ts";
import { type Clock, openClock } from "./clock.ts";
import type { Config } from "./config.ts";
import { type Engine, openEngine } from "./conversation/engine.ts";
import { findAnswerView, viewAnswers } from "./desk/booking/answer-views.ts";
import { answerFormLink, findFormLink } from "./desk/booking/form-links.ts";
import type { Desk } from "./desk/desk.ts";
import { findActivationLink, openActivationLink } from "./desk/people/activate.ts";
import { messagesToShow } from "./desk/secrets.ts";
import { suggestedLines } from "./desk/telling/suggested-lines.ts";
import { crisisHelp } from "./domain/crisis.ts";
import { drawings } from "./drawings.ts";
import { given } from "./given.ts";
import { healthRoutes, oneAtATime } from "./http/health.ts";
import { openHttpServer } from "./http/server.ts";
import { handleCheckoutReturn, openCheckout, type PayingParts, receiveWebhook } from "./jobs/checkout.ts";
import { deskOf } from "./jobs/job-context.ts";
import { startRunner } from "./jobs/runner.ts";
import { measureWaiting } from "./jobs/waiting-work.ts";
import { speaksOfDistress } from "./language/intent/distress.ts";
import type { Log } from "./log.ts";
import { openOwnBooks } from "./open-books.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { Messenger, Platform } from "./ports/messenger.ts";
import type { PagePeople, PagePerson } from "./ports/page-messages.ts";
import type { Payments } from "./ports/payments.ts";
import type { Route } from "./ports/route.ts";
import { aboutRoutes } from "./web/about.ts";
import { activationRoutes } from "./web/activate.ts";
import { answerViewRoutes } from "./web/answers-page.ts";
import { formRoutes } from "./web/form.ts";
import { payRoutes } from "./web/pay.ts";
import { answerProblem } from "./words/problems.ts";

/** A running desk. */
export interface Frontdesk {
  /** The address the HTTP server listens on: `http://127.0.0.1:3000`. */
  readonly address: string;
  readonly store: Store;
  readonly clock: Clock;
  /** Drains: refuses new requests, waits for running turns and sends, closes the database. */
  close(): Promise<void>;
}

/** The clock of a config. */
export function clockOf({ clockStartsAtMs }: Config): Clock {
  return openClock(clockStartsAtMs === undefined ? {} : { startAtMs: clockStartsAtMs });
}

/** Opens the database, conversation engine, HTTP routes and jobs. Rejects when a part cannot be opened. */
export async function openFrontdesk(config: Config, log: Log): Promise<Frontdesk> {
  const clock = clockOf(config);
  const store = await openOwnBooks(config, log);
  const metrics = openMetrics();
  metrics.waiting(() => measureWaiting(store, clock));

  let nudge = (): void => undefined;
  const workIsDue = (): void => {
    nudge();
    store.changes.tell({ what: "work" });
  };
  const messengers = new Map<Platform, Messenger>();
  const engine = openEngine({
    store,
    clock,
    flows,
    publicUrl: config.publicUrl,
    mailFrom: config.mail.from.address,
    takesPayments: config.stripe !== undefined,
    log,
    metrics,
    channels: messengers,
    nudge: workIsDue,
  });

  const page = config.page ? openPage(pageParts(config, store, clock, engine)) : undefined;
  const services = await openChatServices({ config, store, clock, engine, log });
  for (const messenger of [...(page === undefined ? [] : [page.messenger]), ...services.map((one) => one.messenger)])
    messengers.set(messenger.platform, messenger);
  const mailer = openMailer(config, store, clock, () => page?.mailArrived());
  const jobParts = {
    store,
    clock,
    log,
    metrics,
    messengers,
    mailer,
    deliver: engine.deliver,
    publicUrl: config.publicUrl,
    mailFrom: config.mail.from.address,
    drawTab: engine.drawTab,
  };
  const payments = await openPayments(config);
  const paying = payments === undefined ? undefined : { ...jobParts, payments };

  const checks = {
    database: () => passes(store.ping()),
    writes: oneAtATime(() => passes(store.probeWrite())),
  };
  const routes: readonly Route[] = [
    ...healthRoutes({ checks, metrics, ...given({ metricsToken: config.metricsToken }) }),
    ...aboutRoutes(),
    ...activationRoutes({
      publicUrl: config.publicUrl,
      load: (token) => findActivationLink(store.read, token, clock.realNow()),
      makeCode: (token) =>
        store.transaction((books) => openActivationLink({ books, realNowMs: clock.realNow() }, token)),
    }),
    ...answerViewRoutes({
      load: (token) => findAnswerView(store.read, token, clock.realNow()),
      view: (token) => store.transaction((books) => viewAnswers(deskOf(jobParts, books), token)),
    }),
    ...formRoutes(formParts(config, store, clock, messengers, workIsDue)),
    ...(paying === undefined ? [] : payRoutes(payParts(paying, workIsDue))),
    ...(page?.routes ?? []),
    ...services.flatMap((one) => one.routes),
  ];
  const server = openHttpServer({ routes, log, isHttps: config.publicUrl.startsWith("https:") });
  const listening = await server.listen(config.port, config.host).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const runner = startRunner(paying ?? jobParts);
  nudge = runner.nudge;
  runner.nudge();
  for (const service of services) await service.start?.();
  store.changes.listen(({ what }) => {
    if (what === "work" || what === "missed") nudge();
  });

  return {
    address: listening.address,
    store,
    clock,
    async close() {
      await server.close();
      await Promise.all(services.map((service) => service.close()));
      await runner.stop();
      await store.close();
    },
  };
}

async function passes(answer: Promise<void>): Promise<boolean> {
  await answer;
  return true;
}

function pageParts(config: Config, store: Store, clock: Clock, engine: Engine): Parameters<typeof openPage>[0] {
  return {
    deliver: engine.deliver,
    messages: messagesToShow(store.pageMessages, { books: store.read, publicUrl: config.publicUrl }),
    people: peopleWithLines(store, clock),
    tray: store.tray,
    clock,
    drawings,
    changes: store.changes,
    nextDueAtMs: () => store.read.timers.nextDueAtMs(),
    isLoopbackHost: config.isLoopbackHost,
    isLoopbackUrl: config.isLoopbackUrl,
    production: config.production,
    expectsPrivateReply: engine.expectsPrivateReply,
  };
}

/** Suggestions are computed from free times, which is expensive. Of a large practice only the first people get them. */
const mostSuggested = 50;

/** The page's people, each with suggested lines to type. */
function peopleWithLines({ read, pagePeople }: Store, clock: Clock): PagePeople {
  const linesFor = ({ user, role }: PagePerson) =>
    suggestedLines(read, { address: pageAddress(user), role }, clock.now());
  return {
    list: async () => {
      const people = await pagePeople.list();
      return Promise.all(
        people.map(async (one, at) => (one.bound && at < mostSuggested ? { ...one, lines: await linesFor(one) } : one)),
      );
    },
  };
}

function openMailer(config: Config, store: Store, clock: Clock, mailArrived: () => void): Mailer {
  const { from, server } = config.mail;
  switch (server.kind) {
    case "smtp":
      return openSmtpMailer({ url: server.url, from });
    case "tray":
      return openTrayMailer({ tray: store.tray, from, clock, mailArrived });
    case "none":
      return { send: async () => ({ ok: true }) };
    default:
      return server satisfies never;
  }
}

/** The payment provider, where one is configured. Its SDK is imported only then. */
async function openPayments({ stripe }: Config): Promise<Payments | undefined> {
  if (stripe === undefined) return undefined;
  const { openStripe } = await import("../adapters/stripe/payments.ts");
  return openStripe(stripe);
}

/** Connects the payment pages to the database and the provider. */
function payParts(parts: PayingParts, nudge: () => void): Parameters<typeof payRoutes>[0] {
  const nudged = async <Result>(done: Promise<Result>): Promise<Result> => {
    const result = await done;
    nudge();
    return result;
  };
  return {
    open: (token) => nudged(openCheckout(parts, token)),
    handleReturn: (token) => nudged(handleCheckoutReturn(parts, token)),
    handleWebhook: (raw, signature) => nudged(receiveWebhook(parts, raw, signature)),
  };
}

/** Connects the private form page to the database. */
function formParts(
  config: Config,
  store: Store,
  clock: Clock,
  messengers: ReadonlyMap<Platform, Messenger>,
  nudge: () => void,
): Parameters<typeof formRoutes>[0] {
  return {
    publicUrl: config.publicUrl,
    readsDistress: speaksOfDistress,
    load: async (token) => {
      const link = await findFormLink(store.read, token, clock.realNow());
      if (link.state !== "open") return link;
      return {
        state: "open",
        title: link.booking.frozen.publicName,
        practice: link.practice.name,
        crisis: crisisHelp(link.practice, link.zone),
        questions: link.questions.map(({ id, label, type, required, options, help }) => ({
          id,
          label,
          kind: type,
          required,
          ...given({ options, help }),
        })),
      };
    },
    save: async (token, values) => {
      const saved = await store.transaction(async (books) => {
        const desk: Desk = {
          books,
          nowMs: clock.now(),
          realNowMs: clock.realNow(),
          publicUrl: config.publicUrl,
          platforms: [...messengers.keys()],
        };
        return answerFormLink(desk, token, values);
      });
      nudge();
      if (saved.ok || "state" in saved) return saved;
      const errors = Object.entries(saved.problems).map(([id, { label, problem }]) => [
        id,
        answerProblem(label, problem),
      ]);
      return { ok: false, errors: Object.fromEntries(errors) };
    },
  };
}
