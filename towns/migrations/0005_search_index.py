from django.db import migrations, models

# The full-text index follows the table of entries by itself. Whoever lets a later migration change
# that table must know that SQLite then makes it anew and drops its triggers.

SQLITE = [
    """CREATE VIRTUAL TABLE towns_searchindex USING fts5(
        exact, names, around, words,
        content='towns_searchentry', content_rowid='id',
        tokenize='unicode61 remove_diacritics 0', prefix='1 2 3 4'
    )""",
    # The later a column, the less it weighs.
    "INSERT INTO towns_searchindex(towns_searchindex, rank) VALUES ('rank', 'bm25(30, 12, 6, 1)')",
    """CREATE TRIGGER towns_searchentry_added AFTER INSERT ON towns_searchentry BEGIN
        INSERT INTO towns_searchindex(rowid, exact, names, around, words)
        VALUES (new.id, new.exact, new.names, new.around, new.words);
    END""",
    """CREATE TRIGGER towns_searchentry_removed AFTER DELETE ON towns_searchentry BEGIN
        INSERT INTO towns_searchindex(towns_searchindex, rowid, exact, names, around, words)
        VALUES ('delete', old.id, old.exact, old.names, old.around, old.words);
    END""",
    """CREATE TRIGGER towns_searchentry_changed AFTER UPDATE ON towns_searchentry BEGIN
        INSERT INTO towns_searchindex(towns_searchindex, rowid, exact, names, around, words)
        VALUES ('delete', old.id, old.exact, old.names, old.around, old.words);
        INSERT INTO towns_searchindex(rowid, exact, names, around, words)
        VALUES (new.id, new.exact, new.names, new.around, new.words);
    END""",
]
SQLITE_BACK = ["DROP TABLE towns_searchindex"]

POSTGRESQL = [
    "CREATE TABLE towns_searchindex (id bigint PRIMARY KEY, vector tsvector NOT NULL)",
    # Read far more often than written: not to compress it takes more room and less time.
    "ALTER TABLE towns_searchindex ALTER COLUMN vector SET STORAGE EXTERNAL",
    "CREATE INDEX towns_searchindex_vector ON towns_searchindex USING gin (vector)",
    # The vectors stand outside the table's own pages, so the planner takes reading them all for cheap.
    """CREATE FUNCTION towns_searchindex_matching(wanted tsquery)
        RETURNS TABLE (id bigint, vector tsvector) LANGUAGE sql STABLE ROWS 500
        SET enable_seqscan = off
        AS 'SELECT id, vector FROM towns_searchindex WHERE vector @@ wanted'""",
    """CREATE FUNCTION towns_searchindex_keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' THEN
            DELETE FROM towns_searchindex;
        ELSIF TG_OP = 'DELETE' THEN
            DELETE FROM towns_searchindex WHERE id = OLD.id;
        ELSE
            INSERT INTO towns_searchindex VALUES (
                NEW.id,
                setweight(to_tsvector('simple', NEW.exact), 'A')
                || setweight(to_tsvector('simple', NEW.names), 'B')
                || setweight(to_tsvector('simple', NEW.around), 'C')
                || setweight(to_tsvector('simple', NEW.words), 'D')
            ) ON CONFLICT (id) DO UPDATE SET vector = excluded.vector;
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER towns_searchentry_kept AFTER INSERT OR UPDATE OR DELETE ON towns_searchentry
        FOR EACH ROW EXECUTE FUNCTION towns_searchindex_keep()""",
    """CREATE TRIGGER towns_searchentry_emptied AFTER TRUNCATE ON towns_searchentry
        FOR EACH STATEMENT EXECUTE FUNCTION towns_searchindex_keep()""",
]
POSTGRESQL_BACK = [
    "DROP TRIGGER towns_searchentry_kept ON towns_searchentry",
    "DROP TRIGGER towns_searchentry_emptied ON towns_searchentry",
    "DROP FUNCTION towns_searchindex_keep",
    "DROP FUNCTION towns_searchindex_matching",
    "DROP TABLE towns_searchindex",
]

MAKE = {"sqlite": SQLITE, "postgresql": POSTGRESQL}
UNMAKE = {"sqlite": SQLITE_BACK, "postgresql": POSTGRESQL_BACK}


def make_index(apps, schema_editor):
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


def drop_index(apps, schema_editor):
    for statement in UNMAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("towns", "0004_face_of_the_portal")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("permanent_id", models.CharField(max_length=100)),
                ("title_zh", models.TextField(blank=True)),
                ("title_en", models.TextField(blank=True)),
                ("text_zh", models.TextField(blank=True)),
                ("text_en", models.TextField(blank=True)),
                ("exact", models.TextField(blank=True)),
                ("names", models.TextField(blank=True)),
                ("around", models.TextField(blank=True)),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "search entry",
                "verbose_name_plural": "search entries",
                "ordering": ("id",),
                "default_permissions": (),
            },
        ),
        migrations.RunPython(make_index, drop_index),
    ]
