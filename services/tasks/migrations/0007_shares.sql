CREATE TYPE "tasks"."share_access" AS ENUM('read', 'comment', 'write');--> statement-breakpoint
CREATE TABLE "tasks"."share_sends" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sharer_id" uuid NOT NULL,
	"recipient_hash" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."task_shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"task_id" uuid NOT NULL,
	"user_id" uuid,
	"email" text,
	"access" "tasks"."share_access" NOT NULL,
	"created_by" uuid NOT NULL,
	"opened_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tasks"."task_shares" ADD CONSTRAINT "task_shares_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "share_sends_of_sharer" ON "tasks"."share_sends" USING btree ("sharer_id","sent_at");--> statement-breakpoint
CREATE INDEX "share_sends_to_recipient" ON "tasks"."share_sends" USING btree ("recipient_hash","sent_at");--> statement-breakpoint
CREATE INDEX "share_sends_by_time" ON "tasks"."share_sends" USING btree ("sent_at");--> statement-breakpoint
CREATE UNIQUE INDEX "task_shares_with_person" ON "tasks"."task_shares" USING btree ("task_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "task_shares_pending" ON "tasks"."task_shares" USING btree ("task_id","email") WHERE user_id IS NULL;--> statement-breakpoint
CREATE INDEX "task_shares_of_person" ON "tasks"."task_shares" USING btree ("user_id","task_id");--> statement-breakpoint
CREATE INDEX "task_shares_of_address" ON "tasks"."task_shares" USING btree ("email") WHERE user_id IS NULL;