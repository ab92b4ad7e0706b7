"""The advice report as a document: the advisor's own words first, then what the dossier and the matcher hold, in one language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import force_locale

from web import words
from web.advisor.people import advisor_name, advisor_reach
from web.advisor.report import choice, person, route
from web.advisor.report.material import Material
from web.advisor.report.text import paragraphs
from web.documents.document import Chapter, Document
from web.languages import _, lazy_gettext
from web.learner.path_cards import PathPage

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

OWN = "own"
PARTS: Mapping[str, LazyString] = {
    OWN: lazy_gettext("Woorden van uw adviseur"),
    "who": lazy_gettext("Wie u bent"),
    "skills": lazy_gettext("Wat u kunt"),
    "goal": lazy_gettext("Waar u heen wilt"),
    "gap": lazy_gettext("Wat u nog mist"),
    "path": lazy_gettext("De route die wij adviseren"),
    "alternatives": lazy_gettext("Wat er ook kan"),
    "costs": lazy_gettext("Wat het kost"),
    "steps": lazy_gettext("Uw eerste stappen"),
}
"""The parts in the order of the report."""

_MAKERS: Mapping[str, Callable[[Material, PathPage | None], Chapter]] = {
    "who": lambda material, _page: person.who(material),
    "skills": lambda material, _page: person.skills(material),
    "goal": lambda material, _page: person.goal(material),
    "gap": lambda material, _page: route.gap(material),
    "path": route.path,
    "alternatives": choice.alternatives,
    "costs": lambda material, _page: choice.costs(material),
    "steps": lambda material, _page: choice.steps(material),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """How the advisor wants this version: own words, language ("nl" or "en") and the codes of PARTS that go in."""

    own_words: str
    language: str
    parts: Collection[str]


def report_document(material: Material, wish: Wish, number: int) -> Document:
    """Version `number` of the report. Parts of which nothing is known are left out."""
    with force_locale(wish.language):
        page = route.page_of(material)
        own = Chapter(OWN, str(PARTS[OWN]), voice=_advisor(material), lead=paragraphs(wish.own_words))
        others = [maker(material, page) for code, maker in _MAKERS.items() if code in wish.parts]
        day = words.day(material.today)
        return Document(
            title=_("Adviesverslag voor %(name)s", name=material.dossier.client_name),
            language=wish.language,
            made_on=day,
            facts=(
                (_("Voor"), material.dossier.client_name),
                (_("Gemaakt door"), _advisor(material)),
                *_contact(material),
                (_("Gemaakt op"), day),
                (_("Versie"), str(number)),
            ),
            chapters=tuple(one for one in (own, *others) if has_content(one)),
            closing=_closing(material),
        )


def has_content(chapter: Chapter) -> bool:
    """Whether a chapter tells anything."""
    pictures = (chapter.levels, chapter.timeline)
    return any((chapter.lead, chapter.facts, *pictures, chapter.points, chapter.tables, chapter.sections, chapter.remarks))


def _advisor(material: Material) -> str:
    return advisor_name(material.dossier.advisor) if material.dossier.advisor else _("uw adviseur")


def _contact(material: Material) -> tuple[tuple[str, str], ...]:
    reach = advisor_reach(material.dossier.advisor) if material.dossier.advisor else ""
    return ((_("Contact"), reach),) if reach else ()


def _closing(material: Material) -> tuple[str, ...]:
    example = _("Dit zijn voorbeelden. De scholen bestaan echt, de modules zijn verzonnen. U kunt zich er niet voor aanmelden.")
    named = [*(module for module, _plan in material.planned), *material.listed.values()]
    return (
        *((example,) if any(module.is_example for module in named) else ()),
        _("Dit is een advies. U kiest zelf."),
        _("Een computer zocht mee naar modules en routes. Uw adviseur koos wat in dit verslag staat."),
        _("Prijzen en dagen zijn van %(day)s. Ze kunnen later anders zijn.", day=words.day(material.today)),
        _(
            "Op %(day)s kunnen alleen u en %(advisor)s dit zien, tot en met %(until)s. U kunt elke dag stoppen.",
            day=words.day(material.today),
            advisor=_advisor(material),
            until=words.day(material.dossier.consent.until),
        ),
    )
