import {
  type BookingForm,
  type Client,
  type DeliveryMethod,
  type HoursRule,
  type Location,
  type PackageTemplate,
  type Practice,
  type Practitioner,
  type Question,
  type Service,
  type Terms,
  type Weekday,
  weekdays,
} from "../domain/practice.ts";
import { given } from "../given.ts";
import { answerWritten } from "./form-checks.ts";
import type { PracticeFile } from "./schema.ts";

/** A person's chat user. The page has one workspace, `local`; Slack's is the team, Teams' the tenant. */
export interface PlannedIdentity {
  readonly platform: "page" | "slack" | "teams";
  readonly workspace: string;
  readonly user: string;
  readonly role: "client" | "practitioner";
  /** The client's or practitioner's id; an identity may occur once per role. */
  readonly personId: string;
  readonly admin: boolean;
}

/** A package assigned to a client; client, template and start identify it. `startsOn` is `YYYY-MM-DD`. */
export interface PlannedGrant {
  readonly clientId: string;
  readonly templateId: string;
  readonly startsOn: string;
}

/** The content of a practice file in domain types, in file order. */
export interface PracticePlan {
  readonly practice: Practice;
  readonly locations: readonly Location[];
  readonly practitioners: readonly Practitioner[];
  readonly services: readonly Service[];
  readonly forms: readonly BookingForm[];
  readonly terms: readonly Terms[];
  readonly packages: readonly PackageTemplate[];
  readonly clients: readonly Client[];
  readonly identities: readonly PlannedIdentity[];
  readonly grants: readonly PlannedGrant[];
}

/** Converts a valid file to domain types. Pure: the same file gives the same plan. */
export function toDomain(file: PracticeFile): PracticePlan {
  const { id, timezone } = file.practice;
  return {
    practice: {
      ...file.practice,
      weekStartsOn: toWeekday(file.practice.weekStartsOn),
      policies: file.policies,
      ...given({ crisis: file.crisis }),
    },
    locations: file.locations.map((location) => ({ timezone, ...location })),
    practitioners: file.practitioners.map((practitioner, position) => toPractitioner(practitioner, position, file)),
    services: inOrder(file.services).map((service, position) => toService(service, position, id)),
    forms: file.forms.map(toForm),
    terms: file.terms,
    packages: file.packages.map(toTemplate),
    clients: file.clients.map((client) => toClient(client, id)),
    identities: [
      ...file.practitioners.flatMap((person) => toIdentities(person, "practitioner", person.admin)),
      ...file.clients.flatMap((person) => toIdentities(person, "client", false)),
    ],
    grants: file.clients.flatMap((client) =>
      client.packages.map(({ template, startsOn }) => ({ clientId: client.id, templateId: template, startsOn })),
    ),
  };
}

type FileWeekday = PracticeFile["practice"]["weekStartsOn"];

function toWeekday(name: FileWeekday): Weekday {
  const weekday = weekdays.find((short) => name.startsWith(short));
  if (weekday === undefined) throw new Error(`Not a weekday: ${name}`);
  return weekday;
}

type FilePractitioner = PracticeFile["practitioners"][number];

function toPractitioner(practitioner: FilePractitioner, position: number, { practice }: PracticeFile): Practitioner {
  const { id, name, email, admin, timezone, hours, overrides, outOfOffice, limits } = practitioner;
  return {
    id,
    practiceId: practice.id,
    name,
    email,
    admin,
    position,
    schedule: { timezone: timezone ?? practice.timezone, hours: hours.map(toRule), overrides, outOfOffice, limits },
  };
}

function toRule(rule: FilePractitioner["hours"][number]): HoursRule {
  return { ...rule, days: rule.days.map(toWeekday) };
}

type FileService = PracticeFile["services"][number];

/** Sorts by `order`, which defaults to the position in the file, from 1; equal ranks keep file order. */
function inOrder(services: readonly FileService[]): FileService[] {
  return services
    .map((service, index) => ({ service, rank: service.order ?? index + 1 }))
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ service }) => service);
}

/** Keys that the file and the domain write alike are kept as they are; the others are named here. */
function toService(service: FileService, position: number, practiceId: string): Service {
  const { order: _, methods, practitioners, reminders, form, terms, policies, ...others } = service;
  const { minimumNoticeMinutes, horizonDays, incrementMinutes, cancellation, requests, ...kept } = others;
  return {
    ...kept,
    practiceId,
    position,
    methods: methods.map(toMethod),
    practitionerIds: practitioners,
    // A policy is written on the service or under its `policies`, never in both.
    policies: {
      ...given({ minimumNoticeMinutes, horizonDays, incrementMinutes, cancellation, requests }),
      ...policies,
    },
    ...given({ reminderMinutes: reminders, formId: form, termsId: terms }),
  };
}

function toMethod(method: FileService["methods"][number]): DeliveryMethod {
  if (method.kind !== "in_person") return method;
  const { location, ...rest } = method;
  return { ...rest, locationId: location };
}

type FileForm = PracticeFile["forms"][number];

function toForm({ id, questions }: FileForm): BookingForm {
  return { id, questions: questions.map((question) => toQuestion(question, questions)) };
}

function toQuestion(question: FileForm["questions"][number], all: FileForm["questions"]): Question {
  const { shownIf, sensitive = isFreeText(question.type), ...given } = question;
  const rest = { ...given, sensitive };
  if (shownIf === undefined) return rest;
  const source = all.find(({ id }) => id === shownIf.question);
  const is = answerWritten(source?.type ?? "choice", shownIf.is);
  return { ...rest, shownIf: { question: shownIf.question, is } };
}

/** Free text is where clients write about their health, whatever the question was (R13). */
function isFreeText(type: Question["type"]): boolean {
  return type === "short_text" || type === "long_text";
}

function toTemplate(template: PracticeFile["packages"][number]): PackageTemplate {
  return { ...template, items: template.items.map(({ service, sessions }) => ({ serviceId: service, sessions })) };
}

function toClient({ id, name, email, timezone }: PracticeFile["clients"][number], practiceId: string): Client {
  return { id, practiceId, name, email, ...(timezone === undefined ? {} : { timezone }), state: "active" };
}

type Person = Pick<PracticeFile["clients"][number], "id" | "chat">;

function toIdentities({ id, chat }: Person, role: PlannedIdentity["role"], admin: boolean): PlannedIdentity[] {
  return chat.flatMap(({ page, slack, teams }): PlannedIdentity[] => {
    const who = { role, personId: id, admin };
    if (page !== undefined) return [{ platform: "page", workspace: "local", user: page, ...who }];
    if (slack !== undefined) return [{ platform: "slack", workspace: slack.team, user: slack.user, ...who }];
    // Directory ids are case-insensitive; inbound ones are stored in lower case.
    if (teams !== undefined)
      return [{ platform: "teams", workspace: teams.tenant.toLowerCase(), user: teams.user.toLowerCase(), ...who }];
    return [];
  });
}
