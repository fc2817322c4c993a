"""Releases and their audit: what a release prints, whether it holds together, and what it implies.

`file` holds the release as written, `audit` the functions, `result` what is found, `page` how that
looks, `earlier` and `several` the audits of more than one release, `read` the reader of prose, and
`plugin` the pytest plugin. The decisions are made in the compiled core.
"""
