
--> statement-breakpoint
-- The audit log is append-only. Two doors, each open for one transaction that says so:
-- retention deletes rows older than `spacedly.audit_delete_before`, and the purge of an account takes the network
-- address out of rows about what the account in `spacedly.audit_forget` did.
CREATE OR REPLACE FUNCTION "auth"."guard_audit_log"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  expected "auth"."audit_log"%ROWTYPE;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.at < nullif(current_setting('spacedly.audit_delete_before', true), '')::timestamptz THEN
      RETURN OLD;
    END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    expected := OLD;
    expected.ip := NULL;
    IF NEW IS NOT DISTINCT FROM expected
       AND nullif(current_setting('spacedly.audit_forget', true), '')::uuid = OLD.actor_id THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER "audit_log_append_only" BEFORE UPDATE OR DELETE ON "auth"."audit_log"
  FOR EACH ROW EXECUTE FUNCTION "auth"."guard_audit_log"();
--> statement-breakpoint
CREATE TRIGGER "audit_log_no_truncate" BEFORE TRUNCATE ON "auth"."audit_log"
  FOR EACH STATEMENT EXECUTE FUNCTION "auth"."guard_audit_log"();
