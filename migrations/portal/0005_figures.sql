CREATE TABLE `days_totals` (
	`month` text NOT NULL,
	`kind` text NOT NULL,
	`days` integer NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`month`, `kind`, `days`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `figure_totals` (
	`month` text NOT NULL,
	`basis` text NOT NULL,
	`kind` text NOT NULL,
	`dimension` text NOT NULL,
	`value` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`month`, `basis`, `kind`, `dimension`, `value`),
	CONSTRAINT "figure_totals_basis" CHECK(basis in ('received', 'finished')),
	CONSTRAINT "figure_totals_dimension" CHECK(dimension in ('category', 'channel', 'unit', 'village', 'category_village', 'accepted', 'grounds', 'outcome', 'finding'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `history_figures` (
	`fiscal_year` integer NOT NULL,
	`category_code` text NOT NULL,
	`received` integer NOT NULL,
	`finished` integer NOT NULL,
	`grounds` integer,
	`source` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	PRIMARY KEY(`fiscal_year`, `category_code`)
);
--> statement-breakpoint
CREATE TABLE `recount_alarms` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`found_at` integer NOT NULL,
	`detail` text NOT NULL,
	`seen_at` integer,
	`seen_by` text
);
--> statement-breakpoint
CREATE INDEX `recount_alarms_unseen` ON `recount_alarms` (`seen_at`);--> statement-breakpoint
CREATE TABLE `timeliness_totals` (
	`month` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`month`, `kind`, `state`),
	CONSTRAINT "timeliness_totals_state" CHECK(state in ('met', 'explained', 'late', 'void', 'running'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `indicator_categories` (
	`fiscal_year` integer NOT NULL,
	`indicator` text NOT NULL,
	`category_code` text NOT NULL,
	PRIMARY KEY(`fiscal_year`, `indicator`, `category_code`)
);
--> statement-breakpoint
CREATE TABLE `indicator_inputs` (
	`fiscal_year` integer NOT NULL,
	`key` text NOT NULL,
	`value` real NOT NULL,
	`source` text NOT NULL,
	`entered_at` integer NOT NULL,
	`entered_by` text NOT NULL,
	PRIMARY KEY(`fiscal_year`, `key`)
);
--> statement-breakpoint
CREATE TABLE `indicator_overrides` (
	`case_id` integer NOT NULL,
	`indicator` text NOT NULL,
	`counts` integer NOT NULL,
	`reason` text NOT NULL,
	`decided_at` integer NOT NULL,
	`decided_by` text NOT NULL,
	PRIMARY KEY(`case_id`, `indicator`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `ita_items` (
	`fiscal_year` integer NOT NULL,
	`item` text NOT NULL,
	`number` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`fiscal_year`, `item`),
	CONSTRAINT "ita_items_item" CHECK(item in ('guideline', 'channel', 'statistics', 'participation', 'e_service', 'service_statistics', 'satisfaction'))
);
--> statement-breakpoint
CREATE TABLE `published_documents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`kind` text NOT NULL,
	`version` integer NOT NULL,
	`title` text NOT NULL,
	`document_on` text NOT NULL,
	`sections` text,
	`stored_name` text,
	`original_name` text,
	`mime` text,
	`bytes` integer,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	`published_at` integer,
	`withdrawn_at` integer,
	`rev` integer DEFAULT 1 NOT NULL,
	CONSTRAINT "published_documents_kind" CHECK(kind in ('announcement', 'order', 'manual_general', 'manual_corruption', 'other'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `published_documents_slug` ON `published_documents` (`slug`,`version`);--> statement-breakpoint
CREATE TABLE `preventive_measures` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`category_code` text NOT NULL,
	`village_id` integer,
	`problem` text NOT NULL,
	`measure` text NOT NULL,
	`owner` text NOT NULL,
	`starts_on` text NOT NULL,
	`due_on` text,
	`done_on` text,
	`abandoned_on` text,
	`result` text,
	`rev` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	CONSTRAINT "preventive_measures_ended" CHECK(done_on is null or abandoned_on is null),
	CONSTRAINT "preventive_measures_abandoned" CHECK(abandoned_on is null or result is not null)
);
--> statement-breakpoint
CREATE INDEX `preventive_measures_place` ON `preventive_measures` (`category_code`,`village_id`);--> statement-breakpoint
CREATE INDEX `cases_repeats` ON `cases` (`received_on`,`kind`,`status`,`category_code`,`village_id`) WHERE (merged_into_id is not null or reopened_at is not null);--> statement-breakpoint
CREATE TABLE `summary_reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`slug` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`title` text NOT NULL,
	`from_on` text NOT NULL,
	`to_on` text NOT NULL,
	`state` text NOT NULL,
	`texts` text NOT NULL,
	`figures` text,
	`noted_on` text,
	`noted_by` text,
	`published_at` integer,
	`rev` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`created_by` text NOT NULL,
	CONSTRAINT "summary_reports_state" CHECK(state in ('draft', 'noted', 'published', 'replaced')),
	CONSTRAINT "summary_reports_published" CHECK((published_at is null) = (state in ('draft','noted')))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `summary_reports_slug` ON `summary_reports` (`slug`,`version`);
--> statement-breakpoint

-- Running totals of every breakdown, of cases that are there already and of those to come. What is counted, and
-- in which month, stands in this one list; a merged or moved case is counted nowhere.
INSERT INTO figure_totals (month, basis, kind, dimension, value, count)
SELECT month, basis, kind, dimension, value, count(*) FROM (
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'category' AS dimension, c.category_code AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'channel' AS dimension, c.channel AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'unit' AS dimension, coalesce(c.unit_id, 0) AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'village' AS dimension, coalesce(c.village_id, 0) AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'category_village' AS dimension, c.category_code || '|' || coalesce(c.village_id, 0) || '|' || CASE WHEN c.finished_on IS NULL THEN '' ELSE (substr(c.finished_on, 1, 4) + (substr(c.finished_on, 6, 2) >= '10')) || '-' || CASE WHEN substr(c.finished_on, 6, 2) BETWEEN '04' AND '09' THEN 2 ELSE 1 END END AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'accepted' AS dimension, c.category_code AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.status NOT IN ('submitted', 'not_accepted')
  UNION ALL
  SELECT substr(c.received_on, 1, 7) AS month, 'received' AS basis, c.kind AS kind, 'grounds' AS dimension, c.category_code AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finding IN ('yes', 'part')
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'category' AS dimension, c.category_code AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'channel' AS dimension, c.channel AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'unit' AS dimension, coalesce(c.unit_id, 0) AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'village' AS dimension, coalesce(c.village_id, 0) AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'outcome' AS dimension, coalesce(c.outcome, c.status) AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
  UNION ALL
  SELECT substr(c.finished_on, 1, 7) AS month, 'finished' AS basis, c.kind AS kind, 'finding' AS dimension, coalesce(c.finding, 'none') AS value FROM cases c WHERE c.status NOT IN ('merged', 'moved') AND c.finished_on IS NOT NULL
) GROUP BY month, basis, kind, dimension, value;
--> statement-breakpoint
INSERT INTO days_totals (month, kind, days, count)
SELECT substr(finished_on, 1, 7), kind, julianday(finished_on) - julianday(received_on), count(*) FROM cases
WHERE status NOT IN ('merged', 'moved') AND finished_on IS NOT NULL GROUP BY 1, 2, 3;
--> statement-breakpoint
INSERT INTO timeliness_totals (month, kind, state, count)
SELECT substr(k.due_on, 1, 7), c.kind, CASE WHEN k.breached_at IS NOT NULL THEN 'late' WHEN k.verdict IS NOT NULL THEN k.verdict WHEN k.explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, count(*)
FROM case_clocks k JOIN cases c ON c.id = k.case_id WHERE k.duty = 'resolve' GROUP BY 1, 2, 3;
--> statement-breakpoint
CREATE TRIGGER figure_totals_insert AFTER INSERT ON cases
BEGIN
  INSERT INTO figure_totals (month, basis, kind, dimension, value, count)
  SELECT * FROM (
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'category', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'channel', NEW.channel, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'unit', coalesce(NEW.unit_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'village', coalesce(NEW.village_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'category_village', NEW.category_code || '|' || coalesce(NEW.village_id, 0) || '|' || CASE WHEN NEW.finished_on IS NULL THEN '' ELSE (substr(NEW.finished_on, 1, 4) + (substr(NEW.finished_on, 6, 2) >= '10')) || '-' || CASE WHEN substr(NEW.finished_on, 6, 2) BETWEEN '04' AND '09' THEN 2 ELSE 1 END END, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'accepted', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.status NOT IN ('submitted', 'not_accepted')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'grounds', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finding IN ('yes', 'part')
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'category', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'channel', NEW.channel, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'unit', coalesce(NEW.unit_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'village', coalesce(NEW.village_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'outcome', coalesce(NEW.outcome, NEW.status), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'finding', coalesce(NEW.finding, 'none'), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
  ) WHERE true
  ON CONFLICT (month, basis, kind, dimension, value) DO UPDATE SET count = count + excluded.count;
  INSERT INTO days_totals (month, kind, days, count)
  SELECT substr(NEW.finished_on, 1, 7), NEW.kind, julianday(NEW.finished_on) - julianday(NEW.received_on), 1
  WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
  ON CONFLICT (month, kind, days) DO UPDATE SET count = count + excluded.count;
END;
--> statement-breakpoint
CREATE TRIGGER figure_totals_update AFTER UPDATE ON cases
WHEN OLD.received_on IS NOT NEW.received_on OR OLD.finished_on IS NOT NEW.finished_on OR OLD.kind IS NOT NEW.kind OR OLD.category_code IS NOT NEW.category_code OR OLD.channel IS NOT NEW.channel OR OLD.unit_id IS NOT NEW.unit_id OR OLD.village_id IS NOT NEW.village_id OR OLD.outcome IS NOT NEW.outcome OR OLD.finding IS NOT NEW.finding
  OR (OLD.status IS NOT NEW.status AND (NEW.status IN ('submitted', 'not_accepted', 'merged', 'moved', 'withdrawn', 'forwarded')
    OR OLD.status IN ('submitted', 'not_accepted', 'merged', 'moved', 'withdrawn', 'forwarded')))
BEGIN
  INSERT INTO figure_totals (month, basis, kind, dimension, value, count)
  SELECT * FROM (
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'category', OLD.category_code, -1 WHERE OLD.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'channel', OLD.channel, -1 WHERE OLD.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'unit', coalesce(OLD.unit_id, 0), -1 WHERE OLD.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'village', coalesce(OLD.village_id, 0), -1 WHERE OLD.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'category_village', OLD.category_code || '|' || coalesce(OLD.village_id, 0) || '|' || CASE WHEN OLD.finished_on IS NULL THEN '' ELSE (substr(OLD.finished_on, 1, 4) + (substr(OLD.finished_on, 6, 2) >= '10')) || '-' || CASE WHEN substr(OLD.finished_on, 6, 2) BETWEEN '04' AND '09' THEN 2 ELSE 1 END END, -1 WHERE OLD.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'accepted', OLD.category_code, -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.status NOT IN ('submitted', 'not_accepted')
    UNION ALL
    SELECT substr(OLD.received_on, 1, 7), 'received', OLD.kind, 'grounds', OLD.category_code, -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finding IN ('yes', 'part')
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'category', OLD.category_code, -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'channel', OLD.channel, -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'unit', coalesce(OLD.unit_id, 0), -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'village', coalesce(OLD.village_id, 0), -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'outcome', coalesce(OLD.outcome, OLD.status), -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(OLD.finished_on, 1, 7), 'finished', OLD.kind, 'finding', coalesce(OLD.finding, 'none'), -1 WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
  ) WHERE true
  ON CONFLICT (month, basis, kind, dimension, value) DO UPDATE SET count = count + excluded.count;
  INSERT INTO days_totals (month, kind, days, count)
  SELECT substr(OLD.finished_on, 1, 7), OLD.kind, julianday(OLD.finished_on) - julianday(OLD.received_on), -1
  WHERE OLD.status NOT IN ('merged', 'moved') AND OLD.finished_on IS NOT NULL
  ON CONFLICT (month, kind, days) DO UPDATE SET count = count + excluded.count;
  INSERT INTO figure_totals (month, basis, kind, dimension, value, count)
  SELECT * FROM (
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'category', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'channel', NEW.channel, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'unit', coalesce(NEW.unit_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'village', coalesce(NEW.village_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'category_village', NEW.category_code || '|' || coalesce(NEW.village_id, 0) || '|' || CASE WHEN NEW.finished_on IS NULL THEN '' ELSE (substr(NEW.finished_on, 1, 4) + (substr(NEW.finished_on, 6, 2) >= '10')) || '-' || CASE WHEN substr(NEW.finished_on, 6, 2) BETWEEN '04' AND '09' THEN 2 ELSE 1 END END, 1 WHERE NEW.status NOT IN ('merged', 'moved')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'accepted', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.status NOT IN ('submitted', 'not_accepted')
    UNION ALL
    SELECT substr(NEW.received_on, 1, 7), 'received', NEW.kind, 'grounds', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finding IN ('yes', 'part')
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'category', NEW.category_code, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'channel', NEW.channel, 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'unit', coalesce(NEW.unit_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'village', coalesce(NEW.village_id, 0), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'outcome', coalesce(NEW.outcome, NEW.status), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
    UNION ALL
    SELECT substr(NEW.finished_on, 1, 7), 'finished', NEW.kind, 'finding', coalesce(NEW.finding, 'none'), 1 WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
  ) WHERE true
  ON CONFLICT (month, basis, kind, dimension, value) DO UPDATE SET count = count + excluded.count;
  INSERT INTO days_totals (month, kind, days, count)
  SELECT substr(NEW.finished_on, 1, 7), NEW.kind, julianday(NEW.finished_on) - julianday(NEW.received_on), 1
  WHERE NEW.status NOT IN ('merged', 'moved') AND NEW.finished_on IS NOT NULL
  ON CONFLICT (month, kind, days) DO UPDATE SET count = count + excluded.count;
  UPDATE figures_version SET version = version + 1, changed_at = NEW.updated_at;
END;
--> statement-breakpoint
CREATE TRIGGER timeliness_insert AFTER INSERT ON case_clocks WHEN NEW.duty = 'resolve'
BEGIN
  INSERT INTO timeliness_totals (month, kind, state, count)
  SELECT substr(NEW.due_on, 1, 7), kind, CASE WHEN NEW.breached_at IS NOT NULL THEN 'late' WHEN NEW.verdict IS NOT NULL THEN NEW.verdict WHEN NEW.explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, 1 FROM cases WHERE id = NEW.case_id
  ON CONFLICT (month, kind, state) DO UPDATE SET count = count + excluded.count;
END;
--> statement-breakpoint
CREATE TRIGGER timeliness_update AFTER UPDATE ON case_clocks
WHEN NEW.duty = 'resolve' AND (OLD.due_on IS NOT NEW.due_on OR OLD.breached_at IS NOT NEW.breached_at
  OR OLD.verdict IS NOT NEW.verdict OR OLD.explained_on IS NOT NEW.explained_on)
BEGIN
  INSERT INTO timeliness_totals (month, kind, state, count)
  SELECT substr(OLD.due_on, 1, 7), kind, CASE WHEN OLD.breached_at IS NOT NULL THEN 'late' WHEN OLD.verdict IS NOT NULL THEN OLD.verdict WHEN OLD.explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, -1 FROM cases WHERE id = OLD.case_id
  ON CONFLICT (month, kind, state) DO UPDATE SET count = count + excluded.count;
  INSERT INTO timeliness_totals (month, kind, state, count)
  SELECT substr(NEW.due_on, 1, 7), kind, CASE WHEN NEW.breached_at IS NOT NULL THEN 'late' WHEN NEW.verdict IS NOT NULL THEN NEW.verdict WHEN NEW.explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, 1 FROM cases WHERE id = NEW.case_id
  ON CONFLICT (month, kind, state) DO UPDATE SET count = count + excluded.count;
  UPDATE figures_version SET version = version + 1;
END;
--> statement-breakpoint
-- A case that becomes one of another kind takes its duties along: a question whose trace was erased is a complaint.
CREATE TRIGGER timeliness_kind AFTER UPDATE ON cases WHEN OLD.kind IS NOT NEW.kind
BEGIN
  INSERT INTO timeliness_totals (month, kind, state, count)
  SELECT substr(due_on, 1, 7), OLD.kind, CASE WHEN breached_at IS NOT NULL THEN 'late' WHEN verdict IS NOT NULL THEN verdict WHEN explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, -1 FROM case_clocks WHERE case_id = NEW.id AND duty = 'resolve'
  ON CONFLICT (month, kind, state) DO UPDATE SET count = count + excluded.count;
  INSERT INTO timeliness_totals (month, kind, state, count)
  SELECT substr(due_on, 1, 7), NEW.kind, CASE WHEN breached_at IS NOT NULL THEN 'late' WHEN verdict IS NOT NULL THEN verdict WHEN explained_on IS NOT NULL THEN 'explained' ELSE 'running' END, 1 FROM case_clocks WHERE case_id = NEW.id AND duty = 'resolve'
  ON CONFLICT (month, kind, state) DO UPDATE SET count = count + excluded.count;
END;
--> statement-breakpoint
-- What the office has published stays as it was read: a correction is a new version.
CREATE TRIGGER published_documents_stand BEFORE UPDATE ON published_documents
WHEN OLD.published_at IS NOT NULL AND (NEW.slug IS NOT OLD.slug OR NEW.kind IS NOT OLD.kind
  OR NEW.version IS NOT OLD.version OR NEW.title IS NOT OLD.title OR NEW.document_on IS NOT OLD.document_on
  OR NEW.sections IS NOT OLD.sections OR NEW.stored_name IS NOT OLD.stored_name
  OR NEW.published_at IS NOT OLD.published_at)
BEGIN SELECT RAISE(ABORT, 'a published version is not changed'); END;
--> statement-breakpoint
CREATE TRIGGER published_documents_kept BEFORE DELETE ON published_documents WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published versions are kept'); END;
--> statement-breakpoint
CREATE TRIGGER summary_reports_begin BEFORE INSERT ON summary_reports WHEN NEW.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a report begins as a draft'); END;
--> statement-breakpoint
CREATE TRIGGER summary_reports_frozen BEFORE UPDATE ON summary_reports
WHEN NEW.published_at IS NOT NULL AND (NEW.figures IS NULL OR NEW.noted_on IS NULL)
BEGIN SELECT RAISE(ABORT, 'a report is published with its figures, after it was noted'); END;
--> statement-breakpoint
CREATE TRIGGER summary_reports_stand BEFORE UPDATE ON summary_reports
WHEN OLD.published_at IS NOT NULL AND (NEW.slug IS NOT OLD.slug OR NEW.version IS NOT OLD.version
  OR NEW.title IS NOT OLD.title OR NEW.from_on IS NOT OLD.from_on OR NEW.to_on IS NOT OLD.to_on
  OR NEW.texts IS NOT OLD.texts OR NEW.figures IS NOT OLD.figures OR NEW.noted_on IS NOT OLD.noted_on
  OR NEW.noted_by IS NOT OLD.noted_by OR NEW.published_at IS NOT OLD.published_at
  OR NEW.state NOT IN (OLD.state, 'replaced'))
BEGIN SELECT RAISE(ABORT, 'a published version is not changed'); END;
--> statement-breakpoint
CREATE TRIGGER summary_reports_kept BEFORE DELETE ON summary_reports WHEN OLD.published_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'published versions are kept'); END;
--> statement-breakpoint
-- Of a case that went to the confidential register, nothing that was said about it is left.
CREATE TRIGGER indicator_overrides_erased AFTER UPDATE ON case_moves WHEN OLD.state = 'asked' AND NEW.state = 'erased'
BEGIN DELETE FROM indicator_overrides WHERE case_id = NEW.case_id; END;
