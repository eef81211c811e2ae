-- What drizzle does not model: append-only history, running totals, full-text search.

-- History and audit trail: nothing that was written is changed or removed.
CREATE TRIGGER case_events_no_update BEFORE UPDATE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER case_events_no_delete BEFORE DELETE ON case_events
BEGIN SELECT RAISE(ABORT, 'case_events is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_lines_no_update BEFORE UPDATE ON audit_lines
BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER audit_lines_no_delete BEFORE DELETE ON audit_lines
BEGIN SELECT RAISE(ABORT, 'audit_lines is append-only'); END;
--> statement-breakpoint
-- A clock's verdict stands for ever: a case that was late stays late after closing and reopening.
CREATE TRIGGER case_clocks_verdict_stands BEFORE UPDATE ON case_clocks WHEN OLD.verdict IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a stopped clock is not changed'); END;
--> statement-breakpoint
CREATE TRIGGER case_clocks_no_delete BEFORE DELETE ON case_clocks
BEGIN SELECT RAISE(ABORT, 'clocks are kept'); END;
--> statement-breakpoint
CREATE TRIGGER cases_no_delete BEFORE DELETE ON cases
BEGIN SELECT RAISE(ABORT, 'cases are kept'); END;
--> statement-breakpoint

INSERT INTO figures_version (id, version, changed_at) VALUES (1, 1, 0);
--> statement-breakpoint

-- Running totals of the public figures. A merged case is counted under the case it was merged into.
CREATE TRIGGER month_totals_insert AFTER INSERT ON cases WHEN NEW.status <> 'merged'
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
  WHERE OLD.status <> 'merged' AND month = substr(OLD.received_on, 1, 7)
    AND kind = OLD.kind AND category_group = OLD.category_group;
  UPDATE month_totals SET finished = finished - 1
  WHERE OLD.status <> 'merged' AND OLD.finished_on IS NOT NULL AND month = substr(OLD.finished_on, 1, 7)
    AND kind = OLD.kind AND category_group = OLD.category_group;
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  SELECT substr(NEW.received_on, 1, 7), NEW.kind, NEW.category_group, 1, 0 WHERE NEW.status <> 'merged'
  ON CONFLICT (month, kind, category_group) DO UPDATE SET received = received + 1;
  INSERT INTO month_totals (month, kind, category_group, received, finished)
  SELECT substr(NEW.finished_on, 1, 7), NEW.kind, NEW.category_group, 0, 1
  WHERE NEW.status <> 'merged' AND NEW.finished_on IS NOT NULL
  ON CONFLICT (month, kind, category_group) DO UPDATE SET finished = finished + 1;
  UPDATE figures_version SET version = version + 1, changed_at = NEW.updated_at;
END;
--> statement-breakpoint

-- Cases per unit, for the count of the "all" view.
CREATE TRIGGER unit_totals_insert AFTER INSERT ON cases
BEGIN
  INSERT INTO unit_totals (unit_id, restricted, count) VALUES (coalesce(NEW.unit_id, 0), NEW.restricted, 1)
  ON CONFLICT (unit_id, restricted) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER unit_totals_update AFTER UPDATE ON cases
WHEN OLD.unit_id IS NOT NEW.unit_id OR OLD.restricted IS NOT NEW.restricted
BEGIN
  UPDATE unit_totals SET count = count - 1
  WHERE unit_id = coalesce(OLD.unit_id, 0) AND restricted = OLD.restricted;
  INSERT INTO unit_totals (unit_id, restricted, count) VALUES (coalesce(NEW.unit_id, 0), NEW.restricted, 1)
  ON CONFLICT (unit_id, restricted) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint

-- Search. The words are cut and folded by the function thai_words that the portal registers; the default
-- categories of unicode61 would cut Thai words at their vowels and tone marks.
CREATE VIRTUAL TABLE case_words USING fts5(
  text, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
--> statement-breakpoint
CREATE VIRTUAL TABLE case_trigrams USING fts5(text, content='', contentless_delete=1, tokenize='trigram');
