"""Which of the own modules one wants to see."""

from __future__ import annotations

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectField, StringField
from wtforms.fields import SelectChoice

from catalogue.publishing.checks import Check
from catalogue.publishing.desk import DeskWish, Waiting
from catalogue.vocabulary import Status
from web import words
from web.fields import clean
from web.hub.module_words import LACKS
from web.languages import _, lazy_gettext

MOST_WORDS_CHARS = 160


class DeskForm(Form):  # type: ignore[misc]
    """Words of the name, where a module stands, and what it lacks. Values that do not occur are left out; they are no mistake."""

    q = StringField(lazy_gettext("Naam of code"), default="", filters=[clean])
    stand = SelectField(lazy_gettext("Stand"), validate_choice=False, default="", filters=[clean])
    mist = SelectField(lazy_gettext("Wat nog mist"), validate_choice=False, default="", filters=[clean])

    def __init__(self, arguments: MultiDict[str, str], lacking: Mapping[Check, int]) -> None:
        super().__init__(arguments)
        everything = SelectChoice("", _("alles"))
        self.stand.choices = [
            everything,
            *(SelectChoice(str(code), str(word)) for code, word in words.STATUSES.items()),
            SelectChoice(str(Waiting.NEXT_VERSION), _("nieuwe versie wacht")),
        ]
        self.mist.choices = [everything, *(SelectChoice(str(one), f"{LACKS[one]} ({count})") for one, count in lacking.items())]

    @property
    def wanted(self) -> DeskWish:
        """What to look for."""
        stands: dict[str, Status | Waiting] = {str(one): one for one in (*Status, *Waiting)}
        lacks = {value: Check(value) for value, _label, *_rest in self.mist.iter_choices() if value}
        return DeskWish((self.q.data or "")[:MOST_WORDS_CHARS], stands.get(self.stand.data), lacks.get(self.mist.data))

    def parameters(self) -> MultiDict[str, str]:
        """The address of this search, without the page."""
        return MultiDict((name, field.data[:MOST_WORDS_CHARS]) for name, field in self._fields.items() if field.data)
