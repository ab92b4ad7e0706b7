"""Who may reach each route of the site, for tests, and what stands in the addresses that have something to fill in."""

from __future__ import annotations

from tests.intake import INTAKE_ROUTES
from web.accounts.models import RoleName

GUEST = "guest"
WHO = (GUEST, *(role.value for role in RoleName))
EVERYONE = set(WHO)
SIGNED_IN = EVERYONE - {GUEST}
PUBLISHERS: set[str] = {RoleName.HUB, RoleName.ADMIN}
ADVISORS: set[str] = {RoleName.ADVISOR, RoleName.ADMIN}
ALLOWED: dict[str, set[str]] = {
    **dict.fromkeys(
        [
            *("static", "health.healthz", "health.readyz", "health.metrics", "security.security_txt", "presentation.choose_language"),
            *(
                "browse.home",
                "browse.search",
                "browse.search_map",
                "browse.module",
                "browse.badge_file",
                "browse.to_provider",
                "browse.provider",
                "browse.hubs",
                "browse.hub",
            ),
            *("dcat.negotiated", "dcat.as_json_ld", "dcat.as_turtle"),
            *("addresses.favicon", "addresses.robots", "addresses.sitemap", "addresses.sitemap_part"),
            *("radar.overview", "radar.table", "browse.about", "browse.accessibility", "browse.privacy"),
            *("site.how_we_rank", "site.ranking_record", "site.help_page", "site.funding", "site.contact", "site.style", "site.theme_css"),
            *("learner.start", "learner.occupation", "learner.skills", "learner.more_skills", "learner.story", "learner.basics"),
            *(
                "learner.goal",
                "learner.goal_occupation",
                "learner.goal_skills",
                "learner.goal_text",
                "learner.goal_meant",
                "learner.goal_theme",
                "learner.goal_explore",
                "learner.constraints",
                "learner.check",
            ),
            *("learner.matches", "learner.path", "learner.ease", "learner.weigh", "learner.wipe", "learner.with_words"),
            *("scenarios.side_by_side", "scenarios.take_over"),
            *("lists.overview", "lists.save", "lists.save_path", "lists.remove", "lists.empty", "lists.put_back", "lists.compare"),
            *("lists.agenda", "lists.path_agenda", "lists.list_pdf", "lists.matches_pdf", "lists.path_pdf"),
            *("shares.overview", "shares.new", "shares.end", "shares.end_by_link", "shares.read", "shares.read_pdf"),
            *("passport.overview", "passport.add", "passport.remove", "passport.add_certificate", "passport.add_badge", "passport.read_in"),
            *("passport.piece", "passport.piece_file", "passport.remove_piece", "passport.choose_shared"),
            *("passport.as_json", "passport.as_pdf", "passport.schema"),
            *("accounts.sign_in", "accounts.sign_out", "accounts.register", "accounts.recover", "accounts.look_in_mail"),
            *("feeds.modules", "following.search", "following.profile", "following.start", "following.alert", "following.stop"),
            *("privacy.overview", "privacy.read", "privacy.download", "privacy.wipe"),
            *("accounts.use_link", "accounts.confirm_address", "accounts.reset_password", "invitations.accept"),
            *(
                "api-docs.openapi_json",
                "api_docs.docs",
                "open_education.docs",
                "api_modules.modules",
                "api_modules.module",
                "api_match.match",
                "api_explore.explore",
                "api_path.path",
            ),
            *("ooapi_v5.service", "ooapi_v5.everything", "ooapi_v5.organizations", "ooapi_v5.organization", "ooapi_v5.organization_part"),
            *(
                "ooapi_v5.program",
                "ooapi_v5.program_part",
                "ooapi_v5.course",
                "ooapi_v5.course_offerings",
                "ooapi_v5.course_components",
                "ooapi_v5.offering",
            ),
            *("ooapi_v6.service", "ooapi_v6.everything", "ooapi_v6.organisations", "ooapi_v6.organisation", "ooapi_v6.organisation_part"),
            *("ooapi_v6.programme", "ooapi_v6.programme_part", "ooapi_v6.course", "ooapi_v6.course_offerings", "ooapi_v6.course_offering"),
            *("ooapi_v6.learning_outcomes", "ooapi_v6.learning_outcome"),
            *("ooapi_v6.academic_sessions", "ooapi_v6.academic_session", "ooapi_v6.academic_session_offerings"),
            *("ooapi_v5.education_specification", "ooapi_v5.education_specification_part"),
            *("ooapi_v5.academic_sessions", "ooapi_v5.academic_session", "ooapi_v5.academic_session_offerings"),
            *("demands.overview", "demands.as_csv", "demands.demand"),
            *("api_taxonomy.occupations", "api_taxonomy.skills", "api_taxonomy.suggest", "api_taxonomy.recognise"),
            "api_demands.demands",
            *("joining.ask", "joining.own", "joining.withdraw"),
        ],
        EVERYONE,
    ),
    **dict.fromkeys(
        ["accounts.overview", "accounts.change_password", "accounts.end_other_sessions", "accounts.delete", "following.overview"], SIGNED_IN
    ),
    **dict.fromkeys(
        ["client.own", "second_step.overview", "second_step.switch_on", "second_step.switch_off", "second_step.recovery_codes"], SIGNED_IN
    ),
    **{name: set() for name in ("api_own.own", "api_own.put", "api_own.step")},  # with a key: see tests/integration/test_api_tokens.py
    "second_step.ask": set(),  # only between the password and the code: see tests/integration/test_second_step.py
    **dict.fromkeys(
        [
            *("editor.series", "editor.badge", "uploads.template_file"),
            *("hub.start", "editor.new", "editor.overview_page", "editor.text", "editor.facts", "editor.skills", "editor.entry"),
            *("editor.runs", "editor.run", "editor.remove_run", "editor.preview", "editor.versions", "editor.exchange"),
            *("editor.step", "editor.discard", "editor.copy", "uploads.upload", "uploads.columns", "uploads.look", "uploads.details"),
            *("uploads.own_file", "uploads.take_back", "editor.remove"),
            *(
                "figures.overview",
                "figures.table",
                "sources.overview",
                "sources.edit",
                "sources.changes",
                "sources.try_now",
                "sources.remove",
            ),
            *("people.overview", "people.change", "people.remove", "people.withdraw", "tokens.overview", "tokens.revoke"),
            *("editor.together", "editor.stop_together", "joint.overview_page", "joint.accept", "joint.leave"),
            *("editor.origin", "double.overview", "double.side_by_side", "double.settled"),
            *("central.overview", "central.template", "central.remove", "central.look", "editor.ask_approval"),
        ],
        PUBLISHERS,
    ),
    **dict.fromkeys(("client.own", *(f"demands.{name}" for name in ("own", "new", "question", "skills", "limits", "step"))), SIGNED_IN),
    **dict.fromkeys((f"demands.{name}" for name in ("help_with", "answer", "remove_answer", "make_module")), PUBLISHERS),
    "join_requests.overview": {RoleName.ADMIN},
    "join_requests.look": {RoleName.ADMIN},
    "adopting.adopt": {RoleName.ADMIN},  # and who publishes for an organisation: see tests/integration/test_adopting.py
    **dict.fromkeys(
        (f"advisor.{name}" for name in ("start", "team", "card", "new", "paper", "dossier", "story", "note", "drop_note")), ADVISORS
    ),
    **dict.fromkeys((f"advisor.{name}" for name in ("task", "turn", "state", "link", "to_colleague")), ADVISORS),
    **dict.fromkeys(
        (f"advisor.{name}" for name in ("matches", "weigh", "wishes", "decide_module", "reject", "modules", "module")), ADVISORS
    ),
    **dict.fromkeys((f"advisor.{name}" for name in ("what_if", "take_over", "keep_compared", "path", "pin_path", "replace")), ADVISORS),
    **dict.fromkeys((f"client.{name}" for name in ("look", "agree", "withdraw", "wipe")), EVERYONE),
    **dict.fromkeys(
        (
            f"advisor.{name}"
            for name in ("choices", "compare", "change_choice", "remove_choice", "claims", "claim", "remove_claim", "remove_evidence")
        ),
        ADVISORS,
    ),
    **dict.fromkeys((f"client.{name}" for name in ("choices", "compare", "change_choice", "remove_choice", "take_own_list")), EVERYONE),
    **dict.fromkeys(
        (
            f"client.{name}"
            for name in ("claims", "claim", "remove_claim", "remove_evidence", "files", "fetch_file", "remove_file", "longer")
        ),
        EVERYONE,
    ),
    **dict.fromkeys((f"advisor.{name}" for name in ("files", "fetch_file", "remove_file", "edit_note", "longer")), ADVISORS),
    **dict.fromkeys(("advisor.intake", *(f"advisor.intake_{page}" for page in INTAKE_ROUTES)), ADVISORS),
    **dict.fromkeys((f"client.{name}" for name in ("answers", "give_answers", "take_answers")), EVERYONE),
    **dict.fromkeys(("advisor.report", "advisor.report_version", "advisor.report_pdf"), ADVISORS),
    **dict.fromkeys(("client.report", "client.report_version", "client.report_pdf"), EVERYONE),
}
"""Who may reach each route. A new route fails until it stands here; who may do what with one object is in tests/unit/test_access.py."""

VALUES: dict[str, object] = {
    "slug": "warmtepompen-plaatsen-en-inregelen",
    "reference": "warmtepompen-plaatsen-en-inregelen",
    "code": "nl",
    "token": "geen-echte",
    "kind": "lijst",
    "uid": "geen-echte",
    "key": "geen-echte",
    "number": 1,
    "module": "geen-echte",
    "edition": "geen-echte",
    "skill": "geen-echte",
    "file": "geen-echte",
    "filename": "leerwijzer.css",
    "part": 1,
    "other": "ook-niet",
    "at": 0,
    "feed_id": 1,
    "extension": "csv",
    "below": "courses",
    "moment": "20261123T090000000000",
}
