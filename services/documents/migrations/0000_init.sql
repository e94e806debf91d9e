CREATE SCHEMA IF NOT EXISTS "documents";
--> statement-breakpoint
CREATE TYPE "documents"."share_access" AS ENUM('read', 'comment', 'write');--> statement-breakpoint
CREATE TYPE "documents"."visibility" AS ENUM('private', 'shared', 'public');--> statement-breakpoint
CREATE TABLE "documents"."comments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doc_id" uuid NOT NULL,
	"parent_id" uuid,
	"thread_id" uuid NOT NULL,
	"depth" smallint NOT NULL,
	"author_id" uuid NOT NULL,
	"content" text NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents"."document_shares" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doc_id" uuid NOT NULL,
	"user_id" uuid,
	"email" text,
	"access" "documents"."share_access" NOT NULL,
	"created_by" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents"."document_versions" (
	"doc_id" uuid NOT NULL,
	"version" integer NOT NULL,
	"author_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" text NOT NULL,
	"tags" text[] NOT NULL,
	"restored_from" integer,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "document_versions_doc_id_version_pk" PRIMARY KEY("doc_id","version")
);
--> statement-breakpoint
CREATE TABLE "documents"."documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"title" text NOT NULL,
	"content" text DEFAULT '' NOT NULL,
	"tags" text[] DEFAULT '{}' NOT NULL,
	"visibility" "documents"."visibility" DEFAULT 'private' NOT NULL,
	"department" text,
	"version" integer DEFAULT 1 NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "documents"."idempotency_keys" (
	"user_id" uuid NOT NULL,
	"key" uuid NOT NULL,
	"request_hash" text NOT NULL,
	"body" json,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "idempotency_keys_user_id_key_pk" PRIMARY KEY("user_id","key")
);
--> statement-breakpoint
ALTER TABLE "documents"."comments" ADD CONSTRAINT "comments_doc_id_documents_id_fk" FOREIGN KEY ("doc_id") REFERENCES "documents"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."comments" ADD CONSTRAINT "comments_parent_id_comments_id_fk" FOREIGN KEY ("parent_id") REFERENCES "documents"."comments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."document_shares" ADD CONSTRAINT "document_shares_doc_id_documents_id_fk" FOREIGN KEY ("doc_id") REFERENCES "documents"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents"."document_versions" ADD CONSTRAINT "document_versions_doc_id_documents_id_fk" FOREIGN KEY ("doc_id") REFERENCES "documents"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "comments_of_document" ON "documents"."comments" USING btree ("doc_id","thread_id");--> statement-breakpoint
CREATE INDEX "comments_of_parent" ON "documents"."comments" USING btree ("parent_id") WHERE parent_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX "comments_of_author" ON "documents"."comments" USING btree ("author_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shares_with_person" ON "documents"."document_shares" USING btree ("doc_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "shares_pending" ON "documents"."document_shares" USING btree ("doc_id","email") WHERE user_id IS NULL;--> statement-breakpoint
CREATE INDEX "shares_of_person" ON "documents"."document_shares" USING btree ("user_id","doc_id");--> statement-breakpoint
CREATE INDEX "shares_of_address" ON "documents"."document_shares" USING btree ("email") WHERE user_id IS NULL;--> statement-breakpoint
CREATE INDEX "documents_of_owner" ON "documents"."documents" USING btree ("owner_id","updated_at","id") WHERE deleted_at IS NULL;--> statement-breakpoint
CREATE INDEX "documents_in_bin" ON "documents"."documents" USING btree ("deleted_at") WHERE deleted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "documents_of_department" ON "documents"."documents" USING btree ("department") WHERE department IS NOT NULL AND deleted_at IS NULL;