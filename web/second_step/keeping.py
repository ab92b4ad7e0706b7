"""Reads and writes of the second step. Functions take the session first and never commit."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from web.second_step.codes import hash_of_recovery, matching_step, new_recovery_codes
from web.second_step.model import RecoveryCode, SecondStep


def is_on(session: Session, account_id: int) -> bool:
    """Whether an account asks for a code."""
    return second_step(session, account_id) is not None


def second_step(session: Session, account_id: int) -> SecondStep | None:
    """The second step of an account."""
    return session.get(SecondStep, account_id)


def codes_left(session: Session, account_id: int) -> int:
    """How many recovery codes are unused."""
    return session.scalar(select(func.count()).where(RecoveryCode.account_id == account_id)) or 0


def switch_on(session: Session, account_id: int, seed: str, typed: str, now: datetime) -> list[str] | None:
    """Asks for a code from now on; returns the recovery codes, which nobody can read again. None when `typed` is not the app's code."""
    step = matching_step(seed, typed, now)
    if step is None:
        return None
    session.merge(SecondStep(account_id=account_id, seed=seed, last_used=step, created_at=now))
    return renew_recovery_codes(session, account_id)


def switch_off(session: Session, account_id: int) -> None:
    """Asks for no code any more; its recovery codes are gone."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    session.execute(delete(SecondStep).where(SecondStep.account_id == account_id))


def renew_recovery_codes(session: Session, account_id: int) -> list[str]:
    """Fresh recovery codes; the former ones work no more."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = new_recovery_codes()
    session.add_all(RecoveryCode(code_hash=hash_of_recovery(code), account_id=account_id) for code in codes)
    session.flush()
    return codes


def is_right(session: Session, account_id: int, typed: str, now: datetime) -> bool:
    """Whether `typed` is a code of the app that was not used yet, or a recovery code. It is used up by asking.

    Both are used up by one conditional statement, so that of two who come at once with the same code one is refused.
    """
    own = second_step(session, account_id)
    if own is None:
        return False
    step = matching_step(own.seed, typed, now, own.last_used)
    if step is not None:
        unused = (SecondStep.account_id == account_id, SecondStep.last_used < step)
        return bool(session.execute(update(SecondStep).where(*unused).values(last_used=step)).rowcount)  # type: ignore[attr-defined]
    mine = (RecoveryCode.account_id == account_id, RecoveryCode.code_hash == hash_of_recovery(typed))
    return bool(session.execute(delete(RecoveryCode).where(*mine)).rowcount)  # type: ignore[attr-defined]
