CREATE SCHEMA IF NOT EXISTS "tasks";
--> statement-breakpoint
CREATE TYPE "tasks"."priority" AS ENUM('low', 'medium', 'high');--> statement-breakpoint
CREATE TYPE "tasks"."reminder_status" AS ENUM('pending', 'sent', 'completed', 'skipped', 'missed');--> statement-breakpoint
CREATE TYPE "tasks"."reminder_type" AS ENUM('email', 'push', 'sms', 'in-app', 'both');--> statement-breakpoint
CREATE TYPE "tasks"."task_status" AS ENUM('todo', 'in-progress', 'completed');--> statement-breakpoint
CREATE TYPE "tasks"."review_grade" AS ENUM('again', 'hard', 'good', 'easy');--> statement-breakpoint
CREATE TYPE "tasks"."review_state" AS ENUM('new', 'learning', 'review', 'relearning');--> statement-breakpoint
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
	"offset_minutes" integer,
	"type" "tasks"."reminder_type" NOT NULL,
	"message" text,
	"status" "tasks"."reminder_status" DEFAULT 'pending' NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"completed_at" timestamp (3) with time zone,
	"is_held" boolean DEFAULT false NOT NULL,
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
	"parent_id" uuid,
	"position" bigint DEFAULT 0 NOT NULL,
	"recurrence" jsonb,
	"series_id" uuid,
	"completed_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "tasks"."attachments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"name" text NOT NULL,
	"mime_type" text NOT NULL,
	"storage_key" text NOT NULL,
	"thumb_key" text,
	"original_size_bytes" integer NOT NULL,
	"size_bytes" integer NOT NULL,
	"thumb_size_bytes" integer,
	"width" integer,
	"height" integer,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."calendar_feeds" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"sealed_token" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."day_budgets" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"monday" integer,
	"tuesday" integer,
	"wednesday" integer,
	"thursday" integer,
	"friday" integer,
	"saturday" integer,
	"sunday" integer,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."reminder_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"before_due" boolean NOT NULL,
	"offset_minutes" integer NOT NULL,
	"type" text NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."task_changes" (
	"task_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"before" jsonb NOT NULL,
	"changed_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."exams" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"name" text NOT NULL,
	"day" date NOT NULL,
	"category" text,
	"label" text,
	"target_retention" double precision NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."review_logs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"review_id" uuid,
	"grade" "tasks"."review_grade" NOT NULL,
	"reviewed_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer,
	"algorithm" text NOT NULL,
	"desired_retention" double precision NOT NULL,
	"retrievability" double precision,
	"state_before" "tasks"."review_state" NOT NULL,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."review_notices" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"notice_at" timestamp (3) with time zone NOT NULL,
	"last_day" date
);
--> statement-breakpoint
CREATE TABLE "tasks"."review_settings" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"new_per_day" integer NOT NULL,
	"reviews_per_day" integer NOT NULL,
	"easy_days" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "tasks"."reviews" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"desired_retention" double precision NOT NULL,
	"prompts" jsonb NOT NULL,
	"state" "tasks"."review_state" DEFAULT 'new' NOT NULL,
	"stability_days" double precision DEFAULT 0 NOT NULL,
	"difficulty" double precision DEFAULT 0 NOT NULL,
	"learning_step" integer DEFAULT 0 NOT NULL,
	"scheduled_days" integer DEFAULT 0 NOT NULL,
	"reps" integer DEFAULT 0 NOT NULL,
	"lapses" integer DEFAULT 0 NOT NULL,
	"last_reviewed_at" timestamp (3) with time zone,
	"scheduled_at" timestamp (3) with time zone NOT NULL,
	"exam_at" timestamp (3) with time zone,
	"due_at" timestamp (3) with time zone NOT NULL,
	"suspended_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tasks"."reminders" ADD CONSTRAINT "reminders_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks"."tasks" ADD CONSTRAINT "tasks_parent_id_tasks_id_fk" FOREIGN KEY ("parent_id") REFERENCES "tasks"."tasks"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks"."attachments" ADD CONSTRAINT "attachments_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks"."task_changes" ADD CONSTRAINT "task_changes_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks"."review_logs" ADD CONSTRAINT "review_logs_review_id_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "tasks"."reviews"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tasks"."reviews" ADD CONSTRAINT "reviews_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "tasks"."tasks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reminders_due" ON "tasks"."reminders" USING btree ("scheduled_at") WHERE "tasks"."reminders"."status" = 'pending' AND NOT "tasks"."reminders"."is_held";--> statement-breakpoint
CREATE INDEX "reminders_of_task" ON "tasks"."reminders" USING btree ("task_id","scheduled_at");--> statement-breakpoint
CREATE INDEX "reminders_of_user" ON "tasks"."reminders" USING btree ("user_id","scheduled_at","id");--> statement-breakpoint
CREATE INDEX "reminders_completed" ON "tasks"."reminders" USING btree ("user_id","completed_at") WHERE "tasks"."reminders"."completed_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_created" ON "tasks"."tasks" USING btree ("user_id","created_at","id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_due" ON "tasks"."tasks" USING btree ("user_id",coalesce("due_date", "due_day"::timestamp AT TIME ZONE 'UTC', 'infinity'),"id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_priority" ON "tasks"."tasks" USING btree ("user_id","priority","id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_by_position" ON "tasks"."tasks" USING btree ("user_id","position","id") WHERE "tasks"."tasks"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "tasks_of_parent" ON "tasks"."tasks" USING btree ("parent_id") WHERE "tasks"."tasks"."parent_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_of_series" ON "tasks"."tasks" USING btree ("series_id") WHERE "tasks"."tasks"."series_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_in_bin" ON "tasks"."tasks" USING btree ("deleted_at") WHERE "tasks"."tasks"."deleted_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "tasks_completed" ON "tasks"."tasks" USING btree ("user_id","completed_at") WHERE "tasks"."tasks"."completed_at" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "attachments_of_task" ON "tasks"."attachments" USING btree ("task_id","id");--> statement-breakpoint
CREATE INDEX "attachments_of_user" ON "tasks"."attachments" USING btree ("user_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "calendar_feeds_by_token" ON "tasks"."calendar_feeds" USING btree ("token_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "exams_by_name" ON "tasks"."exams" USING btree ("user_id","name");--> statement-breakpoint
CREATE INDEX "exams_by_day" ON "tasks"."exams" USING btree ("user_id","day");--> statement-breakpoint
CREATE INDEX "review_logs_of_user" ON "tasks"."review_logs" USING btree ("user_id","reviewed_at");--> statement-breakpoint
CREATE INDEX "review_logs_of_review" ON "tasks"."review_logs" USING btree ("review_id","reviewed_at","id");--> statement-breakpoint
CREATE INDEX "review_notices_due" ON "tasks"."review_notices" USING btree ("notice_at");--> statement-breakpoint
CREATE UNIQUE INDEX "reviews_of_task" ON "tasks"."reviews" USING btree ("task_id");--> statement-breakpoint
CREATE INDEX "reviews_by_created" ON "tasks"."reviews" USING btree ("user_id","created_at","id");--> statement-breakpoint
CREATE INDEX "reviews_by_due" ON "tasks"."reviews" USING btree ("user_id","due_at","id") WHERE "tasks"."reviews"."suspended_at" IS NULL;