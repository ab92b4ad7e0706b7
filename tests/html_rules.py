"""Whether a page keeps to the HTML standard; the parser finds what is not well-formed, this what stands where it may not.

The rules are data, in `html_rules.toml`. They are strict: an element, attribute or role that is not named there is an error, so that
something new is looked up first.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

_RULES: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_HOLDS_A_HEADING = {"summary", "legend"}
_NO_CONTROL_WITHIN = {"a", "button"}
_NOT_EMPTY = {"id", "for", "name", "href", "lang", "src", "role"}


def _names(rule: str) -> frozenset[str]:
    return frozenset(_RULES[rule].split())


def _table(rule: str) -> dict[str, frozenset[str]]:
    return {tag: frozenset(names.split()) for tag, names in _RULES[rule].items()}


PHRASING, HOLDS_WORDS, CONTROLS, LABELABLE = _names("phrasing"), _names("holds_words"), _names("interactive"), _names("labelable")
INPUT_TYPES, ROLES, ARIA, NAMELESS = _names("input_types"), _names("roles"), _names("aria"), _names("nameless")
CHILDREN, PARENTS, FIRST, ATTRIBUTES = _table("children"), _table("parents"), _table("first"), _table("attributes")
KNOWN = PHRASING | _names("flow_only") | _names("other") | CHILDREN.keys() | PARENTS.keys() | ATTRIBUTES.keys()


def problems(root: Element) -> Iterator[str]:
    """What breaks a rule, one line each."""
    yield from _walk(root, (), {element.get("id", ""): element for element in root.iter()})


def _walk(element: Element, within: tuple[Element, ...], ids: dict[str, Element]) -> Iterator[str]:
    if not isinstance(element.tag, str) or element.tag.startswith("{"):
        return  # a comment, or a drawing: that is another language
    if element.tag not in KNOWN:
        yield f"<{element.tag}> is no element that we know"
    yield from _place(element, within)
    yield from _attributes(element)
    yield from _names_of(element, ids)
    for child in element:
        yield from _walk(child, (*within, element), ids)


def _place(element: Element, within: tuple[Element, ...]) -> Iterator[str]:
    tag, parent = element.tag, within[-1].tag if within else ""
    holder = next((above.tag for above in reversed(within) if above.tag != "a"), "")  # a link holds what its parent may hold
    if holder in HOLDS_WORDS and tag not in PHRASING and not (holder in _HOLDS_A_HEADING and tag in _HEADINGS):
        yield f"<{tag}> within <{holder}>"
    if parent == "div" and len(within) > 1 and within[-2].tag == "dl" and tag not in ("dt", "dd"):
        yield f"<{tag}> within a group of <dl>"
    if parent in CHILDREN and tag not in CHILDREN[parent]:
        yield f"<{tag}> is no child of <{parent}>"
    elif tag in PARENTS and parent not in PARENTS[tag]:
        yield f"<{tag}> stands in <{parent}>"
    if parent in FIRST.get(tag, ()) and within[-1][0] is not element:
        yield f"<{tag}> is not the first in <{parent}>"
    if tag in CONTROLS and element.get("type") != "hidden":
        yield from (f"<{tag}> within <{above.tag}>" for above in within if above.tag in _NO_CONTROL_WITHIN)


def _attributes(element: Element) -> Iterator[str]:
    allowed = _names("global_attributes") | ATTRIBUTES.get(element.tag, frozenset())
    for name, value in element.items():
        if name.startswith("aria-"):
            if name.removeprefix("aria-") not in ARIA:
                yield f"<{element.tag} {name}> is no ARIA attribute that we know"
        elif name not in allowed and not name.startswith("data-"):
            yield f"<{element.tag}> has no attribute {name}"
        if name in _NOT_EMPTY and not value.strip():
            yield f"<{element.tag} {name}> is empty"
    if element.get("role", "list") not in ROLES:
        yield f'<{element.tag} role="{element.get("role")}"> is no role that we know'
    if element.tag == "input" and element.get("type", "text") not in INPUT_TYPES:
        yield f'<input type="{element.get("type")}"> is no type that we know'


def _names_of(element: Element, ids: dict[str, Element]) -> Iterator[str]:
    if element.tag in NAMELESS and not element.get("role") and (element.get("aria-label") or element.get("aria-labelledby")):
        yield f"<{element.tag}> cannot have a name without a role"
    if element.tag == "img" and element.get("alt") is None:
        yield "<img> without alt"
    target = element.get("for")
    if element.tag == "label" and target and (target not in ids or ids[target].tag not in LABELABLE):
        yield f'<label for="{target}"> names no field'
    if element.tag == "th" and element.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
        yield "<th> without scope"
