"""A PDF as a screen reader meets it: its structure tree, in order, with the words in it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ContentStream, DictionaryObject
from werkzeug.test import TestResponse


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the structure: its type, its depth, its language ("" where it has none of its own) and alternative text."""

    kind: str
    depth: int
    language: str
    alternative: str


@dataclass(frozen=True, slots=True)
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
        return list(_elements(self.root["/StructTreeRoot"], 0))

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


def _elements(node: Any, depth: int) -> Iterator[Element]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if not isinstance(node, dict):
        return
    if "/S" in node:
        yield Element(str(node["/S"])[1:], depth, str(node.get("/Lang", "")), str(node.get("/Alt", "")))
    children = node.get("/K", [])
    children = children.get_object() if hasattr(children, "get_object") else children
    for child in children if isinstance(children, list) else [children]:
        yield from _elements(child, depth + 1)


def _is_embedded(font: Any) -> bool:
    descendants = font.get("/DescendantFonts", [font])
    described = [one.get_object().get("/FontDescriptor", {}) for one in descendants]
    return all(any(name in one for name in ("/FontFile", "/FontFile2", "/FontFile3")) for one in described)


def _untagged(contents: ContentStream | None) -> list[str]:
    """Text and lines that are neither part of the structure nor marked as decoration."""
    depth, found = 0, []
    for operands, operator in contents.operations if contents else ():
        if operator in (b"BDC", b"BMC"):
            depth += 1
        elif operator == b"EMC":
            depth -= 1
        elif operator in (b"Tj", b"TJ", b"S", b"f", b"B", b"Do") and depth == 0:
            found.append(f"{operator!r} {operands!r}"[:80])
    return found
