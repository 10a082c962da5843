import { availabilityProperties } from "./availability-properties.ts";

availabilityProperties(1);
