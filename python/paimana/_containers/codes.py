"""Values as numbers: those of categories, of distinct values and of texts.

Numbers that lie there already are taken as they lie, texts are numbered in one pass.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np

from paimana import _core
from paimana._containers import whole

__all__ = [
    "coded",
    "codes_of_polars_texts",
    "codes_of_texts",
    "distinct_of_polars",
    "encoded_of_arrow",
    "integers",
    "of_categories",
]

Array = np.ndarray[Any, Any]


def integers(numbers: Array, wanted: Any = None) -> Array:
    """Integers in one piece, with a sign, in the order of bytes of the machine."""
    if wanted is None:
        native = numbers.dtype.kind == "i" and numbers.dtype.isnative
        wanted = numbers.dtype if native else np.int64
    return np.ascontiguousarray(numbers, dtype=wanted)


def of_categories(numbers: Array) -> Array:
    """The numbers of categories, of which there are never 2^31, with a sign."""
    if numbers.dtype == np.uint32:
        return numbers.view(np.int32)
    if numbers.dtype.kind == "u":
        return numbers.astype(f"i{2 * numbers.itemsize}")
    return numbers


def coded(column: Any) -> bool:
    """Whether a column of Polars has categories, which are numbered."""
    return column.dtype.base_type().__name__ in ("Categorical", "Enum")


def distinct_of_polars(polars: Any, column: Any) -> tuple[Any, Array]:
    """The distinct values of a column of Polars, and the number of each row's, -1 for null."""
    labels = column.unique(maintain_order=True).drop_nulls()
    numbers = polars.DataFrame({"value": labels, "number": np.arange(len(labels))})
    rows = polars.DataFrame({"value": column})
    joined = rows.join(numbers, on="value", how="left", maintain_order="left")
    return labels, joined["number"].fill_null(-1).to_numpy()


def encoded_of_arrow(arrow: Any, column: Any) -> tuple[Array, Any]:
    """The number of each row's value of a column of Arrow, -1 for null, and the encoded column."""
    encoded = whole(column)
    if arrow.types.is_dictionary(encoded.type):
        # A dictionary may hold a value twice, or null, which then is no code of its own.
        chunks = encoded.chunks if isinstance(encoded, arrow.ChunkedArray) else [encoded]
        if any(_doubtful(chunk.dictionary) for chunk in chunks):
            plain = [chunk.dictionary_decode() for chunk in chunks]
            encoded = arrow.chunked_array(plain, encoded.type.value_type)
    if not arrow.types.is_dictionary(encoded.type):
        encoded = encoded.dictionary_encode()
    if isinstance(encoded, arrow.ChunkedArray):
        encoded = encoded.unify_dictionaries().combine_chunks()
    codes = encoded.indices
    if codes.null_count or arrow.types.is_uint64(codes.type):
        codes = codes.cast(arrow.int64()).fill_null(-1)
    return of_categories(codes.to_numpy(zero_copy_only=False)), encoded


def _doubtful(values: Any) -> bool:
    """Whether two numbers may stand for the same value of a dictionary, or one for none."""
    return values.null_count > 0 or len(values.unique()) < len(values)


def codes_of_texts(arrow: Any, column: Any) -> Array | None:
    """The number of each row's text; None for what is no column of texts, or has a missing one."""
    kind, types = column.type, arrow.types
    views = types.is_string_view(kind)
    if column.null_count or not (views or types.is_string(kind) or types.is_large_string(kind)):
        return None
    column = whole(column)
    if not isinstance(column, arrow.Array) or not len(column):  # too long for one piece, or empty
        return None
    _, told, *data = column.buffers()
    texts = [np.frombuffer(b"" if buffer is None else buffer, np.uint8) for buffer in data]
    if views:
        told = np.frombuffer(told, np.uint8, 16 * len(column), 16 * column.offset)
        return _core.codes_of_views(told, texts)
    width = np.dtype(np.int64 if types.is_large_string(kind) else np.int32)
    told = np.frombuffer(told, width, len(column) + 1, width.itemsize * column.offset)
    return _core.codes_of_texts(told, texts[0])


def codes_of_polars_texts(polars: Any, column: Any) -> Array | None:
    """The same of a column of Polars, if pyarrow is there to lend its memory."""
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError:
        return None
    return codes_of_texts(arrow, column.to_arrow(compat_level=polars.CompatLevel.newest()))
