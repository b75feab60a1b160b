"""Install the networks that see people: faces, places on a face, and the outlines of people.

They are published in three npm packages of MediaPipe (Apache-2.0). This fetches the versions whose
hashes stand here, checks them and keeps the three files where `engine.pictures.people` looks for
them; nothing of the packages is run. npm comes from the locked build environment, which also builds
the web app. Called by ``make setup-all``.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from matinee.engine.pictures.people import FACES, MESH, MODELS_FOLDER, OUTLINES

ROOT = Path(__file__).parents[1]
PACKAGES = {
    FACES: (
        "@mediapipe/face_detection@0.4.1657300184",
        "k5aYtTf7av7GwD3C9T4LJB/okHK/uJwFQSOmJ9OHZMlwg7SdYVMolRgDlA962OU7fIBKsrOA7f7BzD2gpzcAKw==",
    ),
    MESH: (
        "@mediapipe/face_mesh@0.4.1657299874",
        "Jdza+77HjDH4SQ6/DAYmnKUYdh2fU1GbhuGqXZbkK5rnJKpZLZe5KQeJmwUq9dmkYkCPSq4oe9vmcuveRPpwag==",
    ),
    OUTLINES: (
        "@mediapipe/selfie_segmentation@0.1.1675465747",
        "IxYxNhwE5VwOm52L1yoFWYLP7q9Pd+NJjzOC5tlepfvEGaY3o9hslhUrx9BgseqdfZtKSDtd/4NfCSMjNzQalA==",
    ),
}
WITHIN = {MESH: ("face_mesh_solution_packed_assets.data", 2_495_952, 3_737_848)}
"""Which file of its package holds a network that is no file of its own, and from where to where.

The places stand in face_mesh_solution_packed_assets_loader.js of the same package.
"""


def main() -> None:
    """Fetch, check and keep each network, unless it is there."""
    for name, (package, sha512) in PACKAGES.items():
        if not (MODELS_FOLDER / name).exists():
            keep(name, fetched(package, sha512))
            print(f"{name} is in {MODELS_FOLDER}")


def fetched(package: str, sha512: str) -> bytes:
    """Return the archive of an npm package; ends the program when it is not the one that it was."""
    uv, lock = Path(sys.prefix) / "bin" / "uv", ROOT / "requirements" / "build.lock"
    npm = (uv, "run", "--no-project", "--isolated", "--with-requirements", lock, "npm")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - the locked npm, fixed words
            [*npm, "pack", package, "--json", "--pack-destination", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"{package} could not be fetched:\n{done.stderr[-800:]}")
        json.loads(done.stdout)
        content = next(Path(folder).glob("*.tgz")).read_bytes()
    found = base64.b64encode(hashlib.sha512(content).digest()).decode()
    if found != sha512:
        sys.exit(f"{package} is not the package that it was: its SHA-512 is {found}.")
    return content


def keep(name: str, archive: bytes) -> None:
    """Keep one file of an archive."""
    MODELS_FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile() as file:
        file.write(archive)
        file.seek(0)
        with tarfile.open(fileobj=file) as packed:
            holder, first, end = WITHIN.get(name, (name, 0, None))
            network = packed.extractfile(f"package/{holder}")
            assert network is not None, name
            (MODELS_FOLDER / name).write_bytes(network.read()[first:end])


if __name__ == "__main__":
    main()
