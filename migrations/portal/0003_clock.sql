CREATE TABLE `holidays` (
	`day` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`substitute` integer DEFAULT false NOT NULL,
	`source` text NOT NULL,
	`added_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `stopped_addresses` (
	`address_hash` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `clock_events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`clock_id` integer NOT NULL,
	`case_id` integer NOT NULL,
	`type` text NOT NULL,
	`mark` text,
	`due_before` text,
	`due_after` text,
	`at` integer NOT NULL,
	`actor_name` text NOT NULL,
	`detail` text,
	FOREIGN KEY (`clock_id`) REFERENCES `case_clocks`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "clock_events_type" CHECK(type in ('started', 'warned', 'overdue', 'drafted', 'progress_due', 'breached', 'explained', 'extended', 'told', 'recalculated', 'paused', 'resumed', 'superseded', 'met', 'late', 'void', 'urged'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `clock_events_mark` ON `clock_events` (`clock_id`,`mark`);--> statement-breakpoint
CREATE INDEX `clock_events_case` ON `clock_events` (`case_id`,`id`);--> statement-breakpoint
CREATE TABLE `job_runs` (
	`name` text PRIMARY KEY NOT NULL,
	`ok_at` integer,
	`failed_at` integer,
	`error` text
);
--> statement-breakpoint
CREATE TABLE `notices` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`clock_id` integer,
	`kind` text NOT NULL,
	`mark` text NOT NULL,
	`recipient_id` integer NOT NULL,
	`due_on` text,
	`text` text,
	`created_at` integer NOT NULL,
	`read_at` integer,
	`mail_id` integer,
	`no_mail` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notices_kind" CHECK(kind in ('near', 'over', 'draft', 'progress', 'urged', 'mail_failed', 'approval'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notices_mark` ON `notices` (`mark`,`recipient_id`);--> statement-breakpoint
CREATE INDEX `notices_recipient` ON `notices` (`recipient_id`,`id`);--> statement-breakpoint
CREATE INDEX `notices_unread` ON `notices` (`recipient_id`) WHERE read_at is null;--> statement-breakpoint
CREATE INDEX `notices_case` ON `notices` (`case_id`);--> statement-breakpoint
CREATE INDEX `notices_mail` ON `notices` (`mail_id`);--> statement-breakpoint
CREATE TABLE `recalculations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`reason` text NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`requested_at` integer NOT NULL,
	`done_through` integer DEFAULT 0 NOT NULL,
	`moved` integer DEFAULT 0 NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE TABLE `letter_deliveries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`letter_id` integer NOT NULL,
	`means` text NOT NULL,
	`delivered_on` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`actor_id` integer,
	`actor_name` text NOT NULL,
	`note` text,
	FOREIGN KEY (`letter_id`) REFERENCES `letters`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "letter_deliveries_means" CHECK(means in ('email', 'tracking', 'post', 'phone', 'handed'))
);
--> statement-breakpoint
CREATE INDEX `letter_deliveries_letter` ON `letter_deliveries` (`letter_id`);--> statement-breakpoint
CREATE TABLE `letters` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`public_id` text NOT NULL,
	`case_id` integer NOT NULL,
	`clock_id` integer,
	`event_id` integer,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`rev` integer DEFAULT 1 NOT NULL,
	`author_id` integer,
	`author_name` text NOT NULL,
	`approver_id` integer,
	`approver_name` text,
	`created_at` integer NOT NULL,
	`issued_at` integer,
	`official_no` text,
	`official_on` text,
	`signer_name` text,
	`signer_post` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "letters_kind" CHECK(kind in ('receipt', 'progress', 'delay', 'forwarded', 'result', 'not_accepted', 'reopened')),
	CONSTRAINT "letters_state" CHECK(state in ('draft', 'waiting', 'issued', 'sent', 'dropped'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `letters_publicId_unique` ON `letters` (`public_id`);--> statement-breakpoint
CREATE INDEX `letters_case` ON `letters` (`case_id`,`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `letters_open` ON `letters` (`clock_id`,`kind`) WHERE state in ('draft','waiting','issued') and kind = 'delay';--> statement-breakpoint
CREATE INDEX `letters_waiting` ON `letters` (`state`,`case_id`) WHERE state in ('draft','waiting');--> statement-breakpoint
CREATE TABLE `__new_outbox` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`dedupe_key` text NOT NULL,
	`message_id` text NOT NULL,
	`kind` text NOT NULL,
	`language` text DEFAULT 'th' NOT NULL,
	`case_id` integer,
	`letter_id` integer,
	`staff_id` integer,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`body` text NOT NULL,
	`state` text DEFAULT 'queued' NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`next_attempt_at` integer,
	`last_code` integer,
	`last_error` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	CONSTRAINT "outbox_kind" CHECK(kind in ('letter', 'digest', 'notice', 'test')),
	CONSTRAINT "outbox_state_known" CHECK(state in ('queued', 'sending', 'sent', 'failed', 'unknown', 'suppressed'))
);
--> statement-breakpoint
INSERT INTO `__new_outbox`("id", "dedupe_key", "message_id", "kind", "language", "case_id", "letter_id", "staff_id", "recipient", "subject", "body", "state", "attempts", "next_attempt_at", "last_code", "last_error", "created_at", "sent_at") SELECT "id", "dedupe_key", "message_id", 'letter', coalesce((SELECT language FROM cases WHERE cases.id = outbox.case_id), 'th'), "case_id", NULL, NULL, "recipient", "subject", "body", "state", "attempts", "next_attempt_at", NULL, "last_error", "created_at", "sent_at" FROM `outbox`;--> statement-breakpoint
DROP TABLE `outbox`;--> statement-breakpoint
ALTER TABLE `__new_outbox` RENAME TO `outbox`;--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_dedupeKey_unique` ON `outbox` (`dedupe_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_messageId_unique` ON `outbox` (`message_id`);--> statement-breakpoint
CREATE INDEX `outbox_due` ON `outbox` (`next_attempt_at`) WHERE next_attempt_at is not null;--> statement-breakpoint
CREATE INDEX `outbox_state` ON `outbox` (`state`,`id`);--> statement-breakpoint
CREATE INDEX `outbox_case` ON `outbox` (`case_id`);--> statement-breakpoint
CREATE INDEX `outbox_recipient` ON `outbox` (`recipient`,`created_at`);--> statement-breakpoint
-- The order of the queue follows what the complainant was last told.
DROP INDEX `cases_open`;--> statement-breakpoint
DROP INDEX `cases_open_status`;--> statement-breakpoint
DROP INDEX `cases_open_unit`;--> statement-breakpoint
DROP INDEX `cases_open_officer`;--> statement-breakpoint
DROP INDEX `cases_reopened`;--> statement-breakpoint
DROP INDEX `cases_due`;--> statement-breakpoint
DROP INDEX `cases_status`;--> statement-breakpoint
DROP INDEX `cases_unit`;--> statement-breakpoint
DROP INDEX `cases_category`;--> statement-breakpoint
DROP INDEX `cases_village`;--> statement-breakpoint
DROP INDEX `cases_received`;--> statement-breakpoint
DROP INDEX `cases_officer`;--> statement-breakpoint
DROP INDEX `cases_channel`;--> statement-breakpoint
ALTER TABLE `cases` DROP COLUMN `queue_on`;--> statement-breakpoint
ALTER TABLE `cases` ADD `promised_on` text;--> statement-breakpoint
ALTER TABLE `cases` ADD `queue_on` text GENERATED ALWAYS AS (coalesce(promised_on, due_on, date(received_on, '+30 days'))) VIRTUAL;--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`queue_on`,`id`,`due_on`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_status` ON `cases` (`status`,`queue_on`,`id`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_unit` ON `cases` (`unit_id`,`queue_on`,`id`,`due_on`,`status`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_officer` ON `cases` (`officer_id`,`queue_on`,`id`,`due_on`,`status`,`unit_id`,`restricted`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_reopened` ON `cases` (`queue_on`,`id`,`unit_id`,`restricted`,`officer_id`) WHERE reopened_at is not null and reopen_accepted_at is null and status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_status` ON `cases` (`status`,`queue_on`,`id`,`restricted`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`unit_id`,`queue_on`,`id`,`restricted`,`status`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_category` ON `cases` (`category_code`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_village` ON `cases` (`village_id`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_received` ON `cases` (`received_on`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`);--> statement-breakpoint
CREATE INDEX `cases_officer` ON `cases` (`officer_id`,`queue_on`,`id`);--> statement-breakpoint
CREATE INDEX `cases_channel` ON `cases` (`channel`,`queue_on`,`id`);--> statement-breakpoint
CREATE TABLE `__new_case_clocks` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`case_id` integer NOT NULL,
	`duty` text NOT NULL,
	`round` integer NOT NULL,
	`started_on` text NOT NULL,
	`due_on` text NOT NULL,
	`promised_on` text,
	`explained_on` text,
	`told_on` text,
	`paused_on` text,
	`paused_until` text,
	`breached_at` integer,
	`policy` text NOT NULL,
	`skipped` text DEFAULT '[]' NOT NULL,
	`next_fire_at` integer,
	`aside_until` integer,
	`aside_reason` text,
	`stopped_on` text,
	`verdict` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_clocks_duty" CHECK(duty in ('acknowledge', 'resolve')),
	CONSTRAINT "case_clocks_verdict" CHECK(verdict in ('met', 'explained', 'late', 'void')),
	CONSTRAINT "case_clocks_stopped" CHECK((verdict is null) = (stopped_on is null)),
	CONSTRAINT "case_clocks_no_fire" CHECK(verdict is null or next_fire_at is null)
);
--> statement-breakpoint
INSERT INTO `__new_case_clocks`("id", "case_id", "duty", "round", "started_on", "due_on", "promised_on", "explained_on", "told_on", "paused_on", "paused_until", "breached_at", "policy", "skipped", "next_fire_at", "aside_until", "aside_reason", "stopped_on", "verdict") SELECT "id", "case_id", "duty", "round", "started_on", "due_on", NULL, NULL, NULL, NULL, NULL,
  CASE WHEN verdict = 'late' THEN (cast(strftime('%s', due_on, '+1 day') as integer) - 25200) * 1000 END,
  json_set(policy, '$.rollForward', json('false'), '$.notices', json('[{"daysLeft":3,"to":["officer","unit_head"]},{"daysLeft":1,"to":["officer","unit_head"]},{"daysLeft":0,"to":["officer","unit_head"]},{"daysLeft":-1,"to":["working_group"]},{"daysLeft":-5,"to":["executive"]}]'), '$.progressDays', 15, '$.pausesOnAsk', json('false')),
  '[]',
  CASE WHEN verdict IS NULL THEN (cast(strftime('%s', due_on, '-3 days') as integer) - 25200) * 1000 END,
  NULL, NULL, "stopped_on", "verdict" FROM `case_clocks`;--> statement-breakpoint
DROP TABLE `case_clocks`;--> statement-breakpoint
ALTER TABLE `__new_case_clocks` RENAME TO `case_clocks`;--> statement-breakpoint
CREATE UNIQUE INDEX `case_clocks_round` ON `case_clocks` (`case_id`,`duty`,`round`);--> statement-breakpoint
CREATE INDEX `case_clocks_due` ON `case_clocks` (`next_fire_at`) WHERE next_fire_at is not null;--> statement-breakpoint
CREATE INDEX `case_clocks_aside` ON `case_clocks` (`aside_until`) WHERE aside_until is not null;--> statement-breakpoint
CREATE INDEX `case_clocks_running` ON `case_clocks` (`id`) WHERE verdict is null;--> statement-breakpoint
-- The history of clocks that were started before it was written.
INSERT INTO clock_events (clock_id, case_id, type, mark, due_after, at, actor_name)
SELECT c.id, c.case_id, 'started', 'started', c.due_on, k.recorded_at, 'ระบบ' FROM case_clocks c JOIN cases k ON k.id = c.case_id;
--> statement-breakpoint
INSERT INTO clock_events (clock_id, case_id, type, mark, due_before, at, actor_name)
SELECT id, case_id, 'breached', 'breach', due_on, breached_at, 'ระบบ' FROM case_clocks WHERE breached_at IS NOT NULL;
--> statement-breakpoint

-- A clock's verdict stands for ever: a case that was late stays late after closing and reopening.
CREATE TRIGGER case_clocks_verdict_stands BEFORE UPDATE ON case_clocks WHEN OLD.verdict IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a stopped clock is not changed'); END;
--> statement-breakpoint
CREATE TRIGGER case_clocks_no_delete BEFORE DELETE ON case_clocks
BEGIN SELECT RAISE(ABORT, 'clocks are kept'); END;
--> statement-breakpoint
CREATE TRIGGER case_clocks_breach_stands BEFORE UPDATE ON case_clocks
WHEN OLD.breached_at IS NOT NULL AND NEW.breached_at IS NOT OLD.breached_at
BEGIN SELECT RAISE(ABORT, 'a breach is not taken back'); END;
--> statement-breakpoint
-- No date moves in silence.
CREATE TRIGGER case_clocks_due_moves_with_event BEFORE UPDATE ON case_clocks
WHEN (NEW.due_on <> OLD.due_on AND NOT EXISTS (
    SELECT 1 FROM clock_events e
    WHERE e.clock_id = NEW.id AND e.due_before = OLD.due_on AND e.due_after = NEW.due_on))
  OR (NEW.promised_on IS NOT OLD.promised_on AND NOT EXISTS (
    SELECT 1 FROM clock_events e
    WHERE e.clock_id = NEW.id AND e.due_before = coalesce(OLD.promised_on, OLD.due_on) AND e.due_after = NEW.promised_on))
BEGIN SELECT RAISE(ABORT, 'a due date moves only with its event'); END;
--> statement-breakpoint
CREATE TRIGGER clock_events_no_update BEFORE UPDATE ON clock_events
BEGIN SELECT RAISE(ABORT, 'clock_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER clock_events_no_delete BEFORE DELETE ON clock_events
BEGIN SELECT RAISE(ABORT, 'clock_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER letters_words_stand BEFORE UPDATE ON letters
WHEN OLD.state IN ('issued', 'sent') AND (NEW.content <> OLD.content OR NEW.state NOT IN ('issued', 'sent')
  OR (OLD.state = 'sent' AND NEW.state <> 'sent'))
BEGIN SELECT RAISE(ABORT, 'a letter that went out is not changed'); END;
--> statement-breakpoint
CREATE TRIGGER letters_no_delete BEFORE DELETE ON letters
BEGIN SELECT RAISE(ABORT, 'letters are kept'); END;
--> statement-breakpoint
CREATE TRIGGER letter_deliveries_no_update BEFORE UPDATE ON letter_deliveries
BEGIN SELECT RAISE(ABORT, 'letter_deliveries is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER letter_deliveries_no_delete BEFORE DELETE ON letter_deliveries
BEGIN SELECT RAISE(ABORT, 'letter_deliveries is append-only'); END;
