"""Routes of the list of modules that advisor and client share. Each is there twice: behind the advisor's door and behind the client's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, render_template, request

from catalogue.modules import modules_by_id, saved_modules, titles_of
from web.advisor.client_views import bp as client_bp
from web.advisor.doors import READABLE, WRITABLE, Opened
from web.advisor.forms import ChoiceForm
from web.advisor.guidance_model import Verdict
from web.advisor.intake.talk import answers_of
from web.advisor.matching.profile import dossier_profile
from web.advisor.matching.runs import runs_of
from web.advisor.people import names
from web.advisor.together.choice_page import MOST_CHANGES, ChoicesPage, FoundLine, Known, Typed, grouped
from web.advisor.together.choices import ChangedMeanwhile, ListFull, choice_of, choose, drop_choice
from web.advisor.together.sides import Answer, Side, both_sides
from web.button import ButtonForm
from web.fields import clean
from web.languages import _, ngettext
from web.learner.outcomes import modules_named
from web.lists.compare import MOST_COMPARED, Addresses, side_by_side, to_compare
from web.lists.keeping import own_list
from web.wiring import services

FOUND = 8


@both_sides("/lijst")
def choices(side: Side) -> Answer:
    """The list, with who changed what; and modules by name, to put on it."""
    typed = clean(request.args.get("zoek"))
    found = modules_named(typed, FOUND)  # before the door, behind which everybody else who writes has to wait
    with side.door("choices", READABLE) as opened:
        page = _page(side, opened, searched=typed, found=found)
    return render_template("advisor/choices.html", page=page, form=ButtonForm())


@both_sides("/vergelijk")
def compare(side: Side) -> Answer:
    """Two to four modules side by side, by the goal and the wishes in the dossier."""
    with side.door("choices", READABLE) as opened:
        modules = to_compare(opened.session, request.args.getlist("m"))
        if not 2 <= len(modules) <= MOST_COMPARED:
            flash(_("Zet bij twee, drie of vier modules een vinkje."), "refused")
            return side.back("choices")
        addresses = Addresses(side.module, lambda left: side.address("compare", m=left))
        profile = replace(dossier_profile(opened.session, opened.dossier), rejected=frozenset())
        page = side_by_side(opened.session, modules, profile, addresses, has_goal=answers_of(opened.dossier).has_goal)
    return render_template("advisor/compare.html", page=page, is_client=side.is_client, list_address=side.address("choices"))


@both_sides("/lijst/<module>", methods=["POST"])
def change_choice(side: Side, module: str) -> Answer:
    """Puts a module on the list, or changes what is said of it."""
    form = ChoiceForm()
    with side.door("choices") as opened:
        typed = _changed(opened, module, form)
        page = _page(side, opened, typed=typed) if typed else None
    if page is None:
        return side.back("choices", _anchor=f"module-{module}" if form.is_kept else None)
    return render_template("advisor/choices.html", page=page, form=ButtonForm())


@both_sides("/lijst/<module>/haal-weg", methods=["POST"])
def remove_choice(side: Side, module: str) -> Answer:
    """Takes a module off the list, unless somebody else changed it meanwhile."""
    with side.door("choices") as opened:
        try:
            seen = request.form.get("seen", type=int)
            if ButtonForm().validate_on_submit() and drop_choice(opened.dossier, module, opened.actor, opened.now, seen):
                opened.noted("unlisted", "choices")
                flash(_("De module is van de lijst."))
        except ChangedMeanwhile:
            flash(_("Iemand anders veranderde deze module intussen. Kijk eerst wat er nu staat."), "refused")
    return side.back("choices")


@client_bp.post("/<key>/lijst-van-mij")
def take_own_list(key: str) -> Answer:
    """Puts what the client kept on the shared list; notes stay the client's own."""
    side, kept = Side(is_client=True, key=key), own_list()
    with side.door("choices") as opened:
        there = saved_modules(opened.session, [item.module for item in kept.items])
        new = [uid for uid in dict.fromkeys(one.uid for one in there.values()) if choice_of(opened.dossier, uid) is None]
        try:
            for uid in new if ButtonForm().validate_on_submit() else ():
                choose(opened.dossier, uid, Verdict.MAYBE, opened.actor, opened.now)
            flash(ngettext("%(num)s module staat nu ook op deze lijst.", "%(num)s modules staan nu ook op deze lijst.", len(new)))
        except ListFull:
            flash(_("De lijst is vol. Haal er eerst een module af."), "refused")
        opened.noted("chose", "choices")
    return side.back("choices")


def _changed(opened: Opened, module: str, form: ChoiceForm) -> Typed | None:
    """Does what was asked; gives back what was typed where that cannot be."""
    if not form.validate_on_submit():
        return form.typed(module, *form.first_problem)
    found = choice_of(opened.dossier, module)
    if found is None and not saved_modules(opened.session, [module]):
        flash(_("Deze module staat niet meer op de site."), "refused")
        return None
    if found is not None and form.is_new:
        flash(_("Deze module stond al op de lijst."))
        return None
    reasons = {"reason_for": form.reason_for.data, "reason_against": form.reason_against.data}
    try:
        choose(opened.dossier, module, Verdict(form.verdict.data), opened.actor, opened.now, seen=form.seen.data, **reasons)
    except ChangedMeanwhile:
        return form.typed(module, _("Iemand anders veranderde deze module intussen. Wat u schreef, staat er nog."))
    except ListFull:
        flash(_("De lijst is vol. Haal er eerst een module af."), "refused")
        return None
    form.is_kept = True
    opened.session.flush()
    opened.noted("chose", "choices")
    return None


def _page(side: Side, opened: Opened, *, typed: Typed | None = None, searched: str = "", found: Sequence[int] = ()) -> ChoicesPage:
    parts, dossier = services(), opened.dossier
    today, listed = parts.today(), {one.module for one in dossier.choices}
    changes = sorted(dossier.changes, key=lambda one: -one.id)[:MOST_CHANGES]
    uids = listed | {one.module for one in changes} | ({typed.module} if typed else set())
    people = names(opened, {one.actor for one in dossier.changes})
    saved, modules = saved_modules(opened.session, uids), modules_by_id(opened.session, found)
    runs = runs_of(opened.session, dossier, [*saved.values(), *modules.values()])
    known = Known(saved, titles_of(opened.session, uids), people, runs)
    groups, removed = grouped(dossier, known, typed)
    by_name = runs.near_first(modules[key] for key in found if key in modules)
    return ChoicesPage(
        name=dossier.client_name,
        is_client=side.is_client,
        can_write=dossier.standing(today) in WRITABLE,
        address=side.address,
        groups=groups,
        removed=removed,
        changes=[known.change(one) for one in changes],
        typed=searched,
        found=[FoundLine(runs.card(one), runs.is_far(one), one.uid in listed) for one in by_name],
    )
