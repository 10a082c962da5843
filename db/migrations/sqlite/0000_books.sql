CREATE TABLE `absences` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`from_time` text NOT NULL,
	`to_time` text NOT NULL,
	`kind` text NOT NULL,
	`message` text,
	`source` text NOT NULL,
	`created_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `absences_practitioner` ON `absences` (`practice_id`,`practitioner_id`,`to_time`);--> statement-breakpoint
CREATE TABLE `answer_view_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`admin` integer NOT NULL,
	`place` text NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE TABLE `answers` (
	`booking_id` text NOT NULL,
	`question_id` text NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`form_id` text NOT NULL,
	`sealed` integer NOT NULL,
	`value` text NOT NULL,
	`answered_at_ms` integer NOT NULL,
	PRIMARY KEY(`booking_id`, `question_id`)
);
--> statement-breakpoint
CREATE TABLE `audit` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`practice_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`place` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_subject` ON `audit` (`subject`);--> statement-breakpoint
CREATE TABLE `bookings` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`service_id` text NOT NULL,
	`client_package_id` text,
	`plan_id` text,
	`status` text NOT NULL,
	`version` integer NOT NULL,
	`sequence` integer NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`frozen` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`requested_at_ms` integer,
	`respond_by_ms` integer,
	`decided_at_ms` integer,
	`reason` text,
	`wish` text,
	`join_url` text,
	`cancelled_by` text,
	`reschedules` integer,
	`proposal_rounds` integer
);
--> statement-breakpoint
CREATE INDEX `bookings_client` ON `bookings` (`practice_id`,`client_id`,`starts_at_ms`);--> statement-breakpoint
CREATE INDEX `bookings_practitioner` ON `bookings` (`practice_id`,`practitioner_id`,`starts_at_ms`);--> statement-breakpoint
CREATE INDEX `bookings_package` ON `bookings` (`client_package_id`);--> statement-breakpoint
CREATE INDEX `bookings_plan` ON `bookings` (`plan_id`);--> statement-breakpoint
CREATE TABLE `change_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`starts_at_ms` integer,
	`ends_at_ms` integer,
	`frozen` text,
	`reason` text,
	`asked_at_ms` integer NOT NULL,
	`respond_by_ms` integer NOT NULL,
	`decided_at_ms` integer
);
--> statement-breakpoint
CREATE INDEX `change_requests_booking` ON `change_requests` (`booking_id`);--> statement-breakpoint
CREATE TABLE `chat_references` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`user` text NOT NULL,
	`conversation_id` text NOT NULL,
	`service_url` text NOT NULL,
	`bot_id` text NOT NULL,
	`user_id` text NOT NULL,
	`since_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `user`)
);
--> statement-breakpoint
CREATE TABLE `claims` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`kind` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`buffer_before_minutes` integer NOT NULL,
	`buffer_after_minutes` integer NOT NULL,
	`expires_at_ms` integer,
	CONSTRAINT "claims_span" CHECK(ends_at_ms > starts_at_ms and ends_at_ms - starts_at_ms <= 86400000)
);
--> statement-breakpoint
CREATE INDEX `claims_practitioner` ON `claims` (`practice_id`,`practitioner_id`,`starts_at_ms`);--> statement-breakpoint
CREATE INDEX `claims_booking` ON `claims` (`booking_id`);--> statement-breakpoint
CREATE INDEX `claims_lapsing` ON `claims` (`practice_id`,`practitioner_id`,`expires_at_ms`) WHERE expires_at_ms is not null;--> statement-breakpoint
CREATE TABLE `client_packages` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`template_id` text NOT NULL,
	`starts_on` text NOT NULL,
	`expires_on` text,
	`frozen` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `client_packages_grant` ON `client_packages` (`practice_id`,`client_id`,`template_id`,`starts_on`);--> statement-breakpoint
CREATE TABLE `clients` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`timezone` text,
	`position` integer NOT NULL,
	`archived` integer NOT NULL,
	`source` text NOT NULL,
	`deactivated_at_ms` integer,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `credit_entries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`practice_id` text NOT NULL,
	`client_package_id` text NOT NULL,
	`service_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount` integer NOT NULL,
	`booking_id` text,
	`actor` text NOT NULL,
	`reason` text,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `credit_entries_package` ON `credit_entries` (`client_package_id`);--> statement-breakpoint
CREATE TABLE `data_keys` (
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`wrapped` text NOT NULL,
	PRIMARY KEY(`practice_id`, `client_id`)
);
--> statement-breakpoint
CREATE TABLE `entry_codes` (
	`hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`practice_id` text NOT NULL,
	`opens` text NOT NULL,
	`invitation_id` text,
	`role` text,
	`person_id` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer,
	`used_by` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `entry_codes_id_unique` ON `entry_codes` (`id`);--> statement-breakpoint
CREATE INDEX `entry_codes_invitation` ON `entry_codes` (`invitation_id`);--> statement-breakpoint
CREATE TABLE `entry_tries` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`lane` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `entry_tries_lane` ON `entry_tries` (`lane`,`at_ms`);--> statement-breakpoint
CREATE TABLE `fees` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`kind` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`state` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `fees_once` ON `fees` (`booking_id`,`kind`);--> statement-breakpoint
CREATE TABLE `form_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`talk_id` text NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`used_at_ms` integer
);
--> statement-breakpoint
CREATE TABLE `forms` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`details` text NOT NULL,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `identities` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`user` text NOT NULL,
	`name` text,
	`timezone` text,
	`locale` text,
	`last_seen_at_ms` integer,
	`seen_before_at_ms` integer,
	`tab_opened_at_ms` integer,
	`unreachable` text,
	`unreachable_since_ms` integer,
	`turns` integer NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `user`)
);
--> statement-breakpoint
CREATE TABLE `inbox` (
	`id` text PRIMARY KEY NOT NULL,
	`received_at_ms` integer NOT NULL,
	`talk_id` text
);
--> statement-breakpoint
CREATE INDEX `inbox_received` ON `inbox` (`received_at_ms`);--> statement-breakpoint
CREATE TABLE `installations` (
	`enterprise_id` text NOT NULL,
	`team_id` text NOT NULL,
	`team_name` text,
	`app_id` text,
	`bot_id` text,
	`bot_user_id` text NOT NULL,
	`sealed_token` text NOT NULL,
	`wrapped_key` text NOT NULL,
	`scopes` text NOT NULL,
	`installed_at_ms` integer NOT NULL,
	PRIMARY KEY(`enterprise_id`, `team_id`)
);
--> statement-breakpoint
CREATE INDEX `installations_team` ON `installations` (`team_id`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`state` text NOT NULL,
	`platform` text,
	`workspace` text,
	`user` text,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL,
	`decided_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_id_unique` ON `invitations` (`id`);--> statement-breakpoint
CREATE INDEX `invitations_client` ON `invitations` (`practice_id`,`client_id`);--> statement-breakpoint
CREATE INDEX `invitations_address` ON `invitations` (`platform`,`workspace`,`user`);--> statement-breakpoint
CREATE TABLE `locations` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`address` text NOT NULL,
	`timezone` text NOT NULL,
	`archived` integer NOT NULL,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `memberships` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`user` text NOT NULL,
	`practice_id` text NOT NULL,
	`role` text NOT NULL,
	`person_id` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `user`, `practice_id`, `role`)
);
--> statement-breakpoint
CREATE INDEX `memberships_person` ON `memberships` (`practice_id`,`role`,`person_id`);--> statement-breakpoint
CREATE TABLE `messages` (
	`talk_id` text PRIMARY KEY NOT NULL,
	`message_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`practice_id` text NOT NULL,
	`kind` text NOT NULL,
	`lane` text NOT NULL,
	`talk_id` text,
	`booking_id` text,
	`dedupe_key` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`due_at_ms` integer NOT NULL,
	`attempts` integer NOT NULL,
	`last_error` text,
	`queued_at_ms` integer NOT NULL,
	`done_at_ms` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupe_key_unique` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE INDEX `outbox_lane` ON `outbox` (`state`,`lane`,`seq`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`state`,`due_at_ms`);--> statement-breakpoint
CREATE INDEX `outbox_talk` ON `outbox` (`talk_id`,`seq`);--> statement-breakpoint
CREATE TABLE `outbox_lanes` (
	`lane` text PRIMARY KEY NOT NULL,
	`due_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `outbox_lanes_due` ON `outbox_lanes` (`due_at_ms`);--> statement-breakpoint
CREATE TABLE `package_templates` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`details` text NOT NULL,
	`archived` integer NOT NULL,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `page_messages` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`user` text NOT NULL,
	`author` text NOT NULL,
	`sent_at_ms` integer NOT NULL,
	`text` text,
	`card` text,
	`talk_id` text,
	`revision` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `page_messages_id_unique` ON `page_messages` (`id`);--> statement-breakpoint
CREATE INDEX `page_messages_user` ON `page_messages` (`user`,`seq`);--> statement-breakpoint
CREATE TABLE `pay_tokens` (
	`booking_id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`token_hash` text NOT NULL,
	`sealed_token` text NOT NULL,
	`wrapped_key` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pay_tokens_hash` ON `pay_tokens` (`token_hash`);--> statement-breakpoint
CREATE TABLE `payment_events` (
	`id` text PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `payments` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`title` text NOT NULL,
	`by` text NOT NULL,
	`approved` integer NOT NULL,
	`session_id` text,
	`session_url` text,
	`link_expires_at_ms` integer,
	`intent_id` text,
	`capture_before_ms` integer,
	`refund_minor` integer NOT NULL,
	`refunded_minor` integer NOT NULL,
	`refunds` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_attempt` ON `payments` (`booking_id`,`attempt`);--> statement-breakpoint
CREATE TABLE `practices` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`timezone` text NOT NULL,
	`locale` text NOT NULL,
	`contact` text NOT NULL,
	`week_starts_on` text NOT NULL,
	`policies` text NOT NULL,
	`revision` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `practitioners` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`admin` integer NOT NULL,
	`position` integer NOT NULL,
	`schedule` text NOT NULL,
	`archived` integer NOT NULL,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `proposals` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`booking_id` text NOT NULL,
	`round` integer NOT NULL,
	`state` text NOT NULL,
	`starts_at_ms` integer NOT NULL,
	`ends_at_ms` integer NOT NULL,
	`expires_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `proposals_booking` ON `proposals` (`booking_id`);--> statement-breakpoint
CREATE TABLE `relays` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`practitioner_id` text NOT NULL,
	`from_role` text NOT NULL,
	`text` text NOT NULL,
	`at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `relays_client` ON `relays` (`practice_id`,`client_id`,`at_ms`);--> statement-breakpoint
CREATE INDEX `relays_at` ON `relays` (`at_ms`);--> statement-breakpoint
CREATE TABLE `services` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`position` integer NOT NULL,
	`details` text NOT NULL,
	PRIMARY KEY(`practice_id`, `id`)
);
--> statement-breakpoint
CREATE TABLE `talks` (
	`id` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`flow` text NOT NULL,
	`version` integer NOT NULL,
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`user` text NOT NULL,
	`role` text NOT NULL,
	`person_id` text NOT NULL,
	`about_booking_id` text,
	`revision` integer NOT NULL,
	`snapshot` text NOT NULL,
	`card` text NOT NULL,
	`ended` integer NOT NULL,
	`replaced_by` text,
	`card_order` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `talks_address` ON `talks` (`platform`,`workspace`,`user`,`card_order`);--> statement-breakpoint
CREATE INDEX `talks_booking` ON `talks` (`about_booking_id`);--> statement-breakpoint
CREATE TABLE `terms` (
	`practice_id` text NOT NULL,
	`id` text NOT NULL,
	`version` text NOT NULL,
	`text` text NOT NULL,
	`current` integer NOT NULL,
	PRIMARY KEY(`practice_id`, `id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `terms_acceptances` (
	`booking_id` text NOT NULL,
	`terms_id` text NOT NULL,
	`version` text NOT NULL,
	`practice_id` text NOT NULL,
	`client_id` text NOT NULL,
	`accepted_at_ms` integer NOT NULL,
	`place` text NOT NULL,
	PRIMARY KEY(`booking_id`, `terms_id`)
);
--> statement-breakpoint
CREATE TABLE `timers` (
	`key` text PRIMARY KEY NOT NULL,
	`practice_id` text NOT NULL,
	`kind` text NOT NULL,
	`booking_id` text NOT NULL,
	`due_at_ms` integer NOT NULL,
	`leased_until_ms` integer NOT NULL,
	`attempts` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `timers_due` ON `timers` (`due_at_ms`);--> statement-breakpoint
CREATE INDEX `timers_booking` ON `timers` (`booking_id`);--> statement-breakpoint
CREATE TABLE `tray_mails` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`sent_at_ms` integer NOT NULL,
	`to` text NOT NULL,
	`subject` text NOT NULL,
	`text` text NOT NULL,
	`ics` text
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tray_mails_id_unique` ON `tray_mails` (`id`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`platform` text NOT NULL,
	`workspace` text NOT NULL,
	`practice_id` text NOT NULL,
	`source` text NOT NULL,
	`bound_at_ms` integer NOT NULL,
	PRIMARY KEY(`platform`, `workspace`, `practice_id`)
);
--> statement-breakpoint
CREATE INDEX `workspaces_practice` ON `workspaces` (`practice_id`);