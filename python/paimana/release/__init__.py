"""Releases and their audit: what a release prints, whether it holds together, and what it implies.

`file` holds the release as written, `audit` what is found about it, `page` how that looks, `several` the audits of
more than one release, `plugin` the pytest plugin. The decisions are made in the compiled core.
"""
