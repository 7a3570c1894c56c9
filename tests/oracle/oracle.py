"""Works days out with engines that are not ours, to compare them with.

Reads one JSON object a line, and writes one JSON list of days for each; before that one line with the versions of what it
works with. Months, weekdays and recurrences are from python-dateutil, the federal holidays of the United States from holidays;
which day is open, where a last day moves and how days are counted is written here once more, from the rules' own words.
"""

import json
import sys
from datetime import date
from importlib.metadata import version

from dateutil.easter import easter
from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta
from dateutil.rrule import MONTHLY, rrule

import presets
from days_off import CLOSINGS, FEDERAL, ONE, californian, is_open, rolled, stepped

WEEKDAYS = [MO, TU, WE, TH, FR, SA, SU]


def length(parts, times=1):
    total = relativedelta()
    for number, unit in parts:
        total += relativedelta(**{unit: number * times})
    return total


def offset(ask, start):
    # relativedelta takes years and months first, then weeks and days.
    return [start + ask["step"] * length(ask["parts"])]


def open_days(ask, start):
    return [stepped(start, ask["number"], ask["step"], ask["off"])]


def roll(ask, start):
    day = start + ask["step"] * length(ask["parts"])
    return [rolled(day, ask["step"], ask["off"])]


def nlrb(ask, start):
    """29 CFR 102.2(a): a period of less than seven days has business days alone."""
    number, off = ask["number"], ["weekends", "federal", "closings"]
    if number < 7:
        return [stepped(start, number, 1, off)]
    return [rolled(start + number * ONE, 1, off)]


def european(ask, start):
    """Regulation 1182/71, article 3: at least two working days in two days or more, then the next working day."""
    number, off = ask["number"], ["weekends"]
    last = start + number * ONE
    while number >= 2 and sum(is_open(start + n * ONE, off) for n in range(1, (last - start).days + 1)) < 2:
        last += ONE
    return [rolled(last, 1, off)]


def canadian(ask, start):
    """Interpretation Act (Canada), section 27(1): both days are excluded."""
    return [start + ask["step"] * (ask["number"] + 1) * ONE]


def six_months(ask, start):
    """Gonzales v. County of Los Angeles: six months or 182 days, whichever is longer."""
    return [max(start + relativedelta(months=6), start + 182 * ONE)]


def nth_weekday(ask, start):
    step, weekday = ask["step"], WEEKDAYS[ask["weekday"]]
    return [start + relativedelta(days=step, weekday=weekday(step * ask["nth"]))]


def weekday_of_month(ask, start):
    first = start.replace(day=1)
    if ask["nth"] == 0:
        return [first + relativedelta(day=31, weekday=WEEKDAYS[ask["weekday"]](-1))]
    return [first + relativedelta(weekday=WEEKDAYS[ask["weekday"]](ask["nth"]))]


def every(ask, start):
    until, days, times = date.fromisoformat(ask["until"]), [], 0
    while (day := start + length(ask["parts"], times)) <= until:
        days.append(day)
        times += 1
    return days


def periods(ask, start):
    until, windows, times = date.fromisoformat(ask["until"]), [], 0
    while (last := start + length(ask["parts"], times + 1) - ONE) <= until:
        windows.append(f"{start + length(ask['parts'], times)}..{last}")
        times += 1
    return windows


def monthly_weekday(ask, start):
    nth = ask["nth"] or -1
    until = date.fromisoformat(ask["until"])
    return [day.date() for day in rrule(MONTHLY, dtstart=start, until=until, byweekday=WEEKDAYS[ask["weekday"]](nth))]


def monthly_day(ask, start):
    until, days = date.fromisoformat(ask["until"]), []
    month = start.replace(day=1)
    while (day := month + relativedelta(day=ask["day"])) <= until:
        if day >= start:
            days.append(day)
        month += relativedelta(months=1)
    return days


def year_of_holidays(ask, start):
    return sorted(day for day in FEDERAL if day.year == start.year)


def year_of_closings(ask, start):
    return sorted(day for day in CLOSINGS if day.year == start.year)


def year_of_californian(ask, start):
    around = range(start.year, start.year + 2)  # What is observed on 31 December is of the year after.
    days = {day for year in around for day in californian(ask["list"], year)}
    return sorted(day for day in days if day.year == start.year)


def easter_sunday(ask, start):
    return [easter(start.year)]


ASKS = {
    function.__name__: function
    for function in (
        offset, open_days, roll, nlrb, european, canadian, six_months, nth_weekday, weekday_of_month,
        every, periods, monthly_weekday, monthly_day, year_of_holidays, year_of_closings, year_of_californian,
        easter_sunday, presets.limit, presets.named, presets.window, presets.named_series,
    )
}


def main():
    print(json.dumps({name: version(name) for name in ("holidays", "python-dateutil")}))
    for line in sys.stdin:
        ask = json.loads(line)
        print(json.dumps([str(day) for day in ASKS[ask["ask"]](ask, date.fromisoformat(ask["from"]))]))


main()
