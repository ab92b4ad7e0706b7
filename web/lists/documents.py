"""The own list, the matches and a path as documents: to print, to keep as PDF, and to share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from flask import url_for
from flask_babel import force_locale
from werkzeug.wrappers import Response

from catalogue.models import Module
from web import words
from web.browse.cards import Card
from web.documents.document import Document, Points, Section, Table, Text
from web.documents.typesetting import pdf
from web.languages import _, language, ngettext
from web.learner.match_cards import GapRow, MatchCard, MatchPage, StepLine, match_page
from web.learner.outcomes import FoundMatches
from web.learner.path_cards import PathPage, Stop, path_page
from web.learner.path_form import PathForm
from web.learner.paths import FoundPaths
from web.lists.presenters import SavedLine, saved_line
from web.lists.saved import SavedList
from web.security.address import site_address


def list_document(kept: SavedList, modules: Mapping[str, Module], today: date, *, has_notes: bool = True) -> Document:
    """The own list.

    Args:
        modules: by public id; what is no longer published is left out.
        has_notes: whether what was noted goes along.
    """
    lines = [saved_line(item, modules[item.module], today) for item in kept.items if item.module in modules]
    return Document(
        title=_("Mijn lijst met modules"),
        language=language(),
        made_on=words.day(today),
        lead=(ngettext("%(num)s module op de lijst.", "%(num)s modules op de lijst.", len(lines)),),
        sections=tuple(_saved(line, has_note=has_notes) for line in lines),
        closing=_closing([line.card for line in lines]),
    )


def matches_document(found: FoundMatches, today: date, *, is_own: bool = True) -> Document:
    """The modules that fit best.

    Args:
        is_own: for the learner: with what one can do now, how far each place is, and the hours that one has. Others do not see these.
    """
    page = match_page(found.result, found.modules, found.skills, today)
    return Document(
        title=_("Modules die bij mij passen"),
        language=language(),
        made_on=words.day(today),
        lead=_matches_lead(page, found.result.total),
        tables=(_gap_table([*page.gap, *page.gap_rest]),) if is_own and page.gap else (),
        sections=tuple(_match(card, page, is_own=is_own) for card in page.cards),
        closing=_closing([match.card for match in page.cards]),
    )


def path_document(found: FoundPaths, form: PathForm, today: date, *, is_own: bool = True) -> Document:
    """The path that is shown, first its modules and then all of it in a table; `is_own` as for matches."""
    page = path_page(found, form, today)
    return Document(
        title=_("Mijn leerroute"),
        language=language(),
        made_on=words.day(today),
        lead=tuple(text for text in (page.is_no_way and page.shortfall, page.name, page.summary, page.proof, page.left_out) if text),
        sections=tuple(stop_section(stop, is_own=is_own) for stop in page.stops),
        last_tables=(_path_table(page),) if page.stops else (),
        closing=(_("Vraag de school of er plaats is voordat u plannen maakt."), *_closing([stop.card for stop in page.stops])),
    )


def document_pdf(document: Document) -> bytes:
    """The document as a PDF/UA-1 file, all in the language of the document."""
    with force_locale(document.language):
        names = {"note_name": _("Notitie"), "contents_name": _("Wat er verder in staat")}
        other_script = _("(ander schrift)")
    return pdf("document", document.stored() | {"site": site_address(), **names}, other_script=other_script)


def pdf_answer(document: Document, name: str) -> Response:
    """The same, to look at and to keep under this name."""
    head = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return Response(document_pdf(document), content_type="application/pdf", headers=head)


def _saved(line: SavedLine, *, has_note: bool) -> Section:
    chosen = ((_("Gekozen start"), line.chosen),) if line.chosen else ()
    return card_section(line.card, facts=chosen, remarks=(line.news,) if line.news else (), note=line.note if has_note else "")


def _match(match: MatchCard, page: MatchPage, *, is_own: bool) -> Section:
    score = (
        ()
        if page.is_too_little_known
        else ((_("Score"), _("%(score)s van de 100 punten: %(fit)s", score=match.score, fit=match.score_words)),)
    )
    lacks = tuple(Text(f"{line.label} ({line.asked_words})", line.language) for line in match.missing)
    points = (
        Points(_("Dit leert u voor uw doel"), _steps(match.closes, is_own=is_own)),
        Points(_("Dit mist u nog om te beginnen"), lacks if is_own else ()),
    )
    times = tuple(text for text in (match.per_week if is_own else "", match.end) if text)
    return card_section(match.card, facts=score, points=points, remarks=times, has_distance=is_own)


def stop_section(stop: Stop, *, is_own: bool = True, reasons: tuple[Points, ...] = ()) -> Section:
    """A module of a path, after the reasons why it was chosen."""
    facts = ((_("Wanneer"), _("%(start)s tot %(end)s", start=stop.start, end=stop.end)),)
    points = (
        *reasons,
        Points(_("Dit leert u voor uw doel"), _steps(stop.closes, is_own=is_own)),
        Points(_("Dit hebt u nodig voor een latere module"), tuple(Text(label, code) for label, code in stop.opens)),
    )
    beside = _("Deze module gaat vooral over iets anders dan uw doel.") if stop.is_beside else ""
    remarks = (*filter(None, [beside, stop.proposal]), *((words.capitalised(stop.per_week),) if stop.per_week and is_own else ()))
    return card_section(stop.card, facts=facts, points=points, remarks=remarks, has_distance=is_own)


def card_section(
    card: Card,
    *,
    facts: tuple[tuple[str, str], ...] = (),
    points: tuple[Points, ...] = (),
    remarks: tuple[str, ...] = (),
    note: str = "",
    has_distance: bool = True,
) -> Section:
    """A module, with what a list or an advice says of it."""
    place = ", ".join(text for text in (card.place, card.distance if has_distance else "") if text)
    known = ((_("Niveau"), card.level), (_("Start"), card.start), (_("Waar"), place), (_("Tijd"), card.hours), (_("Prijs"), card.price))
    return Section(
        heading=Text(card.title, "" if card.language == language() else card.language),
        address=url_for("browse.module", slug=card.slug),
        by=f"{card.provider} · {card.kind}" + (" (" + _("voorbeeld") + ")" if card.is_example else ""),
        facts=(*facts, *((name, value) for name, value in known if value)),
        points=tuple(group for group in points if group.lines),
        remarks=remarks,
        note=note,
    )


def _steps(steps: Sequence[StepLine], *, is_own: bool) -> tuple[Text, ...]:
    """What is learned: for the learner with where one begins, for others only how far it goes."""
    told = [(step, f": {step.text}" if is_own else f" ({words.SKILL_LEVELS[step.to_level]})") for step in steps]
    return tuple(Text(f"{step.label}{text}", "" if step.language == language() else step.language) for step, text in told)


def _matches_lead(page: MatchPage, total: int) -> tuple[str, ...]:
    shown = len(page.cards)
    if shown >= total:
        return (page.heading,)
    return (page.heading, ngettext("Dit is de eerste.", "Dit zijn de eerste %(num)s.", shown))


def _gap_table(rows: Sequence[GapRow]) -> Table:
    return Table(
        name=_("Wat u nog mist voor uw doel"),
        head=(_("Vaardigheid"), _("Nu"), _("Nodig")),
        rows=tuple((Text(row.label, row.language), Text(row.held_words), Text(row.goal_words)) for row in rows),
    )


def _path_table(page: PathPage) -> Table:
    return Table(
        name=_("Uw route in een tabel"),
        head=(_("Module"), _("Start"), _("Klaar"), _("Tijd"), _("Prijs")),
        rows=tuple(
            (Text(stop.card.title, stop.card.language), Text(stop.start), Text(stop.end), Text(stop.card.hours), Text(stop.card.price))
            for stop in page.stops
        ),
        foot=(_("Samen"), page.begin, page.finish, page.hours, page.price),
    )


def _closing(cards: Sequence[Card]) -> tuple[str, ...]:
    example = (_("Dit zijn voorbeelden. De scholen bestaan echt, de modules zijn verzonnen. U kunt zich er niet voor aanmelden."),)
    return (*(example if any(card.is_example for card in cards) else ()), _("Dit is een advies. U kiest zelf."))
