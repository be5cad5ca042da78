"""Who counts as one sender."""

import pytest

from roadmap.domain.networks import line_of


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:DB8:1:2::9]:443", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("unix:", "unix:"),
        ("", ""),
        ("somebody", "somebody"),
    ],
)
def test_a_line_is_one_sender_however_many_addresses_it_has(address: str, line: str) -> None:
    assert line_of(address) == line
