"""`modules`: a provider's catalogue in and out. The columns of a file are described in docs/import.md."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import with_appcontext

from catalogue.exchange.exporting import CellTooLong, export_modules
from catalogue.exchange.formats import FileFormat, FormatUnknown, format_of
from catalogue.exchange.import_file import ImportFile
from catalogue.exchange.importing import ImportPlan, ImportResult, apply_plan, plan_import
from catalogue.exchange.mapping import ColumnAbsent, FieldUnknown, MappingNotUnderstood, told_defaults, told_mapping
from catalogue.exchange.problems import ImportRefused
from catalogue.organisations import OrganisationUnknown, organisation_by_slug
from catalogue.overview import count_published
from catalogue.publishing.checks import Check
from catalogue.publishing.duplicates import NEAR_COPY
from catalogue.publishing.pairs import found_pairs, keep_pairs, modules_to_compare
from catalogue.search.indexing import sync
from web.cli.progress import shown_progress
from web.problem_texts import Language, problem_text, refusal_text
from web.wiring import services

FORMATS = click.Choice([file_format.value for file_format in FileFormat])
_MOST_TITLES = 5
_ADVICE: dict[Check, tuple[str, str]] = {
    Check.TITLE_MISSING: ("Zonder titel", "Without a title"),
    Check.DESCRIPTION_MISSING: ("Zonder beschrijving", "Without a description"),
    Check.DESCRIPTION_SHORT: ("Met een korte beschrijving", "With a short description"),
    Check.OUTCOMES_MISSING: ("Zonder leeruitkomsten", "Without learning outcomes"),
    Check.LEVEL_MISSING: ("Zonder niveau", "Without a level"),
    Check.LOAD_MISSING: ("Zonder studielast", "Without a study load"),
    Check.THEME_MISSING: ("Zonder thema", "Without a theme"),
    Check.SKILLS_MISSING: ("Zonder vaardigheden", "Without skills"),
    Check.SKILLS_UNCONFIRMED: ("Met vaardigheden die nog niemand heeft nagekeken", "With skills that nobody has checked yet"),
    Check.EDITIONS_MISSING: ("Zonder uitvoering", "Without an edition"),
    Check.EDITIONS_OVER: ("Waarvan elke uitvoering voorbij is", "With past editions only"),
    Check.PRICE_MISSING: ("Met een uitvoering zonder prijs", "With an edition without a price"),
}


@click.group("modules")
def commands() -> None:
    """A provider's catalogue, in and out."""


@commands.command("import")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--organisation", "slug", required=True, metavar="SLUG", help="Whose modules these are.")
@click.option("--format", "format_name", type=FORMATS, help="Without it the name of the file tells.")
@click.option("--map", "mapping", multiple=True, metavar="THEIRS=OURS", help="Which column is which field; repeatable, remembered.")
@click.option("--default", "defaults", multiple=True, metavar="FIELD=VALUE", help="Fills empty cells; repeatable.")
@click.option("--dry-run", is_flag=True, help="Only tell what would change.")
@click.option("--publish", is_flag=True, help="Put the modules online too.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="nl", show_default=True, help="Of the messages.")
@with_appcontext
def import_(
    *,
    path: Path,
    slug: str,
    format_name: str | None,
    mapping: tuple[str, ...],
    defaults: tuple[str, ...],
    dry_run: bool,
    publish: bool,
    language: Language,
) -> None:
    """Imports modules from CSV, XLSX, JSON Lines or OOAPI (JSON). All or nothing; importing the same file again changes nothing."""
    parts = services()
    index = 0 if language == "nl" else 1
    try:
        file_format = FileFormat(format_name) if format_name else format_of(path)
        file = ImportFile(path, file_format, told_mapping(mapping), told_defaults(defaults))
        with shown_progress() as progress:
            with parts.database.reading() as session:
                plan = plan_import(
                    session, organisation_by_slug(session, slug), file, parts.skills.recognise_many, publish=publish, progress=progress
                )
            if dry_run:
                result = None
            else:
                with parts.database.writing() as session:
                    result = apply_plan(session, plan, parts.now(), progress)
                sync(parts.database, parts.search, parts.now(), parts.meanings)
    except ImportRefused as refused:
        raise click.ClickException(refusal_text(refused, language, file_format)) from None
    except (OrganisationUnknown, FormatUnknown, MappingNotUnderstood, FieldUnknown, ColumnAbsent) as error:
        raise click.ClickException(str(error)) from None
    for problem in plan.left_open:
        click.echo(problem_text(problem, language, file_format=file_format))
    for line in _summary(plan, result, index):
        click.echo(line)


@commands.command("export")
@click.argument("path", metavar="FILE", type=click.Path(dir_okay=False, writable=True, path_type=Path))
@click.option("--format", "format_name", type=FORMATS, help="Without it the name of the file tells.")
@click.option("--organisation", "slug", metavar="SLUG", help="Only the modules of this provider.")
@with_appcontext
def export(path: Path, format_name: str | None, slug: str | None) -> None:
    """Exports the published modules to CSV, XLSX, JSON Lines or OOAPI (JSON)."""
    try:
        file_format = FileFormat(format_name) if format_name else format_of(path)
        with shown_progress() as progress, services().database.reading() as session:
            organisation = organisation_by_slug(session, slug) if slug else None
            count = export_modules(session, path, file_format, services().today(), organisation, progress)
    except (OrganisationUnknown, FormatUnknown, CellTooLong, OSError) as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{count:,} modules exported to {path}.")


@commands.command("duplicates")
@click.option("--organisation", "slug", metavar="SLUG", help="Only pairs with a module of this provider.")
@click.option("--least", type=click.FloatRange(0.5, 1.0), default=NEAR_COPY, show_default=True, help="Show pairs that are as much alike.")
@with_appcontext
def duplicates(slug: str | None, least: float) -> None:
    """Shows published modules that say nearly the same, the most alike first: likeness, and both names with their providers.

    A module that was taken over from another, with its origin kept, makes no pair with it. Providers see what was found on a page.
    """
    database = services().database
    with shown_progress() as progress, database.reading() as session:
        version, n_modules = modules_to_compare(session), count_published(session)
        found = found_pairs(session, min(least, NEAR_COPY), progress)
    if version is not None:
        with database.writing() as session:
            keep_pairs(session, [pair for pair in found if pair.likeness >= NEAR_COPY], version)
    shown = [
        pair for pair in found if pair.likeness >= least and slug in (None, pair.first.organisation.slug, pair.second.organisation.slug)
    ]
    for pair in shown:
        one, other = (f"{module.title} ({module.organisation.name}, {module.slug})" for module in (pair.first, pair.second))
        click.echo(f"{pair.likeness:.2f}  {one}  |  {other}")
    click.echo(f"{len(shown):,} pairs among {n_modules:,} modules.")


def _summary(plan: ImportPlan, result: ImportResult | None, index: int) -> list[str]:
    without = plan.n_modules - plan.n_with_skills
    counts = (
        f"{len(plan.added)} nieuw, {len(plan.changed)} gewijzigd, {plan.n_unchanged} ongewijzigd.",
        f"{len(plan.added)} new, {len(plan.changed)} changed, {plan.n_unchanged} unchanged.",
    )
    skills = (
        f"{plan.n_with_skills} met vaardigheden ({plan.n_recognised} nu uit de tekst herkend), {without} zonder.",
        f"{plan.n_with_skills} with skills ({plan.n_recognised} recognised from the text just now), {without} without.",
    )
    head = (f"{plan.n_modules} modules: ", f"{plan.n_modules} modules: ")
    lines = [head[index] + counts[index], skills[index]]
    if plan.ignored:
        lines.append(("Niet gebruikte kolommen: ", "Columns not used: ")[index] + ", ".join(plan.ignored))
    if result is None:
        titles = [values["title"] for values in (*plan.added, *plan.changed) if "title" in values][:_MOST_TITLES]
        lines += [f"  {title}" for title in titles]
        lines.append(("Proef: er is niets opgeslagen.", "Dry run: nothing was stored.")[index])
        return lines
    lines += [f"{_ADVICE[check][index]}: {result.advice[check]}" for check in Check if result.advice[check]]
    if not (result.n_added or result.n_changed):
        lines.append(("Er verandert niets.", "Nothing changes.")[index])
    elif plan.publish:
        lines.append(("De modules staan online en zijn te vinden.", "The modules are online and can be found.")[index])
    else:
        lines.append(
            ("Nieuwe modules zijn concept. Met --publish staan ze online.", "New modules are drafts; --publish puts them online.")[index]
        )
    return lines
