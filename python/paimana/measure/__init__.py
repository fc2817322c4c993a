"""The indicators: signature, documentation, and one call each. What is computed is in the core.

`growth`: a value against a base. `dynamics`: what moves a rate. `totals`: rolling windows, years
to date, longer periods, index levels. `records`: a value among the earlier ones. `shares`: parts
of a whole.
"""
