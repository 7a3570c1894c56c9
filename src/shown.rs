//! Somebody else's words, made safe to show: nothing invisible that turns text around, no e-mail address.

use std::ops::Range;

/// What stands in the place of an e-mail address.
pub(crate) const ADDRESS_WITHHELD: &str = "[address withheld]";

/// Words of a file as a page shows them: odd characters as U+FFFD, e-mail addresses withheld.
pub(crate) fn shown(words: &str) -> String {
    // Nearly all words are like this.
    if words.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'@') {
        return words.to_owned();
    }
    let text = visible_characters(words);
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in addresses(&text) {
        kept.push_str(text.get(from..range.start).unwrap_or_default());
        kept.push_str(ADDRESS_WITHHELD);
        from = range.end;
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept
}

/// Control characters, bidirectional overrides and noncharacters as U+FFFD; lines and tabs stay.
pub(crate) fn visible_characters(words: &str) -> String {
    words
        .chars()
        .map(|c| if is_odd(c) { '\u{fffd}' } else { c })
        .collect()
}

/// A name on one line, wherever it stands: in a header, a table, a sentence.
pub(crate) fn one_line(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    visible_characters(&words.join(" "))
}

fn is_odd(c: char) -> bool {
    let code = u32::from(c);
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || (0xfdd0..=0xfdef).contains(&code)
        || code & 0xfffe == 0xfffe
}

/// The bytes of every e-mail address in `text`.
pub(crate) fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, sign) in text
        .char_indices()
        .filter(|(_, c)| matches!(c, '@' | '\u{ff20}' | '\u{fe6b}'))
    {
        let before = text.get(..at).unwrap_or_default();
        let after = text.get(at + sign.len_utf8()..).unwrap_or_default();
        let local: usize = before
            .chars()
            .rev()
            .take_while(|&c| is_local(c))
            .map(char::len_utf8)
            .sum();
        let domain: usize = after
            .chars()
            .take_while(|&c| is_domain(c))
            .map(char::len_utf8)
            .sum();
        let domain = after
            .get(..domain)
            .unwrap_or_default()
            .trim_end_matches(['.', '-'])
            .len();
        let start = at - local;
        if local > 0 && domain > 0 && found.last().is_none_or(|last| last.end <= start) {
            found.push(start..at + sign.len_utf8() + domain);
        }
    }
    found
}

fn is_local(c: char) -> bool {
    c.is_alphanumeric() || is_unseen(c) || "\".!#$%&'*+/=?^_`{|}~-".contains(c)
}

fn is_domain(c: char) -> bool {
    c.is_alphanumeric() || is_unseen(c) || matches!(c, '.' | '-')
}

/// Characters without a width, by which an address might be split unseen.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// Text as HTML, in an element or in a quoted attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#x27;"),
            _ => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests {
    use super::shown;

    #[track_caller]
    fn case(words: &str, expected: &str) {
        assert_eq!(shown(words), expected);
    }

    #[test]
    fn an_address_is_withheld() {
        case(
            "Write to agents@upe.example.",
            "Write to [address withheld].",
        );
        case("(first_last+x@mail.upe.example)", "([address withheld])");
        case(
            "a@b.example,c@d.example",
            "[address withheld],[address withheld]",
        );
        case("agents@upe\u{200b}.example", "[address withheld]");
        case("señora@unión.example", "[address withheld]");
    }

    #[test]
    fn a_sign_that_makes_no_address_stays() {
        case("2 @ $5, @handle and x@", "2 @ $5, @handle and x@");
    }

    #[test]
    fn what_turns_text_around_is_shown_as_a_replacement() {
        case(
            "a\u{202e}b\u{7}c\u{fffe}d\te\n",
            "a\u{fffd}b\u{fffd}c\u{fffd}d\te\n",
        );
    }
}
