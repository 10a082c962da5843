import { z } from "zod";
import { methodKinds } from "../domain/practice.ts";
import { clientId, date, email, endTime, id, line, localMoment, startTime, weekday, whole, zone } from "./fields.ts";

const slackIdentity = z.strictObject({
  team: z
    .string()
    .regex(/^[TE][A-Z0-9]{1,30}$/, "is not a Slack workspace id")
    .meta({ allowed: "a Slack workspace id, such as T0HARBOUR" })
    .describe("The workspace's id."),
  user: z
    .string()
    .regex(/^[UW][A-Z0-9]{1,30}$/, "is not a Slack member id")
    .meta({ allowed: "a Slack member id, such as U0MAYA" })
    .describe("The member's id within the workspace."),
});

const guid = z
  .string()
  .regex(/^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/, "is not a GUID")
  .toLowerCase()
  .meta({ allowed: "a GUID, such as 11111111-1111-4111-8111-111111111111" });

const teamsIdentity = z.strictObject({
  tenant: guid.describe("The Microsoft 365 tenant's id."),
  user: guid.describe("The person's Microsoft Entra object id."),
});

const chat = z
  .array(
    z
      .strictObject({
        page: id.exactOptional().describe("The person's name at the local page's sign-in."),
        slack: slackIdentity.exactOptional().describe("The person in a Slack workspace."),
        teams: teamsIdentity.exactOptional().describe("The person in Microsoft Teams."),
      })
      .meta({ allowed: "exactly one of the keys page, slack or teams" }),
  )
  .max(20)
  .default([]);

const window = {
  from: startTime.describe("When the stretch begins, in the practitioner's zone."),
  to: endTime.describe('When it ends, later than `from`; "24:00" is the end of the day.'),
  methods: z
    .array(z.enum(methodKinds))
    .min(1)
    .exactOptional()
    .meta({ absent: "all" })
    .describe("Only for sessions held in these ways."),
  services: z.array(id).min(1).exactOptional().meta({ absent: "all" }).describe("Only for these services."),
  locations: z
    .array(id)
    .min(1)
    .exactOptional()
    .meta({ absent: "all" })
    .describe("Only for in-person sessions at these locations."),
};

const hoursRule = z.strictObject({
  days: z.array(weekday).min(1).max(7).describe("The days of the week it holds on, short or in full."),
  ...window,
  everyWeeks: whole(1, 52)
    .default(1)
    .describe("1 is every week, 2 every second; weeks are counted from the week of `since`."),
  since: date
    .exactOptional()
    .meta({ absent: "always" })
    .describe("The first date it holds on; required when `everyWeeks` is more than 1."),
});

const override = z.strictObject({
  date: date.describe("The date whose weekly hours are replaced; each at most once."),
  hours: z.array(z.strictObject(window)).max(20).describe("The hours of that date instead; `[]` closes the day."),
});

const outOfOffice = z.strictObject({
  from: localMoment.describe("The first moment away, in the practitioner's zone."),
  to: localMoment.describe("The first moment back."),
  message: line(300).exactOptional().describe("Shown to clients who look for a time in this stretch."),
});

const limit = whole(1, 1000).exactOptional().meta({ absent: "no limit" });

const bookingLimits = z.strictObject({
  perHour: limit.describe("Sessions that may begin within one hour."),
  perDay: limit.describe("Sessions a day."),
  perWeek: limit.describe("Sessions a week, which begins on `practice.weekStartsOn`."),
  perMonth: limit.describe("Sessions a calendar month."),
});

/** A practitioner with their hours and limits. */
export const practitionerSchema = z.strictObject({
  id: id.describe("Identifies the practitioner across imports."),
  name: line(80).describe("The name clients see."),
  email: email.describe("Receives the desk's mails."),
  timezone: zone
    .exactOptional()
    .meta({ absent: "the practice's" })
    .describe("The zone of the times of this practitioner."),
  admin: z.boolean().default(false).describe("Whether they may act for the whole practice."),
  chat: chat.describe("The practitioner's chat users; each entry is one identity."),
  hours: z
    .array(hoursRule)
    .max(100)
    .default([])
    .describe("The weekly hours. Stretches of one date that touch or overlap are one; none means no time is offered."),
  overrides: z.array(override).max(1000).default([]).describe("Dates with other hours than the weekly ones."),
  outOfOffice: z.array(outOfOffice).max(200).default([]).describe("Time off within the hours."),
  limits: bookingLimits.prefault({}).describe("The most sessions; an absent key is not limited."),
});

const grant = z.strictObject({
  template: id.describe("A package of this file."),
  startsOn: date.describe(
    "The first day of its validity. Client, package and this date identify the grant across imports.",
  ),
});

/** A client. */
export const clientSchema = z.strictObject({
  id: clientId.describe("Identifies the client across imports."),
  name: line(80).describe("The name practitioners see."),
  email: email.describe("Receives confirmations and invitations."),
  timezone: zone
    .exactOptional()
    .meta({ absent: "the chat profile's, else the practice's" })
    .describe("The zone the client is shown times in."),
  chat: chat.describe("The client's chat users. With an identity the client is activated."),
  packages: z.array(grant).max(100).default([]).describe("Packages assigned to the client."),
});
