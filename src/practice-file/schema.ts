import { z } from "zod";
import { country, id, line, locale, paragraph, phoneNumber, weekday, zone } from "./fields.ts";
import { formSchema, packageSchema, serviceSchema, termsSchema } from "./offer-schema.ts";
import { clientSchema, practitionerSchema } from "./people-schema.ts";
import { policiesSchema } from "./policy-schema.ts";

const practice = z.strictObject({
  id: id.describe("Identifies the practice across imports; a file with another id is another practice."),
  name: line(80).describe("As clients see it."),
  timezone: zone.describe("The zone of everything without a zone of its own."),
  locale: locale.default("en-GB").describe("Decides the order of day and month and the 12 or 24 hour clock."),
  contact: line(200).describe("How to reach the practice outside of chat; shown as written."),
  weekStartsOn: weekday.default("monday").describe("The first day of a week, for limits by the week."),
  country: country
    .exactOptional()
    .meta({ absent: "unknown" })
    .describe("Whose emergency numbers are shown to a client whose zone is that of no country, such as UTC."),
});

const crisisContact = z.strictObject({
  name: line(80).describe("Who answers, as clients see it."),
  phone: phoneNumber.describe("The number to call; shown as written."),
  country: country
    .exactOptional()
    .meta({ absent: "clients everywhere" })
    .describe("Only clients in this country are shown the contact."),
});

const crisis = z.strictObject({
  text: paragraph(500).exactOptional().describe("The practice's own words, shown below the numbers."),
  contacts: z.array(crisisContact).max(10).default([]).describe("Whom to call, before the public emergency numbers."),
});

const location = z.strictObject({
  id: id.describe("Identifies the location across imports."),
  name: line(80).describe("As clients see it."),
  address: line(200).describe("Where it is; shown as written."),
  timezone: zone.exactOptional().meta({ absent: "the practice's" }).describe("The zone of its clocks."),
});

/** The schema of the whole practice file. `references.ts` checks what spans several keys. */
export const practiceFileSchema = z.strictObject({
  practice: practice.describe("The practice itself."),
  policies: policiesSchema.prefault({}).describe("The practice's rules; a service can override each."),
  crisis: crisis
    .exactOptional()
    .describe("What the desk adds to its answer when a client writes of self-harm, suicide or violence."),
  locations: z.array(location).max(200).default([]).describe("Where in-person sessions happen."),
  practitioners: z
    .array(practitionerSchema)
    .max(200)
    .default([])
    .describe("Who delivers sessions, in the order clients are offered them."),
  services: z.array(serviceSchema).max(500).default([]).describe("What clients can book."),
  forms: z.array(formSchema).max(200).default([]).describe("Questions asked with a booking."),
  terms: z.array(termsSchema).max(200).default([]).describe("Texts a client acknowledges before booking."),
  packages: z.array(packageSchema).max(200).default([]).describe("Bundles of sessions that clients can hold."),
  clients: z.array(clientSchema).max(20_000).default([]).describe("The clients."),
});

/** A valid practice file with every default filled in. */
export type PracticeFile = z.output<typeof practiceFileSchema>;

/** A practice file as written, before defaults. */
export type PracticeFileInput = z.input<typeof practiceFileSchema>;
