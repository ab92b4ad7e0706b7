"""Which column of a file feeds which field.

A column whose name is known needs no telling. `--map THEIRS=OURS` names the others, and what it says is remembered per organisation.
On a page somebody can also say that a column feeds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalogue.exchange.columns import BY_NAME, Field, field_named, plain_name

UNUSED = ""
"""In the place of a field: the column feeds nothing, whatever its name."""


class MappingNotUnderstood(ValueError):
    """A text is not of the form THEIRS=OURS or FIELD=VALUE."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} has no name on both sides of '='")
        self.text = text


class FieldUnknown(ValueError):
    """No field has this name."""

    def __init__(self, name: str) -> None:
        self.name, self.known = name, tuple(BY_NAME)
        super().__init__(f"{name!r} is no field here; choose from {', '.join(self.known)}")


class ColumnAbsent(ValueError):
    """The file has no such column."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, tuple(columns)
        super().__init__(f"the file has no column {name!r}; it has {', '.join(columns)}")


class FieldFedTwice(ValueError):
    """Two columns feed a field that holds one value."""

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        self.name, self.columns = name, tuple(columns)
        super().__init__(f"{name!r} holds one value, and the columns {', '.join(columns)} all feed it")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Their column -> our field; `ignored` are the columns that feed nothing, `told` is the part to remember."""

    fields: Mapping[str, Field]
    ignored: tuple[str, ...]
    told: dict[str, str]


def told_mapping(texts: Iterable[str]) -> dict[str, str]:
    """Reads THEIRS=OURS texts into theirs -> ours.

    Raises:
        MappingNotUnderstood, FieldUnknown: naming the text or the field.
    """
    told = {}
    for text in texts:
        theirs, _equals, ours = (part.strip() for part in text.rpartition("="))
        if not theirs or not ours:
            raise MappingNotUnderstood(text)
        told[theirs] = _known(ours).name
    return told


def told_defaults(texts: Iterable[str]) -> dict[str, str]:
    """Reads FIELD=VALUE texts into field -> value. Raises as `told_mapping`."""
    defaults = {}
    for text in texts:
        name, _equals, value = (part.strip() for part in text.partition("="))
        if not name or not value:
            raise MappingNotUnderstood(text)
        defaults[_known(name).name] = value
    return defaults


def column_mapping(columns: Sequence[str], told: Mapping[str, str], remembered: Mapping[str, str]) -> ColumnMapping:
    """Decides what each column feeds.

    Args:
        columns: of the file.
        told: theirs -> ours, or `UNUSED`, as given now; each must be in the file.
        remembered: theirs -> ours of an earlier import; counts only when nothing is told now, and may name columns that are gone.

    Raises:
        ColumnAbsent, FieldFedTwice: naming the columns.
    """
    names = {plain_name(column): column for column in reversed(columns)}
    explicit: dict[str, Field | None] = {}
    for theirs, ours in (told or remembered).items():
        column = theirs if theirs in columns else names.get(plain_name(theirs))
        if column is not None and (ours in BY_NAME or ours == UNUSED):
            explicit[column] = BY_NAME.get(ours)
        elif told:
            raise ColumnAbsent(theirs, columns)
    fields: dict[str, Field] = {}
    spoken_for = {field.name for field in explicit.values() if field and not field.is_joined}
    for column in columns:
        field = explicit[column] if column in explicit else field_named(column)
        if field is not None and (column in explicit or field.name not in spoken_for):
            fields[column] = field
    for field in set(fields.values()):
        feeding = [column for column in columns if fields.get(column) is field]
        if len(feeding) > 1 and not field.is_joined:
            raise FieldFedTwice(field.name, feeding)
    ignored = tuple(column for column in columns if column not in fields)
    said = {column: field.name if field else UNUSED for column, field in explicit.items()}
    return ColumnMapping(fields, ignored, said if told else dict(remembered))


def worth_remembering(remembered: Mapping[str, str], told: Mapping[str, str]) -> dict[str, str]:
    """What was said of columns, earlier and now, but for what their names say already."""
    return {theirs: ours for theirs, ours in {**remembered, **told}.items() if (field := field_named(theirs)) is None or field.name != ours}


def _known(name: str) -> Field:
    field = BY_NAME.get(name) or field_named(name)
    if field is None:
        raise FieldUnknown(name)
    return field
