"""The passport as a document: to keep as PDF, and to share in part."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from catalogue.models import Skill
from matching.passports.passport import Evidence, Passport, PassportSkill
from web import words
from web.documents.document import Document, Table, Text
from web.languages import _, language, ngettext
from web.passport.passport_words import KINDS, SOURCES_FOR_OTHERS
from web.passport.presenters import facts, trouble


def passport_document(
    passport: Passport, skills: Mapping[str, Skill], today: date, *, chosen: Collection[str] | None = None, has_evidence: bool = True
) -> Document:
    """The passport, or the part of it that its owner chose.

    Args:
        skills: by public id; what no longer exists is left out.
        chosen: the skills to show; None for all of them.
        has_evidence: whether the names of certificates and badges go along. How we know of a skill always does.
    """
    shown = [one for one in passport.skills if one.skill in skills and (chosen is None or one.skill in chosen)]
    shown.sort(key=lambda one: (-one.level, skills[one.skill].label(language()).casefold()))
    named = {uid for one in shown for uid in one.evidence}
    pieces = [piece for piece in passport.evidence if chosen is None or piece.uid in named] if has_evidence else []
    return Document(
        title=_("Mijn vaardigheden"),
        language=language(),
        made_on=words.day(today),
        lead=(ngettext("%(num)s vaardigheid.", "%(num)s vaardigheden.", len(shown)),),
        tables=(
            *((_skill_table(shown, passport, skills, today, has_evidence=has_evidence),) if shown else ()),
            *((_evidence_table(pieces, today),) if pieces else ()),
        ),
        closing=(
            _("Wie dit maakte, koos zelf de niveaus. Leerwijzer keek niet na of ze kloppen."),
            *((_("Van badges keken wij na wat zonder internet kan. Vraag de school of een badge echt is."),) if pieces else ()),
        ),
    )


def _skill_table(shown: list[PassportSkill], passport: Passport, skills: Mapping[str, Skill], today: date, *, has_evidence: bool) -> Table:
    here = language()

    def row(one: PassportSkill) -> tuple[Text, ...]:
        skill = skills[one.skill]
        own = "" if skill.label_language(here) == here else skill.label_language(here)
        known = str(SOURCES_FOR_OTHERS[passport.source(one, today)])
        names = ", ".join(piece.title for piece in passport.pieces_for(one))
        cells = (Text(skill.label(here), own), Text(str(words.SKILL_LEVELS[one.level])), Text(known))
        return (*cells, Text(names or _("geen"))) if has_evidence else cells

    head = (_("Vaardigheid"), _("Niveau"), _("Hoe wij dit weten"), *((_("Bewijs"),) if has_evidence else ()))
    return Table(_("Vaardigheden"), head, tuple(map(row, shown)))


def _evidence_table(pieces: list[Evidence], today: date) -> Table:
    def row(piece: Evidence) -> tuple[Text, ...]:
        told = [f"{name}: {text}" for name, text in facts(piece)]
        return (Text(piece.title), Text(str(KINDS[piece.kind])), Text("; ".join([*told, trouble(piece, today)]).strip("; ") or "-"))

    return Table(_("Bewijzen"), (_("Bewijs"), _("Soort"), _("Wat wij weten")), tuple(map(row, pieces)))
