//! Holidays and breaks that a phrase may name: how letters write them, and what calendars call them.

use super::pattern::Pattern;

/// A holiday or a break.
pub(super) struct Named {
    /// The name in which it is printed.
    pub(super) name: &'static str,
    /// How letters write it: patterns of words, the longest first.
    pub(super) written: &'static [&'static Pattern],
    /// What calendars call it, in lower case and without apostrophes and full stops.
    called: &'static [&'static str],
    /// Whether it is a single day.
    pub(super) one_day: bool,
}

/// What calendars call a day or a break of that name.
pub(crate) fn names_of(name: &str) -> &'static [&'static str] {
    ALL.iter()
        .find(|named| named.name == name)
        .map_or(&[], |named| named.called)
}

/// Whether that name is a single day's.
pub(super) fn is_one_day(name: &str) -> bool {
    ALL.iter().any(|named| named.name == name && named.one_day)
}

const fn day(
    name: &'static str,
    written: &'static [&'static Pattern],
    called: &'static [&'static str],
) -> Named {
    Named {
        name,
        written,
        called,
        one_day: true,
    }
}

const fn recess(
    name: &'static str,
    written: &'static [&'static Pattern],
    called: &'static [&'static str],
) -> Named {
    Named {
        name,
        written,
        called,
        one_day: false,
    }
}

/// Those that are known.
pub(super) const ALL: [Named; 30] = [
    day(
        "New Year's Day",
        &[words!("new year's|years day")],
        &["new years day", "new year"],
    ),
    day(
        "Martin Luther King Day",
        &[
            words!("dr? martin luther king jr? birthday|day"),
            words!("birthday of dr? martin luther king jr?"),
            words!("mlk day"),
        ],
        &[
            "martin luther king day",
            "birthday of martin luther king",
            "martin luther kings birthday",
            "martin luther king birthday",
            "mlk day",
        ],
    ),
    day(
        "Lincoln's Birthday",
        &[words!("lincoln's|lincolns|lincoln birthday|day")],
        &["lincoln day", "lincolns birthday"],
    ),
    day(
        "Lunar New Year",
        &[words!("lunar new year")],
        &["lunar new year"],
    ),
    day(
        "Presidents' Day",
        &[
            words!("presidents|president's|presidents' day"),
            words!("washington's|washingtons birthday"),
        ],
        &["presidents day", "washingtons birthday"],
    ),
    day(
        "Cesar Chavez Day",
        &[
            words!("cesar|césar chavez|chávez day"),
            words!("farmworkers day"),
        ],
        &["cesar chavez day", "farmworkers day"],
    ),
    day("Good Friday", &[words!("good friday")], &["good friday"]),
    day(
        "Easter Monday",
        &[words!("easter monday")],
        &["easter monday"],
    ),
    day(
        "Easter",
        &[words!("easter sunday?")],
        &["easter", "easter sunday"],
    ),
    day("Memorial Day", &[words!("memorial day")], &["memorial day"]),
    day(
        "Juneteenth",
        &[words!("juneteenth national? independence? day?")],
        &["juneteenth", "juneteenth national independence day"],
    ),
    day(
        "Independence Day",
        &[words!("independence day"), words!("fourth of july")],
        &["independence day", "fourth of july"],
    ),
    day(
        "Labor Day",
        &[words!("labor|labour day")],
        &["labor day", "labour day"],
    ),
    day(
        "Admission Day",
        &[words!("admission day")],
        &["admission day"],
    ),
    day(
        "Native American Day",
        &[words!("native american day")],
        &["native american day"],
    ),
    day(
        "Columbus Day",
        &[words!("columbus day")],
        &["columbus day", "columbus day and indigenous peoples day"],
    ),
    day(
        "Indigenous Peoples' Day",
        &[words!("indigenous peoples|people's|peoples' day")],
        &[
            "indigenous peoples day",
            "indigenous peoples day and columbus day",
        ],
    ),
    day("Diwali", &[words!("diwali")], &["diwali"]),
    day("Election Day", &[words!("election day")], &["election day"]),
    day(
        "Veterans Day",
        &[words!("veterans|veteran's|veterans' day")],
        &["veterans day"],
    ),
    day(
        "Thanksgiving Day",
        &[words!("thanksgiving day?")],
        &["thanksgiving day", "thanksgiving"],
    ),
    day(
        "Christmas Eve",
        &[words!("christmas eve")],
        &["christmas eve"],
    ),
    day(
        "Christmas Day",
        &[words!("christmas day?")],
        &["christmas day", "christmas"],
    ),
    day(
        "New Year's Eve",
        &[words!("new year's|years eve")],
        &["new years eve"],
    ),
    recess(
        "winter break",
        &[
            words!("winter break|recess|vacation|holiday|holidays"),
            words!("christmas break|recess|vacation"),
        ],
        &[
            "winter break",
            "winter recess",
            "winter vacation",
            "christmas break",
            "christmas vacation",
            "holiday break",
        ],
    ),
    recess(
        "mid-winter break",
        &[
            words!("mid winter break|recess"),
            words!("february|presidents'|presidents break|recess"),
        ],
        &[
            "mid-winter break",
            "midwinter break",
            "mid-winter recess",
            "february break",
            "presidents week",
        ],
    ),
    recess(
        "spring break",
        &[words!("spring break|recess|vacation")],
        &["spring break", "spring recess", "spring vacation"],
    ),
    recess(
        "summer break",
        &[words!("summer break|recess|vacation")],
        &["summer break", "summer recess", "summer vacation"],
    ),
    recess(
        "fall break",
        &[words!("fall|autumn break|recess")],
        &["fall break", "fall recess", "autumn break"],
    ),
    recess(
        "Thanksgiving break",
        &[words!("thanksgiving break|recess|vacation")],
        &[
            "thanksgiving break",
            "thanksgiving recess",
            "thanksgiving vacation",
        ],
    ),
];
