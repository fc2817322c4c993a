"""The doors to engines that spread a long table over cores and machines: Dask and Spark."""
