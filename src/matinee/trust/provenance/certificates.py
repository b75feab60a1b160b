"""Who signs what comes from here: the house's own authority, or the operator's certificate.

The house makes an authority and a certificate once, below its data folder, readable by nobody else.
No list of trusted authorities knows it, so other programs call its signature valid but its signer
unknown; whoever has a certificate from a known authority gives its files in the settings. The
certificate has the profile of C2PA 2.2, section 14.5.1: a version 3 certificate that signs, with
the purpose of e-mail protection, and with key identifiers.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from matinee.kit import errors
from matinee.trust.errors import SigningImpossible

# Signatures bear no time stamp of a third party, so they are good only while the certificate is.
LIFETIME = timedelta(days=3_650)
_SETBACK = timedelta(days=1)  # clocks of those who verify may be behind
FOLDER = "provenance"

SigningKey = ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey


@dataclass(frozen=True, kw_only=True)
class Identity:
    """What signs: a key, its certificates (PEM, the signer's first), and those trusted here."""

    key: SigningKey
    chain_pem: str
    anchors_pem: str

    @property
    def algorithm(self) -> str:
        """The name that COSE has for signatures of this key."""
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return "ED25519"
        return {"secp256r1": "ES256", "secp384r1": "ES384", "secp521r1": "ES512"}[
            self.key.curve.name
        ]

    def sign(self, content: bytes) -> bytes:
        """Return the signature of `content`."""
        if isinstance(self.key, ed25519.Ed25519PrivateKey):
            return self.key.sign(content)
        sizes = {256: hashes.SHA256(), 384: hashes.SHA384(), 521: hashes.SHA512()}
        return self.key.sign(content, ec.ECDSA(sizes[self.key.curve.key_size]))


def house_identity(home: Path, *, at: datetime) -> Identity:
    """Return the identity of the data folder `home`, made the first time.

    Raises SigningImpossible when its files cannot be read, DiskFull or FolderUnwritable.
    """
    folder = home / FOLDER
    if not folder.is_dir():
        try:
            _make(folder, at)
        except OSError as error:
            raise errors.from_os_error(error, folder) or error from error
    authority = _text(folder / "authority.pem")
    return _identity(_text(folder / "signer.key"), _text(folder / "signer.pem"), authority)


def operators_identity(key: Path, certificate: Path) -> Identity:
    """Return the identity in the operator's own files (PEM); raises SigningImpossible."""
    chain = _text(certificate)
    return _identity(_text(key), chain, chain)


def _identity(key_pem: str, chain_pem: str, anchors_pem: str) -> Identity:
    try:
        key = serialization.load_pem_private_key(key_pem.encode(), password=None)
        certificates = x509.load_pem_x509_certificates(chain_pem.encode())
    except (ValueError, TypeError) as error:
        raise SigningImpossible(f"the key or certificate cannot be read ({error})") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey):
        raise SigningImpossible("the key is neither of an elliptic curve nor Ed25519")
    if certificates[0].public_key() != key.public_key():
        raise SigningImpossible("the first certificate does not belong to the key")
    return Identity(key=key, chain_pem=chain_pem, anchors_pem=anchors_pem)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError) as error:
        raise SigningImpossible(f"{path} cannot be read ({error})") from error


def _make(folder: Path, at: datetime) -> None:
    """Make an authority and a signer's certificate; of two processes one comes first."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".provenance-"))
    try:
        authority_key, signer_key = (ec.generate_private_key(ec.SECP256R1()) for _ in "as")
        authority = _authority(authority_key, at)
        signer = _signer(signer_key, authority, authority_key, at)
        for name, content in {
            "authority.pem": authority.public_bytes(serialization.Encoding.PEM),
            "authority.key": _private(authority_key),
            "signer.pem": signer.public_bytes(serialization.Encoding.PEM),
            "signer.key": _private(signer_key),
        }.items():
            with os.fdopen(os.open(made / name, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.write(content)
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first, and its identity counts
                raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _authority(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = _name("Matinee house authority")
    return (
        _begun(name, name, key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs=False), critical=True)
        .sign(key, hashes.SHA256())
    )


def _signer(
    key: ec.EllipticCurvePrivateKey,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    at: datetime,
) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _begun(_name("Matinee house"), authority.subject, key.public_key(), at)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs=True), critical=True)
        .add_extension(
            x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False
        )
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _begun(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - _SETBACK)
        .not_valid_after(at + LIFETIME)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=not signs,
        crl_sign=not signs,
        encipher_only=False,
        decipher_only=False,
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Matinee"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
