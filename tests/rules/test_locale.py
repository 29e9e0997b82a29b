from pathlib import Path

import polib

CATALOGUE = Path(__file__).parents[2] / "towns/locale/zh_Hans/LC_MESSAGES/django.po"


def test_every_word_of_the_interface_is_there_in_chinese():
    catalogue = polib.pofile(str(CATALOGUE))

    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []


def test_compiled_catalogue_is_that_of_the_words():
    words = {(e.msgctxt, e.msgid): e.msgstr for e in polib.pofile(str(CATALOGUE))}

    compiled = {
        (e.msgctxt, e.msgid): e.msgstr for e in polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    }

    assert compiled == words, "run: make messages"
