-- The counts beside the officer's lists are read off the indexes of open cases alone; the indexes of all
-- cases hold every filter, so that any combination of filters is decided without a look at the rows.
DROP INDEX `cases_open`;--> statement-breakpoint
DROP INDEX `cases_open_status`;--> statement-breakpoint
DROP INDEX `cases_open_unit`;--> statement-breakpoint
DROP INDEX `cases_open_officer`;--> statement-breakpoint
DROP INDEX `cases_due`;--> statement-breakpoint
DROP INDEX `cases_unit`;--> statement-breakpoint
DROP INDEX `cases_status`;--> statement-breakpoint
DROP INDEX `cases_category`;--> statement-breakpoint
DROP INDEX `cases_village`;--> statement-breakpoint
DROP INDEX `cases_received`;--> statement-breakpoint
CREATE INDEX `cases_reopened` ON `cases` (`queue_on`,`id`,`unit_id`,`restricted`,`officer_id`) WHERE reopened_at is not null and reopen_accepted_at is null and status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open` ON `cases` (`queue_on`,`id`,`due_on`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_status` ON `cases` (`status`,`queue_on`,`id`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_unit` ON `cases` (`unit_id`,`queue_on`,`id`,`due_on`,`status`,`restricted`,`officer_id`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_open_officer` ON `cases` (`officer_id`,`queue_on`,`id`,`due_on`,`status`,`unit_id`,`restricted`) WHERE status in ('submitted','registered','assigned','in_progress','need_info');--> statement-breakpoint
CREATE INDEX `cases_due` ON `cases` (`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_unit` ON `cases` (`unit_id`,`queue_on`,`id`,`restricted`,`status`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_status` ON `cases` (`status`,`queue_on`,`id`,`restricted`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_category` ON `cases` (`category_code`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`village_id`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_village` ON `cases` (`village_id`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`channel`,`received_on`);--> statement-breakpoint
CREATE INDEX `cases_received` ON `cases` (`received_on`,`queue_on`,`id`,`restricted`,`status`,`unit_id`,`officer_id`,`category_code`,`village_id`,`channel`);--> statement-breakpoint

-- Running totals per unit and officer: whoever sees a unit's cases also sees own ones elsewhere.
DROP TRIGGER unit_totals_insert;--> statement-breakpoint
DROP TRIGGER unit_totals_update;--> statement-breakpoint
DROP TABLE `unit_totals`;--> statement-breakpoint
CREATE TABLE `unit_totals` (
	`unit_id` integer NOT NULL,
	`officer_id` integer NOT NULL,
	`restricted` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`unit_id`, `officer_id`, `restricted`)
);
--> statement-breakpoint
INSERT INTO unit_totals (unit_id, officer_id, restricted, count)
SELECT coalesce(unit_id, 0), coalesce(officer_id, 0), restricted, count(*) FROM cases GROUP BY 1, 2, 3;
--> statement-breakpoint
CREATE TRIGGER unit_totals_insert AFTER INSERT ON cases
BEGIN
  INSERT INTO unit_totals (unit_id, officer_id, restricted, count)
  VALUES (coalesce(NEW.unit_id, 0), coalesce(NEW.officer_id, 0), NEW.restricted, 1)
  ON CONFLICT (unit_id, officer_id, restricted) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER unit_totals_update AFTER UPDATE ON cases
WHEN OLD.unit_id IS NOT NEW.unit_id OR OLD.officer_id IS NOT NEW.officer_id
  OR OLD.restricted IS NOT NEW.restricted
BEGIN
  UPDATE unit_totals SET count = count - 1
  WHERE unit_id = coalesce(OLD.unit_id, 0) AND officer_id = coalesce(OLD.officer_id, 0)
    AND restricted = OLD.restricted;
  INSERT INTO unit_totals (unit_id, officer_id, restricted, count)
  VALUES (coalesce(NEW.unit_id, 0), coalesce(NEW.officer_id, 0), NEW.restricted, 1)
  ON CONFLICT (unit_id, officer_id, restricted) DO UPDATE SET count = count + 1;
END;
