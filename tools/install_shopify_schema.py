"""Install the published schema of Shopify's Admin API, which tests hold what we ask against.

It is a file of an npm package (@shopify/dev-mcp, MIT). This fetches the version whose hash stands
here, checks it and keeps the one file under .venv; nothing of the package is run. Called by
``make test``.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@shopify/dev-mcp@1.16.0"
SHA512 = "tqgRnK7sQhjew+htxtleTH23nXB5fZcsrhWgEkomsorGXvLOB2mh2upwZm8uzuTDNTZnqtLMe64yIwh6s2awtw=="
WITHIN = "package/dist/data/admin_2026-10.json.gz"
KEPT = Path(sys.prefix) / "share" / "shopify" / "admin_2026-10.json.gz"


def main() -> None:
    """Fetch, check and keep the schema, unless it is there."""
    if not KEPT.exists():
        content = fetched()
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_bytes(content)
        print(f"Shopify's schema is in {KEPT}")


def fetched() -> bytes:
    """The file in the package; ends the program when the package is not the one that it was."""
    uv = Path(sys.prefix) / "bin" / "uv"
    lock = Path(__file__).parents[1] / "requirements" / "build.lock"
    npm = (uv, "run", "--no-project", "--isolated", "--with-requirements", lock, "npm")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - the locked npm, fixed words
            [*npm, "pack", PACKAGE, "--json", "--pack-destination", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{PACKAGE} could not be fetched:\n{done.stderr[-2000:]}")
        archive = Path(folder) / json.loads(done.stdout)[0]["filename"]
        found = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
        if found != SHA512:
            sys.exit(f"{PACKAGE} is not what it was: its SHA-512 is {found}")
        with tarfile.open(archive) as packed:
            member = packed.extractfile(WITHIN)
            assert member is not None, f"{WITHIN} is not in {PACKAGE}"
            return member.read()


if __name__ == "__main__":
    main()
