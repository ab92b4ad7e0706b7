"""What is new for alerts, and the letters about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from catalogue.models import Module
from catalogue.modules import facet_labels, modules_by_id, saved_modules, titles_of
from catalogue.places import asked_place
from catalogue.search.answering import MOST_NEW
from catalogue.starts import Start
from catalogue.vocabulary import Status
from matching.profiles.profile import LearnerProfile
from web.accounts.alert_model import Alert, Followed
from web.accounts.letters import Letter, send
from web.browse.addresses import address_of
from web.browse.cards import card
from web.browse.forms import SearchForm, search_form
from web.browse.search_page import chosen_filters
from web.following.alerts import due, looked, stop, token_of
from web.languages import _, ngettext
from web.learner.answers import Answers
from web.learner.profile import learner_profile
from web.lists.presenters import chosen_edition, named_start, start_news
from web.lists.saved import SavedItem
from web.security.address import site_address
from web.wiring import Services, services

MOST_NAMED = 10
"""Of more new modules the mail names so many, and leads to the others."""
MOST_STARTS = 3
"""Of a start that is gone the mail names so many others."""
FITS_WITHIN = 50
"""A new module fits a profile when it is among the best so many."""
AT_ONCE = 100
"""Alerts looked at in one transaction."""


def send_news(session: Session, parts: Services, now: datetime) -> int:
    """Mails what is new to alerts whose pause is over; returns how many were looked at, at most AT_ONCE."""
    waiting = due(session, now, AT_ONCE)
    fresh = dict(_new_for_searches(session, parts, waiting)) | _new_for_profiles(session, parts, waiting)
    for alert in waiting:
        if module_ids := fresh.get(alert.id):
            with force_locale(alert.language):
                send(session, alert.email, news_letter(session, parts, alert, module_ids), now, unsubscribe=stop_address(alert))
        looked(alert, now)
        if alert.followed == Followed.START:
            tell_of_start(session, parts, alert, now)
    return len(waiting)


def confirm_letter(session: Session, alert: Alert) -> Letter:
    """Asks whether the owner of the address wants this mail."""
    what = description(session, alert)
    is_start = alert.followed == Followed.START
    return Letter(
        _("Wilt u deze mail?"),
        _("Iemand vroeg op Leerwijzer om mail over: %(what)s.", what=what)
        if is_start
        else _("Iemand vroeg op Leerwijzer om elke week mail over: %(what)s.", what=what),
        _("Wilt u dat? Bevestig het dan met deze link:"),
        page_address(alert),
        _("Vroeg u hier niet om? Dan hoeft u niets te doen. Na 24 uur wissen wij deze vraag."),
    )


def news_letter(session: Session, parts: Services, alert: Alert, module_ids: Sequence[int]) -> Letter:
    """What is new: at most MOST_NAMED modules, each with what decides."""
    found = modules_by_id(session, module_ids[:MOST_NAMED])
    named = [_lines(found[key], parts) for key in module_ids if key in found]
    more = len(module_ids) - len(named)
    rest = (
        (ngettext("En nog %(num)s nieuwe module. U ziet alles hier:", "En nog %(num)s nieuwe modules. U ziet alles hier:", more),)
        if more
        else (_("U ziet alles hier:"),)
    )
    return Letter(
        ngettext("%(num)s nieuwe module voor u", "%(num)s nieuwe modules voor u", len(module_ids)),
        _("Dit is nieuw sinds de vorige mail, over: %(what)s.", what=description(session, alert)),
        *named,
        *rest,
        site_address() + way_on(session, alert),
        _("Wilt u deze mail niet meer? Stop met één klik:"),
        page_address(alert),
    )


def tell_of_start(session: Session, parts: Services, alert: Alert, now: datetime) -> None:
    """Mails what became of a chosen start; one that is gone or has begun is followed no more."""
    item, today = SavedItem(**alert.wish), parts.today()
    module = saved_modules(session, [item.module]).get(item.module)
    chosen = chosen_edition(item, module) if module else None
    with force_locale(alert.language):
        if news := start_news(item, chosen, today) if module else _("Deze module staat niet meer op de site."):
            send(session, alert.email, _start_letter(session, alert, module, news, today), now, unsubscribe=stop_address(alert))
    if chosen is None or not chosen.start.is_open(today):
        stop(session, alert)
    else:
        alert.wish = {**alert.wish, "start": str(chosen.start)}


def _start_letter(session: Session, alert: Alert, module: Module | None, news: str, today: date) -> Letter:
    """What became of a start, and where one chooses another."""
    item = SavedItem(**alert.wish)
    onward = address_of("browse.module", MultiDict(), slug=module.slug) if module else address_of("browse.search", MultiDict())
    return Letter(
        _("Uw start is veranderd: %(title)s", title=_title(session, alert)),
        news,
        *_others(module, item, today),
        _("Kijk of dit u nog past, of kies een andere start:") if module else _("Zoek een andere module:"),
        site_address() + onward,
        _("Wilt u deze mail niet meer? Stop met één klik:"),
        page_address(alert),
    )


def _others(module: Module | None, item: SavedItem, today: date) -> list[str]:
    """When else one can begin, where the start that was chosen is gone."""
    if module is None or chosen_edition(item, module):
        return []
    starts = sorted((one.start for one in module.editions if one.start.is_open(today)), key=lambda one: one.next_start(today) or date.max)
    named = list(dict.fromkeys(named_start(one, today) for one in starts))[:MOST_STARTS]
    return [_("U kunt ook dan beginnen: %(starts)s.", starts="; ".join(named))] if named else [_("Er is nu geen andere start.")]


def _title(session: Session, alert: Alert) -> str:
    uid = alert.wish["module"]
    return titles_of(session, [uid]).get(uid, ("", ""))[0]


def description(session: Session, alert: Alert) -> str:
    """What is followed, in the reader's words."""
    if alert.followed == Followed.PROFILE:
        return _("modules die bij uw antwoorden passen")
    if alert.followed == Followed.START:
        title, start = _title(session, alert), named_start(Start.parse(alert.wish["start"]), services().today())
        return _("uw start bij %(title)s: %(start)s", title=title, start=start)
    form = followed_search(session, alert)
    labels = [label for label, _without in chosen_filters(form, form.parameters(), facet_labels(session, alert.language))]
    asked = [f"“{form.q.data}”"] if form.q.data else []
    return ", ".join([*asked, *labels]) or _("alle modules")


def followed_search(session: Session, alert: Alert) -> SearchForm:
    """The search of an alert as its form."""
    return search_form(MultiDict(alert.wish), partial(asked_place, session))


def page_address(alert: Alert) -> str:
    """Where its owner confirms or stops it."""
    return site_address() + current_app.url_map.bind("").build("following.alert", {"token": token_of(alert)})


def stop_address(alert: Alert) -> str:
    """Where a mail program stops it with one click (RFC 8058)."""
    return site_address() + current_app.url_map.bind("").build("following.stop", {"token": token_of(alert)})


def way_on(session: Session, alert: Alert) -> str:
    """The page that shows all that is followed, as a path."""
    if alert.followed == Followed.PROFILE:
        return address_of("learner.matches", MultiDict())
    if alert.followed == Followed.START:
        return address_of("lists.overview", MultiDict())
    return address_of("browse.search", followed_search(session, alert).parameters())


def _lines(module: Module, parts: Services) -> str:
    """A module in a letter of plain text."""
    shown = card(module, parts.today())
    facts = ", ".join(filter(None, [shown.level, shown.hours, shown.price, shown.place, shown.start]))
    return f"{shown.title}\n{shown.provider}: {facts}\n{site_address()}{address_of('browse.module', MultiDict(), slug=shown.slug)}"


def _new_for_searches(session: Session, parts: Services, alerts: Sequence[Alert]) -> Iterator[tuple[int, list[int]]]:
    for alert in alerts:
        if alert.followed == Followed.SEARCH and alert.looked_until is not None:
            query = followed_search(session, alert).query(parts.today(), 1)
            yield alert.id, parts.module_search.newest(query, alert.looked_until, MOST_NEW)


def _new_for_profiles(session: Session, parts: Services, alerts: Sequence[Alert]) -> dict[int, list[int]]:
    """For all profiles in one pass: the new modules among the best."""
    followed = [alert for alert in alerts if alert.followed == Followed.PROFILE and alert.looked_until is not None]
    if not followed:
        return {}
    profiles = [_profile(session, alert) for alert in followed]
    ranked = parts.matcher.rank_many(profiles, parts.today(), FITS_WITHIN)
    candidates = {one.module_id for best in ranked for one in best}
    since = select(Module.id, Module.published_at).where(Module.id.in_(candidates), Module.status == Status.PUBLISHED)
    published = dict(session.execute(since).all())
    return {
        alert.id: [one.module_id for one in best if _is_after(published.get(one.module_id), alert.looked_until)]
        for alert, best in zip(followed, ranked, strict=True)
    }


def _profile(session: Session, alert: Alert) -> LearnerProfile:
    with force_locale(alert.language):  # it is also a language for lessons
        return learner_profile(session, Answers.from_stored(alert.wish))


def _is_after(published: datetime | None, moment: datetime | None) -> bool:
    return published is not None and moment is not None and published > moment
