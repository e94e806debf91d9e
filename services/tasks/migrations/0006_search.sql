CREATE TABLE "tasks"."search_blocks" (
	"user_id" uuid NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	"since_id" uuid NOT NULL,
	"until" timestamp (3) with time zone NOT NULL,
	"until_id" uuid NOT NULL,
	"filter" "bytea" NOT NULL,
	CONSTRAINT "search_blocks_user_id_until_until_id_pk" PRIMARY KEY("user_id","until","until_id")
);
--> statement-breakpoint
CREATE TABLE "tasks"."search_changes" (
	"user_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"id" uuid NOT NULL
);
--> statement-breakpoint
CREATE INDEX "search_changes_of_user" ON "tasks"."search_changes" USING btree ("user_id","created_at","id");
--> statement-breakpoint
-- Whole in the row, as asking for a bit of a compressed one would unpack it.
ALTER TABLE "tasks"."search_blocks" ALTER COLUMN "filter" SET STORAGE PLAIN;
--> statement-breakpoint
-- Filters are made from the rows when somebody with many tasks looks for words, so nothing is filled here.
CREATE FUNCTION "tasks"."note_search_change"() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  INSERT INTO tasks.search_changes (user_id, created_at, id) VALUES (NEW.user_id, NEW.created_at, NEW.id);
  RETURN NULL;
END $body$;
--> statement-breakpoint
-- A new task is newer than every block; one that is written with an older date may belong into one.
CREATE TRIGGER "tasks_late_noted" AFTER INSERT ON "tasks"."tasks" FOR EACH ROW
  WHEN (NEW.created_at < clock_timestamp() - interval '10 minutes')
  EXECUTE FUNCTION "tasks"."note_search_change"();
--> statement-breakpoint
CREATE TRIGGER "tasks_words_noted" AFTER UPDATE OF "title", "description", "deleted_at", "user_id", "created_at" ON "tasks"."tasks"
  FOR EACH ROW WHEN (NEW.deleted_at IS NULL AND (OLD.deleted_at, OLD.title, OLD.description, OLD.user_id, OLD.created_at)
    IS DISTINCT FROM (NEW.deleted_at, NEW.title, NEW.description, NEW.user_id, NEW.created_at))
  EXECUTE FUNCTION "tasks"."note_search_change"();
