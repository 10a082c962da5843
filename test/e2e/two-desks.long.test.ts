import { expect, onTestFinished, test } from "vitest";
import { freePort, startDesk } from "../support/desk-process.ts";
import { openWindow } from "../support/desk-window.ts";
import { startPostgres } from "../support/postgres-server.ts";
import { requestFirstVisit } from "./request-first-visit.ts";

const clock = "2026-03-02T08:00:00Z";

test("with two desks on one PostgreSQL a request made at one is confirmed at the other, every window shows it at once, and one desk continues alone", async () => {
  const server = await startPostgres();
  onTestFinished(server.remove);
  const here = await startDesk({ url: server.url, port: await freePort() }, { clock, bundled: true });
  const there = await startDesk({ url: server.url, port: await freePort() }, { clock, bundled: true });
  const anas = await openWindow(here, { as: "Ana Alves" });
  const mayas = await openWindow(there, { as: "Ana Alves" });

  await requestFirstVisit(anas.client, "Ana Alves", { day: "Wed 4 Mar", time: "10:00", hasPackage: true });
  await mayas.client.card("Waiting for an answer").waitFor();
  const when = "Wednesday 4 March 2026, 10:00–11:00 (Lisbon)";
  await mayas.practitioner.card("A session request").getByText(when).waitFor();
  await mayas.practitioner.press("A session request", "Confirm");
  await anas.client.card("Your session is confirmed").waitFor();
  const confirmation = { name: "Confirmed: First visit, Wed 4 Mar, 10:00" };
  for (const { mail } of [anas, mayas]) await mail.getByRole("button", confirmation).waitFor();

  expect(await there.stop()).toBe(0);
  await anas.client.say("book");
  await anas.client.card("Book from a package?").waitFor();
  expect(await here.stop()).toBe(0);
});
