"""Pages of dossiers, for advisors and for their clients."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask
from flask.testing import FlaskClient

from tests.dossiers import advisor, agree, bring, claimed, fill, listed, numbers_in, opened, skills_with_modules
from tests.dossiers import press as send
from tests.guidance import WISHES, give_goal, links_to, proposed
from tests.intake import intake_pages, tell
from tests.pages import get
from tests.reports import guided, make_report


def by_clients(app: Flask) -> dict[str, str]:
    """Pages of clients who have only a link: one who is asked, one who agreed, and one who stopped."""
    helper, client = advisor(app, "adviseur.van.gasten@example.org"), app.test_client()
    agreed, stopped = opened(helper), opened(helper)
    private, left = agree(client, agreed.link), agree(client, stopped.link)
    fill(helper, agreed.page)
    guided(app, agreed)
    make_report(helper, agreed)
    send(client, f"{left}/trek-in")
    listed(app, helper, agreed.page)
    [skill] = skills_with_modules(app, 1)
    claimed(client, private, skill)
    bring(client, private)
    send(helper, f"{agreed.page}/langer", until="2028-01-01", how="online")
    return {
        "client.claims": f"{private}/eerder-geleerd",
        "client.claim": f"{private}/eerder-geleerd/{skill}",
        "client.files": f"{private}/bestanden",
        "client.answers": f"{private}/antwoorden",
        "client.give_answers": f"{private}/antwoorden/geef",
        "client.take_answers": f"{private}/antwoorden/neem-mee",
        "client.choices": f"{private}/lijst",
        "client.compare": beside(client, private),
        "client.look": opened(helper).link,
        "a client's own dossier": private,
        "a dossier that a client ended": left,
        "client.report": f"{private}/verslag",
        "client.report_version": f"{private}/verslag/1",
    }


def own_dossiers(app: Flask, client: FlaskClient) -> dict[str, str]:
    """Dossiers of an advisor in every state, and each page of one; `client` is of an administrator, who may have dossiers too."""
    made, closed, over = opened(client, how="paper"), opened(client, how="paper", client_name="Noor"), opened(client, how="paper")
    fill(client, made.page)
    tell(client, made)
    fill(client, closed.page)
    listed(app, client, made.page)
    listed(app, client, closed.page)
    guided(app, made)
    for language in ("nl", "en"):
        make_report(client, made, language=language)
    skill, another = skills_with_modules(app, 2)
    claimed(client, made.page, skill, year="2011", proof="course", level="4", text="")
    claimed(client, made.page, skill, level="4", proof="reference")
    claimed(client, closed.page, skill)
    bring(client, made.page)
    send(client, f"{closed.page}/stand", naar="closed")
    send(app.test_client(), f"{over.link}/trek-in")
    return {
        "advisor.dossier": made.page,
        "advisor.story": f"{made.page}/doel",
        "advisor.note": f"{made.page}/notitie",
        "advisor.task": f"{made.page}/taak",
        "advisor.to_colleague": f"{made.page}/overdragen",
        "advisor.choices": f"{made.page}/lijst",
        "advisor.compare": beside(client, made.page),
        "modules that were found for a dossier": f"{made.page}/lijst?zoek=warmtepomp",
        "the list of a dossier that is closed": f"{closed.page}/lijst",
        "advisor.edit_note": f"{made.page}/notities/{numbers_in(app, made)[0]}",
        "advisor.longer": f"{made.page}/langer",
        "advisor.files": f"{made.page}/bestanden",
        "a dossier without files": f"{closed.page}/bestanden",
        "advisor.claims": f"{made.page}/eerder-geleerd?zoek=solderen",
        "advisor.claim": f"{made.page}/eerder-geleerd/{skill}",
        "a skill that was not claimed yet": f"{made.page}/eerder-geleerd/{another}",
        "a claim in a dossier that is closed": f"{closed.page}/eerder-geleerd/{skill}",
        **intake_pages(made),
        **guided_dossier(app, client),
        "advisor.report": f"{made.page}/verslag",
        "advisor.report_version": f"{made.page}/verslag/1",
        "a report in English": f"{made.page}/verslag/2",
        "a dossier without a report": f"{closed.page}/verslag",
        "a dossier that waits for consent": opened(client, client_name="Fatima").page,
        "a dossier that is closed": closed.page,
        "a dossier whose consent is over": over.page,
    }


def beside(client: FlaskClient, dossier: str) -> str:
    """All modules of the shared list side by side."""
    slugs = [box.get("value") or "" for box in get(client, f"{dossier}/lijst").all("input", form="vergelijk")]
    return f"{dossier}/vergelijk?{urlencode([('m', slug) for slug in slugs[:4]])}"


def guided_dossier(app: Flask, client: FlaskClient) -> dict[str, str]:
    """A dossier with a goal in which something was decided, and each page of its matching."""
    made, narrow, nothing = (opened(client, how="paper", client_name=name) for name in ("Mila", "Bram", "Anna"))
    give_goal(app, made)
    give_goal(app, narrow, **WISHES)
    pinned, listed, unwanted, other = proposed(client, made)[:4]
    for step, uid in ({"stap": "pinned"}, pinned), ({"stap": "put-on-list"}, listed), ({"reden": "dear"}, unwanted):
        send(client, f"{made.page}/keuze", module=uid, **step)
    first = next(link for link in links_to(client, f"{made.page}/leerroute") if link.endswith("/vervang"))
    return {
        "advisor.matches": f"{made.page}/matches",
        "advisor.modules": f"{made.page}/modules?q=warmtepomp",
        "advisor.module": f"{made.page}/modules/{other}",
        "a module in a dossier that does not fit": f"{made.page}/modules/{unwanted}",
        "advisor.reject": f"{made.page}/modules/{other}/past-niet",
        "advisor.what_if": f"{narrow.page}/wat-als",
        "advisor.path": f"{made.page}/leerroute",
        "advisor.replace": first,
        "few matches in a dossier": f"{narrow.page}/matches",
        "a dossier without a goal": f"{nothing.page}/matches",
    }
