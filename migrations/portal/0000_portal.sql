CREATE TABLE `categories` (
	`code` text PRIMARY KEY NOT NULL,
	`group_code` text,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`name_en` text NOT NULL,
	`unit_id` integer,
	`target_days` integer,
	`restricted` integer DEFAULT false NOT NULL,
	`sort` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "categories_target_days" CHECK("categories"."target_days" between 1 and 365)
);
--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `units` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`name_en` text NOT NULL,
	`is_centre` integer DEFAULT false NOT NULL,
	`sort` integer DEFAULT 0 NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `units_name_unique` ON `units` (`name`);--> statement-breakpoint
CREATE TABLE `villages` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`number` integer NOT NULL,
	`name` text NOT NULL,
	`name_en` text NOT NULL,
	`retired_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `villages_number_unique` ON `villages` (`number`);--> statement-breakpoint
CREATE TABLE `single_use_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`staff_id` integer,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `staff` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`username` text NOT NULL,
	`display_name` text NOT NULL,
	`post` text DEFAULT '' NOT NULL,
	`email` text,
	`unit_id` integer,
	`password_hash` text,
	`disabled_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `staff_username_unique` ON `staff` (`username`);--> statement-breakpoint
CREATE TABLE `staff_roles` (
	`staff_id` integer NOT NULL,
	`role` text NOT NULL,
	PRIMARY KEY(`staff_id`, `role`),
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "staff_roles_role" CHECK(role in ('officer', 'unit_head', 'working_group', 'executive', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE `staff_sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`staff_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`staff_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `attempts` (
	`scope` text NOT NULL,
	`key` text NOT NULL,
	`failures` integer NOT NULL,
	`window_ends_at` integer NOT NULL,
	PRIMARY KEY(`scope`, `key`)
);
--> statement-breakpoint
CREATE INDEX `attempts_window` ON `attempts` (`window_ends_at`);--> statement-breakpoint
CREATE TABLE `audit_lines` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`before` text,
	`after` text
);
--> statement-breakpoint
CREATE INDEX `audit_lines_subject` ON `audit_lines` (`subject`,`id`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`message_id` text NOT NULL,
	`case_id` integer,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupeKey_unique` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_messageId_unique` ON `outbox` (`message_id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE "outbox"."next_attempt_at" is not null;--> statement-breakpoint
CREATE INDEX `outbox_case` ON `outbox` (`case_id`);--> statement-breakpoint
CREATE TABLE `case_contacts` (
	`case_id` integer PRIMARY KEY NOT NULL,
	`name` text,
	`phone` text,
	`email` text,
	`address` text,
	`reply_by` text NOT NULL,
	`withhold_name` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_contacts_reply_by" CHECK(reply_by in ('self', 'email', 'post', 'phone'))
);
--> statement-breakpoint
CREATE TABLE `case_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`at` integer NOT NULL,
	`type` text NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`audience` text NOT NULL,
	`text` text,
	`before` text,
	`after` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_events_actor_kind" CHECK(actor_kind in ('citizen', 'staff', 'system')),
	CONSTRAINT "case_events_audience" CHECK(audience in ('public', 'internal'))
);
--> statement-breakpoint
CREATE INDEX `case_events_case` ON `case_events` (`case_id`,`id`);--> statement-breakpoint
CREATE TABLE `case_files` (
	`id` text PRIMARY KEY NOT NULL,
	`stored_name` text NOT NULL,
	`original_name` text NOT NULL,
	`mime` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`created_at` integer NOT NULL,
	`case_id` integer NOT NULL,
	`event_id` integer,
	`uploaded_by` text NOT NULL,
	`audience` text NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`event_id`) REFERENCES `case_events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_files_audience" CHECK(audience in ('public', 'internal'))
);
--> statement-breakpoint
CREATE INDEX `case_files_case` ON `case_files` (`case_id`);--> statement-breakpoint
CREATE TABLE `case_sequences` (
	`fiscal_year` integer PRIMARY KEY NOT NULL,
	`last` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `cases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`fiscal_year` integer NOT NULL,
	`seq` integer NOT NULL,
	`submission_key` text NOT NULL,
	`tracking_hash` text NOT NULL,
	`kind` text NOT NULL,
	`category_code` text NOT NULL,
	`category_group` text NOT NULL,
	`restricted` integer NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL,
	`wish` text,
	`happened_on` text,
	`urgent` integer DEFAULT false NOT NULL,
	`village_id` integer,
	`place` text,
	`latitude` real,
	`longitude` real,
	`channel` text NOT NULL,
	`language` text NOT NULL,
	`privacy_version` text NOT NULL,
	`received_at` integer NOT NULL,
	`received_on` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`recorded_by_id` integer,
	`incoming_no` text,
	`incoming_on` text,
	`source` text,
	`source_ref` text,
	`status` text NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL,
	`unit_id` integer,
	`officer_id` integer,
	`due_on` text,
	`queue_on` text GENERATED ALWAYS AS (coalesce(due_on, date(received_on, '+30 days'))) VIRTUAL,
	`reopened_at` integer,
	`reopen_accepted_at` integer,
	`resolved_on` text,
	`finished_on` text,
	`result_text` text,
	`outcome` text,
	`finding` text,
	`cause` text,
	`prevention` text,
	`reject_reason` text,
	`other_body` text,
	`merged_into_id` integer,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`category_code`) REFERENCES `categories`(`code`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`village_id`) REFERENCES `villages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`unit_id`) REFERENCES `units`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`officer_id`) REFERENCES `staff`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`merged_into_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cases_kind" CHECK(kind in ('complaint', 'request', 'question', 'suggestion', 'praise')),
	CONSTRAINT "cases_channel" CHECK(channel in ('web', 'walkin', 'phone', 'letter', 'box', 'line', 'facebook', 'email', 'qr', 'forum', 'field', 'traffy', 'damrong', 'psc1111', 'agency', 'other')),
	CONSTRAINT "cases_status" CHECK(status in ('submitted', 'registered', 'assigned', 'in_progress', 'need_info', 'resolved', 'closed', 'not_accepted', 'forwarded', 'merged', 'withdrawn')),
	CONSTRAINT "cases_outcome" CHECK(outcome in ('solved', 'partly', 'answered', 'referred', 'no_action', 'unverifiable')),
	CONSTRAINT "cases_finding" CHECK(finding in ('yes', 'part', 'no', 'na')),
	CONSTRAINT "cases_reject_reason" CHECK(reject_reason in ('court', 'decided', 'power', 'private', 'insufficient', 'abusive')),
	CONSTRAINT "cases_seq" CHECK("cases"."seq" > 0),
	CONSTRAINT "cases_coordinates" CHECK(("cases"."latitude" is null) = ("cases"."longitude" is null)),
	CONSTRAINT "cases_finished" CHECK((finished_on is not null) = (status in ('resolved','closed','not_accepted','forwarded','withdrawn'))),
	CONSTRAINT "cases_resolved" CHECK(status not in ('resolved','closed') or (result_text is not null and outcome is not null and resolved_on is not null)),
	CONSTRAINT "cases_merged" CHECK((status = 'merged') = (merged_into_id is not null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_submissionKey_unique` ON `cases` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`fiscal_year`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_source` ON `cases` (`source`,`source_ref`) WHERE source_ref is not null;--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`queue_on`,`id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_status` ON `cases` (`status`,`queue_on`,`id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_unit` ON `cases` (`unit_id`,`queue_on`,`id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_officer` ON `cases` (`officer_id`,`queue_on`,`id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`unit_id`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_status` ON `cases` (`status`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_officer` ON `cases` (`officer_id`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_category` ON `cases` (`category_code`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_village` ON `cases` (`village_id`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_channel` ON `cases` (`channel`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_received` ON `cases` (`received_on`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_merged_into` ON `cases` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint
CREATE TABLE `draft_files` (
	`id` text PRIMARY KEY NOT NULL,
	`stored_name` text NOT NULL,
	`original_name` text NOT NULL,
	`mime` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer,
	`height` integer,
	`created_at` integer NOT NULL,
	`draft_hash` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `draft_files_draft` ON `draft_files` (`draft_hash`);--> statement-breakpoint
CREATE INDEX `draft_files_age` ON `draft_files` (`created_at`);--> statement-breakpoint
CREATE TABLE `figures_version` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `month_totals` (
	`month` text NOT NULL,
	`kind` text NOT NULL,
	`category_group` text NOT NULL,
	`received` integer NOT NULL,
	`finished` integer NOT NULL,
	PRIMARY KEY(`month`, `kind`, `category_group`)
);
--> statement-breakpoint
CREATE TABLE `tracking_sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`case_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	`seen_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `unit_totals` (
	`unit_id` integer NOT NULL,
	`restricted` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `restricted`)
);
--> statement-breakpoint
CREATE TABLE `case_clocks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`duty` text NOT NULL,
	`round` integer NOT NULL,
	`started_on` text NOT NULL,
	`due_on` text NOT NULL,
	`policy` text NOT NULL,
	`stopped_on` text,
	`verdict` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_clocks_round` ON `case_clocks` (`case_id`,`duty`,`round`);