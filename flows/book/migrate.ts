import { timesInText } from "../../src/choosing/times.ts";
import type { Place } from "../../src/conversation/flow.ts";
import { fieldsOf, listIn, textOr } from "../../src/conversation/kept-context.ts";
import { given } from "../../src/given.ts";
import type { Asked, PackageChoice, PackageSaid, Whom } from "./context.ts";

/**
 * Reads a snapshot of version 1, which stored choices, lists and times as texts: `none`, `anyone`, ids separated by
 * spaces, JSON.
 */
export function fromVersion1({ state, context }: Place): Place {
  const { packageId, who, asked, ...rest } = fieldsOf(context);
  return {
    state,
    context: {
      ...rest,
      ...given({ packageChoice: choiceIn(packageId), whom: whomIn(who) }),
      ...(asked === undefined ? {} : { asked: askedIn(fieldsOf(asked)) }),
    },
  };
}

function askedIn(kept: Readonly<Record<string, unknown>>): Asked {
  const services = listIn(kept.services);
  return given({
    package: saidIn(textOr(kept.package)),
    services: services.length === 0 ? undefined : services,
    methodKey: textOr(kept.methodKey),
    whom: whomIn(kept.who),
    times: timesInText(kept.times),
  });
}

function choiceIn(packageId: unknown): PackageChoice | undefined {
  const id = textOr(packageId);
  if (id === undefined) return undefined;
  return id === "none" ? { without: true } : { packageId: id };
}

function saidIn(said: string | undefined): PackageSaid | undefined {
  if (said === undefined || said === "any" || said === "next") return said;
  return said === "none" ? "without" : { ids: listIn(said) };
}

function whomIn(who: unknown): Whom | undefined {
  const id = textOr(who);
  if (id === undefined) return undefined;
  return id === "anyone" ? { anyone: true } : { practitionerId: id };
}
