import type { Turn } from "../../src/conversation/flow.ts";
import { clientIdOf } from "../../src/desk/actor.ts";
import { listOffers, type Offer } from "../../src/desk/booking/offers.ts";
import { methodKey, weekdays } from "../../src/domain/practice.ts";
import { given } from "../../src/given.ts";
import type { NameKind } from "../../src/language/names/named.ts";
import type { Reading } from "../../src/language/reading.ts";
import type { Recurrence } from "../../src/language/when/recurrence.ts";
import type { PlanContext, PlanSaid } from "./context.ts";
import { plannable, servicesToPlan } from "./facts.ts";

/**
 * What a message says about a plan, as ids and times. What it leaves open is absent. Undefined: it names a service of
 * which no package of this client has two sessions, so it is about something else.
 */
export async function planSaidIn(
  reading: Reading,
  sofar: Partial<PlanContext>,
  turn: Turn,
): Promise<PlanSaid | undefined> {
  const packages = await plannable(turn);
  const within = packages.flatMap(servicesToPlan);
  const all = await listOffers(turn.books, turn.practice, clientIdOf(turn.actor), within);
  const services = idsOf(reading, "service");
  const offers = all.filter(({ service }) => services.length === 0 || services.includes(service.id));
  if (services.length > 0 && offers.length === 0) return undefined;
  const [serviceId] = services.length > 0 && offers.length === 1 ? offers.map(({ service }) => service.id) : [];
  const chosen = serviceId ?? sofar.serviceId;
  return {
    ...given({
      packageId: onlyOne(
        idsOf(reading, "package"),
        packages.map(({ held }) => held.id),
      ),
      serviceId,
      practitionerId: onlyOne(
        idsOf(reading, "practitioner"),
        offers.flatMap(({ practitioners }) => practitioners.map(({ id }) => id)),
      ),
      methodKey: methodIn(
        reading,
        offers.filter(({ service }) => chosen === undefined || service.id === chosen),
      ),
    }),
    ...(reading.rhythm === undefined ? {} : rhythmSaid(reading.rhythm, sofar)),
  };
}

function idsOf({ names }: Reading, kind: NameKind): readonly string[] {
  return names.filter((name) => name.kind === kind && name.polarity === "wanted").flatMap(({ ids }) => ids);
}

function onlyOne(named: readonly string[], offered: readonly string[]): string | undefined {
  const [only, ...more] = new Set(named.filter((id) => offered.includes(id)));
  return more.length === 0 ? only : undefined;
}

/** A rhythm, and which of the earlier days it leaves. */
function rhythmSaid(
  { everyWeeks, weekdays: named, minutes, window, from, notOn: refused = [] }: Recurrence,
  sofar: Partial<PlanContext>,
): PlanSaid {
  const left = sofar.weekdays?.filter((day) => !refused.includes(day));
  const days = named.length > 0 ? named : refused.length > 0 ? left : undefined;
  const ruledOut = [...(sofar.notOn ?? []), ...refused];
  const notOn = weekdays.filter((day) => ruledOut.includes(day) && days?.includes(day) !== true);
  return given({
    everyWeeks,
    weekdays: days,
    notOn: notOn.length === 0 && sofar.notOn === undefined ? undefined : notOn,
    minutes,
    hours: window === undefined ? undefined : { fromMinutes: window.fromMinutes, toMinutes: window.toMinutes },
    from,
  });
}

/** The one method of the services that the words name, or the one left by those they exclude. */
function methodIn({ methods }: Reading, offers: readonly Offer[]): string | undefined {
  if (methods.length === 0) return undefined;
  const [wanted, unwanted] = (["wanted", "unwanted"] as const).map((polarity) =>
    methods.filter((one) => one.polarity === polarity).map(({ kind }) => kind),
  );
  const keys = offers
    .flatMap(({ service }) => service.methods)
    .filter(({ kind }) => (wanted?.length ? wanted.includes(kind) : unwanted?.includes(kind) !== true))
    .map(methodKey);
  const [only, ...more] = [...new Set(keys)];
  return more.length === 0 ? only : undefined;
}
