"""The rules for HTML: they find what is wrong, and nothing else."""

from __future__ import annotations

import html5lib
import pytest

from tests.html_rules import problems


def found_in(body: str) -> list[str]:
    page = f'<!doctype html><html lang="nl"><head><title>x</title></head><body>{body}</body></html>'
    return list(problems(html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<span><div>x</div></span>", ["<div> within <span>"]),
        ('<span><a href="/"><div>x</div></a></span>', ["<div> within <span>"]),
        ("<details><summary><p>x</p></summary></details>", ["<p> within <summary>"]),
        ("<ul><div>x</div></ul>", ["<div> is no child of <ul>"]),
        ("<dl><div><b>x</b><dt>y</dt><dd>z</dd></div></dl>", ["<b> within a group of <dl>"]),
        ("<div><li>x</li></div>", ["<li> stands in <div>"]),
        ("<fieldset><p>x</p><legend>y</legend></fieldset>", ["<legend> is not the first in <fieldset>"]),
        ('<a href="/"><button>x</button></a>', ["<button> within <a>"]),
        ('<p clas="x">y</p>', ["<p> has no attribute clas"]),
        ('<p aria-labeledby="x">y</p>', ["<p aria-labeledby> is no ARIA attribute that we know"]),
        ('<div role="dropdown">y</div>', ['<div role="dropdown"> is no role that we know']),
        ('<div aria-label="x">y</div>', ["<div> cannot have a name without a role"]),
        ('<label for="weg">y</label>', ['<label for="weg"> names no field']),
        ("<table><tr><th>x</th></tr></table>", ["<th> without scope"]),
        ("<img src='x.png'>", ["<img> without alt"]),
        ('<input type="datum">', ['<input type="datum"> is no type that we know']),
        ("<centre>x</centre>", ["<centre> is no element that we know"]),
        ('<p id="">x</p>', ["<p id> is empty"]),
    ],
)
def test_each_fault_is_found(body: str, found: list[str]) -> None:
    assert found_in(body) == found


@pytest.mark.parametrize(
    "body",
    [
        "<details><summary><svg></svg> <h2>x</h2></summary><p>y</p></details>",
        '<dl><div><dt>x</dt><dd>y <a href="/">z</a></dd></div></dl>',
        '<section aria-labelledby="k"><h2 id="k">x</h2></section>',
        '<label for="q">x</label><input id="q" type="search" name="q" data-suggest="module">',
        '<div role="region" tabindex="0" aria-label="x"><table><caption>y</caption><tr><th scope="row">z</th></tr></table></div>',
    ],
)
def test_what_is_right_passes(body: str) -> None:
    assert found_in(body) == []
