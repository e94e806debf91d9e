CREATE TABLE "tasks"."count_changes" (
	"user_id" uuid NOT NULL,
	"status" "tasks"."task_status",
	"category" text,
	"tasks" integer,
	"day" date,
	"pending" integer,
	"open" integer,
	"at" timestamp (3) with time zone,
	"completed" integer,
	"completed_reminders" integer,
	"reviewed" integer,
	"recalls" integer,
	"remembered" integer
);
--> statement-breakpoint
CREATE TABLE "tasks"."counted_people" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"time_zone" text NOT NULL,
	"completed_reminders" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."day_counts" (
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"completed" integer NOT NULL,
	"reviewed" integer NOT NULL,
	"recalls" integer NOT NULL,
	"remembered" integer NOT NULL,
	CONSTRAINT "day_counts_user_id_day_pk" PRIMARY KEY("user_id","day")
);
--> statement-breakpoint
CREATE TABLE "tasks"."reminder_counts" (
	"user_id" uuid NOT NULL,
	"day" date NOT NULL,
	"pending" integer NOT NULL,
	"open" integer NOT NULL,
	CONSTRAINT "reminder_counts_user_id_day_pk" PRIMARY KEY("user_id","day")
);
--> statement-breakpoint
CREATE TABLE "tasks"."task_counts" (
	"user_id" uuid NOT NULL,
	"status" "tasks"."task_status" NOT NULL,
	"category" text,
	"tasks" integer NOT NULL,
	CONSTRAINT "task_counts_key" UNIQUE NULLS NOT DISTINCT("user_id","status","category")
);
--> statement-breakpoint
CREATE INDEX "count_changes_of_user" ON "tasks"."count_changes" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "tasks_in_bin_of_user" ON "tasks"."tasks" USING btree ("user_id") WHERE "tasks"."tasks"."deleted_at" IS NOT NULL;
--> statement-breakpoint
-- Nothing is counted here, so that tables are locked for moments only: a person is counted when they first ask.
-- For each table and kind of change one function, which notes what the statement added to the sums: rows as they are
-- now with the sign 1, rows as they were with -1, and nothing where that comes to nothing. The triggers of
-- 0002_list-changes become these; CREATE OR REPLACE, as dropping one would keep readers waiting too.
DO $migration$
DECLARE
  counted record;
  change record;
BEGIN
  FOR counted IN SELECT * FROM (VALUES
    ('tasks', 'status, category, at, tasks, completed', $sums$
      SELECT user_id, status, category, completed_at AS at,
        sum(sign) FILTER (WHERE deleted_at IS NULL) AS tasks,
        sum(sign) FILTER (WHERE completed_at IS NOT NULL) AS completed
      FROM rows GROUP BY user_id, status, category, completed_at
      HAVING sum(sign) FILTER (WHERE deleted_at IS NULL) <> 0
        OR sum(sign) FILTER (WHERE completed_at IS NOT NULL) <> 0 $sums$),
    ('reminders', 'day, at, pending, open, completed, completed_reminders', $sums$
      SELECT user_id, day, at, sum(pending), sum(open), sum(completed), sum(completed_reminders)
      FROM (SELECT user_id, completed_at AS at,
          CASE WHEN status IN ('pending', 'sent', 'missed') THEN (scheduled_at AT TIME ZONE 'UTC')::date END AS day,
          CASE WHEN status = 'pending' THEN sign ELSE 0 END AS pending,
          CASE WHEN status IN ('pending', 'sent', 'missed') THEN sign ELSE 0 END AS open,
          CASE WHEN completed_at IS NULL THEN 0 ELSE sign END AS completed,
          CASE WHEN completed_at IS NOT NULL AND status = 'completed' THEN sign ELSE 0 END AS completed_reminders
        FROM rows) AS counted
      GROUP BY user_id, day, at
      HAVING sum(pending) <> 0 OR sum(open) <> 0 OR sum(completed) <> 0 OR sum(completed_reminders) <> 0 $sums$),
    ('review_logs', 'at, reviewed, recalls, remembered', $sums$
      SELECT user_id, at, sum(sign), sum(recalls), sum(remembered)
      FROM (SELECT user_id, reviewed_at AS at, sign,
          CASE WHEN state_before = 'review' THEN sign ELSE 0 END AS recalls,
          CASE WHEN state_before = 'review' AND grade <> 'again' THEN sign ELSE 0 END AS remembered
        FROM rows) AS counted
      GROUP BY user_id, at
      HAVING sum(sign) <> 0 OR sum(recalls) <> 0 OR sum(remembered) <> 0 $sums$)
  ) AS t (name, columns, sums)
  LOOP
    FOR change IN SELECT * FROM (VALUES
      ('insert', 'NEW TABLE AS added', 'SELECT *, 1 AS sign FROM added'),
      ('update', 'OLD TABLE AS removed NEW TABLE AS added',
        'SELECT *, 1 AS sign FROM added UNION ALL SELECT *, -1 FROM removed'),
      ('delete', 'OLD TABLE AS removed', 'SELECT *, -1 AS sign FROM removed')
    ) AS t (name, tables, signed)
    LOOP
      EXECUTE format($function$
        CREATE FUNCTION tasks.%I() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          %s
          WITH rows AS NOT MATERIALIZED (%s)
          INSERT INTO tasks.count_changes (user_id, %s) %s;
          RETURN NULL;
        END $body$ $function$,
        'note_' || counted.name || '_' || change.name,
        CASE WHEN counted.name <> 'review_logs' THEN format(
          'INSERT INTO tasks.list_changes (user_id) SELECT DISTINCT user_id FROM %s;',
          CASE WHEN change.name = 'delete' THEN 'removed' ELSE 'added' END) END,
        change.signed, counted.columns, counted.sums);
      EXECUTE format(
        'CREATE OR REPLACE TRIGGER %I AFTER %s ON tasks.%I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION tasks.%I()',
        counted.name || '_' || change.name || '_noted', change.name, counted.name, change.tables,
        'note_' || counted.name || '_' || change.name);
    END LOOP;
  END LOOP;
END $migration$;
