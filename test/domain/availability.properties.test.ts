import { availabilityProperties } from "./availability-properties.ts";

// The long suite tries them all.
availabilityProperties(0.2);
