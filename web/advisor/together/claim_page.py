"""What a client learned before, as template values; the same for advisor and client."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from catalogue.models import Module, Skill
from catalogue.vocabulary import AssessmentForm
from matching.exemptions import Exemption, exemption
from web import words
from web.accounts.presenters import moment
from web.advisor.guidance_model import Claim, Evidence, Proof
from web.advisor.together.claims import CRITERION_OF, FRESH_YEARS, Criterion, Lack, kinds_of, lacks
from web.languages import _, lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

MOST_OUTCOMES = 6
PROOFS: Mapping[Proof, LazyString] = {
    Proof.WORK: lazy_gettext("Werk"),
    Proof.DIPLOMA: lazy_gettext("Diploma"),
    Proof.COURSE: lazy_gettext("Cursus of training"),
    Proof.PRODUCT: lazy_gettext("Iets dat zelf gemaakt is"),
    Proof.VOLUNTEERING: lazy_gettext("Vrijwilligerswerk of zorg thuis"),
    Proof.REFERENCE: lazy_gettext("Iemand die het zag"),
}
CRITERIA: Mapping[Criterion, LazyString] = {
    Criterion.VARIATION: lazy_gettext("Variatie"),
    Criterion.RELEVANCE: lazy_gettext("Relevantie"),
    Criterion.AUTHENTICITY: lazy_gettext("Authenticiteit"),
    Criterion.CURRENCY: lazy_gettext("Actualiteit"),
    Criterion.QUANTITY: lazy_gettext("Kwantiteit"),
}
LACKS: Mapping[Lack, LazyString] = {
    Lack.BEYOND: lazy_gettext("Voor dit niveau is een bewijs van een tweede soort nodig."),
    Lack.NOT_TAUGHT: lazy_gettext("Geen module op de site leert dit. Vraag de school waar de assessor naar kijkt."),
    Lack.NO_TEXT: lazy_gettext("Er staat nog niet wat het bewijs is."),
    Lack.NO_YEAR: lazy_gettext("Er staat nog niet uit welk jaar het bewijs is."),
    Lack.OLD: lazy_gettext("Dit is meer dan %(years)s jaar oud. Zoek iets dat nieuwer is.", years=FRESH_YEARS),
}
SHOWS: Sequence[LazyString] = (
    lazy_gettext("Iemand kent de basis en doet een eenvoudige taak voor."),
    lazy_gettext("Iemand doet het werk met hulp van een collega."),
    lazy_gettext("Iemand doet het werk zelfstandig, ook als er iets misgaat."),
    lazy_gettext("Iemand doet het werk zelfstandig en leert het aan anderen."),
)
"""What an assessor has to see at the levels 1 to 4."""
REAL: Mapping[Proof, LazyString] = {
    Proof.WORK: lazy_gettext("Een verklaring van de werkgever of een contract, met de naam en de taken erin."),
    Proof.DIPLOMA: lazy_gettext("Het diploma zelf met de cijferlijst, of een uittreksel van DUO."),
    Proof.COURSE: lazy_gettext("Het bewijs van de cursus, met naam, datum en aantal uren. Was er een toets? Dan ook de uitslag."),
    Proof.PRODUCT: lazy_gettext("Het product of foto's ervan. Schrijf erbij welk deel eigen werk is, en wie dat weet."),
    Proof.VOLUNTEERING: lazy_gettext("Een verklaring van de organisatie of van de familie, met wat er gedaan is."),
    Proof.REFERENCE: lazy_gettext("Naam, functie en telefoonnummer van wie het zag, en een brief met voorbeelden."),
}
"""With what each kind of evidence shows that it is real and of this person."""
ENOUGH: Mapping[Proof, LazyString] = {
    Proof.WORK: lazy_gettext("Hoe lang en hoe vaak dit gedaan is, met twee voorbeelden."),
    Proof.DIPLOMA: lazy_gettext("Welke vakken erover gaan, en wat er daarna mee gedaan is."),
    Proof.COURSE: lazy_gettext("Hoeveel uur het was, en twee voorbeelden van hoe het daarna gebruikt is."),
    Proof.PRODUCT: lazy_gettext("Twee producten, of een product dat stap voor stap laat zien wat er gedaan is."),
    Proof.VOLUNTEERING: lazy_gettext("Hoe lang en hoe vaak dit gedaan is, met twee voorbeelden."),
    Proof.REFERENCE: lazy_gettext("Twee voorbeelden die de ander zelf zag."),
}
"""How much of each kind is enough to look at."""


@dataclass(frozen=True, slots=True)
class PieceLine:
    """A piece of evidence: its key, its kind with the year where that is known, and what it is."""

    key: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """A claim in short. `missing` is what is missing, in words; `who` wrote it last and `when`, both "" where nobody kept that."""

    uid: str
    label: str
    language: str
    level: str
    evidence: Sequence[PieceLine]
    missing: Sequence[str]
    who: str
    when: str


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill that can be claimed."""

    uid: str
    label: str
    language: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """What an assessor looks at, what there has to be to see, and what is missing of it."""

    name: str
    text: str
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class TeachingLine:
    """A module that teaches a claimed skill: how one shows it there, what is learned, and which exemption one could ask ("" for none)."""

    uid: str
    slug: str
    title: str
    language: str
    provider: str
    level: str
    exemption: str
    assessment: str
    outcomes: Sequence[str]
    is_listed: bool


@dataclass(frozen=True, slots=True)
class ClaimsPage:
    """All claims of a dossier, and what else can be claimed: skills of the goal, and what modules on the list teach."""

    name: str
    is_client: bool
    can_write: bool
    address: Callable[..., str]
    claims: Sequence[ClaimLine]
    of_goal: Sequence[SkillLine] = field(default=())
    of_list: Sequence[SkillLine] = field(default=())
    typed: str = ""
    found: Sequence[SkillLine] = field(default=())


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """One skill, claimed or not yet."""

    name: str
    is_client: bool
    can_write: bool
    address: Callable[..., str]
    skill: SkillLine
    claim: ClaimLine | None
    criteria: Sequence[CriterionLine]
    teaching: Sequence[TeachingLine]


def skill_line(skill: Skill) -> SkillLine:
    """A skill by its name."""
    return SkillLine(skill.uid, *words.named(skill))


def claim_line(claim: Claim, skill: Skill | None, people: Mapping[str, str], today: date) -> ClaimLine:
    """A claim; `skill` is None for one that is no longer known, and `people` are names by what the audit trail calls them."""
    label, language = words.named(skill) if skill else (_("een vaardigheid die er niet meer is"), "")
    missing = missing_in(claim, today)
    level, evidence = str(words.SKILL_LEVELS[claim.level]), [PieceLine(one.id, kind_of(one), one.text) for one in claim.evidence]
    who, when = people.get(claim.actor or "", ""), moment(claim.written_at) if claim.written_at else ""
    return ClaimLine(claim.skill, label, language, level, evidence, missing, who, when)


def kind_of(piece: Evidence) -> str:
    """What sort of evidence it is, and of which year."""
    kind = str(PROOFS[piece.proof])
    return f"{kind}, {piece.year}" if piece.year else kind


def looked_at(claim: Claim, of_kind: Mapping[Proof, LazyString]) -> str:
    """What an assessor looks at with each kind of evidence of a claim."""
    return " ".join(dict.fromkeys(str(of_kind[kind]) for kind in kinds_of(claim)))


def missing_in(claim: Claim, today: date) -> list[str]:
    """What is missing in a claim, in words."""
    return [str(LACKS[lack]) for lack in lacks(claim, today)]


def criteria(claim: Claim, today: date, *, is_taught: bool) -> list[CriterionLine]:
    """What an assessor must see for a claim, and what is missing."""
    there = {
        Criterion.VARIATION: _("Het lukte op meer dan een plek, of op meer dan een manier."),
        Criterion.RELEVANCE: str(SHOWS[claim.level - 1]),
        Criterion.AUTHENTICITY: looked_at(claim, REAL),
        Criterion.CURRENCY: _("Het is niet ouder dan %(years)s jaar, of het wordt nog steeds gedaan.", years=FRESH_YEARS),
        Criterion.QUANTITY: looked_at(claim, ENOUGH),
    }
    missing = lacks(claim, today, is_taught=is_taught)
    return [
        CriterionLine(str(CRITERIA[code]), text, [str(LACKS[lack]) for lack in missing if CRITERION_OF[lack] is code])
        for code, text in there.items()
    ]


def teaching_lines(modules: Iterable[Module], skill: Skill, level: int, listed: frozenset[str]) -> list[TeachingLine]:
    """Modules that teach a skill, those on the list first.

    Args:
        level: what is claimed, 0 where nothing is.
        listed: public ids of the modules on the list.
    """
    lines = []
    for module in sorted(modules, key=lambda one: one.uid not in listed):
        taught = next(row.level for row in module.taught if row.skill_id == skill.id)
        asked = next((row.level for row in module.required if row.skill_id == skill.id), 0)
        lines.append(
            TeachingLine(
                uid=module.uid,
                slug=module.slug,
                title=module.title,
                language=module.language,
                provider=module.organisation.name,
                level=str(words.SKILL_LEVELS[taught]),
                exemption=_exemption(exemption(skill.id, asked, level, taught)),
                assessment=module.assessment or _form(module.assessment_form),
                outcomes=module.outcomes[:MOST_OUTCOMES],
                is_listed=module.uid in listed,
            )
        )
    return lines


def _form(form: AssessmentForm) -> str:
    return "" if form is AssessmentForm.UNKNOWN else words.capitalised(words.ASSESSMENT_FORMS[form])


def _exemption(found: Exemption | None) -> str:
    """What could be asked for, in words; an assessor decides."""
    if found is None:
        return ""
    if found.is_whole:
        return _("Vindt de assessor het bewijs goed? Vraag dan een vrijstelling. Alles wat de module hiervan leert, is er dan al.")
    steps = {"known": found.to_level - found.from_level, "all": found.taught_level - found.from_level}
    return _("Vindt de assessor het bewijs goed? Vraag dan een vrijstelling voor %(known)s van de %(all)s stappen.", **steps)
