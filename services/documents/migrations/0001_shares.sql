CREATE TABLE "documents"."share_sends" (
	"id" uuid PRIMARY KEY NOT NULL,
	"sharer_id" uuid NOT NULL,
	"recipient_hash" text NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "documents"."document_shares" ADD COLUMN "opened_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "share_sends_of_sharer" ON "documents"."share_sends" USING btree ("sharer_id","sent_at");--> statement-breakpoint
CREATE INDEX "share_sends_to_recipient" ON "documents"."share_sends" USING btree ("recipient_hash","sent_at");--> statement-breakpoint
CREATE INDEX "share_sends_by_time" ON "documents"."share_sends" USING btree ("sent_at");