"""Public holidays of England and Wales, worked out from rules.

Source: Banking and Financial Dealings Act 1971, schedule 1, with the holidays by proclamation that stand
every year (New Year's Day since 1974, the first Monday in May since 1978) and, on a weekend, the next weekday
free in their place. Those moved or added once by proclamation are listed by their dates. The date of Easter
is computed by the Gregorian rule (Meeus, Jones and Butcher).
"""

from datetime import date, timedelta

#: Holidays added once, by proclamation.
_ADDED = {
    date(1999, 12, 31): "Millennium Eve",
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}
#: Holidays moved once, by proclamation: the year's ordinary day to the day that was kept.
_MOVED = {
    date(1995, 5, 1): date(1995, 5, 8),
    date(2002, 5, 27): date(2002, 6, 4),
    date(2012, 5, 28): date(2012, 6, 4),
    date(2020, 5, 4): date(2020, 5, 8),
    date(2022, 5, 30): date(2022, 6, 2),
}
#: The first year for which these rules hold.
FIRST_YEAR = 1978
_MONDAY, _SATURDAY = 0, 5


def public_holidays(year: int) -> dict[date, str]:
    """The public holidays of a year by day, with their names, in order; none before 1978."""
    if year < FIRST_YEAR:
        return {}
    easter = _easter(year)
    found = {
        _weekday_from(date(year, 1, 1)): "New Year’s Day",
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _kept(_monday_from(date(year, 5, 1))): "Early May bank holiday",
        _kept(_monday_from(date(year, 5, 25))): "Spring bank holiday",
        _monday_from(date(year, 8, 25)): "Summer bank holiday",
    }
    christmas = _weekday_from(date(year, 12, 25))
    boxing = _weekday_from(date(year, 12, 26))
    if boxing == christmas:
        boxing = christmas + timedelta(days=1)
    if date(year, 12, 25).weekday() == _SATURDAY + 1:
        # A Sunday Christmas is kept on the Tuesday, since the Monday is Boxing Day's own.
        christmas, boxing = date(year, 12, 27), date(year, 12, 26)
    found |= {christmas: "Christmas Day", boxing: "Boxing Day"}
    found |= {day: name for day, name in _ADDED.items() if day.year == year}
    return dict(sorted(found.items()))


def holiday_on(day: date) -> str | None:
    """The name of the public holiday on a day; None on any other."""
    return public_holidays(day.year).get(day)


def _kept(day: date) -> date:
    return _MOVED.get(day, day)


def _monday_from(day: date) -> date:
    """The first Monday on or after a day."""
    return day + timedelta(days=-day.weekday() % 7)


def _weekday_from(day: date) -> date:
    """The day, or the Monday after it where it falls on a weekend."""
    return _monday_from(day) if day.weekday() >= _SATURDAY else day


def _easter(year: int) -> date:
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + j + 32) % 7
    month = (h - j + r + 90) // 25
    return date(year, month, (h - j + r + month + 19) % 32)
