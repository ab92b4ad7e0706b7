"""What a badge for a module says, as an Achievement of Open Badges 3.0: for who gives it out, and for any program that reads badges.

Source: Open Badges Specification 3.0, section Achievement (1EdTech).
"""

from __future__ import annotations

from typing import Any

from catalogue.models import Module
from catalogue.vocabulary import AssessmentForm, Credential, LoadUnit

CONTEXTS = ("https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json")
TYPES = {Credential.BADGE: "Badge", Credential.MICROCREDENTIAL: "MicroCredential"}
"""The credentials that are given as a badge, with their type there."""


def achievement(module: Module, address: str, provider_address: str) -> dict[str, Any]:
    """The document.

    Args:
        module: one whose credential is in `TYPES`, with its skills, provider and level.
        address: where this document stands; it is the id of the achievement.
        provider_address: the page of the provider.
    """
    document: dict[str, Any] = {
        "@context": list(CONTEXTS),
        "id": address,
        "type": ["Achievement"],
        "achievementType": TYPES[module.credential],
        "name": module.title,
        "description": module.description or module.title,
        "inLanguage": module.language,
        "criteria": {"narrative": _criteria(module)},
        "creator": {"id": provider_address, "type": ["Profile"], "name": module.organisation.name},
        "alignment": [
            {"type": ["Alignment"], "targetName": row.skill.label(module.language), "targetUrl": row.skill.uri}
            for row in sorted(module.taught, key=lambda row: row.skill.uri or "")
            if row.skill.uri
        ],
    }
    if module.workload_hours and module.load_unit is LoadUnit.EC:
        document["creditsAvailable"] = module.workload_hours / LoadUnit.EC.hours_per_unit
    return document


def _criteria(module: Module) -> str:
    """What one has to show: the outcomes as a list, and how they are assessed."""
    lines = [f"* {outcome}" for outcome in module.outcomes]
    if module.assessment:
        lines += ["", module.assessment] if lines else [module.assessment]
    elif module.assessment_form is not AssessmentForm.UNKNOWN:
        lines += [f"({module.assessment_form.value})"]
    return "\n".join(lines) or module.title
