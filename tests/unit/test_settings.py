"""Settings from the environment: what is refused, and what is kept."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from web.settings import MIN_SECRET_CHARS, Settings, SettingsBroken


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = Settings.from_env()
    assert (settings.port, settings.search_url, settings.secure_cookies) == (8000, "whoosh:", False)
    assert settings.resolved_database_url == f"sqlite:///{Path('instance/leerwijzer.sqlite').resolve()}"


def test_all_bad_settings_are_reported_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {
        "DATABASE_URL": "mysql://x",
        "SEARCH_URL": "solr:",
        "SECRET_KEY": "short",
        "PORT": "70000",
        "SECURE_COOKIES": "perhaps",
        "TRUSTED_PROXIES": "9",
        "LOG_LEVEL": "loud",
        "LOG_FORMAT": "xml",
    }
    for name, value in bad.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsBroken) as broken:
        Settings.from_env()
    message = str(broken.value)
    assert [line.split(":")[0].strip() for line in message.splitlines()[1:]] == [
        name.upper() for name in Settings.model_fields if name.upper() in bad
    ]
    assert f"at least {MIN_SECRET_CHARS} characters" in message
    assert "docs/settings.md" in message
    assert "short" not in message


def test_an_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.setenv(name.upper(), "")
    assert Settings.from_env() == Settings()


def test_values_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "8123")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:pass@db/leerwijzer")
    settings = Settings.from_env()
    assert (settings.instance_dir, settings.port) == (tmp_path, 8123)
    assert settings.resolved_database_url == "postgresql+psycopg://user:pass@db/leerwijzer"
    assert Settings(database_url=settings.database_url).database_url == settings.database_url


@pytest.mark.parametrize(
    ("database_url", "search_url", "named"),
    [
        ("", "postgresql:", ["SEARCH_URL"]),
        ("sqlite:///x", "postgresql:", ["SEARCH_URL"]),
        ("mysql://x", "postgresql:", ["DATABASE_URL"]),
        ("mysql://x", "solr:", ["DATABASE_URL", "SEARCH_URL"]),
    ],
)
def test_search_in_the_database_needs_postgresql(
    monkeypatch: pytest.MonkeyPatch, database_url: str, search_url: str, named: list[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("SEARCH_URL", search_url)
    with pytest.raises(SettingsBroken) as broken:
        Settings.from_env()
    assert [line.split(":")[0].strip() for line in str(broken.value).splitlines()[1:]] == named


def test_search_in_postgresql_can_stand_beside_any_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", "postgresql://user:pass@db/search")
    assert Settings.from_env().search_url == "postgresql+psycopg://user:pass@db/search"
    monkeypatch.setenv("SEARCH_URL", "postgresql:")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:pass@db/leerwijzer")
    assert Settings.from_env().search_url == "postgresql:"


def test_secrets_stay_out_of_what_is_printed() -> None:
    settings = Settings(secret_key="k" * MIN_SECRET_CHARS, smtp_url="smtp://me:wachtwoord@mail:25")  # type: ignore[arg-type]
    assert "kkkk" not in repr(settings)
    assert "wachtwoord" not in repr(settings)


def test_a_secret_is_made_once_kept_and_private(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "instance"
    first = Settings(instance_dir=folder).resolved_secret_key()
    assert len(first) >= MIN_SECRET_CHARS
    assert Settings(instance_dir=folder).resolved_secret_key() == first
    assert Settings(instance_dir=tmp_path / "other").resolved_secret_key() != first
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_processes_that_start_together_agree_on_the_secret(tmp_path: Path) -> None:
    settings = Settings(instance_dir=tmp_path)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: settings.resolved_secret_key(), range(32)))
    assert len(keys) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_given_secret_is_used_and_not_written(tmp_path: Path) -> None:
    given = "g" * MIN_SECRET_CHARS
    assert Settings(instance_dir=tmp_path, secret_key=given).resolved_secret_key() == given  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
