ALTER TABLE "auth"."users" ADD COLUMN "department" text;--> statement-breakpoint
ALTER TABLE "auth"."users" ADD COLUMN "is_editor" boolean DEFAULT false NOT NULL;