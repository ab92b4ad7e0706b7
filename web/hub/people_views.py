"""Routes for who manages an organisation: who works there, as what, and who is invited.

Messages name no address: they wait in the session of who manages, where the person whom they name could not wipe them.
"""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from catalogue.models import Organisation
from web.accounts import invitations, letters
from web.accounts.memberships import LastManager, NotAMember, change_role, managed_alone_by, members, remove_member
from web.accounts.presenters import MEMBER_ROLES
from web.hub.own import own_organisation
from web.hub.people_forms import InviteForm, MemberForm, RoleForm, WithdrawForm
from web.hub.people_presenters import people_page
from web.languages import _
from web.logs import log
from web.security.access import Action, current_actor
from web.security.attempts import limit
from web.wiring import services

bp = Blueprint("people", __name__, url_prefix="/hub/organisaties/<slug>/mensen")


@bp.errorhandler(LastManager)
def last_manager(_error: LastManager) -> tuple[str, int]:
    """Says why the last manager stays."""
    return _refused(_("Er is altijd een teamleider nodig. Geef eerst iemand anders die rol."))


@bp.errorhandler(NotAMember)
def not_a_member(_error: NotAMember) -> tuple[str, int]:
    """Says that somebody else was faster, or that the number is of another organisation's member."""
    return _refused(_("Deze persoon werkt hier niet meer."))


@bp.route("", methods=["GET", "POST"])
def overview(slug: str) -> str | Response:
    """Who works for the organisation; a POST invites somebody."""
    organisation, form = own_organisation(slug, Action.MANAGE), InviteForm()
    if form.is_submitted():
        limit("invite", form.email.data)
    if form.validate_on_submit() and _invited(organisation, form):
        flash(_("De uitnodiging is onderweg."))
        return redirect(url_for(".overview", slug=slug), 303)
    return _page(organisation, form)


@bp.post("/rol")
def change(slug: str) -> Response:
    """Gives a member another role."""
    organisation, form = own_organisation(slug, Action.MANAGE), RoleForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        change_role(session, organisation.id, form.member.data, form.role.data)
    log.info("member changed", organisation=organisation.id, account=form.member.data, role=form.role.data)
    flash(_("De rol is nu: %(role)s.", role=MEMBER_ROLES[form.role.data]))
    return _back(organisation, form.member.data)


@bp.post("/haal-weg")
def remove(slug: str) -> Response:
    """Ends a membership."""
    organisation, form = own_organisation(slug, Action.MANAGE), MemberForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        remove_member(session, organisation.id, form.member.data)
    log.info("member removed", organisation=organisation.id, account=form.member.data)
    flash(_("Deze persoon werkt hier niet meer."))
    return _back(organisation, form.member.data)


@bp.post("/trek-in")
def withdraw(slug: str) -> Response:
    """Takes an invitation back."""
    organisation, form = own_organisation(slug, Action.MANAGE), WithdrawForm()
    if not form.validate_on_submit():
        abort(400)
    with services().database.writing() as session:
        is_withdrawn = invitations.withdraw(session, organisation.id, form.invitation.data)
    flash(_("De uitnodiging werkt niet meer.") if is_withdrawn else _("Deze uitnodiging werkte al niet meer."))
    return redirect(url_for(".overview", slug=slug), 303)


def _invited(organisation: Organisation, form: InviteForm) -> bool:
    """Sends the invitation; says in the form when somebody works here already."""
    parts, email, role = services(), form.email.data, form.role.data
    try:
        with parts.database.writing() as session:
            token = invitations.invite(session, organisation.id, email, role, current_actor().account_id, parts.now())
            letters.send(session, email, letters.invitation(organisation, role, token, parts.now()), parts.now())
    except invitations.AlreadyMember:
        form.say_member()
        return False
    log.info("invited", organisation=organisation.id, by=current_actor().account_id)
    return True


def _page(organisation: Organisation, form: InviteForm, refusal: str = "") -> str:
    parts, actor = services(), current_actor()
    with parts.database.reading() as session:
        page = people_page(
            organisation,
            members(session, organisation.id),
            invitations.open_invitations(session, organisation.id, parts.now()),
            only_manager_id=managed_alone_by(session, organisation.id),
            own_id=actor.account_id,
        )
    return render_template("hub/people.html", page=page, form=form, refusal=refusal)


def _refused(why: str) -> tuple[str, int]:
    return _page(own_organisation((request.view_args or {})["slug"], Action.MANAGE), InviteForm(formdata=None), why), 409


def _back(organisation: Organisation, account_id: int) -> Response:
    """To the page again; who changed what they are themselves may not see it any more."""
    is_own = account_id == current_actor().account_id
    return redirect(url_for("accounts.overview") if is_own else url_for(".overview", slug=organisation.slug), 303)
