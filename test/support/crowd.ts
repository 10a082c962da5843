/** Options of the crowded practice. */
export interface Crowd {
  readonly id?: string;
  readonly clients: number;
  readonly practitioners: number;
  readonly timezone?: string;
  /** End of the half-hour sessions that start at 09:00 every day. The earlier, the more contention. */
  readonly until?: string;
  /** Gives every practitioner a second chat: p1-phone and so on. */
  readonly phones?: boolean;
}

/**
 * A practice file with clients c1, c2 … and practitioners p1, p2 …, whose page users have the same names. Everyone offers
 * the sessions `talk` (30 min, on request, 10 min buffer after it) and `check` (30 min, confirmed automatically).
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
