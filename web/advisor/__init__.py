"""The side of those who advise learners: their dossiers, and what a client sees of them. See docs/advisors.md."""

from __future__ import annotations

from flask import Flask

from web.advisor.frame import part_links


def init_app(app: Flask) -> None:
    """Adds these pages to `app`."""
    # Not above: views need `web.security`, which needs the model in this package. Each adds its routes to one of the two blueprints.
    from web.advisor import client_views, dossier_views, figure_views, people, views  # noqa: F401
    from web.advisor.intake import answers_views, overview_views  # noqa: F401
    from web.advisor.intake import views as intake_views  # noqa: F401
    from web.advisor.matching import module_views, path_views, scenario_views  # noqa: F401
    from web.advisor.matching import views as matching_views  # noqa: F401
    from web.advisor.report import client_views as client_report_views  # noqa: F401
    from web.advisor.report import views as report_views  # noqa: F401
    from web.advisor.together import choice_views, claim_views, file_views  # noqa: F401

    app.register_blueprint(views.bp)
    app.register_blueprint(client_views.bp)
    app.jinja_env.globals["part_links"] = part_links
    app.jinja_env.filters.update(advisor_name=people.advisor_name, advisor_reach=people.advisor_reach)
