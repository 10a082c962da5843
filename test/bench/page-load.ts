import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Delivered } from "../../src/conversation/inbound.ts";
import { seeded } from "../support/crowd-life.ts";
import { eventsOn } from "../support/page-person.ts";

/** The results of clients' requests to the desks. */
export interface Load {
  /** Milliseconds from a turn's due time to the end of its answer, for all turns. */
  readonly ms: number[];
  /** Those turns in which typed words were answered with times. */
  readonly firstSlotsMs: number[];
  /** Failed answers: lost connections, any status but 200. */
  readonly failures: string[];
  readonly bookings: { count: number };
  readonly seconds: number;
}

interface Client {
  readonly user: string;
  readonly address: string;
  shown: Delivered;
}

/** Few enough for each client to reach a booking, and more than a healthy desk ever has pending. */
const mostActive = 200;

/** Clients who book repeatedly, each at one of the desks, one turn at a time; `heard` is called with every answer. */
export function openCrowd(
  addresses: readonly string[],
  users: readonly string[],
  heard: (user: string, answer: Delivered) => void = () => {},
) {
  const random = seeded(7);
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const everyone: readonly Client[] = users.map((user, at) => ({
    user,
    address: addresses[at % addresses.length] ?? "",
    shown: {},
  }));

  const free = everyone.slice(0, mostActive);

  async function turn(client: Client, dueAt: number, load: Load, by: Agent = agent): Promise<void> {
    const { path, body } = nextTurn(client, random);
    try {
      client.shown = await send(client.address, path, { user: client.user, id: randomUUID(), ...body }, by);
      const ms = performance.now() - dueAt;
      load.ms.push(ms);
      heard(client.user, client.shown);
      if (path === "/page/say" && eventsOn(client.shown, "slot.chosen").length > 0) load.firstSlotsMs.push(ms);
      if (body.event?.type === "booking.submitted") load.bookings.count += 1;
    } catch (error) {
      client.shown = {};
      load.failures.push(String(error));
    }
  }

  return {
    /**
     * A fixed rate of turns per second, regardless of the desk's speed; a late answer is measured from its due time. A
     * desk more than half the duration behind gets no further turns.
     */
    async atRate(perSecond: number, seconds: number): Promise<Load> {
      const load = emptyLoad(seconds);
      const began = performance.now();
      const underWay: Promise<void>[] = [];
      for (let n = 0; n < perSecond * seconds && performance.now() - began < 1_500 * seconds; ) {
        const dueNow = Math.min(perSecond * seconds, ((performance.now() - began) * perSecond) / 1000);
        for (; n < dueNow; n += 1) {
          const client = free.shift();
          if (client === undefined) break; // every client waits for an answer: these turns begin late, and are measured as late
          const dueAt = began + (n * 1000) / perSecond;
          underWay.push(turn(client, dueAt, load).then(() => void free.push(client)));
        }
        await wait(1);
      }
      await Promise.all(underWay);
      return { ...load, seconds: (performance.now() - began) / 1000 };
    },

    /** As fast as the desk answers, with a fixed number of concurrent turns. */
    async flatOut(atOnce: number, seconds: number): Promise<Load> {
      const load = emptyLoad(seconds);
      const began = performance.now();
      const visitor = async () => {
        while (performance.now() - began < seconds * 1000) {
          const client = free.shift();
          if (client === undefined) return;
          await turn(client, performance.now(), load);
          free.push(client);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, visitor));
      return { ...load, seconds: (performance.now() - began) / 1000 };
    },

    /** All clients at once, each on a new connection. */
    async allAtOnce(count: number): Promise<Load> {
      const load = emptyLoad(0);
      const cold = new Agent({ keepAlive: false, maxSockets: Number.POSITIVE_INFINITY });
      const dueAt = performance.now();
      await Promise.all(everyone.slice(-count).map((client) => turn(client, dueAt, load, cold)));
      return load;
    },

    close: () => agent.destroy(),
  };
}

function emptyLoad(seconds: number): Load {
  return { ms: [], firstSlotsMs: [], failures: [], bookings: { count: 0 }, seconds };
}

/** Words that name everything or nothing; then any button that leads towards a booking. */
function nextTurn({ shown }: Client, random: () => number) {
  for (const type of ["booking.submitted", "service.chosen", "practitioner.chosen", "slot.chosen"]) {
    const events = eventsOn(shown, type);
    const event = events[Math.floor(random() * events.length)];
    const wentOn = type === "slot.chosen" && eventsOn(shown, "another.wanted").length > 0;
    if (event !== undefined && !wentOn)
      return { path: "/page/press", body: { talkId: shown.talkId, revision: shown.revision, event } };
  }
  const day = weekdays[Math.floor(random() * weekdays.length)];
  return { path: "/page/say", body: { text: random() < 0.5 ? "book" : `book check with p1 on ${day} afternoon` } };
}

const weekdays = ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

function send(address: string, path: string, body: unknown, agent: Agent): Promise<Delivered> {
  return new Promise((resolve, reject) => {
    const text = JSON.stringify(body);
    const headers = {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      origin: address,
    };
    const posting = request(`${address}${path}`, { method: "POST", agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const answer = Buffer.concat(chunks).toString();
        const again = response.headers["retry-after"];
        const askedToWait = again === undefined ? "" : `, Retry-After ${again}:`;
        if (response.statusCode === 200) resolve(JSON.parse(answer));
        else reject(new Error(`${path}: ${response.statusCode}${askedToWait} ${answer.slice(0, 100)}`));
      });
    });
    posting.on("error", reject);
    posting.end(text);
  });
}
