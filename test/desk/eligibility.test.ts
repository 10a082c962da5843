import { expect, test } from "vitest";
import { buttonsOn, openQuay, quay, request, rows, titleOf } from "./quay.ts";

// D2.1: a service for new or for existing clients is offered to them only.

const practice = quay
  .replace("publicName: Talk,", "publicName: Talk, eligibility: new,")
  .replace("publicName: Duo,", "publicName: Duo, eligibility: existing,");

test("a new client sees services for new clients, an existing one those for existing clients", async () => {
  const desk = await openQuay({ practice });
  const offered = async () => {
    await desk.say("ana", "book");
    return buttonsOn(desk.newest("ana")).filter((label) => ["Talk", "Duo", "Quick", "Visit"].includes(label));
  };
  expect(await offered()).toEqual(["Talk", "Quick", "Visit"]);
  await request(desk, "ana", { service: "Talk", day: "Tue 3 Mar", time: "10:00" });
  // A request does not make an existing client.
  expect(await offered()).toEqual(["Talk", "Quick", "Visit"]);
  await desk.press("maya", "Confirm");
  expect(await offered()).toEqual(["Duo", "Quick", "Visit"]);
});

test("a new client cannot book a service for existing clients by naming it", async () => {
  const desk = await openQuay({ practice });
  await desk.say("ana", "book a duo on Tuesday 3 March at 10");
  expect(titleOf(desk, "ana")).toBe("What would you like to book?");
  expect(rows(desk, "bookings")).toEqual([]);
});
