CREATE SCHEMA IF NOT EXISTS "tasks";
--> statement-breakpoint
CREATE TYPE "tasks"."priority" AS ENUM('low', 'medium', 'high');--> statement-breakpoint
CREATE TYPE "tasks"."reminder_status" AS ENUM('pending', 'sent', 'completed', 'skipped', 'missed');--> statement-breakpoint
CREATE TYPE "tasks"."reminder_type" AS ENUM('email', 'push', 'sms', 'in-app', 'both');--> statement-breakpoint
CREATE TYPE "tasks"."task_status" AS ENUM('todo', 'in-progress', 'completed');--> statement-breakpoint
CREATE TABLE "tasks"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"body" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
CREATE TABLE "tasks"."reminders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"type" "tasks"."reminder_type" NOT NULL,
	"message" text,
	"status" "tasks"."reminder_status" DEFAULT 'pending' NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."tasks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"title" text NOT NULL,
	"description" text,
	"link" text,
	"status" "tasks"."task_status" DEFAULT 'todo' NOT NULL,
	"priority" "tasks"."priority" DEFAULT 'medium' NOT NULL,
	"category" text,
	"labels" text[] DEFAULT '{}' NOT NULL,
	"due_date" timestamp (3) with time zone,
	"due_day" date,
	"estimate_minutes" integer,
	"completed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "tasks"."reminders" ADD CONSTRAINT "reminders_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_due" ON "tasks"."reminders" USING btree ("scheduled_at") WHERE "tasks"."reminders"."status" = 'pending';--> statement-breakpoint
CREATE INDEX "reminders_of_task" ON "tasks"."reminders" USING btree ("task_id","scheduled_at");--> statement-breakpoint
CREATE INDEX "reminders_of_user" ON "tasks"."reminders" USING btree ("user_id","scheduled_at","id");--> statement-breakpoint
CREATE INDEX "reminders_completed" ON "tasks"."reminders" USING btree ("user_id","completed_at") WHERE "tasks"."reminders"."completed_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_created" ON "tasks"."tasks" USING btree ("user_id","created_at","id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_due" ON "tasks"."tasks" USING btree ("user_id",coalesce("due_date", "due_day"::timestamp AT TIME ZONE 'UTC', 'infinity'),"id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_priority" ON "tasks"."tasks" USING btree ("user_id","priority","id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_completed" ON "tasks"."tasks" USING btree ("user_id","completed_at") WHERE "tasks"."tasks"."completed_at" IS NOT NULL;