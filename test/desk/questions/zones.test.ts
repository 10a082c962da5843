import { expect, test } from "vitest";
import { addAbsences } from "../../../src/desk/practice/absences.ts";
import { asClient, inDesk, quay } from "../quay.ts";
import { ada, addSession, ana, ask, ben, between, library, maya, openLibrary, told } from "./asking.ts";

test("W9: weekly hours are shown on the asker's clock, then on the practitioner's; irregular weeks show their next day", async () => {
  const desk = await openLibrary();
  const hours = (zone: string, who = "maya") => told(desk, ana, "opening hours", { practitioners: [who] }, zone);
  expect(await hours("Europe/Lisbon")).toBe("Maya Lee: Mon–Fri 09:00–12:00 (Lisbon time).");
  expect(await hours("America/New_York")).toBe(
    "Maya Lee: Mon–Fri 04:00–07:00 (New York time). In Lisbon: Mon–Fri 09:00–12:00.",
  );
  expect(await hours("Asia/Kolkata")).toBe(
    "Maya Lee: Mon–Fri 14:30–17:30 (Kolkata time). In Lisbon: Mon–Fri 09:00–12:00.",
  );
  expect(await hours("America/New_York", "ada")).toBe(
    "Ada Hall: Mon 22:00–00:00; Sat 10:00–13:00 (every other week, next on Sat 7 Mar) (New York time).",
  );
  expect(await hours("Europe/Lisbon", "ada")).toContain("Tue 03:00–05:00; Sat 15:00–18:00");
  expect(await told(desk, ana, "opening hours")).toContain("Maya Lee and Jonas Weber: Mon–Fri 09:00–12:00");
});

test("W9: the hours of a day follow overrides, biweekly hours and time off, with its message", async () => {
  const desk = await openLibrary();
  const on = (from: string, to: string) =>
    told(desk, ada, "opening hours", { span: between(from, to) }, "America/New_York");
  expect(await on("2026-03-07T05:00:00Z", "2026-03-08T05:00:00Z")).toBe(
    "Ada Hall: Sat 7 Mar, 10:00–13:00 (New York time).",
  );
  expect(await on("2026-03-14T04:00:00Z", "2026-03-15T04:00:00Z")).toBe("Ada Hall: not in on Sat 14 Mar.");
  expect(await on("2026-03-09T04:00:00Z", "2026-03-10T04:00:00Z")).toBe("Ada Hall: not in on Mon 9 Mar.");
  expect(await on("2026-03-16T04:00:00Z", "2026-03-17T04:00:00Z")).toBe(
    "Ada Hall: not in on Mon 16 Mar. I am at a course.",
  );
  // Time off typed in chat covers a part of the day.
  const stretches = [{ from: "2026-03-03T10:00", to: "2026-03-03T11:00" }];
  await inDesk(desk, (at) => addAbsences(at, maya, { stretches, kind: "blocked" }));
  const span = between("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
  expect(await told(desk, maya, "opening hours", { span })).toBe(
    "Maya Lee: Tue 3 Mar, 09:00–10:00 and 11:00–12:00 (Lisbon time).",
  );
});

test("W9: a zone named in the question overrides the asker's own", async () => {
  const desk = await openLibrary();
  await addSession(desk, "2026-03-03T10:00:00Z");
  expect(await told(desk, ana, "when", { zone: "Asia/Kolkata" })).toBe(
    "Talk with Maya Lee: Tue 3 Mar, 15:30–16:30 (Kolkata).",
  );
  expect(await told(desk, ana, "opening hours", { zone: "Asia/Kolkata", practitioners: ["maya"] })).toContain(
    "14:30–17:30 (Kolkata time)",
  );
});

test("W9, D7.6: a session is shown in both zones where they differ, in person by the venue's clock first", async () => {
  const desk = await openLibrary();
  await addSession(desk, "2026-03-03T10:00:00Z", { clientId: "ben" });
  const zone = "America/New_York";
  expect(await told(desk, ben, "when", {}, zone)).toBe(
    "Talk with Maya Lee: Tue 3 Mar, 05:00–06:00 (New York) · 10:00–11:00 (Lisbon).",
  );
  expect(await told(desk, maya, "when", { clients: ["ben"] })).toBe(
    "Talk with Ben Okoro: Tue 3 Mar, 10:00–11:00 (Lisbon) · 05:00–06:00 (New York).",
  );
  const pier = { id: "pier", name: "Pier rooms", address: "Cais 1, Lisboa", timezone: "Europe/Lisbon" };
  const visit = await addSession(desk, "2026-03-04T10:00:00Z", { clientId: "ben" });
  const frozen = { ...visit.frozen, method: { kind: "in_person", locationId: "pier" } as const, location: pier };
  const booking = { ...visit, frozen, version: visit.version + 1 };
  await desk.store.transaction((books) => books.bookings.save(booking, visit.version));
  const asking = { subject: { bookingId: visit.id } };
  expect(await told(desk, ben, "when", asking, zone)).toBe(
    "Talk with Maya Lee: Wed 4 Mar, 10:00–11:00 (Lisbon) · 05:00–06:00 (New York).",
  );
  expect(await told(desk, ben, "place", asking, zone)).toBe(
    "Talk on Wed 4 Mar, 10:00 (Lisbon) is in person. The address is Pier rooms, Cais 1, Lisboa.",
  );
  expect(await told(desk, ben, "zone", asking, zone)).toBe(
    "Times here are in New York time. This session is in person, so its time is Lisbon time.",
  );
});

test("W9: en-US writes the month first and counts to twelve", async () => {
  const desk = await openLibrary(library.replace("locale: en-GB", "locale: en-US"));
  await addSession(desk, "2026-03-03T15:00:00Z");
  const span = between("2026-03-03T00:00:00Z", "2026-03-04T00:00:00Z");
  expect(await told(desk, ana, "opening hours", { practitioners: ["maya"] })).toBe(
    "Maya Lee: Mon–Fri 9:00 AM–12:00 PM (Lisbon time).",
  );
  expect(await told(desk, maya, "day", { span })).toBe("Tue Mar 3\n– 3:00 PM–4:00 PM Ana Alves, Talk");
  expect(await told(desk, ana, "when")).toBe("Talk with Maya Lee: Tue Mar 3, 3:00 PM–4:00 PM (Lisbon).");
});

test.each([
  ["Europe/Lisbon", "2026-03-29", "2026-03-29T00:00:00Z", "2026-03-29T23:00:00Z"],
  ["America/New_York", "2026-03-08", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z"],
  ["Asia/Kolkata", "2026-03-29", "2026-03-28T18:30:00Z", "2026-03-29T18:30:00Z"],
  ["Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z"],
])("W9: today is the whole local date in %s on %s, also where clocks change", async (zone, date, from, to) => {
  const yaml = quay.replaceAll("timezone: Europe/Lisbon, chat", `timezone: ${zone}, chat`);
  const desk = await openLibrary(yaml, new Date(Date.parse(from) + 6 * 3_600_000).toISOString().replace("Z", "+00:00"));
  const [fromMs, toMs] = [Date.parse(from), Date.parse(to)];
  for (const ms of [fromMs - 60_000, fromMs, toMs - 60_000, toMs])
    await addSession(desk, new Date(ms).toISOString(), { endsAtMs: ms + 60_000 });
  const { sentences } = await ask(desk, maya, "day", {}, zone);
  expect(sentences.join("").match(/– /g)).toHaveLength(2);
  expect(await told(desk, maya, "count", { span: { fromMs, toMs } }, zone)).toMatch(
    new RegExp(`^2 sessions on \\w{3} ${Number(date.slice(8))} \\w{3}\\.$`),
  );
});

test("W9, case 2: an hour that occurs twice is shown with its offset", async () => {
  const desk = await openLibrary();
  await addSession(desk, "2026-10-25T00:30:00Z");
  const span = between("2026-10-24T23:00:00Z", "2026-10-26T00:00:00Z");
  expect(await told(desk, maya, "day", { span })).toBe("Sun 25 Oct\n– 01:30 (GMT+1)–01:30 (GMT+0) Ana Alves, Talk");
  expect(await told(desk, asClient("cleo"), "day", { span })).toBe("You have no session then.");
});
