DROP INDEX `outbox_lanes_due`;--> statement-breakpoint
ALTER TABLE `outbox_lanes` ADD `service` text DEFAULT 'desk' NOT NULL;--> statement-breakpoint
CREATE INDEX `outbox_lanes_due` ON `outbox_lanes` (`service`,`due_at_ms`);--> statement-breakpoint
ALTER TABLE `outbox` ADD `service` text DEFAULT 'desk' NOT NULL;--> statement-breakpoint
ALTER TABLE `timers` ADD `state` text DEFAULT 'waiting' NOT NULL;--> statement-breakpoint
ALTER TABLE `timers` ADD `last_error` text;--> statement-breakpoint
UPDATE `outbox` SET `service` = CASE
  WHEN `kind` = 'mail' THEN 'mail'
  WHEN `kind` = 'payment' THEN 'payments'
  WHEN `kind` = 'card' AND `lane` LIKE 'slack:%' THEN 'slack'
  WHEN `kind` = 'card' AND `lane` LIKE 'teams:%' THEN 'teams'
  WHEN `kind` = 'card' THEN 'page'
  WHEN `kind` IN ('tab', 'hint') AND `lane` LIKE '%:slack:%' THEN 'slack-background'
  WHEN `kind` IN ('tab', 'hint') AND `lane` LIKE '%:teams:%' THEN 'teams-background'
  WHEN `kind` IN ('tab', 'hint') THEN 'page-background'
  ELSE 'desk' END;--> statement-breakpoint
UPDATE `outbox_lanes` SET `service` = coalesce((SELECT `service` FROM `outbox` WHERE `outbox`.`lane` = `outbox_lanes`.`lane` AND `outbox`.`state` = 'waiting' LIMIT 1), 'desk');
