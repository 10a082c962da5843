import { given } from "../given.ts";
import type { Offering } from "./availability.ts";
import type { CancellationPolicy, DeliveryMethod, Practice, RequestPolicy, Service } from "./practice.ts";

/**
 * The fields of a service that a booking keeps as they were when the client chose it (D2.3). `FrozenService` takes its
 * type from here, so that a field added here is frozen on every new booking.
 */
export function keptFields({ name, publicName, confirmation, reminderMinutes, formId }: Service) {
  return { name, publicName, confirmation, ...given({ reminderMinutes, formId }) };
}

type WithPolicies = Pick<Practice, "policies">;

/**
 * A service by one of its methods, with every value that affects scheduling resolved: the method's duration and buffers
 * before the service's (D2.2), the service's notice, horizon and increment before the practice's (D2.1).
 */
export function offeringOf(practice: WithPolicies, service: Service, method: DeliveryMethod): Offering {
  const { policies } = practice;
  return {
    serviceId: service.id,
    methodKind: method.kind,
    ...(method.kind === "in_person" ? { locationId: method.locationId } : {}),
    durationMinutes: method.durationMinutes ?? service.durationMinutes,
    bufferBeforeMinutes: method.bufferBeforeMinutes ?? service.bufferBeforeMinutes,
    bufferAfterMinutes: method.bufferAfterMinutes ?? service.bufferAfterMinutes,
    incrementMinutes: service.policies.incrementMinutes ?? policies.incrementMinutes,
    minimumNoticeMinutes: service.policies.minimumNoticeMinutes ?? policies.minimumNoticeMinutes,
    horizonDays: service.policies.horizonDays ?? policies.horizonDays,
  };
}

/** The cancellation policy of a service: its own values, the practice's for the rest (D2.1). */
export function cancellationPolicyOf(practice: WithPolicies, service: Pick<Service, "policies">): CancellationPolicy {
  return { ...practice.policies.cancellation, ...service.policies.cancellation };
}

/** The request policy of a service: its own values, the practice's for the rest (D2.1). */
export function requestPolicyOf(practice: WithPolicies, service: Pick<Service, "policies">): RequestPolicy {
  return { ...practice.policies.requests, ...service.policies.requests };
}
