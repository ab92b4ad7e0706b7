"""`POST /path`: the modules to follow, in order and with dates, to reach a goal at the least cost, hours or time."""

from __future__ import annotations

import time
from typing import Any

from catalogue.modules import modules_by_id, stacks_by_id
from catalogue.skills.reads import skills_by_id
from web.api.blueprint import Blueprint
from web.api.path_schemas import PathAnswer, PathBody
from web.api.presenters import path_answer
from web.api.queries import learner_profile
from web.wiring import services

bp = Blueprint("api_path", __name__, description="Plan a path of modules to a goal")


@bp.post("/path")
@bp.arguments(PathBody)
@bp.response(200, PathAnswer)
def path(asked: dict[str, Any]) -> dict[str, Any]:
    """Plans a path for one person, or the best that the constraints allow, with what is in the way; nothing that is sent here is kept."""
    started, parts, today = time.perf_counter(), services(), services().today()
    with parts.database.reading() as session:
        profile = learner_profile(session, asked)
        choices = {"prefers_stacks": asked["prefer_stacks"], "keeps_to_goal": asked["keep_to_goal"]}
        planner = parts.matcher.planner(profile, today, profile.constraints.budget_eur, **choices)
        result = planner.path(asked["objective"], asked["coverage"])
        modules = modules_by_id(session, result.named_modules())
        answer = path_answer(result, modules, skills_by_id(session, result.named_skills()), stacks_by_id(session, result.stacks), today)
    return answer | {"took_ms": round((time.perf_counter() - started) * 1000, 2)}
