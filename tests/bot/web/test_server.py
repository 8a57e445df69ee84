"""The address we listen on."""

import socket

import pytest

from bot.config import BadSettings
from bot.web import WebServer


def server(site, host, port):
    return WebServer(site.app, host=host, port=port)


def test_a_port_that_is_taken_is_named_before_anything_begins(site):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(BadSettings, match=f"127.0.0.1:{port} 上监听，已经有程序在用"):
            server(site, "127.0.0.1", port).listen()


def test_an_address_of_another_machine_is_refused(site):
    with pytest.raises(BadSettings, match="这台机器没有这个地址"):
        server(site, "192.0.2.1", 0).listen()


def test_a_connection_outlasts_a_proxys(site):
    assert server(site, "127.0.0.1", 0).config.timeout_keep_alive > 60
