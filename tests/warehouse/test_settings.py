"""`settings.yaml`: what a person sets for a home, told with file and line where it cannot be used."""

from pathlib import Path

import pytest

from warehouse.home import Home
from warehouse.settings import BadSettings, Settings, load


@pytest.mark.parametrize("text", [None, "", "# nothing yet\n", "webhook: null\n"])
def test_a_home_need_set_nothing(tmp_path: Path, text: str | None):
    if text is not None:
        (tmp_path / "settings.yaml").write_text(text)
    assert load(Home.at(tmp_path)) == Settings()


@pytest.mark.parametrize("url", ["https://hooks.example.org/a/b?c=1", "http://127.0.0.1:8080/", "http://10.0.0.7/x"])
def test_the_webhook_may_be_anywhere(tmp_path: Path, url: str):
    (tmp_path / "settings.yaml").write_text(f"webhook: {url}\n")
    assert load(Home.at(tmp_path)).webhook == url


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# mine\nwebhok: http://a.example/\n", ":2: unknown setting 'webhok'; did you mean webhook?"),
        ("webhook: hooks.example.org\n", ":1: webhook: 'hooks.example.org' is no address that starts with http:// or"),
        ("\nwebhook: ftp://a.example/\n", ":2: webhook: 'ftp://a.example/' is no address that starts with"),
        ("webhook: 'http://a.example/ b'\n", "is no address"),
        ("webhook: http://[::1/\n", "is no address"),
        ("webhook: 7\n", ":1: webhook: input should be a valid string"),
        ("webhook: [a, b]\n", ":1: webhook: input should be a valid string"),
        ("- webhook\n", ":1: settings are lines such as"),
        ("webhook: http://a.example/\nwebhook: http://b.example/\n", "the key 'webhook' stands twice"),
        ("webhook: {\n", "not valid YAML"),
    ],
)
def test_what_cannot_be_used_is_one_line_with_its_place(tmp_path: Path, text: str, said: str):
    (tmp_path / "settings.yaml").write_text(text)
    with pytest.raises(BadSettings) as raised:
        load(Home.at(tmp_path))
    assert said in str(raised.value) and str(tmp_path / "settings.yaml") in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_secret_of_the_address_is_not_said(tmp_path: Path):
    (tmp_path / "settings.yaml").write_text("webhook: ftp://ann:hunter2@a.example/?token=hunter3\n")
    with pytest.raises(BadSettings) as raised:
        load(Home.at(tmp_path))
    assert "hunter" not in str(raised.value)


def test_what_is_no_text_is_told(tmp_path: Path):
    (tmp_path / "settings.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match="no UTF-8 text"):
        load(Home.at(tmp_path))
