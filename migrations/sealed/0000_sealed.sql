CREATE TABLE `channel` (
	`id` integer PRIMARY KEY NOT NULL,
	`order_no` text DEFAULT '' NOT NULL,
	`order_on` text DEFAULT '' NOT NULL,
	`receipt_salt` blob NOT NULL,
	`opened_at` integer,
	`settings` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `contact_keys` (
	`report_id` text NOT NULL,
	`holder` text NOT NULL,
	`sealed_key` blob NOT NULL,
	PRIMARY KEY(`report_id`, `holder`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `contacts` (
	`report_id` text PRIMARY KEY NOT NULL,
	`body` blob NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `disclosures` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`day` text NOT NULL,
	`body` text NOT NULL,
	`officer_id` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `duties` (
	`report_id` text NOT NULL,
	`duty` text NOT NULL,
	`due_on` text NOT NULL,
	`met_on` text,
	`extended` integer DEFAULT false NOT NULL,
	PRIMARY KEY(`report_id`, `duty`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "duties_duty" CHECK(duty in ('acknowledge', 'check', 'inquire'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `duties_open` ON `duties` (`due_on`,`report_id`);--> statement-breakpoint
CREATE TABLE `interests` (
	`report_id` text NOT NULL,
	`officer_id` text NOT NULL,
	`withdrew` integer NOT NULL,
	PRIMARY KEY(`report_id`, `officer_id`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`officer_id`) REFERENCES `officers`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `mail_days` (
	`day` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`direction` text NOT NULL,
	`position` integer NOT NULL,
	`body` blob NOT NULL,
	`case_key` blob NOT NULL,
	`reporter_key` blob,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "messages_direction" CHECK(direction in ('in', 'out', 'note'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_report` ON `messages` (`report_id`,`position`);--> statement-breakpoint
CREATE TABLE `month_counts` (
	`month` text NOT NULL,
	`counted_in` text NOT NULL,
	`received` integer NOT NULL,
	`finished` integer NOT NULL,
	PRIMARY KEY(`month`, `counted_in`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `moved_tokens` (
	`token` text PRIMARY KEY NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `officers` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` integer NOT NULL,
	`display_name` text NOT NULL,
	`post` text NOT NULL,
	`is_receiving` integer NOT NULL,
	`is_superior` integer NOT NULL,
	`is_chief` integer NOT NULL,
	`named_at` integer NOT NULL,
	`public_key` blob,
	`vault_salt` blob,
	`vault` blob,
	`last_step` integer DEFAULT 0 NOT NULL,
	`granted_at` integer,
	`removed_at` integer
);
--> statement-breakpoint
CREATE TABLE `outcome_counts` (
	`fiscal_year` integer NOT NULL,
	`half` integer NOT NULL,
	`conduct` text NOT NULL,
	`outcome` text NOT NULL,
	`is_case` integer NOT NULL,
	`count` integer NOT NULL,
	`later` integer NOT NULL,
	PRIMARY KEY(`fiscal_year`, `half`, `conduct`, `outcome`, `is_case`),
	CONSTRAINT "outcome_counts_outcome" CHECK(outcome in ('referred', 'no_ground', 'insufficient', 'disciplinary', 'prosecution', 'corrected', 'other'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `recovery_keys` (
	`version` integer PRIMARY KEY NOT NULL,
	`public_key` blob NOT NULL,
	`custodians` text NOT NULL,
	`made_at` integer NOT NULL,
	`verified_at` integer
);
--> statement-breakpoint
CREATE TABLE `register_sequences` (
	`fiscal_year` integer NOT NULL,
	`series` text NOT NULL,
	`last` integer NOT NULL,
	PRIMARY KEY(`fiscal_year`, `series`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `report_keys` (
	`report_id` text NOT NULL,
	`holder` text NOT NULL,
	`epoch` integer NOT NULL,
	`sealed_key` blob NOT NULL,
	PRIMARY KEY(`report_id`, `holder`),
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `report_keys_holder` ON `report_keys` (`holder`);--> statement-breakpoint
CREATE TABLE `reports` (
	`id` text PRIMARY KEY NOT NULL,
	`received_on` text NOT NULL,
	`status` text NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL,
	`epoch` integer DEFAULT 1 NOT NULL,
	`case_public_key` blob NOT NULL,
	`rotation_due` integer DEFAULT false NOT NULL,
	`reporter_public_key` blob,
	`reporter_vault` blob,
	`receipt_lookup` blob,
	`fiscal_year` integer,
	`series` text,
	`seq` integer,
	`inquiry_begun` integer DEFAULT false NOT NULL,
	`pending_action` text,
	`pending_by` text,
	`outcome` text,
	`finished_on` text,
	`destroy_on` text,
	CONSTRAINT "reports_status" CHECK(status in ('received', 'screening', 'need_info', 'inquiry', 'referred', 'action', 'no_ground', 'insufficient', 'closed')),
	CONSTRAINT "reports_outcome" CHECK(outcome in ('referred', 'no_ground', 'insufficient', 'disciplinary', 'prosecution', 'corrected', 'other'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `reports_receipt` ON `reports` (`receipt_lookup`);--> statement-breakpoint
CREATE UNIQUE INDEX `reports_number` ON `reports` (`fiscal_year`,`series`,`seq`);--> statement-breakpoint
CREATE TABLE `audit_lines` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`report_id` text,
	`detail` text NOT NULL,
	`previous` text NOT NULL,
	`digest` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `audit_lines_report` ON `audit_lines` (`report_id`);--> statement-breakpoint
CREATE TABLE `files` (
	`id` text PRIMARY KEY NOT NULL,
	`report_id` text NOT NULL,
	`message_id` text NOT NULL,
	`meta` blob NOT NULL,
	`case_key` blob NOT NULL,
	FOREIGN KEY (`report_id`) REFERENCES `reports`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `files_report` ON `files` (`report_id`);--> statement-breakpoint
CREATE TRIGGER audit_lines_no_update BEFORE UPDATE ON audit_lines
BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_lines_no_delete BEFORE DELETE ON audit_lines
BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END;
