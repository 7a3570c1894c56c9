"""Which days are off: the federal holidays and closings from holidays, California's three lists written from the statutes."""

from datetime import date, timedelta

import holidays
from dateutil.relativedelta import FR, MO, TH, relativedelta
from holidays.calendars.chinese import _ChineseLunisolar
from holidays.calendars.hindu import _HinduLunisolar
from holidays.countries import united_states

ONE = timedelta(days=1)
YEARS = range(1970, 2045)
FEDERAL = holidays.country_holidays("US", years=YEARS, observed=True)


def closings():
    """The whole days since 2001 on which federal offices were closed by order."""
    lists = [item for item in vars(united_states).values() if hasattr(item, "special_government_holidays")]
    days = set()
    for year, entries in lists[0].special_government_holidays.items():
        for month, day, name in entries if isinstance(entries[0], tuple) else [entries]:
            if isinstance(name, str):  # A half day has the name of the half beside its own.
                days.add(date(year, month, day))
    return days


CLOSINGS = closings()


def nth(year, month, weekday):
    return date(year, month, 1) + relativedelta(weekday=weekday)


def californian(name, year):
    """Government Code 6700 and 6701 (us_ca_state); Code of Civil Procedure 135 and rule 1.11 of the Rules of Court
    (us_ca_courts); Government Code 19853 (us_ca_state_employees). With the day of each holiday and each on which it is observed."""
    state, courts, employees = (name == one for one in ("us_ca_state", "us_ca_courts", "us_ca_state_employees"))
    days = set()

    def fixed(month, day, moves=True):
        on = date(year, month, day)
        days.add(on)
        if on.weekday() == 6 and moves:
            days.add(on + ONE)
        if on.weekday() == 5 and (courts or (month, day) == (11, 11)):
            days.add(on - ONE)

    fixed(1, 1)
    days.add(nth(year, 1, MO(3)))
    if not employees or year <= 2009:
        fixed(2, 12)
    days.add(nth(year, 2, MO(3)))
    if year >= 2001:
        fixed(3, 31)
    days.add(nth(year, 6, MO(1)) - 7 * ONE)  # The last Monday of May: a week before the first of June.
    fixed(7, 4)
    days.add(nth(year, 9, MO(1)))
    fixed(11, 11)
    thanksgiving = nth(year, 11, TH(4))
    days.add(thanksgiving)
    if not state:
        days.add(thanksgiving + ONE)
    fixed(12, 25)
    if state:
        fixed(9, 9)
        if year >= 2023:
            days.add(_ChineseLunisolar().lunar_new_year_date(year)[0])
            fixed(4, 24, moves=False)
        if year >= 2026:
            days.add(_HinduLunisolar().diwali_india_date(year)[0])
    if not employees and year >= 2023:
        fixed(6, 19, moves=courts)
    if (state and year >= 2015) or (courts and year >= 2022):
        days.add(nth(year, 9, FR(4)))
    if state or (courts and year <= 2021) or (employees and year <= 2008):
        days.add(nth(year, 10, MO(2)))
    return days


CALIFORNIAN = {
    name: {day for year in YEARS for day in californian(name, year)}
    for name in ("us_ca_state", "us_ca_courts", "us_ca_state_employees")
}
# The days of the week on which each is closed.
WEEKLY = {"weekends": {5, 6}, "us_ca_courts": {5, 6}, "us_ca_state": {6}}


def is_open(day, off, states=True):
    """`states`: whether the holidays of a state count; its weekends do in any case."""
    return not any(
        day.weekday() in WEEKLY.get(name, ())
        or (name == "federal" and day in FEDERAL)
        or (name == "closings" and day in CLOSINGS)
        or (states and day in CALIFORNIAN.get(name, ()))
        for name in off
    )


def rolled(day, step, off, states=True):
    while not is_open(day, off, states):
        day += step * ONE
    return day


def stepped(day, number, step, off, states=True):
    while number > 0:
        day += step * ONE
        number -= is_open(day, off, states)
    return day
