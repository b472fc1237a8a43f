"""A tiny time stamping authority on the loopback, for the tests of time stamps."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from asn1crypto import keys, pem, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from auditdesk.documents.timestamps import StampServer
from paper_samples import AT


class Authority:
    """A root and the certificate of its time stamping server."""

    def __init__(self, name="市局时间戳中心") -> None:
        root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        root = _certificate(subject, subject, root_key, root_key, ca=True)
        self.root = root.public_bytes(serialization.Encoding.PEM).decode()
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        server = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "TSA 1")])
        own = _certificate(server, subject, key, root_key, ca=False)
        self._parts = (*(_asn1(c) for c in (own, root)), _key(key))

    @property
    def asn1_root(self):
        """The root as the library for containers wants it."""
        return self._parts[1]

    def stamper(self, at):
        """Makes stamps of that moment."""
        own, root, key = self._parts
        return DummyTimeStamper(own, key, certs_to_embed=[root], fixed_dt=at)


def _certificate(subject, issuer, key, signer, *, ca):
    builder = (
        x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(AT - timedelta(days=900))
        .not_valid_after(AT + timedelta(days=9000))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    )
    if not ca:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(signer, hashes.SHA256())


def _asn1(certificate):
    text = certificate.public_bytes(serialization.Encoding.PEM)
    return asn1_x509.Certificate.load(pem.unarmor(text)[2])


def _key(key):
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return keys.PrivateKeyInfo.load(der)


@cache
def authority(name="市局时间戳中心"):
    return Authority(name)


@contextmanager
def serving(answer, known=None):
    """A server that answers each request's bytes by `answer`; gives its `StampServer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            found = answer(body)
            status, content = (200, found) if isinstance(found, bytes) else (found, b"")
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "http://127.0.0.1:1/")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            """Nothing: the tests watch what is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        yield StampServer(url, (known or authority()).root)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def stamping(at, by=None):
    """Answers as a time stamping authority does at that moment."""

    def answer(body):
        stamper = (by or authority()).stamper(at)
        return stamper.request_tsa_response(tsp.TimeStampReq.load(body)).dump()

    return answer
