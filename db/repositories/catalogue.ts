import { and, asc, eq, ne, sql } from "drizzle-orm";
import type { BookingForm, Location, Service, Terms } from "../../src/domain/practice.ts";
import { type Db, prepared } from "../db.ts";
import { defineRepository } from "../repository.ts";
import { one } from "../rows.ts";
import type { Schema } from "../schema.ts";

/** Services, locations, forms and terms of a practice. */
export function catalogueIn(db: Db, { services, locations, forms, terms }: Schema) {
  const place = { id: locations.id, name: locations.name, address: locations.address, timezone: locations.timezone };
  const servicesInOrder = prepared(
    db
      .select({ details: services.details })
      .from(services)
      .where(eq(services.practiceId, sql.placeholder("practiceId")))
      .orderBy(asc(services.position), asc(services.id)),
  );
  const placesInUse = prepared(
    db
      .select(place)
      .from(locations)
      .where(and(eq(locations.practiceId, sql.placeholder("practiceId")), eq(locations.archived, false)))
      .orderBy(locations.id),
  );

  return defineRepository({
    cached: true,
    catalogueReads: {
      /** In the practice's order, archived ones included. */
      async listServices(practiceId: string): Promise<readonly Service[]> {
        const rows = await servicesInOrder({ practiceId });
        return rows.map((row) => row.details);
      },

      /** Finds archived services too: bookings refer to them. */
      async findService(practiceId: string, id: string): Promise<Service | undefined> {
        const where = and(eq(services.practiceId, practiceId), eq(services.id, id));
        return one(await db.select({ details: services.details }).from(services).where(where))?.details;
      },

      /** Locations that are not archived, by id. */
      async listLocations(practiceId: string): Promise<readonly Location[]> {
        return placesInUse({ practiceId });
      },

      /** Finds archived locations too. */
      async findLocation(practiceId: string, id: string): Promise<Location | undefined> {
        const where = and(eq(locations.practiceId, practiceId), eq(locations.id, id));
        return one(await db.select(place).from(locations).where(where));
      },

      async findForm(practiceId: string, id: string): Promise<BookingForm | undefined> {
        const where = and(eq(forms.practiceId, practiceId), eq(forms.id, id));
        return one(await db.select({ details: forms.details }).from(forms).where(where))?.details;
      },

      /** The current version. */
      async findTerms(practiceId: string, id: string): Promise<Terms | undefined> {
        const where = and(eq(terms.practiceId, practiceId), eq(terms.id, id), eq(terms.current, true));
        return one(
          await db.select({ id: terms.id, version: terms.version, text: terms.text }).from(terms).where(where),
        );
      },
    },
    catalogueWrites: {
      async saveService(service: Service): Promise<void> {
        const set = { position: service.position, details: service };
        await db
          .insert(services)
          .values({ practiceId: service.practiceId, id: service.id, ...set })
          .onConflictDoUpdate({ target: [services.practiceId, services.id], set });
      },

      async saveLocation(practiceId: string, location: Location, archived: boolean): Promise<void> {
        const { id, ...rest } = location;
        const set = { ...rest, archived };
        await db
          .insert(locations)
          .values({ practiceId, id, ...set })
          .onConflictDoUpdate({ target: [locations.practiceId, locations.id], set });
      },

      async saveForm(practiceId: string, form: BookingForm): Promise<void> {
        const set = { details: form };
        await db
          .insert(forms)
          .values({ practiceId, id: form.id, ...set })
          .onConflictDoUpdate({ target: [forms.practiceId, forms.id], set });
      },

      /** Makes this the current version; earlier versions stay, because acceptances refer to them. */
      async saveTerms(practiceId: string, next: Terms): Promise<void> {
        const others = and(eq(terms.practiceId, practiceId), eq(terms.id, next.id), ne(terms.version, next.version));
        await db.update(terms).set({ current: false }).where(others);
        const set = { text: next.text, current: true };
        await db
          .insert(terms)
          .values({ practiceId, id: next.id, version: next.version, ...set })
          .onConflictDoUpdate({ target: [terms.practiceId, terms.id, terms.version], set });
      },
    },
  });
}
