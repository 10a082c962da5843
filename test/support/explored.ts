/** A map of buttons, drawn while walking: which place offers which events, and where each has led. */
export interface Explored {
  /** A place offers a button with this event. */
  saw(place: string, event: string): void;
  /** It was pressed, and led there. */
  pressed(place: string, event: string, to: string): void;
  /** How many presses from here by this event to one that nobody has made; infinite where none is known. */
  distance(place: string, event: string): number;
}

/** An empty map. */
export function beginMap(): Explored {
  const ways = new Map<string, Map<string, Set<string>>>();
  const eventsOf = (place: string) => ways.get(place) ?? new Map<string, Set<string>>();

  /** Breadth first over the places, nearest unpressed button last reached. */
  function fromPlace(start: string): number {
    const seen = new Set([start]);
    let ring = [start];
    for (let steps = 1; ring.length > 0; steps++) {
      if (ring.some((place) => [...eventsOf(place).values()].some((to) => to.size === 0))) return steps;
      ring = ring
        .flatMap((place) => [...eventsOf(place).values()].flatMap((to) => [...to]))
        .filter((to) => !seen.has(to));
      for (const place of ring) seen.add(place);
    }
    return Number.POSITIVE_INFINITY;
  }

  return {
    saw(place, event) {
      const events = eventsOf(place);
      ways.set(place, events);
      if (!events.has(event)) events.set(event, new Set());
    },
    pressed(place, event, to) {
      eventsOf(place).get(event)?.add(to);
    },
    distance(place, event) {
      const to = eventsOf(place).get(event);
      if (to === undefined || to.size === 0) return 0;
      return Math.min(...[...to].map(fromPlace));
    },
  };
}
