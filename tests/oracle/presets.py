"""The presets, written once more from the rules' own words: from a trigger to the nominal day, the due day and the day of grace."""

from dateutil.relativedelta import relativedelta

from days_off import ONE, rolled, stepped

FEDERAL_OFF = ["weekends", "federal", "closings"]
# What each closes, which way a last day moves, whether a named day moves too, and what is its own.
PRESETS = {
    "plain": {},
    # Civil Code 11, Code of Civil Procedure 13: the day stays, the next open one is a day of grace.
    "california_contract": {"forward": "grace", "backward": True, "named": True},
    # Code of Civil Procedure 12a; Gonzales v. County of Los Angeles.
    "california_statute": {
        "off": ["us_ca_courts"], "forward": "next", "backward": True, "named": True, "six_months": True,
    },
    # 8 CCR 32130(b).
    "california_perb": {
        "off": ["weekends", "us_ca_state", "us_ca_state_employees"], "forward": "next", "backward": True, "named": True,
    },
    # Federal Rule of Civil Procedure 6(a).
    "us_federal": {"off": FEDERAL_OFF, "forward": "next", "backward": True, "states_backward": False},
    # 29 CFR 102.2(a).
    "us_nlrb": {"off": FEDERAL_OFF, "forward": "next", "backward": True, "short": 7},
    # Regulation 1182/71, article 3.
    "eu": {"off": ["weekends"], "forward": "next", "two_working_days": True},
    # Interpretation Act (Canada), sections 26 and 27.
    "canada": {"forward": "next", "backward": True, "clear_minimum": True},
}


def further(one, other, step):
    return max(one, other) if step > 0 else min(one, other)


class Rules:
    def __init__(self, ask):
        self.rules = PRESETS[ask["preset"]]
        self.off = self.rules.get("off", []) + ask["also"]

    def states(self, step):
        return step > 0 or self.rules.get("states_backward", True)

    def nominal(self, start, parts, step, bound):
        rules, units = self.rules, dict((unit, number) for number, unit in parts)
        of_days = parts[-1][1] in ("days", "open")
        clear = bound == "clear" or (bound == "minimum" and of_days and "clear_minimum" in rules)
        days = units.get("days", 0) if set(units) == {"days"} else None
        if "open" in units or (days and days < rules.get("short", 0)):
            number = units.get("open") or days
            return stepped(start, number + clear, step, self.off, self.states(step))
        day = start + step * relativedelta(**units)
        if units == {"months": 6} and rules.get("six_months"):
            day = further(day, start + step * 182 * ONE, step)
        day += step * clear * ONE
        if rules.get("two_working_days") and days != 1:
            day = further(day, stepped(start, 2, step, self.off), step)
        return day

    def due(self, nominal, step):
        """The due day and the day of grace, if there is one."""
        if step < 0:
            backward = self.rules.get("backward")
            return (rolled(nominal, -1, self.off, self.states(-1)) if backward else nominal), None
        open_day = rolled(nominal, 1, self.off)
        match self.rules.get("forward"):
            case "next":
                return open_day, None
            case "grace" if open_day != nominal:
                return nominal, open_day
        return nominal, None


def told(nominal, due, grace):
    return [" ".join(str(day) for day in (nominal, due, grace or "-"))]


def limit(ask, start):
    """So much after or before a day."""
    rules = Rules(ask)
    nominal = rules.nominal(start, ask["parts"], ask["step"], ask["bound"])
    return told(nominal, *rules.due(nominal, ask["step"]))


def named(ask, start):
    """A day that the words name."""
    rules = Rules(ask)
    return told(start, *(rules.due(start, 1) if rules.rules.get("named") else (start, None)))


def window(ask, start):
    """From the one to the other before a day: the opening stays, and nothing moves before it."""
    rules = Rules(ask)
    opens = rules.nominal(start, ask["opens"], -1, "limit")
    nominal = rules.nominal(start, ask["parts"], -1, "limit")
    due, _ = rules.due(nominal, -1)
    return [f"{opens}..{due if due >= opens else nominal}"]


def named_series(ask, start):
    """So many months apart, each from the first: days certain."""
    rules, days = Rules(ask), []
    for times in range(ask["times"]):
        day = start + relativedelta(months=ask["months"] * times)
        days.append(rules.due(day, 1)[0] if rules.rules.get("named") else day)
    return days
