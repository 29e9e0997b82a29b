from django.db import migrations

# PostgreSQL alone: the weighty columns once more as a small vector of their own. In which tier a
# record stands is then told without unpacking its whole text, and what is common is found by its
# tokens alone, without asking whether they stand side by side.

FORWARD = [
    "ALTER TABLE towns_searchindex ADD COLUMN names tsvector NOT NULL DEFAULT ''",
    """CREATE OR REPLACE FUNCTION towns_searchindex_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        naming tsvector;
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            DELETE FROM towns_searchindex;
        ELSIF TG_OP = 'DELETE' THEN
            DELETE FROM towns_searchindex WHERE id = OLD.id;
        ELSE
            naming := setweight(to_tsvector('simple', NEW.exact), 'A')
                || setweight(to_tsvector('simple', NEW.names), 'B')
                || setweight(to_tsvector('simple', NEW.around), 'C');
            INSERT INTO towns_searchindex (id, vector, names) VALUES (
                NEW.id,
                naming || setweight(to_tsvector('simple', NEW.words), 'D'),
                naming
            ) ON CONFLICT (id) DO UPDATE SET vector = excluded.vector, names = excluded.names;
        END IF;
        RETURN NULL;
    END $$""",
    "UPDATE towns_searchentry SET id = id",
    "CREATE INDEX towns_searchindex_names ON towns_searchindex USING gin (names)",
    "DROP FUNCTION towns_searchindex_matching",
    # The loose question takes no unpacking of vectors; the precise one is put to what it leaves,
    # unless that is so much that nobody reads to the end of it.
    """CREATE FUNCTION towns_searchindex_matching(loose tsquery, precise tsquery)
        RETURNS TABLE (id bigint, names tsvector, vector tsvector) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'WITH found AS MATERIALIZED (
                SELECT id, names, vector FROM towns_searchindex WHERE vector @@ loose
            )
            SELECT id, names, vector FROM found
            WHERE loose = precise OR (SELECT count(*) FROM found) > 2000 OR vector @@ precise'""",
    """CREATE FUNCTION towns_searchindex_naming(wanted tsquery)
        RETURNS TABLE (id bigint, names tsvector, vector tsvector) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'SELECT id, names, vector FROM towns_searchindex WHERE names @@ wanted'""",
]


def part_names(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FORWARD:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("towns", "0008_picture_sizes")]

    operations = [migrations.RunPython(part_names)]
