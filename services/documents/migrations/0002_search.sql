-- Every PostgreSQL comes with it, and whoever may create a schema may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
--> statement-breakpoint
CREATE SEQUENCE "documents"."search_writes";
--> statement-breakpoint
CREATE TABLE "documents"."search_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"doc_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"era" integer NOT NULL,
	"access" text[] NOT NULL,
	"words" "tsvector" NOT NULL,
	"names" text
);
--> statement-breakpoint
ALTER TABLE "documents"."search_entries" ADD CONSTRAINT "search_entries_doc_id_documents_id_fk" FOREIGN KEY ("doc_id") REFERENCES "documents"."documents"("id") ON DELETE cascade ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "search_entries_of_document" ON "documents"."search_entries" USING btree ("doc_id");
--> statement-breakpoint
CREATE INDEX "search_entries_found" ON "documents"."search_entries" USING gin ("access","words","names" gin_trgm_ops);
--> statement-breakpoint
-- A pending list is read whole by every search; rather this than a long one.
ALTER INDEX "documents"."search_entries_found" SET (gin_pending_list_limit = 256);
--> statement-breakpoint
-- Texts and what is looked for become the same words, whatever the locale of the database makes of dots and hyphens: small
-- letters without accents, everything between words a space, and each letter of scripts without spaces a word.
CREATE FUNCTION "documents"."search_text"(given text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
  IF octet_length(given) > char_length(given) THEN
    given := normalize(regexp_replace(normalize(given, NFKD), '[\u0300-\u036f]+', '', 'g'), NFKC);
    given := regexp_replace(given, '([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', ' \1 ', 'g');
    given := translate(given, '¡¢£¤¥¦§©«¬®°±¶·»¿×÷‐‑‒–—―‘’‚‛“”„‟†‡•…‰‹›€™←→、。〈〉《》「」『』【】〔〕・।॥،؛؟',
      repeat(' ', 100));
  END IF;
  RETURN translate(lower(given), E'!#$%&''()*+,./:;<=>?@[\\]^_`{|}~', repeat(' ', 40));
END $body$;
--> statement-breakpoint
-- Words with their weights, and the first one to four letters of each as words of their own: `^gra`. So the beginning of a
-- word is one list of the index, where it would else be those of all words that begin so.
-- Of a long text the first 200,000 letters are searched; a vector holds 1 MB, so of some even fewer.
CREATE FUNCTION "documents"."search_words"(title text, tags text[], content text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $body$
DECLARE
  rest text := translate(documents.search_text(left(content, 200000)), '"-', '  ');
  head tsvector := setweight(to_tsvector('simple', translate(documents.search_text(title), '"-', '  ')), 'A')
    || setweight(to_tsvector('simple', translate(documents.search_text(array_to_string(tags, ' ')), '"-', '  ')), 'B');
  words tsvector;
BEGIN
  LOOP
    BEGIN
      words := head || to_tsvector('simple', rest);
      RETURN words || coalesce((SELECT string_agg(DISTINCT '''^' || left(lexeme, n) || '''', ' ')::tsvector
        FROM unnest(words), generate_series(1, 4) AS n WHERE length(lexeme) >= n), '');
    EXCEPTION WHEN program_limit_exceeded THEN
      rest := left(rest, length(rest) / 2);
    END;
  END LOOP;
END $body$;
--> statement-breakpoint
-- Who may see a document, as lists of the index. It only narrows what is looked at: who may see what is decided by the
-- condition that every other route goes by. So there may be one too many here, but never one too few.
CREATE FUNCTION "documents"."search_access"(of_document uuid, kind text, era integer) RETURNS text[] LANGUAGE sql STABLE AS $body$
  SELECT CASE WHEN deleted_at IS NULL THEN ARRAY['u' || owner_id, kind, kind || era]
    || CASE WHEN visibility = 'public' THEN ARRAY['p'] ELSE '{}' END
    || CASE WHEN visibility <> 'private' AND department IS NOT NULL THEN ARRAY['g' || department] ELSE '{}' END
    || CASE WHEN visibility <> 'private' THEN ARRAY(SELECT 'u' || user_id FROM documents.document_shares
      WHERE doc_id = of_document AND user_id IS NOT NULL) ELSE '{}' END
    ELSE '{}' END
  FROM documents.documents WHERE id = of_document
$body$;
--> statement-breakpoint
-- A thousand entries are an era, by when they were last written: the newest are looked at first.
CREATE FUNCTION "documents"."write_search_entry"(entry uuid, of_document uuid, entry_kind text, title text, tags text[], content text)
RETURNS void LANGUAGE plpgsql AS $body$
DECLARE
  now_era integer := nextval('documents.search_writes') / 1000;
BEGIN
  INSERT INTO documents.search_entries (id, doc_id, kind, era, access, words, names)
  VALUES (entry, of_document, entry_kind, now_era, documents.search_access(of_document, entry_kind, now_era),
    documents.search_words(title, tags, content), CASE entry_kind WHEN 'd' THEN documents.search_text(title || ' ' || array_to_string(tags, ' ')) END)
  ON CONFLICT (id) DO UPDATE SET era = excluded.era, access = excluded.access, words = excluded.words, names = excluded.names;
END $body$;
--> statement-breakpoint
CREATE FUNCTION "documents"."follow_document"() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'INSERT' OR (OLD.title, OLD.tags, OLD.content) IS DISTINCT FROM (NEW.title, NEW.tags, NEW.content) THEN
    PERFORM documents.write_search_entry(NEW.id, NEW.id, 'd', NEW.title, NEW.tags, NEW.content);
  END IF;
  IF TG_OP = 'UPDATE' AND (OLD.owner_id, OLD.visibility, OLD.department, OLD.deleted_at) IS DISTINCT FROM
    (NEW.owner_id, NEW.visibility, NEW.department, NEW.deleted_at) THEN
    UPDATE documents.search_entries SET access = documents.search_access(doc_id, kind, era) WHERE doc_id = NEW.id;
  END IF;
  RETURN NULL;
END $body$;
--> statement-breakpoint
CREATE TRIGGER "documents_searched" AFTER INSERT OR UPDATE OF "title", "tags", "content", "owner_id", "visibility", "department", "deleted_at"
  ON "documents"."documents" FOR EACH ROW EXECUTE FUNCTION "documents"."follow_document"();
--> statement-breakpoint
-- The document stays as it is meanwhile, or who shares it just now would not know of this comment, nor this of them.
CREATE FUNCTION "documents"."follow_comment"() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.deleted_at IS NOT NULL THEN
    DELETE FROM documents.search_entries WHERE id = OLD.id;
    RETURN NULL;
  END IF;
  PERFORM FROM documents.documents WHERE id = NEW.doc_id FOR SHARE;
  PERFORM documents.write_search_entry(NEW.id, NEW.doc_id, 'c', '', '{}', NEW.content);
  RETURN NULL;
END $body$;
--> statement-breakpoint
CREATE TRIGGER "comments_searched" AFTER INSERT OR DELETE OR UPDATE OF "content", "deleted_at" ON "documents"."comments"
  FOR EACH ROW EXECUTE FUNCTION "documents"."follow_comment"();
--> statement-breakpoint
CREATE FUNCTION "documents"."follow_share"() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
  of_document uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.doc_id ELSE NEW.doc_id END;
BEGIN
  PERFORM FROM documents.documents WHERE id = of_document FOR NO KEY UPDATE;
  UPDATE documents.search_entries SET access = documents.search_access(doc_id, kind, era) WHERE doc_id = of_document;
  RETURN NULL;
END $body$;
--> statement-breakpoint
CREATE TRIGGER "shares_searched" AFTER INSERT OR DELETE OR UPDATE OF "user_id" ON "documents"."document_shares"
  FOR EACH ROW EXECUTE FUNCTION "documents"."follow_share"();
--> statement-breakpoint
-- The tables of this service came a moment ago, with the same update: there is next to nothing to fill in.
SELECT "documents"."write_search_entry"(id, id, 'd', title, tags, content) FROM "documents"."documents" ORDER BY updated_at;
--> statement-breakpoint
SELECT "documents"."write_search_entry"(id, doc_id, 'c', '', '{}', content) FROM "documents"."comments" WHERE deleted_at IS NULL ORDER BY updated_at;
