"""Install the speakers of the final voice: Kokoro's 54 styles in nine languages.

They are published, as files of numbers, in the npm package kokoro-js (Apache-2.0). This fetches
the one version whose hash stands here, checks it and keeps the style files where the final voice
looks for them (`FinalVoice`); nothing of the package is run. npm comes from the locked build
environment, which also builds the web app. Called by ``make setup-all``.
"""

import base64
import hashlib
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from matinee.engine.sound.final_voice import VOICES_FOLDER, keep_styles

ROOT = Path(__file__).parents[1]
PACKAGE = "kokoro-js@1.2.1"
SHA512 = "oq0HZJWis3t8lERkMJh84WLU86dpYD0EuBPtqYnLlQzyFP1OkyBRDcweAqCfhNOpltyN9j/azp1H6uuC47gShw=="
VOICE_COUNT = 54


def main() -> None:
    """Fetch, check and keep the styles, unless they are there."""
    if len(list(VOICES_FOLDER.glob("*.bin"))) >= VOICE_COUNT:
        return
    uv, lock = Path(sys.prefix) / "bin" / "uv", ROOT / "requirements" / "build.lock"
    npm = (uv, "run", "--no-project", "--isolated", "--with-requirements", lock, "npm")
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(  # noqa: S603 - the locked npm, fixed words
            [*npm, "pack", PACKAGE, "--json", "--pack-destination", folder],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            sys.exit(f"The speakers of the final voice could not be fetched:\n{done.stderr[-800:]}")
        archive = Path(folder) / json.loads(done.stdout)[0]["filename"]
        content = archive.read_bytes()
        found = base64.b64encode(hashlib.sha512(content).digest()).decode()
        if found != SHA512:
            sys.exit(f"{PACKAGE} is not the package that it was: its SHA-512 is {found}.")
        print(f"{keep_styles(archive, VOICES_FOLDER)} speakers are in {VOICES_FOLDER}")


if __name__ == "__main__":
    main()
