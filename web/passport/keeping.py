"""Where the passport of this visitor is kept: a guest's in the session, gone with it; that of an account in the database.

The skills stand in the answers of the guided profile too: from there the matcher takes them. Whoever changes the one changes the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import g, session
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.passports.passport import Passport, Source
from matching.profiles.profile import SkillSource
from web.learner.answers import Answers
from web.passport import files
from web.passport.model import StoredPassport
from web.security.access import current_actor
from web.security.owner import Owner
from web.wiring import services

SESSION_KEY = "passport"
FILES_KEY = "passport_files"
"""Which files this browser brought as a guest. Only what came in here stands here: an id in a file that somebody reads in opens nothing."""
SHARED_KEY = "passport_shared"
"""Which skills somebody chose to share; in the session, so that no address tells them."""

_TOLD = {Source.BADGE: SkillSource.BADGE, Source.RECOGNISED: SkillSource.RECOGNISED, Source.ADVISOR: SkillSource.ADVISOR}


def own_passport() -> Passport:
    """The passport of who makes this request; read at most once."""
    if "own_passport" not in g:
        account_id = current_actor().account_id
        if account_id is None:
            g.own_passport = Passport.of(session.get(SESSION_KEY))
        else:
            with services().database.reading() as reading:
                g.own_passport = passport_of(reading, account_id)
    kept: Passport = g.own_passport
    return kept


def change(changed: Callable[[Passport], Passport]) -> Passport:
    """Keeps the passport that `changed` makes of the present one. Whatever `changed` raises leaves everything as it was."""
    account_id = current_actor().account_id
    if account_id is None:
        before = Passport.of(session.get(SESSION_KEY))
        after = changed(before)
        session[SESSION_KEY] = after.stored()
    else:
        with services().database.writing() as writing:
            before = _locked(writing, account_id)
            after = changed(before)
            _store(writing, account_id, after)
    g.own_passport = after
    tell_answers(after, before)
    return after


def take_levels(levels: Mapping[str, int], origin: Source = Source.SELF) -> None:
    """Takes over what somebody answered in the guided profile; 0 takes a skill out."""
    own = own_passport().levels
    if any(own.get(uid, 0) != level for uid, level in levels.items()):
        change(lambda kept: kept.with_levels(levels, origin))


def tell_answers(now: Passport, before: Passport | None = None) -> None:
    """Lets the answers of this session say what the passport says."""
    answers, today = Answers.from_session(session), services().today()
    gone = before.levels.keys() - now.levels.keys() if before else set()
    skills = {uid: level for uid, level in answers.skills.items() if not (uid in gone and level)} | now.levels
    found = {one.skill: now.source(one, today) for one in now.skills}
    sources = {uid: _TOLD[source].value for uid, source in found.items() if source in _TOLD}
    if (skills, sources) != (answers.skills, answers.sources):
        answers.changed(skills=skills, sources=sources).keep(session)


def shared_skills() -> list[str]:
    """The skills that somebody chose to share; [] before any choice."""
    return list(session.get(SHARED_KEY, []))


def share_skills(uids: list[str]) -> None:
    """Keeps which skills somebody chose to share."""
    session[SHARED_KEY] = uids


def owner() -> Owner:
    """Whose files this request may see."""
    return Owner(current_actor().account_id, session.get(FILES_KEY, []))


def add_files(contents: Sequence[bytes], media_type: str) -> list[str]:
    """Keeps files for this visitor, all or none; returns their ids. Raises FilesFull."""
    parts, mine = services(), owner()
    with parts.database.writing() as writing:
        uids = [files.add_file(writing, mine, content, media_type, parts.now()) for content in contents]
    if mine.account_id is None:
        session[FILES_KEY] = [*mine.uids, *uids]
    return uids


def move_to(account_id: int) -> None:
    """Gives a guest's passport to the account that just signed in, together with what it had."""
    guest, uids = Passport.of(session.pop(SESSION_KEY, None)), session.pop(FILES_KEY, [])
    g.pop("own_passport", None)
    with services().database.writing() as writing:
        together = guest.joined(_locked(writing, account_id))
        kept = {piece.uid for piece in together.evidence}
        files.delete_files(writing, Owner(None, uids), [uid for uid in uids if uid not in kept])
        files.give_to(writing, uids, account_id)
        if guest != Passport():
            _store(writing, account_id, together)
    tell_answers(together)


def forget_answers() -> None:
    """Throws away what somebody only told; evidence stays, and what it shows. The same with an account and without."""
    change(lambda kept: kept.without_answers())


def passport_of(reading: Session, account_id: int) -> Passport:
    """The passport of an account."""
    stored = reading.get(StoredPassport, account_id)
    return Passport.of(stored.content if stored else None)


def _locked(writing: Session, account_id: int) -> Passport:
    """The passport of an account; nobody else changes it before this transaction ends."""
    content: Any = writing.scalar(select(StoredPassport.content).where(StoredPassport.account_id == account_id).with_for_update())
    return Passport.of(content)


def _store(writing: Session, account_id: int, kept: Passport) -> None:
    writing.merge(StoredPassport(account_id=account_id, content=kept.stored(), updated_at=services().now()))
