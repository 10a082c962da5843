import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Sqlite, { type Database } from "better-sqlite3";
import { openMetrics } from "../../adapters/metrics/prometheus.ts";
import { openStore, type Store } from "../../db/store.ts";
import { flows } from "../../flows/index.ts";
import { openEngine } from "../../src/conversation/engine.ts";
import type { Delivered, Inbound, InboundBody } from "../../src/conversation/inbound.ts";
import { importPractice } from "../../src/desk/practice/import-practice.ts";
import { handleCheckoutReturn, openCheckout, type PayingParts, receiveWebhook } from "../../src/jobs/checkout.ts";
import { startRunner } from "../../src/jobs/runner.ts";
import { openLog } from "../../src/log.ts";
import { platforms } from "../../src/ports/messenger.ts";
import { instant } from "../support/clock.ts";
import { practicePlan } from "../support/practice-plan.ts";
import { testVault } from "./books-file.ts";
import type { SimulationDice } from "./dice.ts";
import type { Planted } from "./planted.ts";
import { type Person, people, simulatedPractice } from "./practice.ts";
import { openProvider } from "./provider.ts";
import { openServices, type Services } from "./services.ts";
import { type Life, openVirtualTime, settle, type VirtualTime } from "./virtual-time.ts";

/** Monday morning in Lisbon, two weeks before a clock change in New York and four before the one in Lisbon. */
const start = "2026-03-02T08:00:00Z";

/** A desk with the people and services around it, in virtual time. */
export interface World {
  readonly time: VirtualTime;
  readonly services: Services;
  /** Reads the books as committed, on a connection of its own. */
  books(): Database;
  /** Sends an input as a platform does: again and again until the desk acknowledges it. */
  send(person: Person, body: InboundBody): void;
  /** Sends an acknowledged input once more, as a platform does that did not hear the acknowledgement. */
  repeat(at: number): void;
  /** A client opens the pay link with this token in a browser and pays, if the page takes it. */
  pay(token: string): void;
  /** Money the provider took and did not give back, by payment. */
  kept(): ReadonlyMap<string, number>;
  /** The books on the disk: the file and its log. */
  bytes(): Buffer;
  /** Ids of acknowledged inputs, oldest first. */
  readonly acknowledged: readonly string[];
  /** Number of inputs that are not acknowledged yet. */
  unacknowledged(): number;
  /** Kills the process between two of its steps, and starts it again from what is on the disk. */
  crash(): Promise<void>;
  /** Errors that the desk logged. */
  readonly errors: readonly string[];
  close(): Promise<void>;
}

interface Running {
  readonly life: Life;
  readonly store: Store;
  readonly jobs: PayingParts;
  readonly deliver: (inbound: Inbound) => Promise<Delivered>;
  readonly reader: Database;
}

/** Opens a world in `folder`, from the bytes of empty books. */
export async function openWorld(
  folder: string,
  empty: Buffer,
  dice: SimulationDice,
  planted?: Planted,
): Promise<World> {
  const time = openVirtualTime(instant(start), dice.order);
  const services = openServices(dice.faults, time.nowMs);
  const provider = openProvider(services, time.nowMs);
  const acknowledged: string[] = [];
  const sent: Inbound[] = [];
  const errors: string[] = [];
  let waiting = 0;
  let generation = 0;
  const file = () => join(folder, `desk-${generation}.db`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(file(), empty);
  let running = await begin();

  async function begin(): Promise<Running> {
    const life = time.begin();
    const clock = life.clock;
    const real = await openStore({ url: `file:${file()}`, vault: testVault, scheduler: clock });
    const store = planted === undefined ? real : withBug(real, file(), planted);
    const log = openLog({ level: "silent" });
    const metrics = openMetrics();
    const messengers = new Map(platforms.map((platform) => [platform, services.messenger(platform, life)]));
    const publicUrl = "http://localhost:3000";
    let nudge = (): void => undefined;
    const engine = openEngine({
      store,
      clock,
      flows,
      publicUrl,
      log: { ...log, error: (entry) => void (life.dead || errors.push(String(entry.error ?? entry.event))) },
      metrics,
      channels: messengers,
      takesPayments: true,
      nudge: () => nudge(),
    });
    const jobs: PayingParts = {
      store,
      clock,
      log,
      metrics,
      messengers,
      mailer: services.mailer(life),
      payments: provider.payments(life),
      deliver: engine.deliver,
      publicUrl,
      drawTab: engine.drawTab,
    };
    const runner = startRunner(jobs);
    nudge = runner.nudge;
    if (generation === 0) await firstImport(store);
    nudge();
    return { life, store, jobs, deliver: engine.deliver, reader: new Sqlite(file(), { readonly: true }) };
  }

  async function firstImport(store: Store): Promise<void> {
    const plan = practicePlan(simulatedPractice);
    const identities = plan.identities.map((one) => ({
      ...one,
      platform: people.find(({ user }) => user === one.user)?.platform ?? one.platform,
    }));
    let done = false;
    const importing = store
      .transaction((books) => importPractice(books, { ...plan, identities }, instant(start)))
      .finally(() => {
        done = true;
      });
    await settle();
    while (!done) {
      if (!(await time.runOne())) time.moveTo(time.nextMs());
    }
    await importing;
  }

  function deliver(inbound: Inbound, isRepeat = false): void {
    const { life, deliver: take } = running;
    const again = () => deliver(inbound, isRepeat);
    take(inbound).then(
      () => {
        if (life.dead) return void time.after(3_000, again);
        if (isRepeat) return;
        acknowledged.push(inbound.id);
        waiting -= 1;
      },
      () => void time.after(3_000, again),
    );
  }

  /** The webhook and the browser's return arrive; the provider sends its event again until it is acknowledged. */
  function tellOfPayment(paymentId: string, token: string): void {
    const { jobs, life } = running;
    const again = () => void time.after(30_000, () => tellOfPayment(paymentId, token));
    handleCheckoutReturn(jobs, token).catch(() => undefined);
    receiveWebhook(jobs, Buffer.from(paymentId), "").then(() => void (life.dead && again()), again);
  }

  return {
    time,
    services,
    acknowledged,
    errors,
    books: () => running.reader,
    unacknowledged: () => waiting,
    send({ user, platform }, body) {
      waiting += 1;
      const inbound: Inbound = {
        id: `${platform}:event-${sent.length}`,
        receivedAtMs: time.nowMs(),
        from: { platform, workspace: "local", user },
        body,
      };
      sent.push(inbound);
      deliver(inbound);
    },
    pay(token) {
      const { jobs, life } = running;
      // A browser that gets no answer is closed: the client may try the link again.
      const paying = openCheckout(jobs, token).then((page) => {
        if (page.to !== "checkout" || life.dead) return;
        const paymentId = provider.pay(page.url);
        if (paymentId !== undefined) time.after(1_000, () => tellOfPayment(paymentId, token));
      });
      paying.catch(() => undefined);
    },
    kept: provider.kept,
    bytes: () =>
      Buffer.concat(
        ["", "-wal"].map((end) => `${file()}${end}`).flatMap((part) => (existsSync(part) ? [readFileSync(part)] : [])),
      ),
    repeat(at) {
      const id = acknowledged[at % Math.max(1, acknowledged.length)];
      const inbound = sent.find((one) => one.id === id);
      if (inbound !== undefined) deliver(inbound, true);
    },
    async crash() {
      const { life, store, reader } = running;
      const before = file();
      generation += 1;
      // What a killed process leaves: the file and its log, with an unfinished transaction or without.
      for (const end of ["", "-wal"])
        if (existsSync(`${before}${end}`)) copyFileSync(`${before}${end}`, `${file()}${end}`);
      time.kill(life);
      reader.close();
      await settle();
      await store.close();
      running = await begin();
    },
    async close() {
      time.kill(running.life);
      running.reader.close();
      await settle();
      await running.store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function withBug(store: Store, file: string, { sql, spoil }: Planted): Store {
  if (sql !== undefined) {
    const connection = new Sqlite(file);
    connection.exec(sql);
    connection.close();
  }
  return { ...store, transaction: (work) => store.transaction((books) => work(spoil(books))) };
}
