"""Pages as a test looks at them: parsed strictly, checked for what a validator and a screen reader would stumble over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests import html_rules

LABELLED = {"input", "select", "textarea"}
UNLABELLED_TYPES = {"hidden", "submit", "button"}


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page."""

    root: Element
    response: TestResponse

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements of a tag ("*" for any) with these attributes; `class_` and `for_` stand for class and for."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [element for element in self.root.iter(tag) if all(element.get(name) == value for name, value in wanted.items())]

    def text(self, tag: str = "body", **attributes: str) -> str:
        """The words of the first such element."""
        return " ".join("".join(self.all(tag, **attributes)[0].itertext()).split())

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return self.text("title")

    def value(self, name: str) -> str:
        """The value of a form field."""
        return self.all("input", name=name)[0].get("value", "")

    def with_class(self, name: str) -> list[Element]:
        """Elements that have this class."""
        return [element for element in self.root.iter() if name in (element.get("class") or "").split()]


def parsed(response: TestResponse) -> Page:
    """A page, after all checks that hold for every page."""
    page = Page(_parse(response.get_data(as_text=True)), response)
    assert not problems(page.root), problems(page.root)
    return page


def problems_in(text: str) -> list[str]:
    """What is wrong with the text of a page, well-formedness included."""
    try:
        return problems(_parse(text))
    except html5lib.html5parser.ParseError as error:
        return [str(error)]


def _parse(text: str) -> Element:
    root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return root


def problems(root: Element) -> list[str]:
    """What is wrong with a page."""
    found = []
    elements = [element for element in root.iter() if isinstance(element.tag, str)]
    ids = [element.get("id", "") for element in elements if element.get("id") is not None]
    found += [f"id {name!r} stands {count} times" for name, count in Counter(ids).items() if count > 1 or not name or " " in name]
    found += [f"{len(list(root.iter(tag)))} <{tag}>" for tag in ("h1", "main", "title") if len(list(root.iter(tag))) != 1]
    if root.get("lang") not in ("nl", "en"):
        found.append("no language")
    labelled = {label.get("for") for label in root.iter("label")}
    for element in elements:
        name = f"<{element.tag} {element.get('id') or element.get('name') or element.get('class') or ''}>"
        if element.tag in LABELLED and element.get("type") not in UNLABELLED_TYPES and element.get("id") not in labelled:
            found.append(f"{name} has no label")
        if element.tag in ("a", "button", "summary", "h1", "h2", "h3") and not "".join(element.itertext()).strip():
            found.append(f"{name} is empty")
        if element.get("style") is not None or element.tag == "style" or any(key.startswith("on") for key in element.keys()):  # noqa: SIM118
            found.append(f"{name} has a style or script of its own")
        if element.tag == "script" and element.get("src") is None and element.get("type") != "application/ld+json":
            found.append("a script within the page")
        for key in ("aria-describedby", "aria-labelledby", "aria-controls"):
            found += [f"{name} {key} names {target!r}" for target in (element.get(key) or "").split() if target not in ids]
        if element.tag == "a" and (element.get("href") or "").startswith("#") and element.get("href", "")[1:] not in ids:
            found.append(f"{name} leads to {element.get('href')!r}, which is not there")
    return found + _heading_problems(root) + list(html_rules.problems(root))


def _heading_problems(root: Element) -> list[str]:
    ranks = [int(element.tag[1]) for element in root.iter() if element.tag in ("h1", "h2", "h3", "h4")]
    return [f"h{second} after h{first}" for first, second in pairwise(ranks) if second > first + 1]


def get(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Asks for a page, which must be sound and answer `status`."""
    response = client.get(path)
    assert response.status_code == status, (path, response.status_code)
    return parsed(response)


def post(client: FlaskClient, path: str, **values: str) -> TestResponse:
    """Fills in the form of a page, with its token."""
    token = get(client, path).value("csrf_token")
    return client.post(path, data={"csrf_token": token, **values})


def cells(page: Page, name: str) -> list[str]:
    """The texts of one row of the table, without its name."""
    for row in page.all("tr"):
        header, *values = [" ".join("".join(cell.itertext()).split()) for cell in row]
        if header == name:
            return values
    return []
