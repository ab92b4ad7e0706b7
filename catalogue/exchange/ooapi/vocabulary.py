"""Words of the Open Onderwijs API for our codes, as data: those of version 5, and of version 6 where they differ."""

from __future__ import annotations

from catalogue.exchange.cell_words import LANGUAGES
from catalogue.vocabulary import Credential, Format, Level, LoadUnit

LEVELS = {
    Level.MBO_1: "secondary vocational education 1",
    Level.MBO_2: "secondary vocational education 2",
    Level.MBO_3: "secondary vocational education 3",
    Level.MBO_4: "secondary vocational education 4",
    Level.ASSOCIATE_DEGREE: "associate degree",
    Level.HBO_BACHELOR: "bachelor",
    Level.WO_BACHELOR: "bachelor",
    Level.HBO_MASTER: "master",
    Level.WO_MASTER: "master",
    Level.NONE: "undefined",
}
_MBO, _HBO, _WO = "secondary vocational education", "higher professional education", "university education"
SECTORS = {
    **dict.fromkeys((Level.MBO_1, Level.MBO_2, Level.MBO_3, Level.MBO_4), _MBO),
    **dict.fromkeys((Level.ASSOCIATE_DEGREE, Level.HBO_BACHELOR, Level.HBO_MASTER), _HBO),
    **dict.fromkeys((Level.WO_BACHELOR, Level.WO_MASTER), _WO),
}
"""The sector of a level; a module without a level has none."""

FIELDS = {
    "external_id": "primaryCode",
    "title": "name",
    "entry_text": "admissionRequirements",
    "outcomes": "learningOutcomes",
    "language": "teachingLanguage",
    "load": "studyLoad",
    "url": "link",
    "start": "startDate",
    "weeks": "duration",
    "place": "addresses",
    "format": "modeOfDelivery",
    "price_eur": "priceInformation",
    "capacity": "maxNumberStudents",
    "minimum_group": "minNumberStudents",
}
"""What a course or offering calls our fields, where it is another name."""

MODES_OF_DELIVERY = {Format.ON_SITE: "on campus", Format.ONLINE: "online", Format.BLENDED: "hybrid", Format.WORKPLACE: "situated"}
LOAD_UNITS = {LoadUnit.EC: "ects", LoadUnit.SBU: "sbu", LoadUnit.HOURS: "hour"}
FORMAL_DOCUMENTS = {
    Credential.DIPLOMA: "diploma",
    Credential.MBO_CERTIFICAAT: "certificate",
    Credential.MBO_VERKLARING: "testimonial",
    Credential.CERTIFICATE: "certificate",
    Credential.MICROCREDENTIAL: "certificate",
    Credential.BADGE: "no official document",
}
"""What one gets by its credential; nothing is said of a module whose provider states none."""

LEVELS_V6 = {ours: word.replace(" ", "_") for ours, word in LEVELS.items()}
FORMAL_DOCUMENTS_V6 = {ours: word.replace(" ", "_") for ours, word in FORMAL_DOCUMENTS.items()}
FORMAL_DOCUMENTS_V6[Credential.MICROCREDENTIAL] = "micro_credential_certificate"
MODES_OF_DELIVERY_V6 = {Format.ON_SITE: "presential", Format.ONLINE: "online", Format.BLENDED: "blended", Format.WORKPLACE: "work_based"}

_THREE_LETTERS: dict[str, str] = {}
for _name, _code in LANGUAGES.items():
    if len(_name) == 3:
        _THREE_LETTERS.setdefault(_code, _name)  # the first is the one of ISO 639-2/T


def three_letters(language: str) -> str:
    """The code of three letters of a language: "nl" -> "nld"; "und" for one that nobody knows."""
    return language if len(language) == 3 else _THREE_LETTERS.get(language, "und")


def languages_named(three: str) -> list[str]:
    """The codes under which modules may be stored that are taught in the language with this code of three letters."""
    return [three, *(code for code, name in _THREE_LETTERS.items() if name == three)]


def levels_named(level: str) -> list[Level]:
    """Our levels that go by this word: "bachelor" -> hbo and wo. The sector alone names all four of mbo."""
    return [ours for ours, word in LEVELS.items() if word == level or (level == _MBO and SECTORS.get(ours) == _MBO)]


def level_word(level: str) -> str:
    """One of their levels as an import reads it; it decides itself whether a bachelor is of hbo or wo. "" for one that we do not have."""
    found = levels_named(level)
    if level in ("bachelor", "master"):
        return level
    return found[0].value if len(found) == 1 else ""
