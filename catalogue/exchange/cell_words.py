"""Words that import files use for our codes, as data. Keys are as `catalogue.exchange.columns.plain_name` writes them."""

from __future__ import annotations

from catalogue.vocabulary import DAY_PARTS, AssessmentForm, Credential, Format, Kind, Level, LoadUnit

LEVELS = {
    **{f"mbo{joint}{number}": Level(f"mbo-{number}") for number in range(1, 5) for joint in ("", "_niveau_", "_n", "niveau")},
    "ad": Level.ASSOCIATE_DEGREE,
    "hbo": Level.HBO_BACHELOR,
    "hbo_ba": Level.HBO_BACHELOR,
    "hbo_ma": Level.HBO_MASTER,
    "bachelor_hbo": Level.HBO_BACHELOR,
    "master_hbo": Level.HBO_MASTER,
    "wo_ba": Level.WO_BACHELOR,
    "wo_ma": Level.WO_MASTER,
    "bachelor_wo": Level.WO_BACHELOR,
    "master_wo": Level.WO_MASTER,
    "geen": Level.NONE,
    "zonder_niveau": Level.NONE,
}
KINDS = {
    "cursus": Kind.MODULE,
    "micro_interventie": Kind.MICRO_INTERVENTION,
    "leergemeenschap": Kind.CBLC,
    "challenge_based_learning_community": Kind.CBLC,
    "certificaatprogramma": Kind.CERTIFICATE_PROGRAMME,
    "elearning": Kind.E_LEARNING,
    "leren_op_het_werk": Kind.ON_THE_JOB,
    "op_de_werkplek": Kind.ON_THE_JOB,
    "non_formeel": Kind.NON_FORMAL,
}
CREDENTIALS = {
    "certificaat": Credential.CERTIFICATE,
    "mbo_certificate": Credential.MBO_CERTIFICAAT,
    "micro_credential": Credential.MICROCREDENTIAL,
    "edubadge": Credential.BADGE,
    "open_badge": Credential.BADGE,
    "geen": Credential.NONE,
}
ASSESSMENT_FORMS = {
    "toets": AssessmentForm.TEST,
    "examen": AssessmentForm.TEST,
    "testing": AssessmentForm.TEST,
    "written_exam": AssessmentForm.TEST,
    "praktijk": AssessmentForm.PRACTICE,
    "praktijktoets": AssessmentForm.PRACTICE,
    "application_of_a_skill": AssessmentForm.PRACTICE,
    "evc": AssessmentForm.PRIOR_LEARNING,
    "recognition_of_prior_learning": AssessmentForm.PRIOR_LEARNING,
    "onbekend": AssessmentForm.UNKNOWN,
}
YES_OR_NO = {**dict.fromkeys(("ja", "yes", "true", "waar", "1"), True), **dict.fromkeys(("nee", "no", "false", "onwaar", "0"), False)}
FORMATS = {
    "op_locatie": Format.ON_SITE,
    "locatie": Format.ON_SITE,
    "fysiek": Format.ON_SITE,
    "klassikaal": Format.ON_SITE,
    "op_school": Format.ON_SITE,
    "e_learning": Format.ONLINE,
    "elearning": Format.ONLINE,
    "op_afstand": Format.ONLINE,
    "blended_learning": Format.BLENDED,
    "deels_online": Format.BLENDED,
    "hybride": Format.BLENDED,
    "werkplek": Format.WORKPLACE,
    "op_de_werkplek": Format.WORKPLACE,
    "op_uw_werk": Format.WORKPLACE,
}
LOAD_UNITS = {
    "": LoadUnit.HOURS,
    **dict.fromkeys(("h", "u", "uur", "uren", "hour", "hours"), LoadUnit.HOURS),
    **dict.fromkeys(("sbu", "studiebelastingsuren"), LoadUnit.SBU),
    **dict.fromkeys(("ec", "ects", "ecs", "studiepunt", "studiepunten"), LoadUnit.EC),
}
_LANGUAGE_NAMES = {
    "nl": "nld dut nederlands dutch nl-nl",
    "en": "eng engels english en-gb en-us",
    "de": "deu ger duits german",
    "fr": "fra fre frans french",
    "es": "spa spaans spanish",
    "it": "ita italiaans italian",
    "pt": "por portugees portuguese",
    "pl": "pol pools polish",
    "ro": "ron rum roemeens romanian",
    "bg": "bul bulgaars bulgarian",
    "uk": "ukr oekraiens oekraïens ukrainian",
    "ru": "rus russisch russian",
    "tr": "tur turks turkish",
    "ar": "ara arabisch arabic",
    "fa": "fas per perzisch persian",
    "fy": "fry fries frisian",
}
LANGUAGES = {name: code for code, names in _LANGUAGE_NAMES.items() for name in (code, *names.split())}
MONTHS = {
    name: number
    for number, names in enumerate(("jan", "feb", "mrt maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), 1)
    for name in names.split()
}
_DAYS = {
    "monday": ("maandag", "ma"),
    "tuesday": ("dinsdag", "di"),
    "wednesday": ("woensdag", "wo"),
    "thursday": ("donderdag", "do"),
    "friday": ("vrijdag", "vr"),
    "saturday": ("zaterdag", "za"),
    "sunday": ("zondag", "zo"),
}
_PARTS = {"morning": ("ochtend",), "afternoon": ("middag",), "evening": ("avond",)}
DAY_PART_WORDS = {
    day_word + part_word: f"{day}-{part}"
    for day, part in (code.split("-") for code in DAY_PARTS)
    for day_word in (day, *_DAYS[day])
    for part_word in (part, *_PARTS[part])
}
"""Written together: "thursdayevening", "donderdagavond", "doavond"."""
