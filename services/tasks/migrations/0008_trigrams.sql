-- Finds misspelled words; every PostgreSQL comes with it, and whoever may create a schema may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
