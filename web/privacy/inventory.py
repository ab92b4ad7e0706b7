"""The data inventory: every table that holds personal data, what each column is for, how long it is kept, and how it leaves.

A part of the site with tables of its own adds its holdings to `INVENTORY`, and tables without personal data to `NOT_PERSONAL`. Then the
privacy page names them, the download holds them, and deletion wipes them; a test fails for a table or column that stands in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import ColumnElement, and_, false, or_, select

from catalogue.models import Demand, Job, Organisation, Theme
from web.accounts.alert_model import Alert
from web.accounts.demand_model import DemandOwner
from web.accounts.invitation_model import Invitation
from web.accounts.mail import letters_by_id, letters_to
from web.accounts.models import Account, Membership, Role, account_role
from web.advisor.holdings import HOLDINGS
from web.hub.authors import RevisionAuthor
from web.joining.model import JoinRequest
from web.languages import lazy_gettext
from web.lists.model import StoredList
from web.passport.model import EvidenceFile, StoredPassport
from web.privacy.browser import SESSION_ENTRIES
from web.privacy.holding import ACCOUNT_NUMBER, NUMBER, Field, Given, Holding, Person, of_account, secret
from web.second_step.model import RecoveryCode, SecondStep
from web.security.attempt_model import Attempt
from web.security.owner import Owner
from web.security.session_model import StoredSession
from web.settings import Settings
from web.shares.model import Share

_WITH_ACCOUNT = lazy_gettext("Zo lang u een account hebt.")
_SINCE = Field(lazy_gettext("Wanneer u dit maakte."))


def _demands(person: Person) -> ColumnElement[bool]:
    """What somebody asked for themselves; what they asked in the name of an organisation is that organisation's."""
    filed = select(DemandOwner.demand_id).where(DemandOwner.account_id == person.account_id)
    return and_(Demand.organisation_id.is_(None), Demand.id.in_(filed)) if person.account_id is not None else false()


def _sessions(person: Person) -> ColumnElement[bool]:
    return or_(of_account(StoredSession.account_id)(person), StoredSession.token_hash == person.session_hash)


def _letters(person: Person) -> ColumnElement[bool]:
    to_them: ColumnElement[bool] = Job.payload["to"].as_string() == person.email
    return and_(Job.kind == "mail", to_them) if person.email else false()


def _letters_caused(person: Person) -> ColumnElement[bool]:
    return and_(Job.kind == "mail", Job.payload["id"].as_string().in_(person.traces.letters))


def _letter_files(settings: Settings, person: Person) -> Iterator[Path]:
    if person.email:
        yield from letters_to(settings.instance_dir, person.email)
    for letter_id in person.traces.letters:
        yield from letters_by_id(settings.instance_dir, letter_id)


INVENTORY: tuple[Holding, ...] = (
    Holding(
        table=StoredSession.__table__,
        title=lazy_gettext("Wat u doet in deze browser"),
        kept=lazy_gettext("Tot 24 uur na uw laatste bezoek, en nooit langer dan 30 dagen."),
        fields={
            "data": Field(lazy_gettext("Uw antwoorden, uw lijst zonder account, en wat nodig is om in te loggen.")),
            "token_hash": secret(lazy_gettext("Hieraan herkennen wij uw browser.")),
            "account_id": ACCOUNT_NUMBER,
            "created_at": Field(lazy_gettext("Wanneer u hier begon.")),
            "expires_at": Field(lazy_gettext("Tot wanneer wij dit bewaren.")),
        },
        entries={"data": SESSION_ENTRIES},
        mine=_sessions,
    ),
    Holding(
        table=Share.__table__,
        title=lazy_gettext("Wat u met een link deelt"),
        kept=lazy_gettext("Zo lang als u kiest: 1, 7, 14 of 30 dagen. U kunt eerder stoppen."),
        fields={
            "document": Field(lazy_gettext("Wat anderen zien als zij uw link openen.")),
            "created_at": _SINCE,
            "expires_at": Field(lazy_gettext("Tot wanneer de link werkt.")),
            "account_id": ACCOUNT_NUMBER,
            "id": NUMBER,
            "uid": NUMBER,
            "token_hash": secret(lazy_gettext("Hieraan herkennen wij uw link.")),
            "withdraw_hash": secret(lazy_gettext("Hieraan herkennen wij de link waarmee u stopt.")),
        },
        mine=lambda person: Owner(person.account_id, person.shares).owns(Share),
    ),
    Holding(
        table=Alert.__table__,
        title=lazy_gettext("Waar u mail over krijgt"),
        kept=lazy_gettext("Tot u stopt, of tot uw start begint. Bevestigt u de eerste mail niet? Dan wissen wij uw vraag na 24 uur."),
        fields={
            "email": Field(lazy_gettext("Daar sturen wij de mail heen.")),
            "followed": Field(lazy_gettext("Of u een zoekvraag volgt, uw antwoorden, of een start.")),
            "wish": Field(lazy_gettext("Waarover u mail wilt.")),
            "language": Field(lazy_gettext("De taal van de mail.")),
            "created_at": _SINCE,
            "confirmed_at": Field(lazy_gettext("Wanneer u zei dat u de mail wilt.")),
            "looked_until": Field(lazy_gettext("Tot wanneer wij keken of er iets nieuw is.")),
            "next_at": Field(lazy_gettext("Wanneer wij weer kijken.")),
            "id": NUMBER,
            "stamp": secret(lazy_gettext("Staat in de link waarmee u stopt.")),
        },
        mine=lambda person: Alert.email == person.email if person.email else false(),
        caused=lambda person: Alert.id.in_(person.traces.alerts),
    ),
    *HOLDINGS,  # before the accounts, which tell whose these are
    Holding(  # before the next one, which tells whose these are
        table=Demand.__table__,
        title=lazy_gettext("Uw leervragen"),
        kept=_WITH_ACCOUNT,
        fields={
            "title": Field(lazy_gettext("Om welk werk het gaat.")),
            "wish": Field(lazy_gettext("Wat uw mensen moeten kunnen, in uw woorden.")),
            "company": Field(lazy_gettext("De naam van uw bedrijf.")),
            "is_company_shown": Field(lazy_gettext("Of anderen die naam mogen zien.")),
            "place": Field(lazy_gettext("Waar uw mensen werken.")),
            "region": Field(lazy_gettext("In welke provincie dat is.")),
            "latitude": Field(lazy_gettext("Waar die plaats ligt, van zuid naar noord.")),
            "longitude": Field(lazy_gettext("Waar die plaats ligt, van west naar oost.")),
            "theme_id": Field(lazy_gettext("Bij welk thema de vraag hoort."), names=(Theme.id, Theme.slug)),
            "people": Field(lazy_gettext("Voor hoeveel mensen u vraagt.")),
            "max_km": Field(lazy_gettext("Hoe ver zij mogen reizen.")),
            "is_online_ok": Field(lazy_gettext("Of online leren ook mag.")),
            "needed_by": Field(lazy_gettext("Wanneer zij het moeten kunnen.")),
            "budget_cents": Field(lazy_gettext("Hoeveel het mag kosten, in centen.")),
            "status": Field(lazy_gettext("Hoe het met de vraag staat.")),
            "created_at": _SINCE,
            "updated_at": Field(lazy_gettext("Wanneer de vraag het laatst veranderde.")),
            "id": NUMBER,
            "uid": NUMBER,
        },
        not_personal=frozenset({"organisation_id", "occupation_id", "helper_id", "is_example"}),
        mine=_demands,
    ),
    Holding(
        table=DemandOwner.__table__,
        title=lazy_gettext("Dat u een leervraag stelde"),
        kept=_WITH_ACCOUNT,
        fields={
            "account_id": ACCOUNT_NUMBER,
            "demand_id": Field(lazy_gettext("De leervraag."), names=(Demand.id, Demand.title)),
            "contact_email": Field(lazy_gettext("Daar kan wie uw vraag oppakt u mailen.")),
        },
        mine=of_account(DemandOwner.account_id),
    ),
    Holding(
        table=Account.__table__,
        title=lazy_gettext("Uw account"),
        kept=_WITH_ACCOUNT,
        fields={
            "email": Field(lazy_gettext("Uw naam bij het inloggen. Wij sturen er ook uw links heen.")),
            "created_at": _SINCE,
            "confirmed_at": Field(lazy_gettext("Wanneer u bewees dat dit uw adres is. Doet u dat niet, dan wissen wij alles na 24 uur.")),
            "active": Field(lazy_gettext("Of u kunt inloggen.")),
            "id": ACCOUNT_NUMBER,
            "password": secret(lazy_gettext("Uw wachtwoord. Wij bewaren alleen een code waaruit niemand het kan lezen.")),
            "fs_uniquifier": secret(lazy_gettext("Hieraan ziet uw browser of uw wachtwoord nog hetzelfde is.")),
            "link_stamp": secret(lazy_gettext("Zorgt dat een link uit onze mail maar één keer werkt.")),
        },
        mine=of_account(Account.id),
        caused=lambda person: and_(Account.id.in_(person.traces.accounts), Account.confirmed_at.is_(None)),
    ),
    Holding(
        table=account_role,
        title=lazy_gettext("Wat u op deze site mag"),
        kept=_WITH_ACCOUNT,
        fields={
            "account_id": ACCOUNT_NUMBER,
            "role_id": Field(
                lazy_gettext("Of u lerende bent, adviseur, beheerder, of bij een aanbieder werkt."), names=(Role.id, Role.name)
            ),
        },
        mine=of_account(account_role.c.account_id),
    ),
    Holding(
        table=Membership.__table__,
        title=lazy_gettext("Voor wie u werkt"),
        kept=_WITH_ACCOUNT,
        fields={
            "account_id": ACCOUNT_NUMBER,
            "organisation_id": Field(
                lazy_gettext("De aanbieder van wie u de modules mag wijzigen."), names=(Organisation.id, Organisation.name)
            ),
            "role": Field(lazy_gettext("Of u daar modules schrijft, ze online zet, of ook de mensen beheert.")),
        },
        mine=of_account(Membership.account_id),
    ),
    Holding(
        table=RevisionAuthor.__table__,
        title=lazy_gettext("Welke modules u online zette"),
        kept=_WITH_ACCOUNT,
        fields={"account_id": ACCOUNT_NUMBER, "revision_id": Field(lazy_gettext("De stap die u met een module nam."), is_number=True)},
        mine=of_account(RevisionAuthor.account_id),
    ),
    Holding(
        table=Invitation.__table__,
        title=lazy_gettext("Wie u vroeg om mee te werken"),
        kept=lazy_gettext("Tot 7 dagen na de uitnodiging."),
        fields={
            "email": Field(lazy_gettext("Daar ging de uitnodiging heen.")),
            "organisation_id": Field(lazy_gettext("De aanbieder die u vroeg."), names=(Organisation.id, Organisation.name)),
            "role": Field(lazy_gettext("Wat u daar gaat doen.")),
            "invited_by_id": Field(lazy_gettext("Wie u uitnodigde, zo lang die een account heeft."), names=(Account.id, Account.email)),
            "created_at": Field(lazy_gettext("Wanneer u de uitnodiging kreeg.")),
            "expires_at": Field(lazy_gettext("Tot wanneer de uitnodiging werkt.")),
            "accepted_at": Field(lazy_gettext("Wanneer u de uitnodiging aannam.")),
            "id": NUMBER,
            "token_hash": secret(lazy_gettext("Hieraan herkennen wij de link van uw uitnodiging.")),
        },
        mine=lambda person: Invitation.email == person.email if person.email else false(),
    ),
    Holding(
        table=JoinRequest.__table__,
        title=lazy_gettext("Uw aanvraag om als organisatie mee te doen"),
        kept=lazy_gettext("Tot 90 dagen na uw ja op onze mail. Zegt u geen ja? Dan tot 24 uur na uw vraag."),
        fields={
            "name": Field(lazy_gettext("Hoe uw organisatie heet.")),
            "kind": Field(lazy_gettext("Wat voor organisatie het is.")),
            "url": Field(lazy_gettext("Het adres van uw site.")),
            "kvk": Field(lazy_gettext("Uw KvK-nummer.")),
            "offer": Field(lazy_gettext("Wat u aanbiedt.")),
            "contact_name": Field(lazy_gettext("Hoe u heet.")),
            "email": Field(lazy_gettext("Daar sturen wij ons antwoord heen.")),
            "language": Field(lazy_gettext("De taal van de mail.")),
            "created_at": _SINCE,
            "confirmed_at": Field(lazy_gettext("Wanneer u de aanvraag bevestigde.")),
            "answer": Field(lazy_gettext("Of u mee mag doen.")),
            "answered_at": Field(lazy_gettext("Wanneer wij antwoord gaven.")),
            "organisation_id": Field(lazy_gettext("Voor welke aanbieder u mag werken."), names=(Organisation.id, Organisation.name)),
            "id": NUMBER,
            "uid": NUMBER,
            "token_hash": secret(lazy_gettext("Hieraan herkennen wij de link van uw aanvraag.")),
        },
        mine=lambda person: JoinRequest.email == person.email if person.email else false(),
        caused=lambda person: JoinRequest.id.in_(person.traces.requests),
    ),
    Holding(
        table=StoredList.__table__,
        title=lazy_gettext("Uw lijst"),
        kept=lazy_gettext("Tot u iets van de lijst haalt, of uw account wist."),
        fields={
            "items": Field(lazy_gettext("Uw modules, met de start die u koos, hoe die toen was, en uw notitie.")),
            "updated_at": Field(lazy_gettext("Wanneer uw lijst het laatst veranderde.")),
            "account_id": ACCOUNT_NUMBER,
        },
        mine=of_account(StoredList.account_id),
    ),
    Holding(
        table=StoredPassport.__table__,
        title=lazy_gettext("Uw vaardigheden"),
        kept=_WITH_ACCOUNT,
        fields={
            "content": Field(lazy_gettext("Wat u kunt, hoe goed, en welk bewijs erbij hoort.")),
            "updated_at": Field(lazy_gettext("Wanneer u dit het laatst veranderde.")),
            "account_id": ACCOUNT_NUMBER,
        },
        mine=of_account(StoredPassport.account_id),
    ),
    Holding(
        table=EvidenceFile.__table__,
        title=lazy_gettext("De bestanden van uw bewijzen"),
        kept=lazy_gettext("Tot u een bewijs weghaalt, of uw account wist. Hebt u geen account? Dan tot 24 uur na uw laatste bezoek."),
        fields={
            "content": Field(
                lazy_gettext("Het bestand zelf, of de tekst van een badge."),
                Given.IS_SET,
                lazy_gettext("Een bestand past hier niet in. U haalt het op bij Mijn vaardigheden."),
            ),
            "media_type": Field(lazy_gettext("Wat voor bestand het is.")),
            "created_at": Field(lazy_gettext("Wanneer u het bestand bracht.")),
            "expires_at": Field(lazy_gettext("Tot wanneer wij het bestand bewaren.")),
            "account_id": ACCOUNT_NUMBER,
            "id": NUMBER,
            "uid": NUMBER,
        },
        mine=lambda person: Owner(person.account_id, person.files).owns(EvidenceFile),
    ),
    Holding(
        table=SecondStep.__table__,
        title=lazy_gettext("Uw tweede stap bij het inloggen"),
        kept=lazy_gettext("Tot u de tweede stap uitzet."),
        fields={
            "account_id": ACCOUNT_NUMBER,
            "seed": secret(lazy_gettext("Hiermee controleren wij de code uit uw app.")),
            "last_used": Field(lazy_gettext("Wanneer u het laatst een code gaf. Een code werkt zo maar één keer.")),
            "created_at": Field(lazy_gettext("Wanneer u dit aanzette.")),
        },
        mine=of_account(SecondStep.account_id),
    ),
    Holding(
        table=RecoveryCode.__table__,
        title=lazy_gettext("Uw herstelcodes"),
        kept=lazy_gettext("Tot u een code gebruikt, of de tweede stap uitzet."),
        fields={"account_id": ACCOUNT_NUMBER, "code_hash": secret(lazy_gettext("Hiermee controleren wij een herstelcode."))},
        mine=of_account(RecoveryCode.account_id),
    ),
    Holding(
        table=Job.__table__,
        title=lazy_gettext("Mail die wij u sturen"),
        kept=lazy_gettext("Tot een dag nadat wij de mail verstuurden."),
        fields={
            "payload": Field(
                lazy_gettext("Uw e-mailadres en de tekst van de mail."),
                Given.IS_SET,
                lazy_gettext("De mail staat in uw mailbox. Er kan een link in staan om in te loggen."),
            ),
            "run_at": Field(lazy_gettext("Wanneer de mail mag gaan.")),
            "finished_at": Field(lazy_gettext("Wanneer de mail ging.")),
            "failed_at": Field(lazy_gettext("Wanneer wij ophielden met proberen.")),
            "error": Field(lazy_gettext("Wat er misging bij het sturen.")),
        },
        not_personal=frozenset({"id", "kind", "unique_key", "claimed_until", "claimed_by", "attempts"}),
        mine=_letters,
        caused=_letters_caused,
        files=_letter_files,
    ),
    Holding(
        table=Attempt.__table__,
        title=lazy_gettext("Hoe vaak iemand iets probeert"),
        kept=lazy_gettext("Hoogstens twee uur. Zo kan niemand uw wachtwoord raden."),
        fields={
            "key_hash": Field(
                lazy_gettext("Een code voor een e-mailadres of een internetadres."),
                Given.IS_SET,
                lazy_gettext("Aan deze code zien wij niet van wie hij is. Dus kunnen wij hem niet opzoeken."),
            ),
            "window_number": Field(lazy_gettext("In welk kwartier dat was.")),
            "count": Field(lazy_gettext("Hoe vaak het was.")),
        },
    ),
)

NOT_PERSONAL = frozenset(
    {
        *("module", "module_skill", "module_vector", "edition", "stack", "stack_step", "theme", "place", "postcode"),
        *("organisation", "hub", "hub_partner", "role", "version", "index_change", "revision", "next_version"),
        "audit_head",  # how many entries there are, and a hash
        *("feed", "feed_module", "feed_revision", "api_token"),
        *("module_count", "vain_count", "forecast"),  # how often, in numbers, and never who: docs/radar.md
        *("demand_skill", "demand_answer", "demand_step"),
        *("module_owner", "module_origin", "near_pair", "settled_pair", "merged_module"),
        *("hub_team", "hub_template", "approval"),
        *("skill", "skill_alias", "skill_collection", "skill_relation"),
        *("occupation", "occupation_alias", "occupation_group", "occupation_skill"),
    }
)
"""Tables about the catalogue: what can be learned, who offers it, and what the words mean."""
