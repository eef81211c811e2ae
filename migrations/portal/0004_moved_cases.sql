-- Cases that turned out to be corruption go to the confidential register; a tombstone stays. The table of
-- cases is written anew for the new status. (Foreign keys are off while migrations run, see database.ts.)
CREATE TABLE `case_moves` (
	`case_id` integer PRIMARY KEY NOT NULL,
	`token` text,
	`state` text NOT NULL,
	`asked_at` integer NOT NULL,
	`actor_id` integer NOT NULL,
	`actor_name` text NOT NULL,
	`excluded` text,
	`before` text,
	-- Never the number of a case, so that no transaction can end while it is given.
	`permit` integer REFERENCES `case_moves`(`case_id`) DEFERRABLE INITIALLY DEFERRED,
	`blobs` text,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "case_moves_state" CHECK(state in ('asked', 'erased', 'done')),
	CONSTRAINT "case_moves_permit" CHECK(permit = -case_id),
	CONSTRAINT "case_moves_done" CHECK(state <> 'done' or (token is null and blobs is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `case_moves_token_unique` ON `case_moves` (`token`);--> statement-breakpoint
CREATE INDEX `case_moves_open` ON `case_moves` (`state`) WHERE state <> 'done';--> statement-breakpoint
CREATE TABLE `__new_cases` (
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
	`promised_on` text,
	`queue_on` text GENERATED ALWAYS AS (coalesce(promised_on, due_on, date(received_on, '+30 days'))) VIRTUAL,
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
	CONSTRAINT "cases_status" CHECK(status in ('submitted', 'registered', 'assigned', 'in_progress', 'need_info', 'resolved', 'closed', 'not_accepted', 'forwarded', 'merged', 'withdrawn', 'moved')),
	CONSTRAINT "cases_outcome" CHECK(outcome in ('solved', 'partly', 'answered', 'referred', 'no_action', 'unverifiable')),
	CONSTRAINT "cases_finding" CHECK(finding in ('yes', 'part', 'no', 'na')),
	CONSTRAINT "cases_reject_reason" CHECK(reject_reason in ('court', 'decided', 'power', 'private', 'insufficient', 'abusive')),
	CONSTRAINT "cases_seq" CHECK("__new_cases"."seq" > 0),
	CONSTRAINT "cases_coordinates" CHECK(("__new_cases"."latitude" is null) = ("__new_cases"."longitude" is null)),
	CONSTRAINT "cases_finished" CHECK((finished_on is not null) = (status in ('resolved','closed','not_accepted','forwarded','withdrawn'))),
	CONSTRAINT "cases_resolved" CHECK(status not in ('resolved','closed') or (result_text is not null and outcome is not null and resolved_on is not null)),
	CONSTRAINT "cases_merged" CHECK((status = 'merged') = (merged_into_id is not null))
);
--> statement-breakpoint
INSERT INTO `__new_cases`("id", "fiscal_year", "seq", "submission_key", "tracking_hash", "kind", "category_code", "category_group", "restricted", "subject", "detail", "wish", "happened_on", "urgent", "village_id", "place", "latitude", "longitude", "channel", "language", "privacy_version", "received_at", "received_on", "recorded_at", "recorded_by_id", "incoming_no", "incoming_on", "source", "source_ref", "status", "rev", "unit_id", "officer_id", "due_on", "promised_on", "reopened_at", "reopen_accepted_at", "resolved_on", "finished_on", "result_text", "outcome", "finding", "cause", "prevention", "reject_reason", "other_body", "merged_into_id", "updated_at") SELECT "id", "fiscal_year", "seq", "submission_key", "tracking_hash", "kind", "category_code", "category_group", "restricted", "subject", "detail", "wish", "happened_on", "urgent", "village_id", "place", "latitude", "longitude", "channel", "language", "privacy_version", "received_at", "received_on", "recorded_at", "recorded_by_id", "incoming_no", "incoming_on", "source", "source_ref", "status", "rev", "unit_id", "officer_id", "due_on", "promised_on", "reopened_at", "reopen_accepted_at", "resolved_on", "finished_on", "result_text", "outcome", "finding", "cause", "prevention", "reject_reason", "other_body", "merged_into_id", "updated_at" FROM `cases`;--> statement-breakpoint
DROP TABLE `cases`;--> statement-breakpoint
ALTER TABLE `__new_cases` RENAME TO `cases`;--> statement-breakpoint
CREATE UNIQUE INDEX `cases_submissionKey_unique` ON `cases` (`submission_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_number` ON `cases` (`fiscal_year`,`seq`);--> statement-breakpoint
CREATE UNIQUE INDEX `cases_source` ON `cases` (`source`,`source_ref`) WHERE source_ref is not null;--> statement-breakpoint
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
CREATE INDEX `cases_merged_into` ON `cases` (`merged_into_id`) WHERE merged_into_id is not null;--> statement-breakpoint

CREATE TRIGGER cases_no_delete BEFORE DELETE ON cases
BEGIN SELECT RAISE(ABORT, 'cases are kept'); END;
--> statement-breakpoint
-- Running totals of the public figures. A merged case is counted under the case it was merged into, a moved
-- one in the confidential register.
CREATE TRIGGER month_totals_insert AFTER INSERT ON cases WHEN NEW.status NOT IN ('merged', 'moved')
BEGIN
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  VALUES (substr(NEW.received_on, 1, 7), NEW.kind, NEW.category_group, 1, 0)
  ON CONFLICT (month, kind, category_group) DO UPDATE SET received = received + 1;
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  SELECT substr(NEW.finished_on, 1, 7), NEW.kind, NEW.category_group, 0, 1 WHERE NEW.finished_on IS NOT NULL
  ON CONFLICT (month, kind, category_group) DO UPDATE SET finished = finished + 1;
  UPDATE figures_version SET version = version + 1, changed_at = NEW.updated_at;
END;
--> statement-breakpoint
CREATE TRIGGER month_totals_update AFTER UPDATE ON cases
WHEN OLD.status IS NOT NEW.status OR OLD.finished_on IS NOT NEW.finished_on
  OR OLD.received_on IS NOT NEW.received_on OR OLD.kind IS NOT NEW.kind
  OR OLD.category_group IS NOT NEW.category_group
BEGIN
  UPDATE month_totals SET received = received - 1
  WHERE OLD.status NOT IN ('merged', 'moved') AND month = substr(OLD.received_on, 1, 7)
    AND kind = OLD.kind AND category_group = OLD.category_group;
  UPDATE month_totals SET finished = finished - 1
  WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    AND month = substr(OLD.finished_on, 1, 7) AND kind = OLD.kind AND category_group = OLD.category_group;
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  SELECT substr(NEW.received_on, 1, 7), NEW.kind, NEW.category_group, 1, 0
  WHERE NEW.status NOT IN ('merged', 'moved')
  ON CONFLICT (month, kind, category_group) DO UPDATE SET received = received + 1;
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  SELECT substr(NEW.finished_on, 1, 7), NEW.kind, NEW.category_group, 0, 1
  WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
  ON CONFLICT (month, kind, category_group) DO UPDATE SET finished = finished + 1;
  UPDATE figures_version SET version = version + 1, changed_at = NEW.updated_at;
END;
--> statement-breakpoint
-- Running totals per unit and officer; a moved case is in nobody's list.
CREATE TRIGGER unit_totals_insert AFTER INSERT ON cases WHEN NEW.status <> 'moved'
BEGIN
  INSERT INTO unit_totals (unit_id, officer_id, restricted, count)
  VALUES (coalesce(NEW.unit_id, 0), coalesce(NEW.officer_id, 0), NEW.restricted, 1)
  ON CONFLICT (unit_id, officer_id, restricted) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER unit_totals_update AFTER UPDATE ON cases
WHEN OLD.unit_id IS NOT NEW.unit_id OR OLD.officer_id IS NOT NEW.officer_id
  OR OLD.restricted IS NOT NEW.restricted OR (OLD.status = 'moved') IS NOT (NEW.status = 'moved')
BEGIN
  UPDATE unit_totals SET count = count - 1
  WHERE OLD.status <> 'moved' AND unit_id = coalesce(OLD.unit_id, 0)
    AND officer_id = coalesce(OLD.officer_id, 0) AND restricted = OLD.restricted;
  INSERT INTO unit_totals (unit_id, officer_id, restricted, count)
  SELECT coalesce(NEW.unit_id, 0), coalesce(NEW.officer_id, 0), NEW.restricted, 1 WHERE NEW.status <> 'moved'
  ON CONFLICT (unit_id, officer_id, restricted) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint

-- A case is moved only by a move, and once its rows are erased nothing of it changes any more.
CREATE TRIGGER cases_insert_moved BEFORE INSERT ON cases WHEN NEW.status = 'moved'
BEGIN SELECT RAISE(ABORT, 'a case is moved by its move'); END;
--> statement-breakpoint
CREATE TRIGGER cases_moved_by_move BEFORE UPDATE ON cases
WHEN (NEW.status = 'moved' OR OLD.status = 'moved')
  AND NOT EXISTS (SELECT 1 FROM case_moves m WHERE m.case_id = OLD.id AND m.state = 'asked')
BEGIN SELECT RAISE(ABORT, 'a case is moved by its move'); END;
--> statement-breakpoint
CREATE TRIGGER case_moves_begin_asked BEFORE INSERT ON case_moves
WHEN NEW.state <> 'asked' OR NEW.permit IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a move begins by being asked for'); END;
--> statement-breakpoint
-- Asked for; its rows erased under a permit, which ends with them; done.
CREATE TRIGGER case_moves_go_forward BEFORE UPDATE ON case_moves
WHEN NEW.case_id IS NOT OLD.case_id OR NOT (
  (OLD.state = 'asked' AND OLD.permit IS NULL AND NEW.state = 'asked' AND NEW.permit IS NOT NULL
    AND EXISTS (SELECT 1 FROM cases WHERE id = NEW.case_id AND status = 'moved'))
  OR (OLD.permit IS NOT NULL AND NEW.state = 'erased' AND NEW.permit IS NULL)
  OR (OLD.state = 'erased' AND NEW.state IN ('erased', 'done') AND NEW.permit IS NULL))
BEGIN SELECT RAISE(ABORT, 'a move goes forward only'); END;
--> statement-breakpoint
CREATE TRIGGER case_moves_leave_nothing BEFORE UPDATE ON case_moves
WHEN OLD.state = 'asked' AND NEW.state = 'erased' AND (
  NEW.excluded IS NOT NULL OR NEW.before IS NOT NULL
  OR EXISTS (SELECT 1 FROM case_contacts WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM case_events WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM case_files WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM clock_events WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM letters WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM notices WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM outbox WHERE case_id = NEW.case_id)
  OR EXISTS (SELECT 1 FROM case_clocks WHERE case_id = NEW.case_id AND verdict IS NULL)
  OR EXISTS (SELECT 1 FROM audit_lines WHERE subject = 'case:' || NEW.case_id
    AND (before IS NOT NULL OR after IS NOT NULL))
  OR NOT EXISTS (SELECT 1 FROM cases WHERE id = NEW.case_id AND subject = '' AND detail = ''
    AND coalesce(wish, happened_on, village_id, place, latitude, recorded_by_id, incoming_no, incoming_on, source,
      source_ref, unit_id, officer_id, due_on, promised_on, reopened_at, reopen_accepted_at, resolved_on,
      result_text, outcome, finding, cause, prevention, reject_reason, other_body) IS NULL))
BEGIN SELECT RAISE(ABORT, 'something of the moved case is left'); END;
--> statement-breakpoint
-- Only a move that was taken back, together with its case, is forgotten.
CREATE TRIGGER case_moves_no_delete BEFORE DELETE ON case_moves
WHEN OLD.state <> 'asked' OR OLD.permit IS NOT NULL
  OR EXISTS (SELECT 1 FROM cases WHERE id = OLD.case_id AND status = 'moved')
BEGIN SELECT RAISE(ABORT, 'moves are kept'); END;
--> statement-breakpoint

-- What is never changed or removed is so for every case but one whose rows are being erased under a permit.
DROP TRIGGER case_events_no_delete;--> statement-breakpoint
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
WHEN NOT EXISTS (SELECT 1 FROM case_moves WHERE case_id = OLD.case_id AND permit IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
DROP TRIGGER clock_events_no_delete;--> statement-breakpoint
CREATE TRIGGER clock_events_no_delete BEFORE DELETE ON clock_events
WHEN NOT EXISTS (SELECT 1 FROM case_moves WHERE case_id = OLD.case_id AND permit IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'clock_events is append-only'); END;
--> statement-breakpoint
DROP TRIGGER letters_no_delete;--> statement-breakpoint
CREATE TRIGGER letters_no_delete BEFORE DELETE ON letters
WHEN NOT EXISTS (SELECT 1 FROM case_moves WHERE case_id = OLD.case_id AND permit IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'letters are kept'); END;
--> statement-breakpoint
DROP TRIGGER letter_deliveries_no_delete;--> statement-breakpoint
CREATE TRIGGER letter_deliveries_no_delete BEFORE DELETE ON letter_deliveries
WHEN NOT EXISTS (SELECT 1 FROM letters l JOIN case_moves m ON m.case_id = l.case_id
  WHERE l.id = OLD.letter_id AND m.permit IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'letter_deliveries is append-only'); END;
--> statement-breakpoint
-- Who did what to the case, and when, is kept; what it was before and after goes.
DROP TRIGGER audit_lines_no_update;--> statement-breakpoint
CREATE TRIGGER audit_lines_no_update BEFORE UPDATE ON audit_lines
WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.at IS NOT OLD.at
  OR NEW.actor_kind IS NOT OLD.actor_kind OR NEW.actor_id IS NOT OLD.actor_id
  OR NEW.actor_name IS NOT OLD.actor_name OR NEW.action IS NOT OLD.action OR NEW.subject IS NOT OLD.subject
  OR NOT EXISTS (SELECT 1 FROM case_moves WHERE OLD.subject = 'case:' || case_id AND permit IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END;
