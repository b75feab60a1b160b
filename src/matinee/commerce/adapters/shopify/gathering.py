"""What Shopify gathered of a whole shop: a file of lines, read a page at a time."""

import json
import weakref
from collections.abc import Iterator
from typing import IO, Any


class Gathered:
    """The file of one reading in bulk: each product's line, followed by those of its parts.

    ``product_count`` is how many products were read. A shop's file is large, so that neither it nor
    what it says is held in memory, and no line is read twice while pages follow one another.
    """

    def __init__(self, operation: str, file: IO[bytes]) -> None:
        self.operation = operation
        self.file = file
        self.product_count = 0
        self._byte_count = file.seek(0, 2)
        self._offset = 0
        # A reading may be given up between two pages.
        self.close = weakref.finalize(self, file.close)

    @property
    def ended(self) -> bool:
        """Whether every product was read."""
        return self._offset >= self._byte_count

    def products_from(self, begin: int) -> Iterator[list[dict[str, Any]]]:
        """Yield products from one on (an index), each as its row and those of its parts."""
        if begin != self.product_count:
            self.product_count, self._offset = 0, 0
        for rows, end in self._products():
            self.product_count, self._offset = self.product_count + 1, end
            if self.product_count > begin:
                yield rows

    def _products(self) -> Iterator[tuple[list[dict[str, Any]], int]]:
        self.file.seek(self._offset)
        end = self._offset
        rows: list[dict[str, Any]] = []
        for line in self.file:
            row = json.loads(line)
            if rows and "__parentId" not in row:
                yield rows, end
                rows = []
            rows.append(row)
            end += len(line)
        if rows:
            yield rows, end
