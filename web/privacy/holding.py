"""What an entry of the data inventory looks like, and whose data it can be asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, FromClause, false
from sqlalchemy.orm import InstrumentedAttribute

from web.languages import lazy_gettext
from web.settings import Settings

if TYPE_CHECKING:
    from flask_babel.speaklater import LazyString


@dataclass(frozen=True, slots=True)
class Traces:
    """What one browser caused under e-mail addresses that it did not prove to own: it may undo that, and never read it.

    Reading it would tell who has an account, and show links that were mailed to somebody else.
    """

    letters: tuple[str, ...] = ()
    """Ids of letters."""
    alerts: tuple[int, ...] = ()
    requests: tuple[int, ...] = ()
    """Requests of an organisation to join."""
    accounts: tuple[int, ...] = ()
    """Accounts that were made here; they count only as long as nobody has confirmed them."""


@dataclass(frozen=True, slots=True)
class Person:
    """Whose data: those of an account, and those of this browser. A guest has no account and no address."""

    account_id: int | None = None
    email: str = ""
    session_hash: str = ""
    """Hash of the token of this browser's session."""
    shares: tuple[str, ...] = ()
    """Public ids of what this browser shared as a guest."""
    files: tuple[str, ...] = ()
    """Public ids of the evidence that this browser brought as a guest."""
    traces: Traces = Traces()


class Given(StrEnum):
    """How a value leaves with its owner."""

    AS_IS = "as_is"
    IS_SET = "is_set"
    """Only whether there is one: the value itself would open something."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column, or one entry of a column that holds several: what it is for.

    `why_not` says why its value is not handed out. `names` are the key and the name of another table, where the value itself is a number
    that says nothing.
    """

    purpose: LazyString
    given: Given = Given.AS_IS
    why_not: LazyString | None = None
    is_number: bool = False
    """A number that only we use; readers find it apart from what means something to them."""
    names: tuple[InstrumentedAttribute[int], InstrumentedAttribute[str]] | None = None


NUMBER = Field(lazy_gettext("Ons nummer voor dit gegeven."), is_number=True)
ACCOUNT_NUMBER = Field(lazy_gettext("Het nummer van uw account."), is_number=True)


def secret(purpose: LazyString) -> Field:
    """A column of which the value would open something."""
    return Field(purpose, Given.IS_SET, lazy_gettext("Wie dit heeft, kan bij uw gegevens."))


Mine = Callable[[Person], ColumnElement[bool]]


def of_account(column: Any) -> Mine:
    """Rows whose `column` names the person's account."""

    def mine(person: Person) -> ColumnElement[bool]:
        condition: ColumnElement[bool] = column == person.account_id
        return condition if person.account_id is not None else false()

    return mine


@dataclass(frozen=True, slots=True)
class Holding:
    """A table with personal data.

    `fields` and `not_personal` together are all of its columns. `entries` describes what stands inside a JSON column, by its key. `mine`
    finds a person's rows; without it nobody's rows can be found, and `kept` is short. `caused` finds those that a browser left under
    an address that is not proven to be its own: they are erased with the rest and never shown. `files` are erased along. Rows of what
    `stays` are not deleted: they name nobody once the rows of another holding are gone.
    """

    table: FromClause
    title: LazyString
    kept: LazyString
    fields: Mapping[str, Field]
    not_personal: frozenset[str] = frozenset()
    entries: Mapping[str, Mapping[str, Field]] = field(default_factory=dict)
    mine: Mine | None = None
    caused: Mine | None = None
    stays: bool = False
    files: Callable[[Settings, Person], Iterable[Path]] | None = None

    @property
    def name(self) -> str:
        """The table's name; it names the holding in an export too."""
        return str(self.table.description)

    @property
    def described(self) -> list[Field]:
        """What it keeps, for readers: the fields and, instead of a column of entries, each entry; what is for the same stands once."""
        every = (one for name, field in self.fields.items() for one in self.entries.get(name, {name: field}).values())
        return list({str(one.purpose): one for one in every}.values())
