"""A user, a password or a key in a URL is shown to the host that is asked, and to nobody else."""

import base64
import re

import pytest

from warehouse import fetch as f
from warehouse.archive import Archive
from warehouse.fetch import Limits, fetch

QUICK = Limits(connect_timeout=5, read_timeout=5, total_deadline=20, retries=0)
PAGE = b"<p>In 2022 the shelter took in 1,204 animals.</p>"
ANN = "Basic " + base64.b64encode(b"ann:secret").decode()


def with_user(url: str) -> str:
    return url.replace("//", "//ann:secret@")


def test_what_is_secret_is_used_and_not_kept(web, home):
    asked = "/a?api_key=secret&year=2022"
    headers = {
        "Content-Location": web.url(asked),
        "Link": f"<{with_user(web.url())}?token=secret>; rel=canonical",
        "Set-Cookie": "session=secret; HttpOnly",
    }
    web.answer(asked, body=PAGE, headers=headers)
    got = fetch(with_user(web.url(asked)), limits=QUICK)
    assert (web.asked[0].path, web.asked[0].headers["authorization"]) == (asked, ANN)
    assert got.url == got.final_url == web.url("/a?api_key=REDACTED&year=2022")
    Archive(home).store("shelter", got, sample=False)
    (capture,) = Archive(home).captures()
    assert "secret" not in repr(got) + repr(capture)


def test_a_cookie_given_to_anyone_is_kept(web):
    web.answer("/", body=PAGE, headers={"Set-Cookie": "language=en"})
    assert fetch(web.url(), limits=QUICK).header("Set-Cookie") == "language=en"


def test_the_validators_of_a_page_with_a_key_are_found(web, home):
    web.answer("/?token=secret", body=PAGE, headers={"ETag": '"1"'}).answer("/?token=secret", status=304)
    archive, url = Archive(home), with_user(web.url("/?token=secret"))
    archive.store("shelter", fetch(url, limits=QUICK), sample=False)
    known = archive.last_validators("shelter", url)
    assert known.etag == '"1"'
    again = archive.store("shelter", fetch(url, etag=known.etag, limits=QUICK), sample=False)
    assert again.record_type == "revisit"


def test_a_redirect_within_a_host_keeps_the_user_and_one_elsewhere_does_not(web):
    for target in ("/end", web.url("/end"), f"http://localhost:{web.port}/end"):
        web.forget("/")
        web.answer("/", status=302, headers={"Location": target}).answer("/end", body=PAGE)
        got = fetch(with_user(web.url()), limits=QUICK)
        assert web.asked[-1].headers.get("authorization") == (None if "localhost" in target else ANN)
        assert "secret" not in repr(got)


def test_a_key_that_a_redirect_carries_on_is_not_kept(web):
    web.answer("/", status=302, headers={"Location": "/end?access_token=secret#sig=secret"})
    web.answer("/end?access_token=secret", body=PAGE)
    got = fetch(web.url(), limits=QUICK)
    assert got.body == PAGE
    assert got.final_url == web.url("/end?access_token=REDACTED#sig=REDACTED")


@pytest.mark.parametrize("path", ["/?api_key=secret", "/?password=secret&x=1", "/in;sid=secret/"])
@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (302, {"Location": "ftp://ann:secret@127.0.0.1/?token=secret"}),
        (302, {"Location": "http://10.0.0.1/?token=secret"}),
        (302, {"Location": "/round?api_key=secret"}),
        (302, {"Location": "http://ann:secret@[::1"}),
        (200, {"Content-Encoding": "gzip"}),
        (200, {"Content-Encoding": "unheard-of"}),
        (304, {}),
    ],
)
def test_no_message_shows_what_is_secret(web, path, status, headers):
    web.answer(path, status=status, body=PAGE, headers=headers)
    web.answer("/round?api_key=secret", status=302, headers={"Location": "?api_key=secret"})
    with pytest.raises(f.FetchError) as caught:
        fetch(with_user(web.url(path)), limits=QUICK)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "url",
    ["{}", "http://ann:secret@no-such-host.invalid/?token=secret", "http://ann:se#secret@a.example/", "ftp://ann:secret@a/",
     "http://ann:secret@a..b/?token=secret", "http://ann:secret@[::1?sig=secret", "https://ann:secret@*.example/"],
)  # fmt: skip
def test_no_message_of_a_failed_request_shows_what_is_secret(closed_port_url, url):
    with pytest.raises((f.FetchError, f.InvalidURL)) as caught:
        fetch(url.format(with_user(closed_port_url) + "?api_key=secret"), limits=QUICK)
    assert "secret" not in str(caught.value)


def test_libraries_do_not_log_what_is_secret(web, caplog):
    raw = b"HTTP/1.1 200 OK\r\nbad\xff header\r\nContent-Length: 2\r\n\r\nok"
    web.answer("/?token=secret", raw=lambda connection: connection.sendall(raw))
    fetch(web.url("/?token=secret"), limits=QUICK)
    assert not re.search("secret", caplog.text)
