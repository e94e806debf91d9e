-- What tells that lists may have changed tells it of reviews too, so that one sum stands for all that numbers are made of.
CREATE TRIGGER "review_logs_insert_listed" AFTER INSERT ON "tasks"."review_logs" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "review_logs_update_listed" AFTER UPDATE ON "tasks"."review_logs" REFERENCING NEW TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
--> statement-breakpoint
CREATE TRIGGER "review_logs_delete_listed" AFTER DELETE ON "tasks"."review_logs" REFERENCING OLD TABLE AS touched
  FOR EACH STATEMENT EXECUTE FUNCTION "tasks"."note_list_change"();
