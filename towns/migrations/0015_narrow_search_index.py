from django.db import migrations

# PostgreSQL alone: the names go to a table of their own. What is left of a row is its number and
# a reference to its vector, so that thousands of matching rows are read from a few pages.
# And the list of entries that an index has still to take in, which every search reads anew, is kept
# to 64 kB.

FORWARD = [
    "DROP FUNCTION towns_searchindex_matching",
    "DROP FUNCTION towns_searchindex_naming",
    "CREATE TABLE towns_searchname (id bigint PRIMARY KEY, names tsvector NOT NULL)",
    "INSERT INTO towns_searchname SELECT id, names FROM towns_searchindex",
    "CREATE TABLE towns_searchindex_narrow (id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    """ALTER TABLE towns_searchindex_narrow
        SET (toast_tuple_target = 128), ALTER COLUMN vector SET STORAGE EXTERNAL""",
    "INSERT INTO towns_searchindex_narrow SELECT id, vector FROM towns_searchindex ORDER BY id",
    "DROP TABLE towns_searchindex",
    "ALTER TABLE towns_searchindex_narrow RENAME TO towns_searchindex",
    "ALTER INDEX towns_searchindex_narrow_pkey RENAME TO towns_searchindex_pkey",
    """CREATE INDEX towns_searchindex_vector ON towns_searchindex USING gin (vector)
        WITH (gin_pending_list_limit = 64)""",
    """CREATE INDEX towns_searchname_names ON towns_searchname USING gin (names)
        WITH (gin_pending_list_limit = 64)""",
    """CREATE OR REPLACE FUNCTION towns_searchindex_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        naming tsvector;
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            DELETE FROM towns_searchindex;
            DELETE FROM towns_searchname;
        ELSIF TG_OP = 'DELETE' THEN
            DELETE FROM towns_searchindex WHERE id = OLD.id;
            DELETE FROM towns_searchname WHERE id = OLD.id;
        ELSE
            naming := setweight(to_tsvector('simple', NEW.exact), 'A')
                || setweight(to_tsvector('simple', NEW.names), 'B')
                || setweight(to_tsvector('simple', NEW.around), 'C');
            INSERT INTO towns_searchname (id, names) VALUES (NEW.id, naming)
                ON CONFLICT (id) DO UPDATE SET names = excluded.names;
            INSERT INTO towns_searchindex (id, vector)
                VALUES (NEW.id, naming || setweight(to_tsvector('simple', NEW.words), 'D'))
                ON CONFLICT (id) DO UPDATE SET vector = excluded.vector;
        END IF;
        RETURN NULL;
    END $$""",
    # The loose question takes no unpacking of vectors; the precise one is put to what it leaves,
    # unless that is so much that nobody reads to the end of it.
    """CREATE FUNCTION towns_searchindex_matching(loose tsquery, precise tsquery)
        RETURNS TABLE (id bigint) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'WITH found AS MATERIALIZED (
                SELECT id, vector FROM towns_searchindex WHERE vector @@ loose
            )
            SELECT id FROM found
            WHERE loose = precise OR (SELECT count(*) FROM found) > 2000 OR vector @@ precise'""",
    """CREATE FUNCTION towns_searchname_matching(wanted tsquery)
        RETURNS TABLE (id bigint, names tsvector) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'SELECT id, names FROM towns_searchname WHERE names @@ wanted'""",
    """CREATE FUNCTION towns_searchname_of(ids bigint[])
        RETURNS TABLE (id bigint, names tsvector) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'SELECT id, names FROM towns_searchname WHERE id = ANY(ids)'""",
]


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in FORWARD:
            schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("towns", "0014_names_apart_from_texts")]

    operations = [migrations.RunPython(narrow)]
