"""Routes for who asks: a new demand in steps, and the steps that one's own demand takes."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.demands.filing import DemandValues, TooManySkills, change_demand, choose_skills, file_demand
from catalogue.demands.reading import demands_helped_by, demands_of
from catalogue.demands.status import DemandStepNotAllowed, NothingAnswers, NothingWanted, Side, take_demand_step
from catalogue.models import Demand
from catalogue.overview import all_themes
from catalogue.places import asked_place
from catalogue.skills.reads import skills_by_uid
from catalogue.vocabulary import DemandStatus
from web.accounts.demand_model import DemandOwner
from web.accounts.people import account_by_id
from web.button import ButtonForm
from web.demands.demand_words import STATUSES
from web.demands.forms import DemandSkillsForm, LimitsForm, QuestionForm
from web.demands.own import filed_by, filed_demand, is_owner, keep_owner, own_organisations
from web.demands.skills import found_pairs, named_occupation, own_pairs, pairs_of_text, pairs_of_work
from web.demands.views import bp
from web.hub.own import form_session
from web.languages import _
from web.learner.forms import SEARCH
from web.learner.outcomes import skills_named
from web.security.access import Action, current_actor, role_required
from web.security.attempts import limit
from web.wiring import services


@bp.get("/van-u")
@role_required()
def own() -> str:
    """What one asked oneself or for one's organisations, and what those picked up."""
    with services().database.reading() as session:
        ids = [one.id for one in own_organisations(session)]
        asked = demands_of(session, filed_by(session, current_actor().account_id or 0), ids)
        helped = demands_helped_by(session, ids)
    return render_template("demands/own.html", asked=asked, helped=helped, statuses=STATUSES)


@bp.route("/nieuw", methods=["GET", "POST"])
@role_required()
def new() -> str | Response:
    """The question itself; then come the skills."""
    form, parts = QuestionForm(), services()
    if form.is_submitted():
        limit("demand")
    if form.validate_on_submit():
        account_id = current_actor().account_id or abort(403)
        with parts.database.writing() as session:
            demand = file_demand(session, _with_occupation(form.values), parts.now())
            keep_owner(session, demand, account_id, account_by_id(session, account_id).email)
        return redirect(url_for(".skills", uid=demand.uid), 303)
    return render_template("demands/question.html", form=form, uid="")


@bp.route("/<uid>/vraag", methods=["GET", "POST"])
@role_required()
def question(uid: str) -> str | Response:
    """The question itself, again."""
    with form_session() as session:
        demand = _own(session, uid)
        form = QuestionForm(obj=demand)
        if form.validate_on_submit():
            change_demand(session, demand, _with_occupation(form.values), services().now())
            return _onward(uid, "demands.skills")
    return render_template("demands/question.html", form=form, uid=uid)


@bp.route("/<uid>/vaardigheden", methods=["GET", "POST"])
@role_required()
def skills(uid: str) -> str | Response:
    """How well people know each skill now, and how well they need it."""
    form, typed = DemandSkillsForm(), request.args.get("zoek", "")[:120]
    with form_session() as session:
        demand = _own(session, uid)
        if form.validate_on_submit() and _skills_kept(session, demand, form):
            if form.q.data or request.form.get("actie") == SEARCH:
                return redirect(url_for(".skills", uid=uid, zoek=form.q.data, _anchor="gevonden"), 303)
            return _onward(uid, "demands.limits")
        lines = own_pairs(demand, form.pairs if form.is_submitted() else {})
        suggested = pairs_of_text(session, demand)
        of_work = pairs_of_work(session, demand, suggested)
        options = found_pairs(skills_named(session, typed), [*lines, *suggested, *of_work])
        wrong = skills_by_uid(session, form.not_higher())
    return render_template(
        "demands/skills.html",
        form=form,
        uid=uid,
        lines=lines,
        suggested=suggested,
        of_work=of_work,
        typed=typed,
        options=options,
        wrong=wrong,
    )


def _skills_kept(session: Session, demand: Demand, form: DemandSkillsForm) -> bool:
    """Keeps what was chosen; False, and nothing is kept, where something does not hold together."""
    if form.not_higher():
        return False
    pairs = form.pairs
    kept = {row.skill_id: (row.level_now, row.level_wanted) for row in demand.skills}
    kept |= {skill.id: pairs[uid] for uid, skill in skills_by_uid(session, pairs).items()}
    try:
        choose_skills(session, demand, kept, services().now())
    except TooManySkills:
        form.q.errors = [_("Dit zijn te veel vaardigheden. Kies de belangrijkste.")]
        return False
    return True


@bp.route("/<uid>/grenzen", methods=["GET", "POST"])
@role_required()
def limits(uid: str) -> str | Response:
    """Where, by when and for how much; and who asks."""
    parts = services()
    with form_session() as session:
        filed = filed_demand(session, uid, Action.EDIT)
        demand, organisations = filed.demand, own_organisations(session)
        form = LimitsForm(all_themes(session), organisations, parts.today(), data=_limit_data(demand, filed.owner))
        form.near.asked = asked_place(session, form.near.data)
        if not is_owner(filed):
            form.leave_to_owner()
        if form.validate_on_submit():
            change_demand(session, demand, form.values, parts.now())
            if filed.owner and form.contact_email:
                filed.owner.contact_email = form.contact_email.data
            return _onward(uid, "demands.demand")
    return render_template("demands/limits.html", form=form, uid=uid, is_member=bool(organisations))


@bp.post("/<uid>/stap")
@role_required()
def step(uid: str) -> Response:
    """Takes one's own demand to another status."""
    parts, wanted = services(), request.form.get("naar", "")
    with parts.database.writing() as session:
        demand = _own(session, uid)
        if not ButtonForm().validate_on_submit() or wanted not in set(DemandStatus):
            abort(400)
        try:
            take_demand_step(demand, DemandStatus(wanted), Side.ASKER, parts.now())
            flash(_("Gedaan. Uw vraag is nu: %(status)s.", status=STATUSES[demand.status]))
        except NothingWanted:
            flash(_("Kies eerst wat uw mensen moeten kunnen."), "refused")
        except NothingAnswers:
            flash(_("Er is nog geen module als antwoord. Trek de vraag in als u zelf iets vond."), "refused")
        except DemandStepNotAllowed:
            flash(_("Dit kan niet meer. De vraag is intussen veranderd."), "refused")
    return redirect(url_for(".demand", uid=uid), 303)


def _own(session: Session, uid: str) -> Demand:
    return filed_demand(session, uid, Action.EDIT).demand


def _onward(uid: str, following: str) -> Response:
    """After saving a part: on to the next one, or to the demand."""
    return redirect(url_for(following if request.form.get("actie") == "verder" else ".demand", uid=uid), 303)


def _with_occupation(values: DemandValues) -> DemandValues:
    """Adds the occupation that the title names."""
    return {**values, "occupation_id": named_occupation(values["title"])}


def _limit_data(demand: Demand, owner: DemandOwner | None) -> dict[str, object]:
    return {
        "near": demand.place,
        "max_km": demand.max_km,
        "is_online_ok": demand.is_online_ok,
        "needed_by": demand.needed_by,
        "budget_eur": demand.budget_eur,
        "theme": demand.theme_id or 0,
        "organisation": demand.organisation_id or 0,
        "company": demand.company,
        "is_company_shown": demand.is_company_shown,
        "contact_email": owner.contact_email if owner else "",
    }
