"""Signs mail as a relay does and reads the signature with an implementation that is not ours: dkimpy.

signed.py FOLDER KEY PUBLIC: every file of FOLDER is a message; KEY is an RSA key and PUBLIC its public half, both in PEM.
Between the two a hop does to it what RFC 6376 lets it do: folds its headers anew and ends it with empty lines. Prints how many
signatures hold, and fails at the first that does not.
"""

import pathlib
import sys

import dkim

folder, key, public = (pathlib.Path(name) for name in sys.argv[1:])
dot = "".join(line for line in public.read_text().splitlines() if not line.startswith("-"))
record = f"v=DKIM1; k=rsa; p={dot}".encode()
signed = [
    b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References", b"Reply-To",
    b"Auto-Submitted", b"List-Unsubscribe", b"MIME-Version", b"Content-Type",
]
good = 0
for path in sorted(folder.iterdir()):
    message = path.read_bytes()
    # What a hop might write anew in another encoding, no signature outlives.
    assert message.isascii(), f"{path.name}: not of seven bits"
    lines = message.split(b"\r\n")
    assert not any(b"\r" in line or b"\n" in line for line in lines), f"{path.name}: half a line end"
    assert max(map(len, lines)) <= 998, f"{path.name}: a line that no relay need take"
    header = dkim.sign(
        message, b"side-letters", b"upe.example", key.read_bytes(),
        canonicalize=(b"relaxed", b"relaxed"), include_headers=signed,
    )
    arrived = (header + message).replace(b"\r\nSubject: ", b"\r\nSubject:  \r\n ") + b"\r\n\r\n"
    assert dkim.verify(arrived, dnsfunc=lambda name, timeout=5: record), f"{path.name}: the signature does not hold"
    assert not dkim.verify(arrived.replace(b"Subject:", b"Subject: Not"), dnsfunc=lambda name, timeout=5: record)
    good += 1
print(good, "signatures hold")
