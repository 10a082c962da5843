CREATE TABLE "invited_addresses" (
	"practice_id" text COLLATE "C" NOT NULL,
	"booking_id" text COLLATE "C" NOT NULL,
	"address" text COLLATE "C" NOT NULL,
	CONSTRAINT "invited_addresses_practice_id_booking_id_address_pk" PRIMARY KEY("practice_id","booking_id","address")
);
--> statement-breakpoint
CREATE TABLE "sealed_secrets" (
	"practice_id" text COLLATE "C" NOT NULL,
	"kind" text COLLATE "C" NOT NULL,
	"ref" text COLLATE "C" NOT NULL,
	"sealed" text COLLATE "C" NOT NULL,
	"expires_at_ms" bigint NOT NULL,
	CONSTRAINT "sealed_secrets_practice_id_kind_ref_pk" PRIMARY KEY("practice_id","kind","ref")
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "organizer" text COLLATE "C";--> statement-breakpoint
CREATE INDEX "sealed_secrets_expires" ON "sealed_secrets" USING btree ("expires_at_ms");