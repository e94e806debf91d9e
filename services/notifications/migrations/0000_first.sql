CREATE SCHEMA IF NOT EXISTS "notifications";
--> statement-breakpoint
CREATE TYPE "notifications"."channel" AS ENUM('email', 'sms', 'push');--> statement-breakpoint
CREATE TYPE "notifications"."delivery_status" AS ENUM('queued', 'sent', 'failed', 'expired');--> statement-breakpoint
CREATE TYPE "notifications"."notification_type" AS ENUM('overdue', 'upcoming', 'reminder', 'review', 'security', 'share', 'comment', 'general');--> statement-breakpoint
CREATE TYPE "notifications"."delivery_step" AS ENUM('sent', 'failed', 'expired');--> statement-breakpoint
CREATE TABLE "notifications"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"channel" "notifications"."channel" NOT NULL,
	"user_id" uuid,
	"reminder_id" uuid,
	"address" text NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"message" jsonb NOT NULL,
	"status" "notifications"."delivery_status" DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "notifications"."delivery_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"step" "notifications"."delivery_step" NOT NULL,
	"provider" text,
	"provider_id" text,
	"error" text,
	"latency_ms" integer,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."inbox_items" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"event_id" uuid NOT NULL,
	"type" "notifications"."notification_type" NOT NULL,
	"title" text NOT NULL,
	"body" text NOT NULL,
	"task_id" uuid,
	"reminder_id" uuid,
	"read_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."mailbox_messages" (
	"id" uuid PRIMARY KEY NOT NULL,
	"delivery_id" uuid NOT NULL,
	"channel" "notifications"."channel" NOT NULL,
	"to" text NOT NULL,
	"subject" text NOT NULL,
	"text" text NOT NULL,
	"html" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications"."delivery_steps" ADD CONSTRAINT "delivery_steps_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "notifications"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_event_recipient_channel_key" ON "notifications"."deliveries" USING btree ("event_id","recipient","channel");--> statement-breakpoint
CREATE INDEX "deliveries_reminder_idx" ON "notifications"."deliveries" USING btree ("reminder_id") WHERE "notifications"."deliveries"."reminder_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "delivery_steps_delivery_idx" ON "notifications"."delivery_steps" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_items_event_user_key" ON "notifications"."inbox_items" USING btree ("event_id","user_id");--> statement-breakpoint
CREATE INDEX "inbox_items_user_idx" ON "notifications"."inbox_items" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "inbox_items_unread_idx" ON "notifications"."inbox_items" USING btree ("user_id","id") WHERE "notifications"."inbox_items"."read_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "mailbox_messages_delivery_key" ON "notifications"."mailbox_messages" USING btree ("delivery_id");