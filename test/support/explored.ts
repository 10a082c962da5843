/** A graph of buttons, built while exploring: the events each place offers, and where each has led. */
export interface Explored {
  /** Records that a place offers a button with this event. */
  saw(place: string, event: string): void;
  /** Records that the event was pressed and led to `to`. */
  pressed(place: string, event: string, to: string): void;
  /** Number of presses, beginning with this event, to the nearest unpressed button; infinite if none is known. */
  distance(place: string, event: string): number;
}

/** An empty graph. */
export function beginMap(): Explored {
  const ways = new Map<string, Map<string, Set<string>>>();
  const eventsOf = (place: string) => ways.get(place) ?? new Map<string, Set<string>>();

  /** Breadth-first search for the nearest unpressed button. */
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
