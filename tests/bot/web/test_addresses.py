"""Network addresses and origins."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import HTTPConnection

from bot.config import BadSettings
from bot.web.addresses import client_address, is_own_origin, networks


def connection(client="192.0.2.9", **headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    peer = (client, 5000) if client else None
    return HTTPConnection({"type": "http", "client": peer, "headers": raw})


@pytest.mark.parametrize(
    ("client", "forwarded", "counted"),
    [
        ("192.0.2.9", "", "192.0.2.9"),
        ("192.0.2.9", "203.0.113.5", "192.0.2.9"),  # not trusted: may claim what it likes
        ("127.0.0.1", "203.0.113.5", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.5", "203.0.113.5"),  # the left one is a claim
        ("127.0.0.1", "203.0.113.5, 10.1.2.3", "203.0.113.5"),  # through two proxies
        ("127.0.0.1", "203.0.113.5:4711", "203.0.113.5"),
        ("127.0.0.1", "[2001:db8:1:2::7]:443", "2001:db8:1:2::/64"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("2001:db8::1", "", "2001:db8::/64"),
        ("2001:db8::ffff:1", "", "2001:db8::/64"),
        ("::ffff:192.0.2.9", "", "192.0.2.9"),
        ("", "203.0.113.5", "?"),
    ],
)
def test_the_nearest_untrusted_address_counts(client, forwarded, counted):
    headers = {"x_forwarded_for": forwarded} if forwarded else {}
    trusted = networks(("127.0.0.1", "10.0.0.0/8"))
    assert client_address(connection(client, **headers), trusted) == counted


@given(st.text(st.characters(max_codepoint=255)))
def test_whatever_a_proxy_forwards_gives_some_address(forwarded):
    request = HTTPConnection(
        {
            "type": "http",
            "client": ("127.0.0.1", 1),
            "headers": [(b"x-forwarded-for", forwarded.encode("latin-1"))],
        }
    )
    assert client_address(request, networks(("127.0.0.1",)))


def test_a_wrong_proxy_is_told_at_start():
    with pytest.raises(BadSettings, match=r"TRUSTED_PROXIES.*nginx"):
        networks(("127.0.0.1", "nginx"))


@pytest.mark.parametrize(
    ("headers", "own"),
    [
        ({"sec_fetch_site": "same-origin"}, True),
        ({"sec_fetch_site": "same-site", "origin": "https://zw.example.gov.cn"}, False),
        ({"sec_fetch_site": "cross-site"}, False),
        ({"origin": "https://zw.example.gov.cn", "host": "10.0.0.1"}, True),
        ({"origin": "http://zw.example.gov.cn", "host": "10.0.0.1"}, False),
        ({"origin": "http://10.0.0.1:8000", "host": "10.0.0.1:8000"}, True),
        ({"origin": "http://evil.example", "host": "10.0.0.1:8000"}, False),
        ({"origin": "null", "host": ""}, False),
        ({}, False),
    ],
)
def test_only_our_own_pages_are_our_own(headers, own):
    assert is_own_origin(connection(**headers), "https://zw.example.gov.cn/ask") is own
