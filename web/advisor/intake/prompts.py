"""Short sentences for an advisor to say aloud at each step, and tasks that a route asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from web.advisor.intake.answer_codes import BARRIERS, Route
from web.advisor.intake.steps import Step
from web.advisor.intake.talk import Talk
from web.languages import lazy_gettext

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString

USUAL: Mapping[Step, tuple[LazyString, ...]] = {
    Step.SITUATION: (lazy_gettext("Wat brengt u hier vandaag?"), lazy_gettext("Hoe ziet een gewone week er voor u uit?")),
    Step.WORK: (
        lazy_gettext("Wat was uw laatste werk? En wat deed u daarvoor?"),
        lazy_gettext("Deed u ook werk waar u geen geld voor kreeg?"),
    ),
    Step.SKILLS: (lazy_gettext("Doet u dit alleen, of helpt er iemand?"), lazy_gettext("Waar komen collega's u hulp bij vragen?")),
    Step.ENERGY: (lazy_gettext("Wanneer ging u fluitend naar huis?"), lazy_gettext("Wat laat u het liefst aan een ander over?")),
    Step.GOAL: (
        lazy_gettext("Stel, het is twee jaar later. Wat doet u dan?"),
        lazy_gettext("Wat moet er zeker bij blijven van uw werk nu?"),
    ),
    Step.WISHES: (lazy_gettext("Op welke dagen lukt leren zeker niet?"), lazy_gettext("Hoe lang mag de reis naar de les duren?")),
    Step.LANGUAGE: (
        lazy_gettext("Lukt het om een brief van de gemeente te lezen?"),
        lazy_gettext("Wat doet u zelf op de computer of de telefoon?"),
    ),
    Step.BARRIERS: (lazy_gettext("Waarom lukte het tot nu toe nog niet?"), lazy_gettext("Wie kan u hierbij helpen?")),
}

BY_ROUTE: Mapping[tuple[str, Step], tuple[LazyString, ...]] = {
    (Route.CAREER, Step.WORK): (lazy_gettext("Welk deel van uw werk wilt u meenemen naar iets nieuws?"),),
    (Route.CAREER, Step.SKILLS): (lazy_gettext("Wat hiervan zou u in heel ander werk ook gebruiken?"),),
    (Route.CAREER, Step.GOAL): (lazy_gettext("Kent u iemand die dit werk al doet?"),),
    (Route.MIGRANT, Step.WORK): (lazy_gettext("Wat deed u in het land waar u vandaan komt?"),),
    (Route.MIGRANT, Step.SKILLS): (lazy_gettext("Hebt u een diploma, in welke taal dan ook?"),),
    (Route.MIGRANT, Step.LANGUAGE): (lazy_gettext("In welke taal leert u het makkelijkst?"),),
    (Route.SMALL_FIRM, Step.GOAL): (lazy_gettext("Wat wil uw baas dat u straks kunt? En wat wilt u zelf?"),),
    (Route.SMALL_FIRM, Step.WISHES): (lazy_gettext("Betaalt uw baas mee? En mag u leren in werktijd?"),),
    (Route.SMALL_FIRM, Step.BARRIERS): (lazy_gettext("Wie neemt uw werk over als u les hebt?"),),
}

TASKS: Mapping[str, tuple[LazyString, ...]] = {
    Route.CAREER: (lazy_gettext("Met iemand praten die dit werk al doet"),),
    Route.MIGRANT: (BARRIERS["diploma"].first_step, lazy_gettext("Het niveau van Nederlands laten toetsen")),
    Route.SMALL_FIRM: (
        lazy_gettext("Met de baas praten over betalen en over uren"),
        lazy_gettext("Bij de branche vragen of er geld is voor leren"),
    ),
}
"""What is useful to do on a route, whatever was answered."""


def prompts_of(route: str, step: Step) -> list[LazyString]:
    """What to say at a step, that of the route first."""
    return [*BY_ROUTE.get((route, step), ()), *USUAL[step]]


def tasks_of(talk: Talk) -> Sequence[tuple[str, LazyString]]:
    """Tasks to propose, each with a code that tells it from the others: those of the route, then the first step at each barrier."""
    by_route = TASKS.get(talk.route, ())
    by_barrier = [(code, BARRIERS[code].first_step) for code in talk.barriers if code in BARRIERS]
    others = [(code, text) for code, text in by_barrier if text not in by_route]
    return [*((f"{talk.route}-{number}", text) for number, text in enumerate(by_route)), *others]
