"""Certificates for phones in the same network: trusted by whoever trusts the authority, and for nothing else."""

import ssl
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509

from server.tls.certificates import (
    Certificates,
    CertificatesNotUsable,
    HostNotLocal,
    ensure_certificates,
    fingerprint,
)
from server.tls.network import is_local, own_address

HOST = "192.168.0.7"


def now() -> datetime:
    """Handshakes look at the real clock."""
    return datetime.now(UTC)


def shake_hands(files: Certificates, host: str, *, trusts: Path) -> None:
    """A phone that trusts this authority connects to the server as `host`. Raises `ssl.SSLError`."""
    phone = ssl.create_default_context(cafile=str(trusts))
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(files.certificate, files.key)
    to_server, to_phone = ssl.MemoryBIO(), ssl.MemoryBIO()
    ends = [
        phone.wrap_bio(to_phone, to_server, server_hostname=host),
        server.wrap_bio(to_server, to_phone, server_side=True),
    ]
    while ends:
        for end in list(ends):
            try:
                end.do_handshake()
            except ssl.SSLWantReadError:
                continue
            ends.remove(end)


def names_of(certificate: Path) -> list[str]:
    loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    names = loaded.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return [str(name.value) for name in names]


@pytest.mark.parametrize("host", [HOST, "localhost", "127.0.0.1", "::1"])
def test_a_phone_that_trusts_the_authority_reaches_the_server_by_its_names(tmp_path: Path, host: str) -> None:
    files = ensure_certificates(tmp_path / "tls", HOST, now=now())

    shake_hands(files, host, trusts=files.authority)


def test_a_phone_that_does_not_trust_it_refuses(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path / "ours", HOST, now=now())
    others = ensure_certificates(tmp_path / "others", HOST, now=now())

    with pytest.raises(ssl.SSLError, match="CERTIFICATE_VERIFY_FAILED"):
        shake_hands(files, HOST, trusts=others.authority)


def test_it_is_made_once_and_its_keys_are_its_owners_alone(tmp_path: Path) -> None:
    first = ensure_certificates(tmp_path / "tls", HOST, now=now())
    made = {path.name: path.read_bytes() for path in (tmp_path / "tls").iterdir()}

    assert ensure_certificates(tmp_path / "tls", HOST, now=now()) == first
    assert {path.name: path.read_bytes() for path in (tmp_path / "tls").iterdir()} == made
    for key in ("ca-key.pem", "server-key.pem"):
        assert stat.S_IMODE((tmp_path / "tls" / key).stat().st_mode) == 0o600


def test_another_address_gets_another_certificate_of_the_same_authority(tmp_path: Path) -> None:
    before = ensure_certificates(tmp_path / "tls", HOST, now=now())
    authority = before.authority.read_bytes()
    after = ensure_certificates(tmp_path / "tls", "10.1.2.3", now=now())

    assert after.authority.read_bytes() == authority
    assert "10.1.2.3" in names_of(after.certificate)
    shake_hands(after, "10.1.2.3", trusts=after.authority)


def test_a_certificate_that_ends_soon_is_made_anew_and_the_authority_stays(tmp_path: Path) -> None:
    first = ensure_certificates(tmp_path / "tls", HOST, now=now() - timedelta(days=380))
    authority, certificate = first.authority.read_bytes(), first.certificate.read_bytes()

    again = ensure_certificates(tmp_path / "tls", HOST, now=now())

    assert again.authority.read_bytes() == authority
    assert again.certificate.read_bytes() != certificate
    shake_hands(again, HOST, trusts=again.authority)


def test_phones_take_no_certificate_that_is_good_for_longer_than_398_days(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path / "tls", HOST, now=now())
    made = x509.load_pem_x509_certificate(files.certificate.read_bytes())

    assert made.not_valid_after_utc - made.not_valid_before_utc < timedelta(days=398)


@pytest.mark.parametrize("host", ["meet.example.org", "8.8.8.8", "2001:4860:4860::8888", ""])
def test_a_public_name_is_refused_and_nothing_is_made(tmp_path: Path, host: str) -> None:
    with pytest.raises(HostNotLocal, match="proxy"):
        ensure_certificates(tmp_path / "tls", host, now=now())

    assert not (tmp_path / "tls").exists()


def test_the_authority_cannot_vouch_for_anything_public(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.tls.certificates.is_local", lambda _: True)
    files = ensure_certificates(tmp_path / "tls", "bank.example.com", now=now())

    with pytest.raises(ssl.SSLError, match="permitted subtree violation"):
        shake_hands(files, "bank.example.com", trusts=files.authority)


def test_damaged_files_are_told_with_the_way_out(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path / "tls", HOST, now=now())
    files.certificate.write_text("nothing of ours")

    with pytest.raises(CertificatesNotUsable, match="Remove that folder"):
        ensure_certificates(tmp_path / "tls", HOST, now=now())


def test_a_key_that_was_lost_alone_is_made_anew(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path / "tls", HOST, now=now())
    files.key.unlink()

    again = ensure_certificates(tmp_path / "tls", HOST, now=now())

    shake_hands(again, HOST, trusts=again.authority)


def test_the_fingerprint_is_written_as_phones_show_it(tmp_path: Path) -> None:
    files = ensure_certificates(tmp_path / "tls", HOST, now=now())

    pairs = fingerprint(files.authority).split()

    assert len(pairs) == 32
    assert all(len(pair) == 2 and pair == pair.upper() for pair in pairs)


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("192.168.1.4", True),
        ("10.0.0.1", True),
        ("fd00::2", True),
        ("localhost", True),
        ("Laptop.local", True),
        ("laptop.home.arpa", True),
        ("172.32.0.1", False),
        ("8.8.8.8", False),
        ("meet.example.org", False),
        ("evillocal", False),
    ],
)
def test_local_addresses_are_told_from_public_ones(host: str, *, local: bool) -> None:
    assert is_local(host) is local


def test_this_machines_own_address_is_one_that_a_certificate_can_be_made_for() -> None:
    assert is_local(own_address())
