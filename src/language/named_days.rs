//! Holidays and breaks that a phrase may name: how letters write them, and what calendars call them.

/// A holiday or a break.
pub(super) struct Named {
    /// The name in which it is printed.
    pub(super) name: &'static str,
    /// How letters write it: patterns of words, the longest first.
    pub(super) written: &'static [&'static str],
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
    written: &'static [&'static str],
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
    written: &'static [&'static str],
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
        &["new year's|years day"],
        &["new years day", "new year"],
    ),
    day(
        "Martin Luther King Day",
        &[
            "dr? martin luther king jr? birthday|day",
            "birthday of dr? martin luther king jr?",
            "mlk day",
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
        &["lincoln's|lincolns|lincoln birthday|day"],
        &["lincoln day", "lincolns birthday"],
    ),
    day("Lunar New Year", &["lunar new year"], &["lunar new year"]),
    day(
        "Presidents' Day",
        &[
            "presidents|president's|presidents' day",
            "washington's|washingtons birthday",
        ],
        &["presidents day", "washingtons birthday"],
    ),
    day(
        "Cesar Chavez Day",
        &["cesar|césar chavez|chávez day", "farmworkers day"],
        &["cesar chavez day", "farmworkers day"],
    ),
    day("Good Friday", &["good friday"], &["good friday"]),
    day("Easter Monday", &["easter monday"], &["easter monday"]),
    day("Easter", &["easter sunday?"], &["easter", "easter sunday"]),
    day("Memorial Day", &["memorial day"], &["memorial day"]),
    day(
        "Juneteenth",
        &["juneteenth national? independence? day?"],
        &["juneteenth", "juneteenth national independence day"],
    ),
    day(
        "Independence Day",
        &["independence day", "fourth of july"],
        &["independence day", "fourth of july"],
    ),
    day(
        "Labor Day",
        &["labor|labour day"],
        &["labor day", "labour day"],
    ),
    day("Admission Day", &["admission day"], &["admission day"]),
    day(
        "Native American Day",
        &["native american day"],
        &["native american day"],
    ),
    day(
        "Columbus Day",
        &["columbus day"],
        &["columbus day", "columbus day and indigenous peoples day"],
    ),
    day(
        "Indigenous Peoples' Day",
        &["indigenous peoples|people's|peoples' day"],
        &[
            "indigenous peoples day",
            "indigenous peoples day and columbus day",
        ],
    ),
    day("Diwali", &["diwali"], &["diwali"]),
    day("Election Day", &["election day"], &["election day"]),
    day(
        "Veterans Day",
        &["veterans|veteran's|veterans' day"],
        &["veterans day"],
    ),
    day(
        "Thanksgiving Day",
        &["thanksgiving day?"],
        &["thanksgiving day", "thanksgiving"],
    ),
    day("Christmas Eve", &["christmas eve"], &["christmas eve"]),
    day(
        "Christmas Day",
        &["christmas day?"],
        &["christmas day", "christmas"],
    ),
    day(
        "New Year's Eve",
        &["new year's|years eve"],
        &["new years eve"],
    ),
    recess(
        "winter break",
        &[
            "winter break|recess|vacation|holiday|holidays",
            "christmas break|recess|vacation",
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
            "mid winter break|recess",
            "february|presidents'|presidents break|recess",
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
        &["spring break|recess|vacation"],
        &["spring break", "spring recess", "spring vacation"],
    ),
    recess(
        "summer break",
        &["summer break|recess|vacation"],
        &["summer break", "summer recess", "summer vacation"],
    ),
    recess(
        "fall break",
        &["fall|autumn break|recess"],
        &["fall break", "fall recess", "autumn break"],
    ),
    recess(
        "Thanksgiving break",
        &["thanksgiving break|recess|vacation"],
        &[
            "thanksgiving break",
            "thanksgiving recess",
            "thanksgiving vacation",
        ],
    ),
];
