CREATE SCHEMA IF NOT EXISTS "notifications";
--> statement-breakpoint
CREATE TYPE "notifications"."channel" AS ENUM('email', 'sms', 'push');--> statement-breakpoint
CREATE TYPE "notifications"."delivery_status" AS ENUM('queued', 'held', 'failed', 'sent', 'refused', 'suppressed', 'capped', 'expired', 'digested', 'dead');--> statement-breakpoint
CREATE TYPE "notifications"."notification_type" AS ENUM('overdue', 'upcoming', 'reminder', 'review', 'security', 'share', 'comment', 'general');--> statement-breakpoint
CREATE TYPE "notifications"."delivery_step" AS ENUM('held', 'failed', 'sent', 'refused', 'suppressed', 'capped', 'expired', 'digested', 'dead');--> statement-breakpoint
CREATE TABLE "notifications"."deliveries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"event_id" uuid NOT NULL,
	"recipient" text NOT NULL,
	"channel" "notifications"."channel" NOT NULL,
	"type" "notifications"."notification_type" NOT NULL,
	"user_id" uuid,
	"reminder_id" uuid,
	"subscription_id" uuid,
	"address" text NOT NULL,
	"locale" text NOT NULL,
	"time_zone" text NOT NULL,
	"message" jsonb NOT NULL,
	"status" "notifications"."delivery_status" DEFAULT 'queued' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_try" integer DEFAULT 1 NOT NULL,
	"held_until" timestamp (3) with time zone,
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
CREATE TABLE "notifications"."counters" (
	"key" text PRIMARY KEY NOT NULL,
	"window_start" timestamp (3) with time zone NOT NULL,
	"count" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."push_subscriptions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"endpoint" text NOT NULL,
	"p256dh" text NOT NULL,
	"auth" text NOT NULL,
	"user_agent" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."recipients" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"time_zone" text NOT NULL,
	"muted" text[] DEFAULT '{}' NOT NULL,
	"quiet_from" text,
	"quiet_to" text,
	"is_digest_on" boolean DEFAULT true NOT NULL,
	"digest_hour" integer DEFAULT 5 NOT NULL,
	"is_weekly_on" boolean DEFAULT true NOT NULL,
	"digest_day" date,
	"weekly_day" date,
	"check_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."sms_stop" (
	"id" integer PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notifications"."suppressions" (
	"channel" text NOT NULL,
	"address" text NOT NULL,
	"reason" text NOT NULL,
	"provider" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "suppressions_channel_address_pk" PRIMARY KEY("channel","address")
);
--> statement-breakpoint
CREATE TABLE "notifications"."vapid_keys" (
	"id" integer PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"sealed_private_key" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notifications"."delivery_steps" ADD CONSTRAINT "delivery_steps_delivery_id_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "notifications"."deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_event_recipient_channel_key" ON "notifications"."deliveries" USING btree ("event_id","recipient","channel");--> statement-breakpoint
CREATE INDEX "deliveries_reminder_idx" ON "notifications"."deliveries" USING btree ("reminder_id") WHERE "notifications"."deliveries"."reminder_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_held_idx" ON "notifications"."deliveries" USING btree ("held_until") WHERE "notifications"."deliveries"."status" = 'held';--> statement-breakpoint
CREATE INDEX "deliveries_user_idx" ON "notifications"."deliveries" USING btree ("user_id","id") WHERE "notifications"."deliveries"."user_id" IS NOT NULL;--> statement-breakpoint
CREATE INDEX "deliveries_queued_at_idx" ON "notifications"."deliveries" USING btree ("queued_at");--> statement-breakpoint
CREATE INDEX "delivery_steps_delivery_idx" ON "notifications"."delivery_steps" USING btree ("delivery_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_items_event_user_key" ON "notifications"."inbox_items" USING btree ("event_id","user_id");--> statement-breakpoint
CREATE INDEX "inbox_items_user_idx" ON "notifications"."inbox_items" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "inbox_items_unread_idx" ON "notifications"."inbox_items" USING btree ("user_id","id") WHERE "notifications"."inbox_items"."read_at" IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "mailbox_messages_delivery_key" ON "notifications"."mailbox_messages" USING btree ("delivery_id");--> statement-breakpoint
CREATE INDEX "counters_window_idx" ON "notifications"."counters" USING btree ("window_start");--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_endpoint_key" ON "notifications"."push_subscriptions" USING btree ("endpoint");--> statement-breakpoint
CREATE INDEX "push_subscriptions_user_idx" ON "notifications"."push_subscriptions" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "recipients_check_idx" ON "notifications"."recipients" USING btree ("check_at");