"""What one can choose on the page of a path: what is to be least, how much of the goal, and for how much money."""

from __future__ import annotations

from typing import Any

from wtforms import BooleanField, Form, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import Optional

from matching.core.path.field import Objective
from web.fields import Amount, between
from web.languages import lazy_gettext

AIMS = {"kosten": Objective.COST, "tijd": Objective.DURATION, "uren": Objective.HOURS, "reizen": Objective.TRAVEL}
"""What is to be least, by its word in the address."""

SHARES = (
    ("60", lazy_gettext("het belangrijkste (60 procent)")),
    ("80", lazy_gettext("het meeste (80 procent)")),
    ("100", lazy_gettext("alles wat kan")),
)
USUAL_SHARE = "80"


class PathForm(Form):  # type: ignore[misc]
    """The choices in the address of the page; what nobody understands counts as not chosen."""

    deel = SelectField(
        lazy_gettext("Hoeveel van uw doel wilt u halen?"),
        choices=[SelectChoice(value, text) for value, text in SHARES],
        default=USUAL_SHARE,
        validate_choice=False,
    )
    stapel = BooleanField(lazy_gettext("Liefst modules die samen een certificaat opleveren"))
    gericht = BooleanField(lazy_gettext("Alleen modules die vooral over uw doel gaan"), false_values=("n", ""))
    """What is not chosen is left to us. The page has a hidden value beside the box, for who takes the tick away; of the two the one that
    stands for our own choice is empty, so that who changes something else still leaves it to us."""
    budget = Amount(lazy_gettext("Hoeveel mag de hele route kosten?"), [Optional(), between(0, 100_000)])

    @property
    def coverage(self) -> float:
        """Wanted share of the gap."""
        return int(self.share) / 100

    @property
    def share(self) -> str:
        """The chosen share, as it stands in the address."""
        return self.deel.data if self.deel.data in dict(SHARES) else USUAL_SHARE

    @property
    def budget_eur(self) -> float | None:
        """What the whole path may cost; None where nothing is filled in, or nothing that is an amount."""
        return None if self.budget.errors or self.budget.data is None else float(self.budget.data)

    @property
    def keeps_to_goal(self) -> bool | None:
        """Whether nothing beside the goal is wanted; None where it is left to us."""
        said = next(iter(self.gericht.raw_data or ()), "")
        return bool(self.gericht.data) if said else None

    def address_values(self, aim_word: str) -> dict[str, Any]:
        """The choices as they stand in the address of a page or a file about the same path; None for what is not chosen."""
        budget = None if self.budget_eur is None else f"{self.budget_eur:g}"
        stacks, to_goal = "y" if self.stapel.data else None, {None: None, True: "y", False: "n"}[self.keeps_to_goal]
        aim = aim_word if aim_word in AIMS else None
        return {"doel": aim, "deel": self.share, "budget": budget, "stapel": stacks, "gericht": to_goal}
