"""What a module of a hub lacks, needs and can become, in words: for its editor, the desk and the central team."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalogue.exchange.ooapi.gaps import Gap
from catalogue.publishing.badges import BadgeNeed
from catalogue.publishing.checks import Check
from catalogue.vocabulary import StartType, Status
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

START_TYPES: dict[StartType, LazyString] = {
    StartType.FIXED: lazy_gettext("Op een vaste datum"),
    StartType.DIRECT: lazy_gettext("Direct, op elk moment"),
    StartType.ROLLING: lazy_gettext("Elke paar weken"),
    StartType.WHEN_ENROLLED: lazy_gettext("Als er genoeg mensen zijn"),
    StartType.AGREED: lazy_gettext("In overleg"),
}
COUNTED: dict[Status, LazyString] = {
    Status.DRAFT: lazy_gettext("concept"),
    Status.IN_REVIEW: lazy_gettext("om te bekijken"),
    Status.PUBLISHED: lazy_gettext("online"),
    Status.WITHDRAWN: lazy_gettext("teruggetrokken"),
}
"""Below the number of modules in each status: words that fit one and many."""
PARTS: dict[str, LazyString] = {
    "text": lazy_gettext("Tekst"),
    "facts": lazy_gettext("Niveau, tijd en bewijs"),
    "skills": lazy_gettext("Wat iemand leert"),
    "entry": lazy_gettext("Wat iemand al moet kunnen"),
    "runs": lazy_gettext("Wanneer, waar en prijs"),
}
"""The parts of the editor, by the ends of their endpoints."""

BADGE_PART = ("badge", lazy_gettext("Voor de badge of de microcredential"))
"""The part that only a module with one of those has."""

CHECKS: dict[Check, tuple[str, LazyString]] = {
    Check.TITLE_MISSING: ("text", lazy_gettext("De module heeft nog geen naam.")),
    Check.DESCRIPTION_MISSING: ("text", lazy_gettext("Vertel waar de module over gaat. Daar zoeken mensen op.")),
    Check.DESCRIPTION_SHORT: ("text", lazy_gettext("De tekst is kort. Met 40 woorden of meer vinden mensen de module beter.")),
    Check.OUTCOMES_MISSING: ("text", lazy_gettext("Schrijf wat iemand na afloop kan. Dat lezen mensen het eerst.")),
    Check.LEVEL_MISSING: ("facts", lazy_gettext("Zonder niveau valt de module weg als iemand op niveau zoekt.")),
    Check.LOAD_MISSING: ("facts", lazy_gettext("Zonder uren weten mensen niet of de module in hun week past.")),
    Check.THEME_MISSING: ("facts", lazy_gettext("Zonder thema vindt men de module minder snel.")),
    Check.SKILLS_MISSING: ("skills", lazy_gettext("Zonder vaardigheden komt de module in geen enkel advies voor.")),
    Check.SKILLS_UNCONFIRMED: ("skills", lazy_gettext("Er staan vaardigheden die uit de tekst komen. Kijk of zij kloppen.")),
    Check.EDITIONS_MISSING: ("runs", lazy_gettext("Zeg wanneer en waar men kan beginnen. Zonder dat kan niemand plannen.")),
    Check.EDITIONS_OVER: ("runs", lazy_gettext("Elke start is voorbij. Zet er een nieuwe bij, of haal de module offline.")),
    Check.PRICE_MISSING: ("runs", lazy_gettext("Er is een start zonder prijs. Mensen met een budget zien die module minder snel.")),
}
"""What is missing: in which part it is filled in, and what it costs."""

BADGE_NEEDS: dict[BadgeNeed, tuple[str, LazyString]] = {
    BadgeNeed.DESCRIPTION: ("text", lazy_gettext("Er is nog geen tekst over de module.")),
    BadgeNeed.OUTCOMES: ("text", lazy_gettext("Schrijf wat iemand na afloop kan.")),
    BadgeNeed.LEVEL: ("facts", lazy_gettext("Kies het niveau.")),
    BadgeNeed.LOAD: ("facts", lazy_gettext("Zeg hoeveel tijd de module kost.")),
    BadgeNeed.SIZE: ("facts", lazy_gettext("Een microcredential op hbo of wo is 3 tot 30 EC.")),
    BadgeNeed.ASSESSMENT: ("facts", lazy_gettext("Schrijf hoe iemand laat zien wat hij kan.")),
    BadgeNeed.ASSESSMENT_FORM: ("badge", lazy_gettext("Kies op welke manier iemand laat zien wat hij kan.")),
    BadgeNeed.SUPERVISION: ("badge", lazy_gettext("Zeg of er iemand meekijkt.")),
    BadgeNeed.IDENTITY: ("badge", lazy_gettext("Zeg of u kijkt wie het is.")),
    BadgeNeed.STACKABLE: ("badge", lazy_gettext("Zeg of het meetelt voor een groter bewijs.")),
    BadgeNeed.QUALITY: ("badge", lazy_gettext("Zeg wie de kwaliteit bewaakt.")),
}
"""What is still missing for a badge: in which part it is filled in, and what to do."""

REQUIRED: dict[Check, LazyString] = {
    Check.DESCRIPTION_MISSING: lazy_gettext("Een tekst over de module"),
    Check.DESCRIPTION_SHORT: lazy_gettext("Een tekst van 40 woorden of meer"),
    Check.OUTCOMES_MISSING: lazy_gettext("Wat iemand na afloop kan"),
    Check.LEVEL_MISSING: lazy_gettext("Een niveau"),
    Check.LOAD_MISSING: lazy_gettext("Hoeveel tijd het kost"),
    Check.THEME_MISSING: lazy_gettext("Een thema"),
    Check.SKILLS_MISSING: lazy_gettext("Vaardigheden die men leert"),
    Check.SKILLS_UNCONFIRMED: lazy_gettext("Vaardigheden die iemand heeft nagekeken"),
    Check.EDITIONS_MISSING: lazy_gettext("Een start"),
    Check.PRICE_MISSING: lazy_gettext("Een prijs bij elke start"),
}
"""What a hub can ask of its modules."""

LACKS: dict[Check, LazyString] = {
    Check.TITLE_MISSING: lazy_gettext("naam"),
    Check.DESCRIPTION_MISSING: lazy_gettext("tekst"),
    Check.DESCRIPTION_SHORT: lazy_gettext("langere tekst"),
    Check.OUTCOMES_MISSING: lazy_gettext("wat iemand na afloop kan"),
    Check.LEVEL_MISSING: lazy_gettext("niveau"),
    Check.LOAD_MISSING: lazy_gettext("aantal uren"),
    Check.THEME_MISSING: lazy_gettext("thema"),
    Check.SKILLS_MISSING: lazy_gettext("vaardigheden"),
    Check.SKILLS_UNCONFIRMED: lazy_gettext("nagekeken vaardigheden"),
    Check.EDITIONS_MISSING: lazy_gettext("start"),
    Check.EDITIONS_OVER: lazy_gettext("start die nog komt"),
    Check.PRICE_MISSING: lazy_gettext("prijs"),
}
"""What a module lacks, in a word."""

EXCHANGE_GAPS: dict[Gap, tuple[str, LazyString]] = {
    Gap.DESCRIPTION: ("text", lazy_gettext("Er is geen tekst over de module.")),
    Gap.OUTCOMES: ("text", lazy_gettext("Er staat niet wat iemand na afloop kan.")),
    Gap.LEVEL: ("facts", lazy_gettext("Er is geen niveau. Wij geven door dat het niet bekend is.")),
    Gap.LOAD: ("facts", lazy_gettext("Er staan geen uren of EC.")),
    Gap.LINK: ("facts", lazy_gettext("Er is geen adres van uw eigen pagina.")),
    Gap.SKILLS: ("skills", lazy_gettext("Er staan geen vaardigheden. Daarop kan men dan niet zoeken.")),
    Gap.SKILLS_RECOGNISED: ("skills", lazy_gettext("Er staan vaardigheden die wij in de tekst vonden. Kijk of zij kloppen.")),
    Gap.EDITIONS: ("runs", lazy_gettext("Er is geen start. Men ziet de module, maar niet wanneer die begint.")),
    Gap.DATES: ("runs", lazy_gettext("Er is een start zonder vaste dag. Wij geven door: vanaf de eerste dag die kan, een jaar lang.")),
    Gap.WEEKS: ("runs", lazy_gettext("Er is een start zonder aantal weken. Wij geven door dat het eind op de dag van de start is.")),
    Gap.PRICE: ("runs", lazy_gettext("Er is een start zonder prijs.")),
    Gap.CODE: ("", lazy_gettext("Er is geen code van u zelf. Wij geven onze code door. Zet de uwe in uw bestand.")),
}
"""What other systems miss: in which part it is filled in, and what stands there now."""

STEPS: dict[tuple[Status, Status], LazyString] = {
    (Status.DRAFT, Status.IN_REVIEW): lazy_gettext("Vraag een collega om te kijken"),
    (Status.DRAFT, Status.PUBLISHED): lazy_gettext("Zet de module online"),
    (Status.IN_REVIEW, Status.DRAFT): lazy_gettext("Terug naar concept"),
    (Status.IN_REVIEW, Status.PUBLISHED): lazy_gettext("Zet de module online"),
    (Status.PUBLISHED, Status.PUBLISHED): lazy_gettext("Zet de nieuwe versie online"),
    (Status.PUBLISHED, Status.WITHDRAWN): lazy_gettext("Haal de module offline"),
    (Status.WITHDRAWN, Status.DRAFT): lazy_gettext("Maak er weer een concept van"),
    (Status.WITHDRAWN, Status.PUBLISHED): lazy_gettext("Zet de module weer online"),
}
"""What the button of each step says, from where to where."""
