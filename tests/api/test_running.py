"""The socket that the service listens on."""

import socket

import pytest

from impactmonitor_api.running import listening


def test_an_answer_does_not_wait_for_more():
    """Forty milliseconds an answer, where the system gathers small packets."""
    with listening("127.0.0.1", 0) as place, socket.create_connection(place.getsockname()):
        taken, _ = place.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_a_port_that_is_taken_is_refused():
    with listening("127.0.0.1", 0) as place, pytest.raises(OSError, match="in use"):
        listening("127.0.0.1", place.getsockname()[1])
