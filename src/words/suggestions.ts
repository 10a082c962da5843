/** A session that a client could ask for in one line. */
export interface SuggestedSession {
  readonly publicName: string;
  readonly practitioner: string;
  /** Epoch ms of a free time. */
  readonly startsAtMs: number;
  /** The client's IANA zone. */
  readonly zone: string;
}

/** Lines a client may try: a booking that says everything at once where there is a session to name, and a question. */
export function clientLines(session: SuggestedSession | undefined, hasPackage = false): readonly string[] {
  const packages = hasPackage ? ["book my next package session", "how many sessions do I have left?"] : [];
  const booking = session === undefined ? [] : [bookingLine(session)];
  const price = session === undefined || hasPackage ? [] : [`how much is ${named(session)}?`];
  return ["book a session", ...booking, ...packages, ...price, "my bookings", "help"];
}

/** Lines a practitioner may try; `waitingClient` is who has a request before them. */
export function practitionerLines(waitingClient: string | undefined): readonly string[] {
  if (waitingClient === undefined) return ["who's waiting?", "today", "sessions", "help"];
  return ["who's waiting?", `confirm ${givenName(waitingClient)}`, "today", "help"];
}

/** "Maya" of "Dr Maya Lee": how people call each other when they type. */
export function givenName(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== "" && !/^(dr|mr|ms|mrs|mx|prof)\.?$/i.test(word));
  return words[0] ?? name;
}

function bookingLine(session: SuggestedSession): string {
  const { practitioner, startsAtMs, zone } = session;
  const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: zone }).format(startsAtMs);
  return `book ${named(session)} with ${givenName(practitioner)} next ${weekday} at ${saidTime(startsAtMs, zone)}`;
}

/** "a first visit" */
function named({ publicName }: SuggestedSession): string {
  const service = publicName.replace(/\S+/g, inRunningText);
  return `${/^[aeiou]/i.test(service) ? "an" : "a"} ${service}`;
}

/** "First" loses its capital in the middle of a sentence, "EMDR" does not. */
function inRunningText(word: string): string {
  return /^\p{Lu}[^\p{Lu}]*$/u.test(word) ? word.toLowerCase() : word;
}

/** "3" for 15:00, as people say it by day; "20:00" where the bare number would be taken for the morning. */
function saidTime(ms: number, zone: string): string {
  const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(ms);
  const [hour = 0, minute = 0] = time.split(":").map(Number);
  if (hour < 8 || hour > 18) return time;
  const saidHour = hour > 12 ? hour - 12 : hour;
  return minute === 0 ? String(saidHour) : `${saidHour}:${String(minute).padStart(2, "0")}`;
}
