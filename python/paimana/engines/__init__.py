"""The doors to other engines: DuckDB, Dask, Spark, and files of Parquet."""
