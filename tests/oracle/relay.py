"""A relay that is not ours: aiosmtpd on loopback, with STARTTLS and AUTH before anything else.

relay.py FOLDER PORT: FOLDER holds server.pem and server.key. Says when it is ready; each message that it takes is a file in
FOLDER/taken. Ends with its standard input.
"""

import base64
import os
import pathlib
import ssl
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

folder = pathlib.Path(sys.argv[1])
taken = folder / "taken"
taken.mkdir()


class Keep:
    """Takes every message for one domain."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if not address.endswith("@dha.example"):
            return "550 5.7.1 not here"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server, session, envelope):
        name = f"{len(os.listdir(taken))}.eml"
        (taken / name).write_bytes(envelope.original_content)
        return f"250 2.0.0 queued as {name}"

    async def auth_XOAUTH2(self, server, args):
        said = base64.b64decode(args[1])
        right = b"user=office\x01auth=Bearer open-token\x01\x01"
        return AuthResult(success=said == right, handled=said == right)


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"office", b"open sesame")
    return AuthResult(success=right, handled=right)


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(folder / "server.pem", folder / "server.key")
controller = Controller(
    Keep(),
    hostname="127.0.0.1",
    port=int(sys.argv[2]),
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
)
controller.start()
print("ready", flush=True)
sys.stdin.read()
controller.stop()
