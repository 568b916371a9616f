"""Months, days and clock changes, intervals, dated spans, shares and statistics: pure arithmetic that every
floor may use.

Nothing here knows of policing, of a database or of a request. Instants are timezone-aware UTC in whole
minutes; what people read and type is Europe/London local time; percentages are exact, never floats
(but for what scipy finds: the ends of intervals and the chances of tests).
"""
