//! Dates in numbers: `12/9/99`, `2014-04-01`.

#[derive(Clone, Copy)]
pub(super) struct Part {
    pub(super) value: u32,
    pub(super) width: usize,
}

/// Three numbers joined by one kind of separator, one of them a year of two or four digits.
pub(super) fn numeric_date(text: &str) -> Option<(usize, (Part, Part, Part))> {
    let (a, rest) = part(text)?;
    let separator = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '/' | '-' | '.'))?;
    let (b, rest) = part(rest.strip_prefix(separator)?)?;
    let (c, rest) = part(rest.strip_prefix(separator)?)?;
    let shaped = match (a.width, c.width) {
        (4, 1 | 2) => separator != '.',
        (1 | 2, 2 | 4) => true,
        _ => false,
    };
    let closed = rest.chars().next().is_none_or(|c| !c.is_alphanumeric());
    (shaped && b.width <= 2 && closed).then(|| (text.len() - rest.len(), (a, b, c)))
}

pub(super) fn part(text: &str) -> Option<(Part, &str)> {
    let digits: String = text
        .chars()
        .take_while(char::is_ascii_digit)
        .take(5)
        .collect();
    let value = digits.parse().ok()?;
    let width = digits.len();
    Some((Part { value, width }, text.get(width..)?))
}
