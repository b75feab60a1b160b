"""Laws of the settings."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matinee.kit import settings

texts = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=30)


@given(st.dictionaries(st.sampled_from([name for name, _ in settings.documented()]), texts))
def test_any_environment_gives_settings_or_names_the_variable_at_fault(
    environment: dict[str, str],
) -> None:
    fault = None
    try:
        settings.from_environment(environment)
    except settings.SettingInvalid as error:
        fault = error.details["variable"]
    assert fault is None or fault in environment


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=20)))
def test_foreign_variables_change_nothing(environment: dict[str, str]) -> None:
    foreign = {k: v for k, v in environment.items() if not k.startswith("MATINEE_")}
    assert settings.from_environment(foreign) == settings.Settings()


@given(st.integers(-100, 100_000))
def test_a_port_is_between_1_and_65535(port: int) -> None:
    if 1 <= port <= 65_535:
        assert settings.from_environment({"MATINEE_PORT": str(port)}).port == port
    else:
        with pytest.raises(settings.SettingInvalid, match="MATINEE_PORT"):
            settings.from_environment({"MATINEE_PORT": str(port)})


def test_an_empty_variable_counts_as_unset() -> None:
    assert settings.from_environment({"MATINEE_PORT": "", "MATINEE_HOME": " "}) == (
        settings.Settings()
    )


def test_a_home_may_be_written_with_a_tilde_and_becomes_absolute() -> None:
    home = settings.from_environment({"MATINEE_HOME": "~/films"}).home
    assert home == Path.home() / "films"


def test_secrets_do_not_show() -> None:
    shown = repr(
        settings.from_environment(
            {
                "MATINEE_WRITER_KEY": "sk-hush",
                "MATINEE_DATABASE_URL": "postgresql://me:hush@host/films",
            }
        )
    )
    assert "hush" not in shown


def test_a_wrong_database_url_is_refused_without_repeating_its_password() -> None:
    with pytest.raises(settings.SettingInvalid) as caught:
        settings.from_environment({"MATINEE_DATABASE_URL": "mysql://me:hush@host/films"})
    assert "hush" not in str(caught.value)
    assert "postgresql" in str(caught.value)
