"""The check on translations: it passes on what we have, and says what is wrong when something is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from web.languages import LANGUAGES
from web.translations import hardcoded
from web.translations.check import problems, texts_in_code, texts_in_f_strings, translations

MOST_WORDS = 15


def test_every_text_is_translated() -> None:
    wanted = texts_in_code()
    assert len(wanted) > 300
    for language in LANGUAGES.keys() - {"nl"}:
        assert list(problems(wanted, translations(language))) == []


def test_each_fault_is_found() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("Zoeken", "Search")
    catalogue.add("Terug", "")
    catalogue.add("%(num)s module van %(name)s", "%(num)s module of %(nome)s")
    catalogue.add("Weg", "Gone")
    catalogue.add("Nu", "Now", flags={"fuzzy"})
    found = list(problems({"Zoeken", "Terug", "%(num)s module van %(name)s", "Nieuw", "Nu"}, catalogue))
    assert [line.split(":")[0] for line in found] == [
        "is missing",
        "is used nowhere",
        "has other placeholders",
        "is not translated",
        "is not translated",
    ]


def test_sentences_are_short() -> None:
    """Plain Dutch: nobody has to read a sentence twice."""
    texts = [form for text in texts_in_code() for form in (text if isinstance(text, tuple) else (text,))]
    sentences = [sentence for text in texts for sentence in re.split(r"[.!?:]\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS] == []


def test_no_text_stands_in_a_template_without_translation() -> None:
    assert list(hardcoded.problems()) == []


@pytest.mark.parametrize(
    ("template", "found"),
    [
        ('<p>{{ _("Zoek") }} nu</p>', ["nu"]),
        ('<input placeholder="typ hier" value="zon">', ["typ", "hier"]),
        ('<a{% if a %} lang="{{ b }}"{% endif %}>{% if a %}ja{% else %}nee{% endif %}</a>', ["ja", "nee"]),
        ('{# uitleg #}<p lang="en">This <b>stays</b></p> weg', ["weg"]),
        ('<a href="/zoeken" class="lw-knop" id="zoek">Leerwijzer · {{ naam }}</a>', []),
    ],
)
def test_hard_coded_words_are_found(template: str, found: list[str]) -> None:
    assert hardcoded.words_in(template) == found


def test_no_text_hides_in_an_f_string(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "views.py").write_text("name = f\"{_('Hallo')} {number}\"\nplain = _('Dag')\n", encoding="utf-8")
    assert list(texts_in_f_strings(tmp_path)) == ["web/views.py:1"]
    assert list(texts_in_f_strings()) == []


def test_english_has_one_word_for_a_path() -> None:
    forms = [
        form
        for message in translations("en")
        if message.id
        for form in ([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert any("path" in form for form in forms)
    assert [form for form in forms if re.search(r"\broutes?\b", form, re.IGNORECASE)] == []
