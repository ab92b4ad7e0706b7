"""What the guidance of a client keeps of people, for the data inventory. These rows are a dossier's, and go with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, false, select

from web.advisor.guidance_model import Attachment, Choice, ChoiceChange, Claim, Evidence, Intake, Report
from web.advisor.model import Dossier
from web.languages import lazy_gettext
from web.privacy.holding import NUMBER, Field, Given, Holding, Mine, Person

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

KEPT: LazyString = lazy_gettext("Tot een jaar na het einde, of tot 30 dagen nadat u stopt. U kunt het eerder wissen.")
_DOSSIER_NUMBER = Field(lazy_gettext("Het nummer van het dossier."), is_number=True)
_WHO = Field(lazy_gettext("Een code voor wie het deed."), is_number=True)
_MODULE = Field(lazy_gettext("Over welke module het gaat."))


def of_client(column: Any) -> Mine:
    """Rows whose `column` is the key of a dossier about this person."""

    def mine(person: Person) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = column.in_(select(Dossier.id).where(Dossier.client_id == person.account_id))
        return condition if person.account_id is not None else false()

    return mine


def of_dossier(model: Any, title: LazyString, fields: Mapping[str, Field], not_personal: frozenset[str] = frozenset()) -> Holding:
    """A table whose rows each belong to a dossier, and go with it."""
    return Holding(
        table=model.__table__,
        title=title,
        kept=KEPT,
        fields={**fields, "dossier_id": _DOSSIER_NUMBER},
        not_personal=not_personal,
        mine=of_client(model.dossier_id),
    )


GUIDANCE_HOLDINGS: tuple[Holding, ...] = (
    of_dossier(
        Intake,
        lazy_gettext("Uw antwoorden in het gesprek met uw adviseur"),
        {
            "answers": Field(lazy_gettext("Uw werk, wat u kunt, uw doel en uw wensen.")),
            "talk": Field(lazy_gettext("Wat u verder vertelde, zoals wat u energie geeft en wat in de weg staat.")),
            "paths": Field(lazy_gettext("De leerroutes die uw adviseur het laatst zag.")),
            "compared": Field(lazy_gettext("Andere wensen die naast de uwe gezet zijn.")),
            "changed_at": Field(lazy_gettext("Wanneer dit het laatst veranderde.")),
        },
    ),
    of_dossier(
        Choice,
        lazy_gettext("De lijst met modules van u en uw adviseur"),
        {
            "module": _MODULE,
            "verdict": Field(lazy_gettext("Wat u en uw adviseur ervan vinden.")),
            "reason_for": Field(lazy_gettext("Wat ervoor spreekt.")),
            "reason_against": Field(lazy_gettext("Wat ertegen spreekt.")),
            "id": NUMBER,
        },
        frozenset({"version"}),
    ),
    of_dossier(
        ChoiceChange,
        lazy_gettext("Wie iets veranderde in die lijst"),
        {
            "module": _MODULE,
            "moment": Field(lazy_gettext("Wanneer iemand iets deed.")),
            "actor": _WHO,
            "change": Field(lazy_gettext("Wat iemand deed.")),
            "id": NUMBER,
        },
    ),
    of_dossier(
        Claim,
        lazy_gettext("Wat u al leerde"),
        {
            "skill": Field(lazy_gettext("Over welke vaardigheid het gaat.")),
            "level": Field(lazy_gettext("Hoe goed u dit kunt.")),
            "written_at": Field(lazy_gettext("Wanneer dit het laatst veranderde.")),
            "actor": _WHO,
            "id": NUMBER,
        },
    ),
    Holding(
        table=Evidence.__table__,
        title=lazy_gettext("Uw bewijs van wat u al leerde"),
        kept=KEPT,
        fields={
            "proof": Field(lazy_gettext("Wat voor bewijs u hebt.")),
            "year": Field(lazy_gettext("Uit welk jaar het bewijs is.")),
            "text": Field(lazy_gettext("Wat het bewijs is, en waar het ligt.")),
            "id": NUMBER,
            "claim_id": Field(lazy_gettext("Het nummer van wat u al leerde."), is_number=True),
        },
        mine=lambda person: Evidence.claim_id.in_(select(Claim.id).where(of_client(Claim.dossier_id)(person))),
    ),
    of_dossier(
        Report,
        lazy_gettext("De adviesverslagen over u"),
        {
            "document": Field(lazy_gettext("Het verslag.")),
            "number": Field(lazy_gettext("Welke versie het is.")),
            "language": Field(lazy_gettext("De taal van het verslag.")),
            "made_at": Field(lazy_gettext("Wanneer het gemaakt is.")),
            "actor": _WHO,
            "id": NUMBER,
        },
    ),
    of_dossier(
        Attachment,
        lazy_gettext("De bestanden in uw dossier"),
        {
            "content": Field(
                lazy_gettext("Het bestand zelf."),
                Given.IS_SET,
                lazy_gettext("Een bestand past hier niet in. U haalt het op in uw dossier."),
            ),
            "name": Field(lazy_gettext("Hoe het bestand heet.")),
            "media_type": Field(lazy_gettext("Wat voor bestand het is.")),
            "added_at": Field(lazy_gettext("Wanneer het in het dossier kwam.")),
            "actor": _WHO,
            "id": NUMBER,
            "uid": NUMBER,
        },
    ),
)
