"""`POST /match`: modules ranked by what they close of a person's gap."""

from __future__ import annotations

import time
from typing import Any

from catalogue.modules import modules_by_id
from catalogue.skills.reads import skills_by_id
from web.api.blueprint import Blueprint
from web.api.match_schemas import MatchAnswer
from web.api.presenters import match_answer, what_if_item
from web.api.queries import learner_profile
from web.api.schemas import MatchBody
from web.wiring import services

bp = Blueprint("api_match", __name__, description="Match modules to a person")


@bp.post("/match")
@bp.arguments(MatchBody)
@bp.response(200, MatchAnswer)
def match(asked: dict[str, Any]) -> dict[str, Any]:
    """Ranks modules for one person; nothing that is sent here is kept."""
    started, parts, today = time.perf_counter(), services(), services().today()
    with parts.database.reading() as session:
        profile = learner_profile(session, asked)
        result = parts.matcher.match(profile, today, asked["limit"])
        wider = parts.matcher.what_if(profile, today) if asked["what_if"] else ()
        modules = modules_by_id(session, result.named_modules() | {one.module_id for one in wider})
        skills = skills_by_id(session, result.named_skills())
        answer = match_answer(result, modules, skills, today)
        if asked["what_if"]:
            answer["what_if"] = [what_if_item(one, profile, modules[one.module_id], today) for one in wider if one.module_id in modules]
    return answer | {"took_ms": round((time.perf_counter() - started) * 1000, 2)}
