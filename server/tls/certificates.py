"""A certificate authority of this machine's own, and the server's certificate from it. A phone that trusts it trusts it
for local networks alone: the authority says so of itself, and refuses to sign anything else.
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from server.start_up import StartUpError
from server.tls import AUTHORITY_FILE
from server.tls.network import DOMAINS, NETWORKS, is_local

#: Phones refuse certificates that are good for longer than 398 days.
_GOOD_FOR = timedelta(days=390)
_AUTHORITY_GOOD_FOR = timedelta(days=3650)
#: Made anew when it has less than this left.
_TOO_OLD = timedelta(days=30)
#: Clocks of phones are late or early.
_BEFORE = timedelta(days=1)
#: This machine itself is always among the names.
_ALWAYS = ("localhost", "127.0.0.1", "::1")


class HostNotLocal(StartUpError):
    """Asked for a certificate of a public name."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"--tls is for phones in the same network, and {host} is a public name: leave --tls out and let a proxy "
            "with a certificate of its own answer there."
        )


class CertificatesNotUsable(StartUpError):
    """The files are there and cannot be read, or cannot be written."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The certificates in {folder} cannot be used ({reason}). Remove that folder to have new ones made; phones "
            "must then trust the new authority."
        )


@dataclass(frozen=True, slots=True)
class Certificates:
    """Where they are. `authority` is public: it is what a phone is given to trust."""

    authority: Path
    certificate: Path
    key: Path


@dataclass(frozen=True, slots=True)
class _Signed:
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey


def ensure_certificates(folder: Path, host: str, *, now: datetime) -> Certificates:
    """What is in `folder`, made where it is missing, too old, or for another host than `host`.

    The authority stays the same for ten years. Raises `HostNotLocal` and `CertificatesNotUsable`.
    """
    if not is_local(host):
        raise HostNotLocal(host)
    files = Certificates(folder / AUTHORITY_FILE, folder / "server.pem", folder / "server-key.pem")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        authority = _read(files.authority, folder / "ca-key.pem")
        if authority is None or _is_old(authority.certificate, now):
            authority = _make_authority(now)
            _write(authority, files.authority, folder / "ca-key.pem")
        server = _read(files.certificate, files.key)
        if server is None or not _fits(server.certificate, authority.certificate, host, now):
            _write(_make_server(authority, host, now), files.certificate, files.key)
    except OSError as error:
        raise CertificatesNotUsable(folder, error.strerror or "no access") from error
    except (ValueError, TypeError) as error:
        raise CertificatesNotUsable(folder, "they are damaged") from error
    return files


def fingerprint(authority: Path) -> str:
    """What a phone shows of a certificate before it is trusted: its SHA-256 in pairs."""
    return x509.load_pem_x509_certificate(authority.read_bytes()).fingerprint(hashes.SHA256()).hex(" ").upper()


def _make_authority(now: datetime) -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Handsel, this network only, {now:%Y-%m-%d}")])
    local = [x509.DNSName(domain) for domain in DOMAINS] + [x509.IPAddress(network) for network in NETWORKS]
    builder = (
        _begun(name, name, key, now, _AUTHORITY_GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(x509.NameConstraints(permitted_subtrees=local, excluded_subtrees=None), critical=True)
    )
    return _Signed(builder.sign(key, hashes.SHA256()), key)


def _make_server(authority: _Signed, host: str, now: datetime) -> _Signed:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host[:64])])
    names = [_general_name(each) for each in dict.fromkeys((host, *_ALWAYS))]
    builder = (
        _begun(name, authority.certificate.subject, key, now, _GOOD_FOR)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
    )
    return _Signed(builder.sign(authority.key, hashes.SHA256()), key)


def _begun(
    name: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, good_for: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BEFORE)
        .not_valid_after(now + good_for)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _is_old(certificate: x509.Certificate, now: datetime) -> bool:
    return certificate.not_valid_after_utc - now < _TOO_OLD


def _fits(certificate: x509.Certificate, authority: x509.Certificate, host: str, now: datetime) -> bool:
    """Whether it is this authority's, names the host, and is good for a while yet."""
    try:
        certificate.verify_directly_issued_by(authority)
    except (InvalidSignature, ValueError):
        return False
    names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return _general_name(host) in names and not _is_old(certificate, now)


def _read(certificate: Path, key: Path) -> _Signed | None:
    """None where one of the two is missing. Raises `ValueError` where they are damaged."""
    if not (certificate.exists() and key.exists()):
        return None
    loaded = load_pem_private_key(key.read_bytes(), None)
    if not isinstance(loaded, ec.EllipticCurvePrivateKey):
        raise TypeError("no key of ours")
    return _Signed(x509.load_pem_x509_certificate(certificate.read_bytes()), loaded)


def _write(signed: _Signed, certificate: Path, key: Path) -> None:
    """The key first and for its owner alone: a certificate without its key is made anew at the next start."""
    certificate.unlink(missing_ok=True)
    key.unlink(missing_ok=True)
    secret = signed.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with os.fdopen(os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secret)
    certificate.write_bytes(signed.certificate.public_bytes(Encoding.PEM))
