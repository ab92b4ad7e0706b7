"""A small ESCO download in the official layout: columns as the European Commission writes them, contents made for the tests."""

from __future__ import annotations

import csv
from pathlib import Path

ESCO = "http://data.europa.eu/esco"
INSTALL, THERMODYNAMICS, TEAMWORK, NAMELESS = (f"{ESCO}/skill/{name}" for name in ("install", "thermodynamics", "teamwork", "nameless"))
ALL_SKILLS, TECHNIQUE = f"{ESCO}/skill/S", f"{ESCO}/skill/S1"
COOLING, HEAT_PUMPS, BY_ADDRESS = (f"{ESCO}/occupation/{name}" for name in ("cooling", "heat-pumps", "by-address"))

_COLLECTION = "conceptType,conceptUri,preferredLabel,status,skillType,reuseLevel,altLabels,description,broaderConceptUri,broaderConceptPT"
HEADERS = {
    "skills": "conceptType,conceptUri,skillType,reuseLevel,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,definition,"
    "inScheme,description",
    "occupations": "conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,regulatedProfessionNote,"
    "scopeNote,definition,inScheme,description,code,naceCode",
    "skillGroups": "conceptType,conceptUri,preferredLabel,altLabels,hiddenLabels,status,modifiedDate,scopeNote,inScheme,description,code",
    "skillsHierarchy": "Level 0 URI,Level 0 preferred term,Level 1 URI,Level 1 preferred term,Level 2 URI,Level 2 preferred term,"
    "Level 3 URI,Level 3 preferred term,Description,Scope note,Level 0 code,Level 1 code,Level 2 code,Level 3 code",
    "ISCOGroups": "conceptType,conceptUri,code,preferredLabel,status,altLabels,inScheme,description",
    "broaderRelationsSkillPillar": "conceptType,conceptUri,broaderType,broaderUri",
    "broaderRelationsOccPillar": "conceptType,conceptUri,conceptLabel,broaderType,broaderUri,broaderLabel",
    "skillSkillRelations": "originalSkillUri,originalSkillType,relationType,relatedSkillType,relatedSkillUri",
    "occupationSkillRelations": "occupationUri,relationType,skillType,skillUri",
    "greenSkillsCollection": _COLLECTION,
    "digitalSkillsCollection": _COLLECTION,
    "transversalSkillsCollection": _COLLECTION,
    "languageSkillsCollection": _COLLECTION,
}

Row = dict[str, str]


def _skill(uri: str, label: str, kind: str = "skill/competence", reuse: str = "sector-specific", **more: str) -> Row:
    concept = {"conceptType": "KnowledgeSkillCompetence", "conceptUri": uri, "status": "released"}
    return concept | {"preferredLabel": label, "skillType": kind, "reuseLevel": reuse} | more


def _occupation(uri: str, group: str, label: str, **more: str) -> Row:
    return {"conceptType": "Occupation", "conceptUri": uri, "iscoGroup": group, "preferredLabel": label, "code": f"{group}.1"} | more


def _need(occupation: str, relation: str, skill: str, kind: str = "skill/competence") -> Row:
    return {"occupationUri": occupation, "relationType": relation, "skillType": kind, "skillUri": skill}


def _group(code: str, label: str) -> Row:
    return {"conceptType": "ISCOGroup", "conceptUri": f"{ESCO}/isco/C{code}", "code": code, "preferredLabel": label}


DUTCH: dict[str, list[Row]] = {
    "skills": [
        _skill(INSTALL, "warmtepompen installeren", altLabels="warmtepomp plaatsen\nwarmtepomp monteren", description="Met zorg, en net."),
        _skill(THERMODYNAMICS, "thermodynamica", "knowledge", "cross-sector"),
        _skill(TEAMWORK, "in teams werken", reuse="transversal"),
    ],
    "occupations": [
        _occupation(COOLING, "7127", "koelmonteur", altLabels="koeltechnicus\nkoelmonteuse", description="Houdt koelingen aan de gang."),
        _occupation(HEAT_PUMPS, "7127", "warmtepompinstallateur"),
    ],
    "skillGroups": [
        {"conceptType": "SkillGroup", "conceptUri": ALL_SKILLS, "preferredLabel": "vaardigheden", "code": "S"},
        {"conceptType": "SkillGroup", "conceptUri": TECHNIQUE, "preferredLabel": "techniek", "code": "S1"},
    ],
    "skillsHierarchy": [
        {"Level 0 URI": ALL_SKILLS, "Level 0 preferred term": "vaardigheden", "Level 0 code": "S"},
        {"Level 0 URI": ALL_SKILLS, "Level 1 URI": TECHNIQUE, "Level 0 code": "S", "Level 1 code": "S1"},
    ],
    "ISCOGroups": [_group("7", "Ambachtslieden"), _group("71", "Bouwarbeiders"), _group("7127", "Installateurs van koeling")],
    "broaderRelationsSkillPillar": [
        {"conceptType": "SkillGroup", "conceptUri": TECHNIQUE, "broaderType": "SkillGroup", "broaderUri": ALL_SKILLS},
        {"conceptType": "KnowledgeSkillCompetence", "conceptUri": INSTALL, "broaderType": "SkillGroup", "broaderUri": TECHNIQUE},
    ],
    "broaderRelationsOccPillar": [
        {"conceptType": "ISCOGroup", "conceptUri": f"{ESCO}/isco/C71", "broaderType": "ISCOGroup", "broaderUri": f"{ESCO}/isco/C7"},
        {"conceptType": "Occupation", "conceptUri": COOLING, "broaderType": "ISCOGroup", "broaderUri": f"{ESCO}/isco/C7127"},
        {"conceptType": "Occupation", "conceptUri": HEAT_PUMPS, "broaderType": "Occupation", "broaderUri": COOLING},
    ],
    "skillSkillRelations": [
        {"originalSkillUri": INSTALL, "originalSkillType": "skill/competence", "relationType": "optional",
         "relatedSkillType": "knowledge", "relatedSkillUri": THERMODYNAMICS},
    ],
    "occupationSkillRelations": [
        _need(COOLING, "essential", THERMODYNAMICS, "knowledge"),
        _need(COOLING, "optional", INSTALL),
        _need(HEAT_PUMPS, "optional", INSTALL),
        _need(HEAT_PUMPS, "essential", INSTALL),
        _need(HEAT_PUMPS, "essential", NAMELESS, "knowledge"),
        _need(BY_ADDRESS, "essential", TEAMWORK),
    ],
    "greenSkillsCollection": [_skill(INSTALL, "warmtepompen installeren")],
    "digitalSkillsCollection": [],
    "transversalSkillsCollection": [_skill(TEAMWORK, "in teams werken")],
    "languageSkillsCollection": [],
}  # fmt: skip

ENGLISH: dict[str, list[Row]] = {
    "skills": [_skill(INSTALL, "install heat pumps", altLabels="fit heat pumps"), _skill(NAMELESS, "refrigerants", "knowledge")],
    "occupations": [_occupation(COOLING, "7127", "refrigeration technician")],
}


def write_esco(folder: Path, tables: dict[str, list[Row]] = DUTCH, language: str = "nl") -> Path:
    """Writes `tables` as a download in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        with (folder / f"{name}_{language}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, HEADERS[name].split(","), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    return folder
