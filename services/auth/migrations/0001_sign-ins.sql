DROP INDEX "auth"."sessions_live";--> statement-breakpoint
CREATE INDEX "sessions_of_user" ON "auth"."sessions" USING btree ("user_id","created_at");--> statement-breakpoint
CREATE INDEX "sessions_of_actor" ON "auth"."sessions" USING btree ("impersonated_by") WHERE "auth"."sessions"."impersonated_by" IS NOT NULL;--> statement-breakpoint
-- May another sign-in be tried? Counts it under every key of "throttled" if each of them allows it, else under none, and
-- then against its network. It counts as a failure before it is looked at, so that parallel ones cannot slip past; a
-- success takes it back. Each throttle is {key, max, windowMs, delayMs, maxDelayMs}.
--
-- In here because what it decides it must decide under the locks that it takes: as single statements that were a
-- transaction of six round trips. Its commit is not waited for: a crash of the database forgets the attempts of its last
-- moment, fewer than a second of guessing, and nothing else ("synchronous_commit" holds to the end of the transaction, so
-- let this be all of it).
CREATE FUNCTION "auth"."count_sign_in"(
  "throttled" jsonb, "network" text, "network_max" integer, "network_window_ms" integer, "moment" timestamptz,
  OUT "refused_by" text, OUT "retry_after_seconds" integer
) LANGUAGE plpgsql AS $$
DECLARE
  one record;
  state auth.login_throttles;
  counted auth.login_throttles[] := '{}';
  tries integer;
  since timestamptz;
BEGIN
  PERFORM set_config('synchronous_commit', 'off', true);
  -- The rows may not be there yet, so it is the keys that are locked, in one order.
  PERFORM pg_advisory_xact_lock(hashtextextended('throttle:' || key, 0))
  FROM (SELECT value->>'key' AS key FROM jsonb_array_elements(throttled) ORDER BY 1) AS keys;
  FOR one IN
    SELECT * FROM jsonb_to_recordset(throttled)
      AS t("key" text, "max" integer, "windowMs" bigint, "delayMs" bigint, "maxDelayMs" bigint)
  LOOP
    -- Locked as well, or what a success takes back in this moment would be written over; in the order in which it does.
    SELECT * INTO state FROM auth.login_throttles AS t WHERE t.key = one.key FOR UPDATE;
    IF state.blocked_until > moment AND moment - state.updated_at < interval '1 day' THEN
      refused_by := one.key;
      retry_after_seconds := ceil(extract(epoch FROM state.blocked_until - moment));
      RETURN;
    END IF;
    -- After a day without an attempt everything is forgotten. Once blocked, there are no free failures until then.
    IF state.key IS NULL OR moment - state.updated_at >= interval '1 day'
      OR (state.strikes = 0 AND moment - state.window_start >= one."windowMs" * interval '1 ms') THEN
      state.key := one.key;
      state.failures := 0;
      state.strikes := 0;
      state.window_start := moment;
    END IF;
    state.failures := state.failures + 1;
    state.blocked_until := CASE WHEN state.failures >= one."max"
      THEN moment + least(one."maxDelayMs", one."delayMs" * 2::bigint ^ least(state.strikes, 30)) * interval '1 ms' END;
    state.strikes := state.strikes + (state.blocked_until IS NOT NULL)::integer;
    state.updated_at := moment;
    counted := counted || state;
  END LOOP;
  INSERT INTO auth.login_throttles SELECT * FROM unnest(counted)
  ON CONFLICT (key) DO UPDATE SET
    failures = excluded.failures, window_start = excluded.window_start, strikes = excluded.strikes,
    blocked_until = excluded.blocked_until, updated_at = excluded.updated_at;
  since := moment - network_window_ms * interval '1 ms';
  INSERT INTO auth.counters AS c (key, count, window_start) VALUES (network, 1, moment)
  ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN c.window_start <= since THEN 1 ELSE c.count + 1 END,
    window_start = CASE WHEN c.window_start <= since THEN moment ELSE c.window_start END
  RETURNING c.count, c.window_start INTO tries, since;
  IF tries > network_max THEN
    refused_by := network;
    retry_after_seconds := greatest(1, ceil(extract(epoch FROM since - moment) + network_window_ms / 1000.0));
  END IF;
END $$;
