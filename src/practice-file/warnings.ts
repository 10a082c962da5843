import { minutesOfTime } from "../domain/local-date.ts";
import { weekdays } from "../domain/practice.ts";
import { isOpenTo } from "../domain/working-hours.ts";
import { type FilePath, type Finding, orList, quote } from "./mistake.ts";
import type { PracticeFile } from "./schema.ts";

type Practitioner = PracticeFile["practitioners"][number];
type Hours = Practitioner["overrides"][number]["hours"][number];
type Service = PracticeFile["services"][number];
type Method = Service["methods"][number];

/** Valid entries that are probably mistakes: sessions that can never be offered, misleading names and fees. */
export function findWarnings(file: PracticeFile): Finding[] {
  const offered = file.services
    .map((service, at) => ({ service, path: ["services", at] as FilePath }))
    .filter(({ service }) => service.visibility !== "archived");
  return [
    ...offered.flatMap(({ service, path }) => sameNameWarnings(service, path, offered)),
    ...offered.flatMap(({ service, path }) => feeWarnings(file, service, path)),
    ...offered.flatMap(({ service, path }) => fitWarnings(file, service, path)),
    ...file.practitioners.flatMap((practitioner, at) =>
      filterWarnings(file, practitioner, ["practitioners", at, "hours"]),
    ),
  ];
}

interface Placed {
  readonly service: Service;
  readonly path: FilePath;
}

function sameNameWarnings(service: Service, path: FilePath, offered: readonly Placed[]): Finding[] {
  const first = offered.find((other) => other.service.publicName.toLowerCase() === service.publicName.toLowerCase());
  if (first === undefined || first.service === service) return [];
  const problem = `${quote(service.publicName)} is also the public name of ${first.service.id}, so clients cannot tell them apart`;
  return [{ path: [...path, "publicName"], problem, allowed: "a unique public name" }];
}

function feeWarnings(file: PracticeFile, service: Service, path: FilePath): Finding[] {
  const own = service.policies?.cancellation ?? service.cancellation;
  const { late, feeMinor } = { ...file.policies.cancellation, ...own };
  if (late !== "fee") return [];
  if (feeMinor === 0) {
    return [
      { path: [...path, "cancellation"], problem: "has late: fee with a fee of 0", allowed: "a feeMinor above 0" },
    ];
  }
  if (service.price !== undefined || service.methods.every((method) => method.price !== undefined)) return [];
  return [{ path: [...path, "price"], problem: "is missing, so the late fee has no currency", allowed: "a price" }];
}

/** A session longer than every matching window is never offered. */
function fitWarnings(file: PracticeFile, service: Service, path: FilePath): Finding[] {
  return service.practitioners.flatMap((id) => {
    const practitioner = file.practitioners.find((candidate) => candidate.id === id);
    if (practitioner === undefined) return [];
    if (practitioner.hours.length === 0 && practitioner.overrides.every(({ hours }) => hours.length === 0)) {
      return [
        {
          path: [...path, "practitioners"],
          problem: `includes ${id}, who has no hours`,
          allowed: "practitioners with hours",
        },
      ];
    }
    return service.methods.flatMap((method, at) => {
      const minutes = method.durationMinutes ?? service.durationMinutes;
      if (longestWindow(practitioner, service, method) >= minutes) return [];
      const problem = `of ${minutes} minutes (${method.kind}) fits into none of the hours of ${id}`;
      return [
        {
          path: [...path, "methods", at],
          problem,
          allowed: `a method and length that fit within the hours of ${id}`,
        },
      ];
    });
  });
}

/** The longest window in minutes, over all days; `since` and `everyWeeks` only select weeks. */
function longestWindow({ hours, overrides }: Practitioner, service: Service, method: Method): number {
  const held = {
    serviceId: service.id,
    methodKind: method.kind,
    ...(method.kind === "in_person" ? { locationId: method.location } : {}),
  };
  const days = [
    ...weekdays.map((day) => hours.filter((rule) => rule.days.some((name) => name.startsWith(day)))),
    ...overrides.map((override) => override.hours),
  ];
  return Math.max(0, ...days.map((windows) => longestStretch(windows.filter((window) => isOpenTo(window, held)))));
}

/** Windows that touch or overlap count as one, so a session may span them. */
function longestStretch(windows: readonly Hours[]): number {
  let longest = 0;
  let [start, end] = [0, 0];
  for (const { from, to } of windows.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (minutesOfTime(from) > end) start = minutesOfTime(from);
    end = Math.max(end, minutesOfTime(to));
    longest = Math.max(longest, end - start);
  }
  return longest;
}

function filterWarnings(file: PracticeFile, { id, hours }: Practitioner, path: FilePath): Finding[] {
  const offered = file.services.filter((service) => service.practitioners.includes(id)).map((service) => service.id);
  return hours.flatMap(({ services }, at) => {
    const strangers = (services ?? []).filter((service) => !offered.includes(service));
    if (strangers.length === 0) return [];
    const allowed = offered.length === 0 ? "services that name the practitioner" : orList(offered);
    return [
      { path: [...path, at, "services"], problem: `names ${orList(strangers)}, which ${id} does not deliver`, allowed },
    ];
  });
}
