"""Options may stand anywhere, hold over the environment, and a value that cannot be used is named but not shown."""

import pytest

from server.cli.options import Options, SettingsNotValid, options_first


@pytest.mark.parametrize(
    ("words", "ordered"),
    [
        (["serve", "--port", "80"], ["--port", "80", "serve"]),
        (["serve", "--data=/srv"], ["--data=/srv", "serve"]),
        (["mail", "--last", "--data", "/srv"], ["--data", "/srv", "mail", "--last"]),
        (["import", "--", "--port"], ["import", "--", "--port"]),
        (["serve", "--port"], ["--port", "serve"]),
        (["serve", "--tls"], ["--tls", "serve"]),
    ],
)
def test_options_of_every_command_are_moved_before_the_command(words: list[str], ordered: list[str]) -> None:
    assert options_first(words) == ordered


def test_an_option_holds_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSEL_PORT", "8001")

    assert Options(port=8002).settings().port == 8002
    assert Options().settings().port == 8001


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HANDSEL_PORT", "70000"),
        ("HANDSEL_ENV", "hush"),
        ("HANDSEL_LOG_LEVEL", "hush"),
        ("HANDSEL_PUBLIC_URL", "hush.example.org"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsNotValid) as caught:
        Options().settings()

    assert name in str(caught.value)
    assert "hush" not in str(caught.value)


def test_production_without_https_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDSEL_ENV", "production")
    monkeypatch.delenv("HANDSEL_PUBLIC_URL", raising=False)

    with pytest.raises(SettingsNotValid, match="https"):
        Options().settings()
