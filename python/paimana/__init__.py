"""paimana: economic indicators, exact and by the calendar, and the audit of economic releases."""
