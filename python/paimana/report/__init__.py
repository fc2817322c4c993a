"""Reports: the brief of a series, release tables, their charts and their HTML."""
