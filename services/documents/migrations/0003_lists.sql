DROP INDEX "documents"."documents_of_department";--> statement-breakpoint
CREATE INDEX "versions_of_author" ON "documents"."document_versions" USING btree ("author_id");--> statement-breakpoint
CREATE INDEX "documents_in_bin_of_owner" ON "documents"."documents" USING btree ("owner_id","updated_at","id") WHERE deleted_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX "documents_of_department" ON "documents"."documents" USING btree ("department","updated_at","id") WHERE department IS NOT NULL AND deleted_at IS NULL;