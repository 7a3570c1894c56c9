//! Any bytes as a letter: read in each form, and what is proposed of it written. What is written is an agreement's file with
//! a front matter, and no word of a plain text is lost.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sideletter::draft::{Form, Known, propose, read, written};
use sideletter::front_matter;
use sideletter::language::DateOrder;

fuzz_target!(|bytes: &[u8]| {
    let Some((form, bytes)) = bytes.split_first() else {
        return;
    };
    let form = match form % 3 {
        0 => Form::Text,
        1 => Form::Markdown,
        _ => Form::Docx,
    };
    let Ok(letter) = read(bytes, form) else {
        return;
    };
    let known = Known {
        parties: &[],
        agreements: &[],
        date_order: DateOrder::MonthDayYear,
    };
    let proposal = propose(&letter, known);
    let text = written(&letter, &proposal);
    let parts = front_matter::split(&text).expect("a front matter");
    let front = text.get(parts.toml).expect("its bytes");
    front.parse::<toml::Table>().expect("TOML");
});
