"""Checks that every text of the interface has its translation: `python -m web.translations.check`."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from web.languages import LANGUAGES
from web.translations import hardcoded

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
WRITTEN_IN = "nl"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
_PLACEHOLDER = re.compile(r"%\((\w+)\)")

Text = str | tuple[str, ...]


def texts_in_code(root: Path = ROOT) -> set[Text]:
    """Every text that code and templates put through translation; a tuple of two where it has a plural."""
    with (HERE / "babel.cfg").open(encoding="utf-8") as config:
        methods, options = parse_mapping_cfg(config)  # type: ignore[no-untyped-call]
    found = extract_from_dir(root / "web", [(_below_web(pattern), method) for pattern, method in methods], _options(options), KEYWORDS)
    return {_text(text) for _file, _line, text, _comments, _context in found}


def texts_in_f_strings(root: Path = ROOT) -> Iterator[str]:
    """File and line of each text inside an f-string: these are not collected, and would stay Dutch in every language."""
    for file in sorted((root / "web").rglob("*.py")):
        for around in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            for part in ast.walk(around) if isinstance(around, ast.JoinedStr) else ():
                if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id in KEYWORDS:
                    yield f"{file.relative_to(root)}:{part.lineno}"


def translations(language: str, root: Path = HERE) -> Catalog:
    """The catalogue of a language."""
    with (root / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def problems(wanted: set[Text], catalogue: Catalog) -> Iterator[str]:
    """What is wrong with a catalogue, one sentence each."""
    held: dict[Text, Message] = {_text(message.id): message for message in catalogue if message.id}
    for text in sorted(wanted - held.keys(), key=str):
        yield f"is missing: {text!r}"
    for text in sorted(held.keys() - wanted, key=str):
        yield f"is used nowhere: {text!r}"
    for text in sorted(wanted & held.keys(), key=str):
        message = held[text]
        forms = [form or "" for form in (message.string if isinstance(message.string, tuple | list) else [message.string])]
        if message.fuzzy or not all(forms):
            yield f"is not translated: {text!r}"
        else:
            asked = set(_PLACEHOLDER.findall(str(text))) - {"num"}
            for form in forms:
                if set(_PLACEHOLDER.findall(form)) - {"num"} != asked:
                    yield f"has other placeholders: {text!r} -> {form!r}"


def _text(found: str | list[str] | tuple[str, ...]) -> Text:
    return found if isinstance(found, str) else tuple(found)


def _below_web(pattern: str) -> str:
    return pattern.removeprefix("web/")


def _options(options: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    return {_below_web(pattern): values for pattern, values in options.items()}


def main() -> int:
    """Checks all languages but the one that the texts are written in."""
    wanted, found = texts_in_code(), [f"stands in a template without translation: {line}" for line in hardcoded.problems()]
    found += [f"stands inside an f-string, where it is not collected: {line}" for line in texts_in_f_strings()]
    for language in LANGUAGES:
        if language != WRITTEN_IN:
            found += [f"{language}: {problem}" for problem in problems(wanted, translations(language))]
    if found:
        print("\n".join(found), "\nCollect new texts with `make translate` and write their translation.", sep="\n", file=sys.stderr)
        return 1
    print(f"{len(wanted)} texts, all translated")
    return 0


if __name__ == "__main__":
    sys.exit(main())
