"""An organisation asks to join: confirmed from a letter, answered by an administrator, and then at work."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from catalogue.models import Organisation
from catalogue.organisations import MOST_ALIKE, Sign, add_organisation, free_slug, like_organisations, organisation_by_slug
from catalogue.vocabulary import OrganisationKind
from tests.accounts import account_text, add_account, is_signed_in, letters_to, link_in, parts_of, sign_in
from tests.conftest import NOW, Clock
from tests.editing import made, publish
from tests.joining import EMAIL, FIELDS, JOIN, REQUESTS, ask, asked_and_confirmed, look_at
from tests.members import add_member, people
from tests.pages import get, parsed, post
from web.accounts.models import MemberRole
from web.audit.model import AuditActor, AuditEntry
from web.joining.asking import CONFIRM_WITHIN, KEPT, AlreadyAnswered, accept, purge_requests
from web.joining.model import Answer, JoinRequest
from web.security.attempts import MOST_PER_EMAIL

ADMIN = "beheer@example.org"
NAME = FIELDS["name"]


@pytest.fixture
def app(own_seeded_app: Flask) -> Flask:
    return own_seeded_app


@pytest.fixture
def admin(app: Flask) -> FlaskClient:
    client = app.test_client()
    sign_in(client, add_account(app, ADMIN, "admin"))
    return client


def requests(app: Flask) -> list[JoinRequest]:
    with parts_of(app).database.reading() as session:
        return list(session.scalars(select(JoinRequest)))


def answer(admin: FlaskClient, name: str = NAME, **values: str) -> str:
    """Answers a request; what its page then says."""
    page = look_at(admin, name)
    assert post(admin, page, **values).location == page
    return get(admin, page).text("main")


def letter(app: Flask, subject: str) -> str:
    """The text of the only letter with this subject to who asked."""
    [found] = [one for one in letters_to(app, EMAIL) if one["Subject"] == subject]
    return str(found.get_content())


def invitation(app: Flask) -> str:
    """The path of the link in the letter that says yes."""
    return link_in(letter(app, "Welkom bij Leerwijzer"))


def test_from_a_request_to_a_first_module_online(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    assert JOIN in {link.get("href") for link in get(visitor, "/").all("footer")[0].iter("a")}
    assert JOIN in {link.get("href") for link in get(visitor, "/inloggen").all("main")[0].iter("a")}
    link = ask(app, visitor)
    assert get(visitor, link).text("h1") == "Klopt uw aanvraag?"
    assert "Er wacht nu niets." in get(admin, REQUESTS).text("main"), "nobody confirmed it yet"
    assert letters_to(app, ADMIN) == []
    assert post(visitor, link).location == link
    assert get(visitor, link).text("h1") == "Wij bekijken uw aanvraag"
    [told] = letters_to(app, ADMIN)
    assert link_in(told.get_content()) == REQUESTS
    assert "1 organisatie wil meedoen." in get(admin, "/hub").text("main")
    shown = get(admin, look_at(admin, NAME)).text("main")
    for needed in (
        NAME,
        "particuliere opleider",
        "https://www.lasschool.example",
        "12345678",
        "Noor de Vries",
        EMAIL,
        "Hoort bij de site.",
    ):
        assert needed in shown, needed
    assert "goedgekeurd" in answer(admin, answer="nieuw")
    with parts_of(app).database.reading() as session:
        school = organisation_by_slug(session, "lasschool-noord")
        assert (school.name, school.kind, school.url, school.kvk) == (
            NAME,
            OrganisationKind.PRIVATE,
            "https://www.lasschool.example",
            "12345678",
        )
    assert get(visitor, link).text("h1") == "Uw aanvraag is goedgekeurd"
    begin = invitation(app)
    assert ADMIN not in get(visitor, begin).text("main")
    assert post(visitor, begin).location == "/hub"
    assert "Lasschool Noord (teamleider)" in account_text(visitor)
    assert "staat online" in publish(visitor, made(visitor, "Lassen voor beginners\n\nJe leert lassen."))
    assert "Lassen voor beginners" in get(app.test_client(), "/aanbieders/lasschool-noord").text("main")


def test_a_refusal_says_why_and_keeps_no_reason(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    link = asked_and_confirmed(app, visitor)
    page = look_at(admin, NAME)
    assert "Schrijf waarom niet" in parsed(post(admin, page, answer="nee")).text("div", class_="lw-errors")
    assert "Kies een antwoord" in parsed(post(admin, page)).text("div", class_="lw-errors")
    assert "afgewezen" in answer(admin, answer="nee", reason="Dit zijn geen opleidingen.")
    assert "Dit zijn geen opleidingen." in letter(app, "Over uw aanvraag bij Leerwijzer")
    assert get(visitor, link).text("h1") == "Uw aanvraag is afgewezen"
    assert "afgewezen" in get(admin, REQUESTS).text("main")
    [kept] = requests(app)
    assert "geen opleidingen" not in str(vars(kept))
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(Organisation).where(Organisation.name == NAME)) is None


def test_an_organisation_that_is_there_is_shown_and_can_be_chosen(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    asked_and_confirmed(app, visitor, name="ROC Curio")
    assert "Lijkt op: Curio (de naam lijkt erop)" in get(admin, REQUESTS).text("main")
    page = get(admin, look_at(admin, "ROC Curio"))
    assert "Curio (curio.nl): de naam lijkt erop" in page.text("main"), "its own site, to compare with the one that was typed"
    [known] = [one.get("value", "") for one in page.all("input", name="answer") if one.get("value", "").startswith("bij-")]
    answer(admin, "ROC Curio", answer=known)
    post(visitor, invitation(app))
    assert "Curio (teamleider)" in account_text(visitor)
    with parts_of(app).database.reading() as session:
        assert session.scalar(select(Organisation).where(Organisation.name == "ROC Curio")) is None


def test_only_organisations_that_were_shown_can_be_chosen(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    asked_and_confirmed(app, visitor)
    assert parsed(post(admin, look_at(admin, NAME), answer="bij-1")).title.startswith("Fout:")
    assert requests(app)[0].answer is None


def test_who_works_there_already_is_told_so(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    add_member(app, EMAIL, "curio", MemberRole.AUTHOR)
    asked_and_confirmed(app, visitor, name="Curio")
    page = get(admin, look_at(admin, "Curio"))
    [known] = [one.get("value", "") for one in page.all("input", name="answer") if one.get("value", "").startswith("bij-")]
    answer(admin, "Curio", answer=known)
    assert "Curio" in letter(app, "U doet al mee")


def test_nobody_learns_who_has_an_account_or_which_organisation_is_there(app: Flask) -> None:
    add_member(app, "elders@example.org", "curio", MemberRole.MANAGER)

    def told(**values: str) -> tuple[str, ...]:
        visitor = app.test_client()
        link = ask(app, visitor, **values)
        [sent] = letters_to(app, values["email"])
        page = get(visitor, link).text("main")
        written = (sent["Subject"], sent.get_content().replace(link, ""), page)
        return tuple(part.replace(values["email"], "(adres)").replace(values["name"], "(naam)") for part in written)

    assert told(email="elders@example.org", name="Curio") == told(email="niemand@example.org", name="Nergens Bekend")


def test_a_letter_repeats_nothing_that_was_typed(app: Flask, visitor: FlaskClient) -> None:
    typed = {"name": "Win geld op evil.example", "offer": "evil.example", "contact_name": "evil.example"}
    ask(app, visitor, **typed)
    [sent] = letters_to(app, EMAIL)
    assert "evil" not in sent.as_string()


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "  ", "Schrijf hoe uw organisatie heet"),
        ("kind", "", "Kies wat voor organisatie"),
        ("kind", "koning", ""),
        ("url", "", "Schrijf het adres van uw site"),
        ("url", "geen adres", "zoals www.voorbeeld.nl"),
        ("url", "javascript:alert(1)", "zoals www.voorbeeld.nl"),
        ("kvk", "123", "acht cijfers"),
        ("kvk", "1234567a", "acht cijfers"),
        ("offer", "", "Schrijf kort wat u aanbiedt"),
        ("offer", "a" * 1001, "te lang"),
        ("contact_name", "a" * 81, "te lang"),
        ("email", "noor", "naam@voorbeeld.nl"),
        ("email", "noor@example.org\r\nBcc: x@example.org", "naam@voorbeeld.nl"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(app: Flask, visitor: FlaskClient, field: str, typed: str, said: str) -> None:
    page = parsed(post(visitor, JOIN, **FIELDS | {field: typed}))
    assert page.title.startswith("Fout:")
    assert said in page.text("div", class_="lw-errors")
    assert requests(app) == []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"url": "school.example"}, "https://school.example"),
        ({"url": "http://school.example/opleidingen?x=1"}, "http://school.example/opleidingen?x=1"),
        ({"kvk": ""}, ""),
        ({"kvk": "12.34.56.78"}, "12345678"),
    ],
)
def test_what_people_type_is_understood(app: Flask, visitor: FlaskClient, typed: dict[str, str], kept: str) -> None:
    ask(app, visitor, **typed)
    [request] = requests(app)
    assert getattr(request, next(iter(typed))) == kept


def test_asking_is_limited(app: Flask, visitor: FlaskClient) -> None:
    codes = [post(visitor, JOIN, **FIELDS).status_code for _ in range(MOST_PER_EMAIL + 1)]
    assert codes == [303] * MOST_PER_EMAIL + [429]


def test_a_form_of_another_site_asks_nothing(app: Flask, visitor: FlaskClient) -> None:
    assert visitor.post(JOIN, data=FIELDS).status_code == 400
    link = ask(app, visitor)
    assert visitor.post(link).status_code == 400
    assert visitor.post(f"{link}/trek-in").status_code == 400
    assert requests(app)[0].confirmed_at is None


def test_who_asked_can_wipe_it_at_any_moment(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    link = asked_and_confirmed(app, visitor)
    page = look_at(admin, NAME)
    token = get(admin, page).value("csrf_token")
    assert visitor.post(f"{link}/trek-in", data={"csrf_token": get(visitor, link).value("csrf_token")}).location == JOIN
    assert requests(app) == []
    assert get(visitor, link, status=410).text("h1") == "Deze aanvraag is er niet meer"
    assert admin.post(page, data={"csrf_token": token, "answer": "nieuw"}).status_code == 404


def test_a_request_is_deleted_in_time(app: Flask, visitor: FlaskClient, clock: Clock) -> None:
    first, _unconfirmed = asked_and_confirmed(app, visitor), ask(app, visitor)

    def left() -> int:
        with parts_of(app).database.writing() as session:
            purge_requests(session, clock.now)
        return len(requests(app))

    clock.now += CONFIRM_WITHIN - timedelta(seconds=1)
    assert left() == 2
    clock.now += timedelta(seconds=1)
    assert left() == 1
    clock.now = NOW + KEPT - timedelta(seconds=1)
    assert left() == 1
    assert get(app.test_client(), first).text("h1") == "Wij bekijken uw aanvraag"
    clock.now += timedelta(seconds=1)
    assert get(app.test_client(), first, status=410)
    assert left() == 0


def test_two_administrators_cannot_both_answer(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    asked_and_confirmed(app, visitor)
    page = look_at(admin, NAME)
    token = get(admin, page).value("csrf_token")

    def let_in(_number: int) -> bool:
        with parts_of(app).database.reading() as session:
            request = session.scalars(select(JoinRequest)).one()
        try:
            with app.test_request_context(), parts_of(app).database.writing() as session:
                accept(session, session.merge(request, load=False), None, NOW)
        except AlreadyAnswered:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(let_in, range(4))) == [False, False, False, True]
    assert admin.post(page, data={"csrf_token": token, "answer": "nee", "reason": "Nee."}).location == REQUESTS
    assert "al beantwoord" in get(admin, REQUESTS).text("main")
    assert requests(app)[0].answer is Answer.ACCEPTED


def test_the_audit_trail_says_who_answered(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    asked_and_confirmed(app, visitor)
    answer(admin, answer="nieuw")
    [request] = requests(app)
    with parts_of(app).database.reading() as session:
        [entry] = session.scalars(select(AuditEntry))
        [actor] = session.scalars(select(AuditActor))
    assert (entry.actor, entry.dossier, entry.action, entry.what) == (actor.key, "", "accepted", request.uid)


@pytest.mark.parametrize("role", ["guest", "learner", "hub", "advisor"])
def test_only_administrators_see_requests(app: Flask, admin: FlaskClient, visitor: FlaskClient, role: str) -> None:
    asked_and_confirmed(app, visitor)
    page, stranger = look_at(admin, NAME), app.test_client()
    if role != "guest":
        sign_in(stranger, add_account(app, f"{role}@example.org", role, *(["curio"] if role == "hub" else [])))
        assert "organisatie wil meedoen" not in stranger.get("/hub").text
    assert {stranger.get(path).status_code for path in (REQUESTS, page)} == {302 if role == "guest" else 403}
    token = get(stranger, JOIN).value("csrf_token")
    assert stranger.post(page, data={"csrf_token": token, "answer": "nieuw"}).status_code == (302 if role == "guest" else 403)
    assert requests(app)[0].answer is None


def test_who_is_signed_in_finds_the_own_address_filled_in(app: Flask, visitor: FlaskClient) -> None:
    sign_in(visitor, add_account(app, EMAIL))
    assert get(visitor, JOIN).value("email") == EMAIL


def test_letters_and_pages_speak_the_language_of_who_asked(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    visitor.set_cookie("taal", "en")
    link = asked_and_confirmed(app, visitor)
    assert get(visitor, link).text("h1") == "We are looking at your request"
    answer(admin, answer="nieuw")
    assert NAME in letter(app, "Welcome to Leerwijzer")


def test_administrators_are_mailed_in_both_languages(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    visitor.set_cookie("taal", "en")
    asked_and_confirmed(app, visitor)
    [found] = letters_to(app, ADMIN)
    assert found["Subject"] == "Een organisatie wil meedoen / An organisation wants to join"
    text = found.get_content()
    assert text.index("Er is een nieuwe aanvraag") < text.index("There is a new request") < text.index(f"http://localhost{REQUESTS}")
    assert text.startswith("Dag,")


def test_an_invitation_that_lapsed_can_be_sent_again(app: Flask, admin: FlaskClient, visitor: FlaskClient) -> None:
    asked_and_confirmed(app, visitor)
    assert "Nodig dan opnieuw uit" in answer(admin, answer="nieuw")
    assert EMAIL in get(admin, people("lasschool-noord")).text("main")
    assert not is_signed_in(visitor)


def signs(app: Flask, name: str, url: str = "", kvk: str = "") -> dict[str, tuple[Sign, ...]]:
    """By slug, why organisations may be this one."""
    with parts_of(app).database.reading() as session:
        return {one.organisation.slug: one.signs for one in like_organisations(session, name, url, kvk)}


def test_like_organisations_are_found_by_number_site_and_name(small_app: Flask) -> None:
    with parts_of(small_app).database.writing() as session:
        add_organisation(session, "lasschool", "Lasschool Noord", OrganisationKind.PRIVATE, url="https://www.las.example/", kvk="12345678")
        add_organisation(session, "bakschool", "Bakschool Zuid", OrganisationKind.PRIVATE)
    assert signs(small_app, "Heel Anders", kvk="12345678") == {"lasschool": (Sign.KVK,)}
    assert signs(small_app, "Heel Anders", "http://las.example/nl") == {"lasschool": (Sign.SITE,)}
    for name in ("LASSCHOOL NOORD B.V.", "Stichting Lasschool-Noord", "Lasschool Nord", "Opleidingen van Lasschool Noord"):
        assert signs(small_app, name) == {"lasschool": (Sign.NAME,)}, name
    assert signs(small_app, "Bakschool Zuid", "https://las.example", "12345678") == {
        "lasschool": (Sign.KVK, Sign.SITE),
        "bakschool": (Sign.NAME,),
    }
    assert signs(small_app, "Kookschool West") == {}
    assert signs(small_app, "Stichting") == {}
    assert signs(small_app, "Heel Anders", "https://[geen adres") == {}
    with parts_of(small_app).database.writing() as session:
        for number in range(MOST_ALIKE + 2):
            add_organisation(session, f"rij-{number}", f"Rijschool {number}", OrganisationKind.PRIVATE)
    assert len(signs(small_app, "Rijschool")) == MOST_ALIKE


def test_a_new_organisation_gets_a_name_in_addresses_that_is_free(small_app: Flask) -> None:
    with parts_of(small_app).database.writing() as session:
        found = []
        for name in ("Één School", "Een school!", "een school", "学校"):
            found.append(free_slug(session, name))
            add_organisation(session, found[-1], name, OrganisationKind.PRIVATE)
    assert found == ["een-school", "een-school-2", "een-school-3", "aanbieder"]
