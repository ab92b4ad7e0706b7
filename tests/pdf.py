"""A PDF as a screen reader meets it: its structure tree, in order, with the words in it."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject
from werkzeug.test import TestResponse

from tests.pdf_text import Mark, languages_by_mark, words_by_mark


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the structure: its type, its depth, its language ("" where it has none of its own) and alternative text, of which
    cells it is the head ("" for other elements), and the marks of all content in it."""

    kind: str
    depth: int
    language: str
    alternative: str
    scope: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Pdf:
    """A parsed file."""

    reader: PdfReader
    root: DictionaryObject

    @property
    def text(self) -> str:
        """All words, on one line."""
        return " ".join(" ".join(page.extract_text() for page in self.reader.pages).split())

    @property
    def elements(self) -> list[Element]:
        """The structure in reading order."""
        pages = {page.indirect_reference.idnum: number for number, page in enumerate(self.reader.pages) if page.indirect_reference}
        return list(_elements(self.root["/StructTreeRoot"], 0, pages))

    def words(self, element: Element) -> str:
        """What an element says, on one line."""
        return " ".join("".join(self.marked.get(mark, "") for mark in element.marks).split())

    @cached_property
    def marked(self) -> dict[Mark, str]:
        """The text of each piece of marked content."""
        return words_by_mark(self.reader)

    @property
    def spoken(self) -> str:
        """All words in the order of the structure, on one line, without what is decoration."""
        return self.words(self.elements[0])

    def spoken_in(self, language: str) -> str:
        """All words that are marked as being in a language, without spaces; an element or its content can name it."""
        marks = {mark for element in self.elements if element.language == language for mark in element.marks}
        marks |= {mark for mark, own in languages_by_mark(self.reader).items() if own == language}
        return "".join("".join(self.marked.get(mark, "").split()) for mark in self.elements[0].marks if mark in marks)

    def kinds(self, *wanted: str) -> list[str]:
        """The types of the elements in order, only those that are `wanted`."""
        return [element.kind for element in self.elements if element.kind in wanted]

    def metadata_xml(self) -> str:
        """The XMP packet."""
        return str(self.root["/Metadata"].get_object().get_data().decode())


def parsed_pdf(answer: TestResponse) -> Pdf:
    """A PDF answer, after all checks that hold for every document: tagged, titled, with a language, all fonts within, nothing untagged."""
    assert answer.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.data))
    found = Pdf(reader, reader.trailer["/Root"])  # type: ignore[arg-type]
    assert found.root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert found.root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert found.root["/Lang"] in ("nl", "en")
    assert reader.metadata is not None
    assert reader.metadata.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in found.metadata_xml()
    for page in reader.pages:
        fonts = page["/Resources"].get("/Font", {})  # type: ignore[union-attr]
        assert all(_is_embedded(font.get_object()) for font in fonts.values())
        assert page["/Tabs"] == "/S"
        assert _untagged(page.get_contents()) == []
    return found


def _elements(node: Any, depth: int, pages: Mapping[int, int]) -> Iterator[Element]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return
    if "/S" in node:
        marks = tuple(_marks(node, None, pages))
        yield Element(str(node["/S"])[1:], depth, str(node.get("/Lang", "")), str(node.get("/Alt", "")), _scope(node), marks)
    for child in _children(node):
        yield from _elements(child, depth + 1, pages)


def _children(node: Any) -> list[Any]:
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    return children if isinstance(children, list) else [children]


def _marks(node: Any, page: Any, pages: Mapping[int, int]) -> Iterator[Mark]:
    """The marks below a node, in order; a number stands for content on the page of the nearest node that names one."""
    page = node.raw_get("/Pg").idnum if "/Pg" in node else page
    for reference in _children(node):
        child = reference.get_object() if hasattr(reference, "get_object") else reference
        if isinstance(child, int):
            yield pages[page], child
        elif child.get("/Type") == "/MCR":
            yield pages[child.raw_get("/Pg").idnum if "/Pg" in child else page], int(child["/MCID"])
        elif "/S" in child:
            yield from _marks(child, page, pages)


def _scope(node: Any) -> str:
    attributes = node.get("/A", [])
    attributes = attributes.get_object() if hasattr(attributes, "get_object") else attributes
    found = [one.get_object().get("/Scope") for one in (attributes if isinstance(attributes, list) else [attributes])]
    return next((str(one)[1:] for one in found if one), "")


def _is_embedded(font: Any) -> bool:
    descendants = font.get("/DescendantFonts", [font])
    described = [one.get_object().get("/FontDescriptor", {}) for one in descendants]
    return all(any(name in one for name in ("/FontFile", "/FontFile2", "/FontFile3")) for one in described)


def _untagged(contents: ContentStream | None) -> list[str]:
    """Text and lines that are neither part of the structure nor marked as decoration."""
    depth, found = 0, []
    for operands, operator in contents.operations if contents is not None else ():
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in (b"Tj", b"TJ", b"S", b"f", b"B", b"Do") and depth == 0:
            found.append(f"{operator!r} {operands!r}"[:80])
    return found
