"""Routes for who helps: picking a demand up in the name of an organisation, and bringing modules as an answer."""

from __future__ import annotations

from flask import abort, flash, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from catalogue.demands.filing import NoAnswer, answer_demand, withdraw_answer
from catalogue.demands.status import ONLINE, DemandStepNotAllowed, NothingAnswers, NothingWanted, Side, take_demand_step
from catalogue.models import Demand
from catalogue.publishing.values import ModuleValues, SkillLevel
from catalogue.publishing.write import save_module
from catalogue.vocabulary import DemandStatus
from web.accounts.demand_model import FiledDemand
from web.accounts.letters import send
from web.accounts.models import RoleName
from web.accounts.people import account_by_id
from web.button import ButtonForm
from web.demands.demand_words import STATUSES
from web.demands.forms import AnswerForm
from web.demands.letters import news_of
from web.demands.own import acting_organisation, filed_demand
from web.demands.views import bp
from web.hub.own import own_module
from web.languages import _
from web.security.access import Action, role_required
from web.wiring import services


@bp.post("/<uid>/help")
@role_required(RoleName.HUB)
def help_with(uid: str) -> Response:
    """Picks a demand up, gives it back, or says that it is answered; who asked gets a letter."""
    parts, wanted = services(), request.form.get("naar", "")
    with parts.database.writing() as session:
        filed = filed_demand(session, uid, Action.VIEW)
        organisation = acting_organisation(session)
        if not ButtonForm().validate_on_submit() or wanted not in set(DemandStatus):
            abort(400)
        try:
            take_demand_step(filed.demand, DemandStatus(wanted), Side.HELPER, parts.now(), organisation)
            _tell_owner(session, filed)
            flash(_("Gedaan. De vraag is nu: %(status)s.", status=STATUSES[filed.demand.status]))
        except (NothingAnswers, NothingWanted):
            flash(_("Breng eerst een module als antwoord."), "refused")
        except DemandStepNotAllowed:
            flash(_("Dit kan niet meer. De vraag is intussen veranderd."), "refused")
    return redirect(url_for(".demand", uid=uid), 303)


@bp.post("/<uid>/antwoord")
@role_required(RoleName.HUB)
def answer(uid: str) -> Response:
    """Brings one's own module as an answer."""
    with services().database.writing() as session:
        demand = _to_answer(session, uid)
        form = AnswerForm()
        module = own_module(session, request.form.get("module", ""))
        form.module.choices = [(module.uid, module.title)]
        if not form.validate_on_submit():
            abort(400)
        try:
            answer_demand(session, demand, module, form.note.data, services().now())
            flash(_("De module staat er nu bij."))
        except NoAnswer:
            flash(_("Deze module staat niet online. Zet haar eerst online."), "refused")
    return redirect(url_for(".demand", uid=uid, _anchor="antwoorden"), 303)


@bp.post("/<uid>/antwoord/weg")
@role_required(RoleName.HUB)
def remove_answer(uid: str) -> Response:
    """Takes one's own module away again."""
    with services().database.writing() as session:
        demand = _to_answer(session, uid)
        module = own_module(session, request.form.get("module", ""))
        if not ButtonForm().validate_on_submit():
            abort(400)
        withdraw_answer(session, demand, module.id, services().now())
    flash(_("De module staat er niet meer bij."))
    return redirect(url_for(".demand", uid=uid, _anchor="antwoorden"), 303)


@bp.post("/<uid>/module")
@role_required(RoleName.HUB)
def make_module(uid: str) -> Response:
    """A draft of a module that teaches what is asked, to go on with in the editor."""
    parts = services()
    with parts.database.writing() as session:
        demand = filed_demand(session, uid, Action.VIEW).demand
        organisation = acting_organisation(session)
        if not ButtonForm().validate_on_submit():
            abort(400)
        module = save_module(session, organisation, _values(demand), parts.now()).module
    flash(_("Dit is een begin. De vaardigheden van de vraag staan er al in."))
    return redirect(url_for("editor.overview_page", uid=module.uid), 303)


def _to_answer(session: Session, uid: str) -> Demand:
    """A demand that may still get answers."""
    demand = filed_demand(session, uid, Action.VIEW).demand
    return demand if demand.status in ONLINE - {DemandStatus.CLOSED} else abort(404)


def _values(demand: Demand) -> ModuleValues:
    """What a module would be that answers a demand whole: it begins at what people know, and ends at what they need."""
    return ModuleValues(
        title=demand.title,
        audience=demand.title,
        theme_id=demand.theme_id,
        taught=[SkillLevel(row.skill_id, row.level_wanted) for row in demand.skills],
        required=[SkillLevel(row.skill_id, row.level_now) for row in demand.skills if row.level_now],
    )


def _tell_owner(session: Session, filed: FiledDemand) -> None:
    if filed.owner:
        # To the address that somebody proved to own, not to the one that was typed.
        send(session, account_by_id(session, filed.owner.account_id).email, news_of(filed.demand), services().now())
