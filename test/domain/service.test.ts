import { describe, expect, test } from "vitest";
import { defaultPolicies } from "../../src/domain/policy.ts";
import type { Service } from "../../src/domain/practice.ts";
import { cancellationPolicyOf, offeringOf, requestPolicyOf } from "../../src/domain/service.ts";

const practice = { policies: defaultPolicies };
const firstVisit: Service = {
  id: "first-visit",
  practiceId: "harbour",
  name: "Nutrition first visit",
  publicName: "First visit",
  position: 0,
  durationMinutes: 60,
  bufferBeforeMinutes: 5,
  bufferAfterMinutes: 10,
  methods: [{ kind: "video", url: "https://meet.harbour.example/{room}" }],
  practitionerIds: ["maya"],
  confirmation: "request",
  visibility: "listed",
  eligibility: "both",
  payment: "none",
  policies: {},
};

describe("an offering", () => {
  test("D2.1 a service without settings has the practice's policies", () => {
    expect(offeringOf(practice, firstVisit, { kind: "chat" })).toEqual({
      serviceId: "first-visit",
      methodKind: "chat",
      durationMinutes: 60,
      bufferBeforeMinutes: 5,
      bufferAfterMinutes: 10,
      incrementMinutes: 30,
      minimumNoticeMinutes: 720,
      horizonDays: 60,
    });
  });

  test("D2.1 a service's own notice, horizon and increment take precedence, zero included", () => {
    const service = { ...firstVisit, policies: { minimumNoticeMinutes: 0, horizonDays: 14, incrementMinutes: 15 } };
    expect(offeringOf(practice, service, { kind: "chat" })).toMatchObject(service.policies);
  });

  test("D2.2 a method's own duration and buffers take precedence over the service's, zero included", () => {
    const inPerson = {
      kind: "in_person",
      locationId: "quay",
      durationMinutes: 90,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 30,
    } as const;
    expect(offeringOf(practice, firstVisit, inPerson)).toMatchObject({
      methodKind: "in_person",
      locationId: "quay",
      durationMinutes: 90,
      bufferBeforeMinutes: 0,
      bufferAfterMinutes: 30,
    });
  });
});

describe("policies of a service", () => {
  test("D2.1 a service overrides single values and keeps the practice's others", () => {
    const service = {
      policies: { cancellation: { windowMinutes: 2880, late: "fee", feeMinor: 2500 }, requests: { holdMinutes: 5 } },
    } as const;
    expect(cancellationPolicyOf(practice, service)).toEqual({
      windowMinutes: 2880,
      late: "fee",
      feeMinor: 2500,
      reasonRequired: true,
      maxReschedules: 3,
    });
    expect(requestPolicyOf(practice, service)).toEqual({ respondWithinMinutes: 1440, holdMinutes: 5 });
  });

  test("D3.9 a service without its own has the practice's", () => {
    expect(cancellationPolicyOf(practice, firstVisit)).toEqual(defaultPolicies.cancellation);
    expect(requestPolicyOf(practice, firstVisit)).toEqual(defaultPolicies.requests);
  });
});
