import { z } from "zod";
import { defaultReminderMinutes } from "../domain/policy.ts";
import { questionTypes } from "../domain/practice.ts";
import { minutesPerDay } from "../domain/units.ts";
import { id, line, money, paragraph, videoUrl, whole } from "./fields.ts";
import { policyOverrideFields } from "./policy-schema.ts";

const durationMinutes = whole(5, minutesPerDay);
const bufferMinutes = whole(0, minutesPerDay);
const services = { absent: "the service's" };

const methodOverrides = {
  durationMinutes: durationMinutes.exactOptional().meta(services).describe("The length with this method."),
  price: money.exactOptional().meta(services).describe("The price with this method."),
  bufferBeforeMinutes: bufferMinutes.exactOptional().meta(services).describe("The buffer before with this method."),
  bufferAfterMinutes: bufferMinutes.exactOptional().meta(services).describe("The buffer after with this method."),
};

const method = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("video").describe("By video."),
    url: videoUrl.describe("The session's address; `{room}` becomes an unguessable room for each session."),
    ...methodOverrides,
  }),
  z.strictObject({
    kind: z.literal("in_person").describe("Face to face."),
    location: id.describe("A location of this file."),
    ...methodOverrides,
  }),
  z.strictObject({
    kind: z.literal("phone").describe("By telephone."),
    caller: z.enum(["practitioner", "client"]).default("practitioner").describe("Who calls whom."),
    ...methodOverrides,
  }),
  z.strictObject({ kind: z.literal("chat").describe("In writing."), ...methodOverrides }),
]);

/** A bookable offer (D2.1). */
export const serviceSchema = z.strictObject({
  id: id.describe("Identifies the service across imports."),
  name: line(80).describe("The name practitioners see."),
  publicName: line(60).describe("The neutral name that chat, e-mail, invitations and payment show."),
  description: paragraph(1000).exactOptional().describe("What the client reads before choosing."),
  category: line(60)
    .exactOptional()
    .describe("The heading it is listed under; clients see headings from two categories on."),
  order: whole(0, 10_000)
    .exactOptional()
    .meta({ absent: "its place in the file, counted from 1" })
    .describe("Its rank in the list of services; equal ranks keep the order of the file."),
  visibility: z
    .enum(["listed", "unlisted", "archived"])
    .default("listed")
    .describe("`unlisted` is not shown in the list, `archived` is no longer bookable."),
  eligibility: z
    .enum(["both", "new", "existing"])
    .default("both")
    .describe("Who may book it: `new` clients without a past session, `existing` ones with one, or both."),
  durationMinutes: durationMinutes.describe("The session's length."),
  bufferBeforeMinutes: bufferMinutes.default(0).describe("Time kept free before it; may lie outside the hours."),
  bufferAfterMinutes: bufferMinutes.default(0).describe("Time kept free after it; may lie outside the hours."),
  price: money
    .exactOptional()
    .meta({ absent: "free" })
    .describe("What a session costs; required unless `payment` is `none`."),
  methods: z
    .array(method)
    .min(1)
    .max(20)
    .describe("The methods, in the order they are offered: each kind once, `in_person` once per location."),
  practitioners: z.array(id).min(1).max(100).describe("The practitioners who offer it, in the order they are shown."),
  confirmation: z
    .enum(["request", "auto"])
    .default("request")
    .describe("`request` waits for the practitioner's answer, `auto` confirms at once."),
  payment: z
    .enum(["none", "at_request", "after_approval"])
    .default("none")
    .describe(
      "`at_request`: authorised with the request, captured on confirmation. `after_approval`: paid after confirmation.",
    ),
  reminders: z
    .array(whole(5, 30 * minutesPerDay))
    .max(3)
    .exactOptional()
    .meta({ absent: `[${defaultReminderMinutes.join(", ")}]` })
    .describe("When the client is reminded, in minutes before the start; `[]` for never."),
  form: id.exactOptional().describe("A form of this file, answered with each booking."),
  terms: id.exactOptional().describe("Terms of this file, acknowledged before booking."),
  ...policyOverrideFields,
  policies: z
    .strictObject(policyOverrideFields)
    .exactOptional()
    .meta({ absent: "the practice's", repeats: true })
    .describe(
      "The five keys above may also be written here, as in the practice's `policies`; each in one of the two places only.",
    ),
});

const question = z.strictObject({
  id: id.describe("Identifies the question within its form, across imports."),
  label: line(150).describe("The question itself."),
  type: z.enum(questionTypes).describe("What kind of answer it takes."),
  options: z
    .array(line(75))
    .min(2)
    .max(100)
    .exactOptional()
    .describe("The answers to choose from; for `choice` and `choices`, and only there."),
  required: z.boolean().default(false).describe("Whether it must be answered."),
  sensitive: z
    .boolean()
    .exactOptional()
    .meta({ absent: "true for `short_text` and `long_text`, false for the other types" })
    .describe("Its answer is encrypted and never asked or shown in Slack, Teams or e-mail."),
  askOnce: z.boolean().default(false).describe("Asked only until the client has answered it once."),
  help: line(300).exactOptional().describe("A hint below the question."),
  shownIf: z
    .strictObject({
      question: id.describe("An earlier question of this form: a choice, choices, yes_no or consent."),
      is: line(75).describe("One of its options; for `yes_no`: yes or no; for `consent`: yes."),
    })
    .exactOptional()
    .meta({ absent: "always shown" })
    .describe("Shown only if an earlier question has this answer."),
});

/** The questions of one booking form, in their order. */
export const formSchema = z.strictObject({
  id: id.describe("Identifies the form across imports."),
  questions: z.array(question).min(1).max(50).describe("The questions in their order."),
});

/** A text to be acknowledged (D5.3). */
export const termsSchema = z.strictObject({
  id: id.describe("Identifies the terms across imports."),
  version: line(40).describe("Clients acknowledge each new version; change it whenever the text changes."),
  text: paragraph(2000).describe("What the client acknowledges."),
});

const packageLimit = whole(1, 1000).exactOptional().meta({ absent: "no limit" });

/** A bundle of sessions that can be given to clients (D6.1). */
export const packageSchema = z.strictObject({
  id: id.describe("Identifies the package across imports."),
  name: line(80).describe("As the client sees it."),
  description: paragraph(1000).exactOptional().describe("What the client reads about it."),
  price: money.exactOptional().meta({ absent: "free" }).describe("What the whole package costs."),
  expiresAfterDays: whole(1, 3650)
    .exactOptional()
    .meta({ absent: "never" })
    .describe("How many days after its first day it expires."),
  limits: z
    .strictObject({
      perWeek: packageLimit.describe("Sessions from it a week."),
      perMonth: packageLimit.describe("Sessions from it a calendar month."),
    })
    .prefault({})
    .describe("Limits on its use."),
  items: z
    .array(
      z.strictObject({
        service: id.describe("A service of this file; each at most once."),
        sessions: whole(1, 1000).describe("How many sessions of it."),
      }),
    )
    .min(1)
    .max(50)
    .describe("What it contains."),
});
