CREATE TABLE `invited_addresses` (
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`address` text NOT NULL,
	PRIMARY KEY(`practice_id`, `booking_id`, `address`)
);
--> statement-breakpoint
CREATE TABLE `sealed_secrets` (
	`practice_id` text NOT NULL,
	`kind` text NOT NULL,
	`ref` text NOT NULL,
	`sealed` text NOT NULL,
	`expires_at_ms` integer NOT NULL,
	PRIMARY KEY(`practice_id`, `kind`, `ref`)
);
--> statement-breakpoint
CREATE INDEX `sealed_secrets_expires` ON `sealed_secrets` (`expires_at_ms`);--> statement-breakpoint
ALTER TABLE `bookings` ADD `organizer` text;