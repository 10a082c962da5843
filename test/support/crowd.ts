/** What a crowded practice is like. */
export interface Crowd {
  readonly id?: string;
  readonly clients: number;
  readonly practitioners: number;
  readonly timezone?: string;
  /** Half-hour sessions from 09:00 to this hour, every day: the fewer, the hotter. */
  readonly until?: string;
  /** Every practitioner has a second chat, p1-phone and so on. */
  readonly phones?: boolean;
}

/**
 * A practice file: clients c1, c2 …, practitioners p1, p2 …, all of them on the page under these names; the sessions
 * `talk` (30 min, on request, 10 min of rest after it) and `check` (30 min, confirms itself), given by everyone.
 */
export function crowdedPractice({
  id = "crowd",
  clients,
  practitioners,
  timezone,
  until = "21:00",
  phones,
}: Crowd): string {
  const prefix = id === "crowd" ? "" : `${id}-`;
  const zone = timezone ?? "Europe/Lisbon";
  const staff = Array.from({ length: practitioners }, (_, at) => `${prefix}p${at + 1}`);
  const everyone = Array.from({ length: clients }, (_, at) => `${prefix}c${at + 1}`);
  const service = (name: string, confirmation: string, more: string) =>
    `  - { id: ${name}, name: ${name}, publicName: ${name}, durationMinutes: 30, ${more}methods: [{ kind: phone, caller: practitioner }], practitioners: [${staff.join(", ")}], confirmation: ${confirmation} }`;
  return [
    `practice: { id: ${id}, name: The ${id}, timezone: ${zone}, locale: en-GB, contact: hello@${id}.example }`,
    "policies: { minimumNoticeMinutes: 0, horizonDays: 60, incrementMinutes: 30 }",
    "practitioners:",
    ...staff.map(
      (name) =>
        `  - { id: ${name}, name: Doctor ${name}, email: ${name}@${id}.example, timezone: ${zone}, chat: [{ page: ${name} }${phones === true ? `, { page: ${name}-phone }` : ""}], hours: [{ days: [mon, tue, wed, thu, fri, sat, sun], from: "09:00", to: "${until}" }] }`,
    ),
    "services:",
    service("talk", "request", "bufferAfterMinutes: 10, "),
    service("check", "auto", ""),
    "clients:",
    ...everyone.map(
      (name) => `  - { id: ${name}, name: Client ${name}, email: ${name}@${id}.example, chat: [{ page: ${name} }] }`,
    ),
    "",
  ].join("\n");
}
