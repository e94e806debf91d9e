ALTER TYPE "notifications"."delivery_status" ADD VALUE 'skipped' BEFORE 'dead';--> statement-breakpoint
ALTER TYPE "notifications"."delivery_step" ADD VALUE 'skipped' BEFORE 'dead';