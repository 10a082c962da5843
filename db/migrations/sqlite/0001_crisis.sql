ALTER TABLE `practices` ADD `country` text;--> statement-breakpoint
ALTER TABLE `practices` ADD `crisis` text;