"""The parts of an advice report about the client: who they are, what they can do, and where they want to go. Only what was said is told."""

from __future__ import annotations

from matching.passports.passport import Source
from web import words
from web.advisor.guidance_model import Claim
from web.advisor.intake.answer_codes import BARRIERS, DIGITAL, DUTCH, ROUTES, Route
from web.advisor.intake.talk import Work
from web.advisor.intake.work import work_of
from web.advisor.report.material import Material
from web.advisor.report.text import named, of_goal, paragraphs, written
from web.advisor.together.claim_page import ENOUGH, REAL, SHOWS, kind_of, missing_in
from web.documents.document import Chapter, Points, Table, Text
from web.languages import _, ngettext
from web.learner.presenters import constraint_texts
from web.passport.passport_words import SOURCES


def who(material: Material) -> Chapter:
    """Work, situation, language, and what gives energy."""
    talk = material.talk
    stands = tuple(Text(words.capitalised(BARRIERS[one].name)) for one in talk.barriers if one in BARRIERS)
    said = (
        (_("Hoe u bij ons kwam"), Text(str(ROUTES[talk.route][0]) if talk.route in ROUTES and talk.route != Route.OTHER else "")),
        *((_("Werk"), _job(one, material)) for one in work_of(talk, material.answers)),
        (_("Nederlands"), Text(f"{talk.dutch} ({DUTCH[talk.dutch]})" if talk.dutch in DUTCH else "")),
        (_("Computer"), Text(str(DIGITAL.get(talk.digital, "")))),
        (_("Dit geeft u energie"), written(talk.energy)),
        (_("Dit kost u energie"), written(talk.drains)),
    )
    facts = tuple((name, value) for name, value in said if value.text)
    stands += paragraphs(talk.barriers_text)
    points = (Points(_("Wat in de weg staat"), stands),) if stands else ()
    return Chapter("who", _("Wie u bent"), lead=paragraphs(material.dossier.situation), facts=facts, points=points)


def _job(one: Work, material: Material) -> Text:
    after, known = f"({one.years})" if one.years else "", material.work.get(one.occupation)
    if known is None:
        return written(f"{one.name} {after}".strip() if one.name else "")
    name = named(known)
    return Text(f"{name.text} {after}".strip(), name.language) if name.language else written(after, name.text)


def skills(material: Material) -> Chapter:
    """What the client can do with how we know, and what was learned before with its evidence."""
    claims = [one for one in material.dossier.claims if one.skill in material.skills]
    held = {uid: level for uid, level in material.answers.known.items() if uid in material.skills}
    levels = held | {one.skill: max(one.level, held.get(one.skill, 0)) for one in claims}
    claimed = {one.skill for one in claims}
    rows = [
        (named(material.skills[uid]), Text(str(words.SKILL_LEVELS[level])), Text(_how(material, uid, is_claimed=uid in claimed)))
        for uid, level in levels.items()
    ]
    order = sorted(zip(levels.values(), rows, strict=True), key=lambda pair: (-pair[0], pair[1][0].text.casefold()))
    head = (_("Vaardigheid"), _("Hoe goed u dit kunt"), _("Hoe wij dit weten"))
    lead = ngettext("Wij weten %(num)s ding dat u kunt.", "Wij weten %(num)s dingen die u kunt.", len(rows))
    return Chapter(
        "skills",
        _("Wat u kunt"),
        lead=(Text(lead),) if rows else (),
        tables=(
            *((Table(_("Uw vaardigheden"), head, tuple(row for _level, row in order), widths=(6, 4, 4)),) if rows else ()),
            *((_claimed(claims, material),) if claims else ()),
        ),
        remarks=(_("Laat uw bewijs zien aan de school. Die beslist of u iets mag overslaan."),) if claims else (),
    )


def _how(material: Material, uid: str, *, is_claimed: bool) -> str:
    source = Source(material.answers.sources.get(uid, Source.SELF))
    told = str(SOURCES[source])
    return _("%(source)s, met bewijs", source=told) if is_claimed else told


def _claimed(claims: list[Claim], material: Material) -> Table:
    rows = tuple(
        (
            named(material.skills[one.skill], f" ({words.SKILL_LEVELS[one.level]})"),
            written(piece.text, f"{kind_of(piece)}:") if piece.text else Text(kind_of(piece)),
            Text(" ".join(map(str, (SHOWS[one.level - 1], REAL[piece.proof], ENOUGH[piece.proof])))),
            Text(" ".join(missing_in(one, material.today)) or "-"),
        )
        for one in claims
        for piece in one.evidence
    )
    head = (_("Vaardigheid"), _("Uw bewijs"), _("Dit wil een assessor zien"), _("Dit is nog nodig"))
    return Table(_("Wat u eerder leerde"), head, rows, widths=(3, 4, 5, 3))


def goal(material: Material) -> Chapter:
    """What the client wants, in own words and as it was understood, and the wishes."""
    answers, found = material.answers, material.wanted
    facts = (
        *(((_("Uw doel"), of_goal(found)),) if found else ()),
        *(((_("In uw eigen woorden"), written(answers.goal_text)),) if answers.goal_kind == "text" else ()),
    )
    wishes = tuple(Text(words.capitalised(text)) for text in constraint_texts(answers))
    asked = answers.goal_skills if answers.goal_kind == "skills" else answers.goal_meant if answers.goal_kind == "text" else {}
    wanted = tuple(
        named(material.skills[uid], f": {words.SKILL_LEVELS[level]}") for uid, level in asked.items() if level and uid in material.skills
    )
    points = (Points(_("Dit wilt u leren"), wanted), Points(_("Uw wensen"), wishes))
    return Chapter(
        "goal", _("Waar u heen wilt"), lead=paragraphs(material.dossier.goal), facts=facts, points=tuple(one for one in points if one.lines)
    )
