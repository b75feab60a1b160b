"""Dictionaries of ninety thousand words, looked up where they lie.

The objects that JSON makes of such a file take twenty times its size, and a film needs a few dozen
of its words. The files are sorted, so a word is found in the text itself by halving it.
"""

import gzip
import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

_KEPT_MAX = 4096
_NESTED = re.compile(rb"\{[^{}]*\}")


class SortedWords:
    """A gzipped JSON object whose keys are sorted, read as a dictionary is.

    It is as `json.dumps` writes it without spaces, and no string in it holds a quotation mark.
    """

    def __init__(self, path: Path) -> None:
        """Unpack the file; raises OSError when it cannot be read."""
        text = gzip.decompress(path.read_bytes())[1:-1]
        # One entry a line; the few values with entries of their own stay on theirs.
        text = _NESTED.sub(lambda found: found[0].replace(b',"', b', "'), text)
        self._text = text.replace(b'","', b'"\n"').replace(b'},"', b'}\n"') + b"\n"
        self.get = lru_cache(_KEPT_MAX)(self._found)

    def _found(self, word: str) -> Any:  # noqa: ANN401 - whatever JSON the file holds
        """Return what the file says of a word, or None."""
        text, wanted = self._text, word.encode()
        low, high = 0, len(text)
        while low < high:
            start = text.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = text.index(b"\n", start)
            own, _, value = text[start:end].partition(b'":')
            if own[1:] == wanted:
                return json.loads(value)
            if own[1:] < wanted:
                low = end + 1
            else:
                high = start
        return None
