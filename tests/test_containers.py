"""xarray, and what all containers have in common: the values of the array, and nothing loaded.

Each library has a file of its own: `test_pandas_values`, `test_pandas_index`, `test_polars`,
`test_arrow`.
"""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import paimana as pm
from sample import DAYS, GROWTH, QUARTERS, VALUES, close_lists, same

pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
pa = pytest.importorskip("pyarrow")
xr = pytest.importorskip("xarray")


# xarray


def cube(dtype: str = "float64"):
    values = np.array(VALUES)[None, :, None] * np.array([1, 2, 3])[:, None, None] * np.ones(2)
    return xr.DataArray(
        values.astype(dtype),
        dims=("city", "day", "sex"),
        coords={
            "day": pd.DatetimeIndex(DAYS),
            "city": ["Lahore", "Karachi", "Quetta"],
            "note": ("day", list("abcde")),
            "base": 2010,
        },
        name="E",
        attrs={"unit": "USD"},
    )


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_xarray_keeps_dims_coords_attrs_and_name(dtype):
    data = cube(dtype)
    before = data.copy(deep=True)
    result = pm.growth(data)
    assert result.dtype == dtype
    xr.testing.assert_identical(result.copy(data=data.to_numpy()), data)
    for city in range(3):
        for sex in range(2):
            same(result[city, :, sex], GROWTH)
    xr.testing.assert_identical(data, before)
    result.coords["note"].data[0] = "changed"
    xr.testing.assert_identical(data, before)


def test_xarray_finds_the_time_dimension_or_says_what_it_needs():
    data = cube()
    renamed = data.swap_dims(day="row").reset_coords("day", drop=True)
    with pytest.raises(
        ValueError, match=r"none of the dimensions .* holds dates: say which is time"
    ):
        pm.growth(renamed)
    same(pm.growth(renamed, time="row")[0, 1:, 0], [-100 / 11, 32, -100 / 11, np.nan])
    same(pm.growth(data.swap_dims(day="row"), time="day")[0, :, 0], GROWTH)
    same(pm.growth(renamed.rename(row="time"))[0, 1:3, 0], [-100 / 11, 32])
    same(pm.growth(renamed[0, :, 0])[1:3], [-100 / 11, 32])
    twice = data.isel(sex=[0, 0]).assign_coords(sex=pd.to_datetime(["2020", "2021"]))
    with pytest.raises(ValueError, match=r"\['day', 'sex'\] all hold dates: say which is time"):
        pm.growth(twice)
    same(pm.growth(twice, time="day")[0, :, 0], GROWTH)
    with pytest.raises(ValueError, match=r"time='month' is neither a dimension nor a coordinate"):
        pm.growth(data, time="month")


def test_xarray_other_shapes():
    data = cube()
    quarters = pm.to_frequency(data, "Q", partial="keep", na="skip")
    assert quarters.dims == data.dims
    assert quarters["day"].to_index().tolist() == [
        pd.Timestamp("2024-03-31"),
        pd.Timestamp("2024-06-30"),
    ]
    assert set(quarters.coords) == {"day", "city", "base"}
    same(quarters[0, :, 0], QUARTERS)
    reduced = pm.cagr(data)
    assert (reduced.dims, reduced.name) == (("city", "sex"), "E")
    assert isinstance(pm.cagr(data[0, :, 0]), float)
    assert set(pm.base_effect(data).data_vars) == {"current", "base"}
    since = pm.lowest_since(data)[0, :, 0]
    expected = pd.to_datetime(["2024-01-31", None, "2024-04-30", "2024-02-29", None])
    assert pd.DatetimeIndex(since.to_numpy()).equals(expected)
    assert pm.record(data).dtype == bool


def test_xarray_messages():
    data = cube()
    data[1, 0, 1] = -5.0
    # Row 0 is February: the base of nothing, since March is absent; so make January negative.
    data[1, 1, 1] = -5.0
    with pytest.raises(ValueError, match=r"city Karachi, sex 1, February 2024"):
        pm.growth(data, negative_base="raise")
    with pytest.raises(TypeError, match=r"not a Dataset: choose a variable"):
        pm.growth(data.to_dataset())
    with pytest.raises(TypeError, match=r'the DataArray "E" holds no numbers .complex128.'):
        pm.growth(data.astype(complex))
    with pytest.raises(ValueError, match=r"x is a single number"):
        pm.growth(data[0, 0, 0])


class OtherCalendar:
    """A date as cftime has them: no `datetime.date`, and every month has 30 days."""

    def __init__(self, year: int, month: int, day: int) -> None:
        self.year, self.month, self.day = year, month, day

    def __repr__(self) -> str:
        return f"{self.year}-{self.month:02d}-{self.day:02d}"


def test_xarray_dates_of_other_calendars():
    dates = np.array([OtherCalendar(day.year, day.month, day.day) for day in DAYS], dtype=object)
    data = xr.DataArray(VALUES, dims="t", coords={"t": dates})
    same(pm.growth(data), GROWTH)
    dates[0] = OtherCalendar(2024, 2, 30)
    with pytest.raises(ValueError, match=r"row 0: 2024-02-30 is no date of the usual calendar"):
        pm.growth(xr.DataArray(VALUES, dims="t", coords={"t": dates}))


# All of them


CONTAINERS = {
    "pandas": lambda v, d: pd.Series(v, index=pd.DatetimeIndex(d)),
    "polars": lambda v, d: pl.DataFrame({"d": d, "v": v}),
    "arrow": lambda v, d: pa.table({"d": d, "v": v}),
    "xarray": lambda v, d: xr.DataArray(v, dims="d", coords={"d": pd.DatetimeIndex(d)}),
}


@pytest.mark.parametrize("name", CONTAINERS)
def test_every_container_gives_the_values_of_the_array(name):
    random = np.random.default_rng(11)
    days = np.arange("2015-01", "2020-01", dtype="M8[M]").astype("M8[D]").astype(object)
    values = random.lognormal(size=len(days))
    options = {} if name in ("pandas", "xarray") else {"time": "d"}
    for function, extra in (
        (pm.yoy, {}),
        (pm.qoq, {}),
        (pm.ytd, {"year_start": "JUL"}),
        (pm.zscore, {}),
        (pm.rolling_mean, {"window": 5}),
        (pm.from_peak, {}),
    ):
        calendar = {"freq": "M"} | ({"start": "2015-01"} if function is pm.ytd else {})
        if function in (pm.zscore, pm.rolling_mean, pm.from_peak):
            calendar = {}
        expected = function(values, **extra, **calendar)
        got = function(CONTAINERS[name](values, days), **extra, **options)
        if name == "polars" or name == "arrow":
            got = got["v"].to_numpy()
        np.testing.assert_array_equal(np.asarray(got), expected)


@pytest.mark.parametrize(
    "dates",
    [
        DAYS,
        tuple(DAYS),
        iter(DAYS),
        np.array(DAYS, "M8[D]"),
        np.array(DAYS, "M8[s]"),
        np.array([str(day) for day in DAYS]),
        pd.DatetimeIndex(DAYS),
        pd.DatetimeIndex(DAYS).tz_localize("Asia/Karachi"),
        pd.DatetimeIndex(DAYS).to_period("M"),
        pd.Series(pd.DatetimeIndex(DAYS)),
        pl.Series(DAYS),
        pa.array(DAYS),
    ],
    ids=lambda dates: type(dates).__name__,
)
@pytest.mark.parametrize("make", [np.array, list, pd.Series, pl.Series, pa.array])
def test_dates_beside_the_data_come_as_any_sequence(make, dates):
    if type(dates).__name__.endswith("iterator"):
        dates = iter(DAYS)
    got = pm.growth(make(VALUES), time=dates)
    got = got.to_pylist() if isinstance(got, pa.Array) else list(got)
    close_lists([None if value is None or value != value else value for value in got], GROWTH)


@pytest.mark.parametrize("thing", [3.5, "2024", {"a": 1}, None, object(), {1.0, 2.0}])
def test_other_things_are_refused(thing):
    with pytest.raises((TypeError, ValueError), match=r"cannot read|give"):
        pm.growth(thing)


def test_importing_paimana_loads_none_of_the_libraries():
    code = (
        "import sys, numpy, paimana; paimana.growth([1.0, 2.0]);"
        "print([m for m in ('pandas', 'polars', 'pyarrow', 'xarray', 'matplotlib') if m in "
        "sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("dtype", ["<f4", ">f4", "<f2", ">f2"])
def test_floats_of_few_bits_give_single_precision_in_either_order_of_bytes(dtype):
    x = np.array([1, 2, 3], dtype=dtype)
    assert pm.growth(x).dtype == np.float32
    assert pm.growth(np.array([1, 2, 3], dtype=">f8")).dtype == np.float64
    np.testing.assert_array_equal(pm.growth(x), [np.nan, 100, 50])
