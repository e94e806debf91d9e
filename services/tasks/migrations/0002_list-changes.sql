CREATE TABLE "tasks"."list_changes" (
	"user_id" uuid NOT NULL,
	"changes" bigint DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX "list_changes_of_user" ON "tasks"."list_changes" USING btree ("user_id","changes");
--> statement-breakpoint
-- A row for each person and each statement that touches what lists show. Only ever added, so that it takes no lock
-- anybody waits for; housekeeping adds them up.
CREATE FUNCTION "tasks"."note_list_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "tasks"."list_changes" ("user_id") SELECT DISTINCT "user_id" FROM touched;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER "tasks_insert_noted" AFTER INSERT ON "tasks"."tasks" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "tasks_update_noted" AFTER UPDATE ON "tasks"."tasks" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "tasks_delete_noted" AFTER DELETE ON "tasks"."tasks" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "reminders_insert_noted" AFTER INSERT ON "tasks"."reminders" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "reminders_update_noted" AFTER UPDATE ON "tasks"."reminders" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "reminders_delete_noted" AFTER DELETE ON "tasks"."reminders" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "attachments_insert_noted" AFTER INSERT ON "tasks"."attachments" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "attachments_update_noted" AFTER UPDATE ON "tasks"."attachments" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "attachments_delete_noted" AFTER DELETE ON "tasks"."attachments" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
