ALTER TABLE "practices" ADD COLUMN "country" text COLLATE "C";--> statement-breakpoint
ALTER TABLE "practices" ADD COLUMN "crisis" text COLLATE "C";