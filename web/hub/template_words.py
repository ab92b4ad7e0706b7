"""What the workbook for providers says of each field, and the rows that stand in it as an example."""

from __future__ import annotations

from catalogue.exchange.columns import FIELDS
from web.languages import _, language


def headings() -> dict[str, str]:
    """The name of each field at the top of its column: the first Dutch one, or ours."""
    return {field.name: field.others[0] if language() == "nl" else field.name for field in FIELDS}


def explained() -> dict[str, str]:
    """What each field holds, in a sentence."""
    return {
        "organisation": _("Uw organisatie. Dit mag leeg blijven."),
        "external_id": _("Uw eigen code. Daaraan herkennen wij de module de volgende keer."),
        "title": _("De naam van de module. Dit is het enige wat niet leeg mag zijn."),
        "description": _("Waar de module over gaat. Met 40 woorden of meer vinden mensen haar beter."),
        "audience": _("Voor wie de module is."),
        "entry_text": _("Wat iemand moet kunnen of hebben om te beginnen, in woorden."),
        "assessment": _("Hoe iemand laat zien wat hij kan, in woorden."),
        "outcomes": _("Wat iemand na afloop kan. Zet een streep (|) of een nieuwe regel tussen twee zinnen."),
        "level": _("Het niveau. Kies uit de lijst."),
        "kind": _("De soort. Kies uit de lijst."),
        "credential": _("Wat iemand na afloop krijgt. Kies uit de lijst."),
        "assessment_form": _("De vorm van de toets. Kies uit de lijst."),
        "is_supervised": _("Kijkt er bij de toets iemand mee? Schrijf ja of nee, of niets."),
        "is_identity_checked": _("Wordt bij de toets gekeken wie het is? Schrijf ja of nee, of niets."),
        "is_stackable": _("Telt het bewijs mee voor een groter bewijs? Schrijf ja of nee, of niets."),
        "quality_mark": _("Wie let op of het goed is, zoals de NVAO of een keurmerk."),
        "quality_url": _("Het adres van een pagina over die kwaliteit. Het begint met https://."),
        "language": _("De taal van de lessen, zoals nl of en."),
        "load": _("Alle tijd samen. Schrijf bijvoorbeeld 84 uur, 80 SBU of 3 EC."),
        "theme": _("Het thema, met de naam die op de site staat."),
        "hub": _("De hub, met de naam die op de site staat. U moet daar partner van zijn."),
        "skills_taught": _("Wat iemand leert: de naam, een dubbele punt en hoe ver, van 1 tot 4. Zet een streep (|) ertussen."),
        "skills_required": _("Wat iemand al moet kunnen. Schrijf het net zo."),
        "url": _("Het adres van uw eigen pagina. Het begint met https://."),
        "start": _("De start: een dag zoals 8-2-2027. Of schrijf direct, in overleg, elke 4 weken, of bij 8 aanmeldingen."),
        "weeks": _("Hoeveel weken het duurt."),
        "place": _("De plaats waar de lessen zijn."),
        "format": _("Waar iemand leert. Kies uit de lijst."),
        "day_parts": _("Wanneer men leert, zoals op donderdagavond."),
        "price_eur": _("De prijs in euro, met btw. Schrijf 0 als het gratis is. Leeg is: niet bekend."),
        "capacity": _("Hoeveel plaatsen er zijn."),
        "minimum_group": _("Met hoeveel mensen het doorgaat."),
    }


def examples() -> list[dict[str, object]]:
    """One module with two runs."""
    shared = {"external_id": "VB-1", "title": _("Voorbeeld: haal deze twee regels weg")}
    first = {
        "description": _("Schrijf hier waar de module over gaat."),
        "level": "mbo-3",
        "kind": "workshop",
        "credential": "certificate",
        "language": "nl",
        "load": "16 uur",
        "start": "8-2-2027",
        "weeks": 2,
        "place": "Breda",
        "format": "on-site",
        "price_eur": 95,
    }
    second = {"start": "elke 4 weken vanaf 11-1-2027", "weeks": 2, "format": "online", "price_eur": 0}
    return [shared | first, shared | second]
