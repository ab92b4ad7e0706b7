"""The way to every page of the site: what to ask for, and who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from flask import Flask
from flask.testing import FlaskClient

from catalogue.models import stable_uid
from tests.accounts import PASSWORD, add_account, command, letters_to, link_in, session_token, sign_in
from tests.central import CENTRAL, central_team_at_work
from tests.counts import busy, figures_of, with_forecasts
from tests.demands import asked, press, ticked
from tests.e2e.dossier_pages import by_clients, own_dossiers
from tests.editing import FACTS, made, publish
from tests.feeds import feeds_in_all_states, sources
from tests.guided import walk
from tests.integration.test_removing import taken_over
from tests.integration.test_upload import CSV, OTHER_NAMES, brought
from tests.joining import ask, asked_and_confirmed, look_at
from tests.joint import changed_origin, doubles, joint, made_together, pairs_side_by_side
from tests.lists import save
from tests.members import add_member, invited, people, signed_in_member
from tests.page_table import MODULE, PAGES
from tests.pages import get, post
from tests.passports import badge, certificate, confirm, exported
from tests.second_step import switch_on
from tests.sharing import make
from web.accounts.models import MemberRole

NO_PAGES = (
    *("static", "addresses.", "browse.to_provider", "browse.badge_file", "radar.table", "figures.table", "dcat.", "health.", "security."),
    *("api", "ooapi_", "presentation.", "feeds.", "site.ranking_record", "site.theme_css", "demands.as_csv", "privacy.download"),
    *("lists.agenda", "lists.path_agenda", "lists.list_pdf", "lists.matches_pdf", "lists.path_pdf", "shares.read_pdf"),
    *("advisor.report_pdf", "client.report_pdf"),
    *("passport.piece_file", "passport.as_json", "passport.schema", "passport.as_pdf", "uploads.own_file", "uploads.template_file"),
    *("advisor.fetch_file", "client.fetch_file"),
)
"""Beginnings of the endpoints that answer files, data or a redirect."""

FOR_A_MEMBER = {
    "learner.skills": "/profiel/vaardigheden",
    "learner.goal_meant": "/profiel/doel/bedoelt-u-ook",
    "learner.check": "/profiel/controle",
    "learner.matches": "/matches",
    "learner.path": "/leerroute",
    "a path after a wish gave way": "/leerroute?terug=hours_per_week%3D1%3Broute_eur%3D50",
    "scenarios.side_by_side": "/profiel/wat-als",
    "other wishes with a mistake": "/profiel/wat-als?budget_eur=veel",
    "accounts.overview": "/account",
    "accounts.change_password": "/account/wachtwoord",
    "accounts.delete": "/account/wissen",
    "second_step.overview": "/account/tweede-stap",
    "second_step.switch_on": "/account/tweede-stap/aan",
    "what we keep of a member": "/uw-gegevens/bekijk",
    "what a member can do": "/uw-gegevens",
    "following.profile": "/volgen/antwoorden",
    "following.overview": "/volgen/overzicht",
    "a list with a module": "/lijst",
    "shares.new": "/delen/lijst",
    "a passport with skills": "/mijn-vaardigheden",
    "passport.choose_shared": "/mijn-vaardigheden/delen",
    "a part of the passport to share": "/delen/vaardigheden",
    "what was shared": "/delen",
    "hub.start": "/hub",
    "editor.new": "/hub/modules/nieuw",
    "people.overview": people("curio"),
    "an organisation without people": people("saxion"),
    "join_requests.overview": "/hub/aanvragen",
    "tokens.overview": "/hub/organisaties/curio/sleutels",
    "sources.overview": sources("curio"),
    "feeds in all states": sources("saxion"),
    "figures.overview": figures_of("curio"),
    "the radar with something to see": "/radar",
    "sources.edit": f"{sources('saxion')}/2",
    "sources.changes": f"{sources('saxion')}/5/wijzigingen",
    "advisor.start": "/adviseur",
    "dossiers with a task to do": "/adviseur?toon=due",
    "dossiers that ask for attention": "/adviseur?naam=sam&let-op=no-report&let-op=no-intake",
    "advisor.team": "/adviseur/cijfers",
    "advisor.card": "/adviseur/kaartje",
    "advisor.new": "/adviseur/nieuw",
    "advisor.paper": "/adviseur/toestemming-op-papier",
    "client.own": "/dossier",
    "demands.own": "/leervragen/van-u",
    "demands.new": "/leervragen/nieuw",
}
"""Pages that show something only to who has signed in, may do everything, and has answered the questions."""

BOOKS = "Boeken binden\n\nJe leert met de hand een boek binden, van vel tot band."
"""A module that no other test looks for."""

FILE_PAGE = "/hub/organisaties/curio/bestand"
EDITOR_PARTS = {
    "text": "tekst",
    "facts": "niveau",
    "badge": "badge",
    "skills": "vaardigheden",
    "entry": "instap",
    "runs": "uitvoeringen",
    "run": "uitvoeringen/nieuw",
    "series": "uitvoeringen/reeks",
    "preview": "voorbeeld",
    "versions": "versies",
    "exchange": "uitwisseling",
    "together": "samen",
}
"""Where each part of the editor of a module is, below its first page."""

FOR_THE_CAREFUL = {
    "the second step when it is on": "/account/tweede-stap",
    "second_step.switch_off": "/account/tweede-stap/uit",
    "second_step.recovery_codes": "/account/tweede-stap/herstelcodes",
}
"""Pages for who has a second step."""

HALFWAY = {"second_step.ask": "/inloggen/code"}
"""Pages between the password and the code."""

FOR_ANYONE = {
    **{endpoint: path for endpoint, path in PAGES.items() if endpoint not in FOR_A_MEMBER},
    "api_docs.docs": "/api/v1/docs",
    "demands.demand": f"/leervragen/{stable_uid('demand', 'circulair-slopen-tilburg')}",
    "demands that are not there": "/leervragen?region=Zeeland&status=closed",
    "a map of the whole country": "/kaart",
    "a map with nothing on it": "/kaart?q=warmtepomp&near=Breda&radius_km=1&place=groningen&max_price_eur=1",
    "a search without results": "/modules?q=bestaatechtniet&level=wo-master",
    "a search with mistakes": "/modules?max_price_eur=veel&near=Nergenshuizen",
    "a page that is not there": "/bestaat-niet",
    "a link that is over": "/inloggen/over",
    "a request to join that is over": "/aanbieder-worden/over",
    "an invitation that is over": "/uitnodiging/over",
    "a client's link that is over": "/dossier/over",
    "a method that is not allowed": "/uitloggen",
}
STATUSES = {
    "a page that is not there": 404,
    "a link that is over": 410,
    "an invitation that is over": 410,
    "a request to join that is over": 410,
    "a client's link that is over": 410,
    "a dossier whose consent is over": 410,
    "a method that is not allowed": 405,
}
"""What a page answers where that is not 200; the browser's console then says so too."""


class Who(StrEnum):
    """Who asks."""

    GUEST = "guest"
    MEMBER = "member"
    CAREFUL = "careful"
    HALFWAY = "halfway"


@dataclass(frozen=True, slots=True)
class Stop:
    """A page to visit."""

    name: str
    path: str
    who: Who

    @property
    def status(self) -> int:
        """What it must answer."""
        return STATUSES.get(self.name, 200)


def by_letter(app: Flask) -> dict[str, str]:
    """Pages to which a link in a letter leads, or one that was shared; each is fresh, and stays good until its form is sent."""
    client = app.test_client()
    use_link = link_in(command(app, "accounts", "add", "nieuw@example.org", "--role", "hub"))
    post(client, "/account-maken", email="kandidaat@example.org")
    add_account(app, "vergeten@example.org")
    post(client, "/wachtwoord-vergeten", email="vergeten@example.org")
    post(client, "/volgen?q=warmtepomp", email="volger@example.org")
    run = f"/volgen/start/{get(client, f'/modules/{MODULE}').all('button', name='uitvoering')[0].get('value')}"
    post(client, run, email="cursist@example.org")
    save(client)
    shared, end = make(client)
    manager = signed_in_member(app, "chef@example.org", "curio", MemberRole.MANAGER)
    return {
        **by_clients(app),
        "invitations.accept": invited(app, manager, "curio", "gevraagd@example.org", "publisher"),
        "joining.own": ask(app, client, email="wilma@example.org"),
        "a request to join that waits": asked_and_confirmed(app, client, email="wilma@example.org", name="Wilma Leert"),
        "shares.read": shared,
        "shares.end_by_link": end,
        "accounts.use_link": use_link,
        "accounts.confirm_address": link_in(letters_to(app, "kandidaat@example.org")[-1].get_content()),
        "accounts.reset_password": link_in(letters_to(app, "vergeten@example.org")[-1].get_content()),
        "following.alert": link_in(letters_to(app, "volger@example.org")[-1].get_content()),
        "following.start": run,
        "mail about a start": link_in(letters_to(app, "cursist@example.org")[-1].get_content()),
    }


def all_changed(client: FlaskClient) -> bytes:
    """The file of an organisation's own modules, each with another title."""
    return client.get("/hub/organisaties/curio/modules.jsonl").get_data().replace(b'"title": "', b'"title": "Nieuw: ')


def module_in_the_editor(app: Flask, client: FlaskClient) -> dict[str, str]:
    """A module that is online with a next version, and all pages of its editor; `client` is of an administrator."""
    address = made(client, BOOKS)
    run = {"start": "fixed", "on": "8-2-2027", "format": "on-site", "near": "Breda", "price": "gratis", "capacity": "12"}
    post(client, f"{address}/uitvoeringen/nieuw", **run)
    publish(client, address)
    post(client, f"{address}/niveau", **FACTS)
    publish(client, address)
    post(client, f"{address}/niveau", **FACTS | {"level": "mbo-4"})
    made_together(client, address)
    template, waiting, back = central_team_at_work(app, client)
    own_pair, other_pair = pairs_side_by_side(app, client)
    return {
        "editor.overview_page": address,
        "central.overview": CENTRAL,
        "central.template": template,
        "central.look": waiting,
        "a module that was sent back": back,
        "double.overview": doubles(own_pair),
        "double.side_by_side": own_pair,
        "a pair with another organisation": other_pair,
        "an organisation without pairs": "/hub/organisaties/saxion/dubbel",
        "adopting.adopt": f"/hub/overnemen/{MODULE}",
        "editor.origin": f"{changed_origin(client)}/herkomst",
        "joint.overview_page": joint("avans"),
        "an organisation that nobody asked": joint("saxion"),
        "a module that is not online yet": (draft := made(client, BOOKS)),
        "editor.remove": f"{draft}/weg",
        **{f"editor.{name}": f"{address}/{part}" for name, part in EDITOR_PARTS.items()},
        "skills that were looked up": f"{address}/vaardigheden?zoek=solderen",
        "a run that exists": f"{address}/uitvoeringen/0",
        "the days of a series": f"{address}/uitvoeringen/reeks?van=0&every=1&unit=months&times=3",
        "uploads.take_back": taken_over(client, CSV.replace("M1", "M8").replace("M2", "M9"), FILE_PAGE),
        "uploads.upload": FILE_PAGE,
        "uploads.details": f"{brought(client, all_changed(client), 'curio.jsonl', FILE_PAGE).location}/gewijzigd",
        "modules that are not in a file": f"{brought(client, CSV, page=FILE_PAGE).location}/niet-in-het-bestand",
        "modules that are new in a file": f"{brought(client, CSV, page=FILE_PAGE).location}/nieuw",
        "uploads.look": str(brought(client, CSV, page=FILE_PAGE).location),
        "uploads.columns": str(brought(client, OTHER_NAMES, page=FILE_PAGE).location),
        "a file that is refused": str(brought(client, CSV.replace("95", "veel"), page=FILE_PAGE).location),
    }


def requests_to_join(app: Flask, client: FlaskClient) -> dict[str, str]:
    """A request that looks like an organisation that is there, and one that was answered; `client` is of an administrator."""
    asked_and_confirmed(app, app.test_client(), name="ROC Curio", email="rik@example.org")
    asked_and_confirmed(app, app.test_client(), name="Boekbinderij Goud op Snee", email="bo@example.org")
    waiting, answered = look_at(client, "ROC Curio"), look_at(client, "Boekbinderij Goud op Snee")
    post(client, answered, answer="nee", reason="Dit zijn geen opleidingen.")
    return {"join_requests.look": waiting, "a request to join that was answered": answered}


def own_demand(client: FlaskClient) -> dict[str, str]:
    """A demand of who signed in, at each of its pages, and one that is online; nobody else's lists change by them."""
    draft, shown = asked(client, title="Boekbinder"), asked(client, title="Boekbinder met goud")
    ticked(client, draft)
    ticked(client, shown)
    press(client, f"{shown}/stap", naar="open")
    press(client, f"{shown}/stap", naar="withdrawn")
    return {
        "demands.question": f"{draft}/vraag",
        "demands.skills": f"{draft}/vaardigheden",
        "demands.limits": f"{draft}/grenzen",
        "skills for a demand that were looked up": f"{draft}/vaardigheden?zoek=solderen",
        "one's own demand": draft,
        "a demand that was withdrawn": shown,
        "a demand to answer": FOR_ANYONE["demands.demand"],
    }


def member(app: Flask) -> str:
    """Makes somebody who may see everything and has answered all questions; returns what their browser holds."""
    client = app.test_client()
    feeds_in_all_states(app, "saxion")
    busy(app)
    with_forecasts(app)
    sign_in(client, add_account(app, "lid@example.org", "admin"))
    post(client, "/profiel/doel/eigen-woorden", text="betere grond onder het gras van mijn boerderij")
    walk(client)
    post(client, "/volgen?q=warmtepomp", email="lid@example.org")
    save(client)
    make(client)
    confirm(client, badge(client))
    certificate(client)
    post(client, "/mijn-vaardigheden/delen", bij=exported(client)["skills"][0]["id"])
    return session_token(client)


def tokens(app: Flask) -> dict[Who, str]:
    """What the browser of each of them holds; "" is nothing."""
    signed_in, waiting = careful(app)
    return {Who.GUEST: "", Who.MEMBER: member(app), Who.CAREFUL: signed_in, Who.HALFWAY: waiting}


def careful(app: Flask) -> tuple[str, str]:
    """Makes somebody with a second step; what a browser holds in which they are signed in, and one that still waits for the code."""
    client, other = app.test_client(), app.test_client()
    sign_in(client, add_account(app, "zeker@example.org"))
    switch_on(app, client)
    post(other, "/inloggen", email="zeker@example.org", password=PASSWORD, how="password")
    return session_token(client), session_token(other)


def of_member(app: Flask, token: str) -> dict[str, str]:
    """Pages of the member whose address nobody knows beforehand."""
    client = app.test_client()
    client.set_cookie("leerwijzer", token)
    for role in MemberRole:
        add_member(app, f"{role}@example.org", "curio", role)
    return {
        "an invitation for somebody else": invited(app, client, "curio", "ander@example.org"),
        "passport.piece": f"/mijn-vaardigheden/bewijs/{exported(client)['evidence'][-1]['id']}",
        **requests_to_join(app, client),
        **module_in_the_editor(app, client),
        **own_demand(client),
        **own_dossiers(app, client),
    }


def stops(letters: Mapping[str, str], own: Mapping[str, str]) -> list[Stop]:
    """Every page once, with who asks for it; member pages last."""
    ways = [(FOR_ANYONE, Who.GUEST), (letters, Who.GUEST), ({**FOR_A_MEMBER, **own}, Who.MEMBER)]
    ways += [(FOR_THE_CAREFUL, Who.CAREFUL), (HALFWAY, Who.HALFWAY)]
    return [Stop(name, path, who) for paths, who in ways for name, path in paths.items()]


def pages_of(app: Flask) -> set[str]:
    """The endpoints of all routes that show a page."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and (not rule.endpoint.startswith(NO_PAGES) or rule.endpoint == "api_docs.docs")
    }
