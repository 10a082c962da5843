import type { DeliveryMethod, Location } from "../domain/practice.ts";

/** "Video", "In person · Harbour rooms": how a delivery method is named to people, unique within a service. */
export function methodName(method: DeliveryMethod, location?: Location): string {
  switch (method.kind) {
    case "in_person":
      return location === undefined ? "In person" : `In person · ${location.name}`;
    case "video":
      return "Video";
    case "phone":
      return "Phone";
    case "chat":
      return "Chat";
    default:
      return method satisfies never;
  }
}

/** The detail line of a method: the address, or who calls. The video link appears only after confirmation. */
export function methodDetail(method: DeliveryMethod, location?: Location): string {
  switch (method.kind) {
    case "in_person":
      return location === undefined ? "At the practice" : `${location.name}, ${location.address}`;
    case "video":
      return "The link comes with the confirmation";
    case "phone":
      return method.caller === "practitioner" ? "Your practitioner calls you" : "You call the practice";
    case "chat":
      return "Here in this chat";
    default:
      return method satisfies never;
  }
}

/** A session's method for one side. For a phone call it says which side calls (D2.2). */
export function methodFor(side: "client" | "practitioner", method: DeliveryMethod, location?: Location): string {
  const name = methodName(method, location);
  if (method.kind !== "phone") return name;
  if (side === "client") return `${name} · ${methodDetail(method)}`;
  return `${name} · ${method.caller === "practitioner" ? "You call the client" : "The client calls you"}`;
}

/** A length in a sentence: "60 min", "90 min", "2 h". */
export function lengthName(minutes: number): string {
  return minutes < 120 ? `${minutes} min` : duration(minutes);
}

/** "50 min", "1 h", "1 h 30 min". */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
