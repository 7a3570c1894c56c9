//! An agreement's text as HTML: its Markdown and nothing more. Raw HTML, scripts and pictures never reach the page.

mod events;
mod html;
mod withhold;

use crate::words::Language;
use events::{Piece, pieces};

/// What stands at a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// This HTML.
    Shown(String),
    /// The block around it may not be shown.
    Hidden,
    /// Nothing.
    Nothing,
}

/// Answers what stands at the mark of a name.
pub(super) trait Marks {
    /// Whether a single word in brackets is a mark: it names an obligation. Words with an underscore always are.
    fn names_obligation(&self, word: &str) -> bool;

    /// What stands at the mark; asked once for each, in the order of the text.
    fn at(&mut self, name: &str) -> Mark;
}

/// What the program says among a text, in the page's language.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    page: Language,
    /// Whether the text is in another language.
    is_marked: bool,
}

impl Words {
    /// For a text in a language on a page in another, or the same.
    pub(super) fn of(page: Language, text: Language) -> Self {
        Self {
            page,
            is_marked: page != text,
        }
    }

    /// The attribute by which they are told from the text around them.
    fn lang(self) -> String {
        if self.is_marked {
            format!(" lang=\"{}\"", self.page.code())
        } else {
            String::new()
        }
    }

    fn withheld(self) -> String {
        let words = match self.page {
            Language::English => "A passage is not shown here.",
            Language::Spanish => "Aquí no se muestra un pasaje.",
        };
        format!("<p class=\"withheld\"{}>{words}</p>", self.lang())
    }

    fn goes_on(self) -> String {
        let words = match self.page {
            Language::English => "The text goes on; its first 8 MB are shown.",
            Language::Spanish => "El texto continúa; se muestran sus primeros 8 MB.",
        };
        format!("<p class=\"withheld\"{}>{words}</p>\n", self.lang())
    }

    /// What the nth table of a text is called: each by another name, so that they can be told apart.
    fn table(self, number: usize) -> String {
        let words = match self.page {
            Language::English => "Table",
            Language::Spanish => "Tabla",
        };
        if number > 1 {
            format!("{words} {number}")
        } else {
            words.to_owned()
        }
    }
}

/// The text as HTML. Its headings begin at the third level: the page has the first two.
pub(super) fn render(markdown: &str, marks: &mut impl Marks, words: Words) -> String {
    let mut pieces = pieces(markdown, &|word| marks.names_obligation(word));
    withhold::addresses(&mut pieces);
    let shown: Vec<Mark> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Mark(name) => marks.at(name),
            Piece::Event(_) | Piece::Number(_) => Mark::Nothing,
        })
        .collect();
    let hidden = withhold::passages(&pieces, &shown);
    html::write(&pieces, &shown, &hidden, words)
}

/// The HTML comments in a text: notes to the office.
pub(super) fn comments(markdown: &str) -> Vec<String> {
    events::comments(markdown)
}

#[cfg(test)]
mod tests {
    use super::{Mark, Marks, Words};
    use crate::words::Language::{English, Spanish};

    struct Letters;

    impl Marks for Letters {
        fn names_obligation(&self, word: &str) -> bool {
            word == "survey"
        }

        fn at(&mut self, name: &str) -> Mark {
            match name {
                "secret_pay" => Mark::Hidden,
                "typo_here" => Mark::Nothing,
                _ => Mark::Shown(format!("<a href=\"#{name}\">*</a>")),
            }
        }
    }

    fn render(markdown: &str, marks: &mut Letters) -> String {
        super::render(markdown, marks, Words::of(English, English))
    }

    #[track_caller]
    fn case(markdown: &str, expected: &str) {
        assert_eq!(render(markdown, &mut Letters).trim_end(), expected);
    }

    #[test]
    fn a_mark_becomes_what_stands_there() {
        case(
            "They meet. [follow_up] And [survey].",
            "<p>They meet.\u{a0}<a href=\"#follow_up\">*</a> And\u{a0}<a href=\"#survey\">*</a>.</p>",
        );
        case("Nothing [typo_here].", "<p>Nothing .</p>");
    }

    #[test]
    fn other_brackets_are_text() {
        case(
            r"`[follow_up]` \[survey\] [sic] [Follow_Up] [^1]",
            "<p><code>[follow_up]</code> [survey] [sic] [Follow_Up] [^1]</p>",
        );
    }

    #[test]
    fn the_block_of_a_hidden_mark_is_not_shown() {
        case(
            "One.\n\n1. Pay is 7. [secret_pay]\n2. Two.\n",
            "<p>One.</p>\n<ol>\n<li><p class=\"withheld\">A passage is not shown here.</p></li>\n<li>Two.</li>\n</ol>",
        );
        case(
            "a | b\n--|--\nc | d\npay | 7 [secret_pay]\n",
            "<section class=\"scroll\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n<thead>\n<tr><th scope=\"col\">a</th><th scope=\"col\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td><td>d</td></tr>\n<tr><td colspan=\"2\"><p class=\"withheld\">A passage is not shown here.</p></td></tr>\n</tbody>\n</table>\n</section>",
        );
    }

    #[test]
    fn an_address_is_withheld_however_it_is_written() {
        let withheld = "<p>[address withheld]</p>";
        case("agents@upe.example", withheld);
        case("first_last@upe.example", withheld);
        case("agents&#64;upe.example", withheld);
        case("agents<!-- x -->@upe.example", withheld);
        case("<agents@upe.example>", withheld);
        case("[agents@upe.example](mailto:agents@upe.example)", withheld);
        case("*agents*@upe.example", "<p><em>[address withheld]</em></p>");
        case(
            "[us](https://x.example/?to=agents%40upe.example)",
            "<p>us</p>",
        );
        case("[us](mailto:agents@upe.example)", "<p>us</p>");
    }

    #[test]
    fn nothing_runs_and_nothing_is_fetched() {
        case(
            "a <script>alert(1)</script> b <img src=x onerror=alert(1)>",
            "<p>a alert(1) b </p>",
        );
        case("<script>\nalert(1)\n</script>\n\nb", "<p>b</p>");
        case(
            "[x](javascript:alert(1)) [y](JaVaScRiPt&colon;alert(1))",
            "<p>x y</p>",
        );
        case(
            "[x](data:text/html,hi) ![a *b*](https://x.example/p.png)",
            "<p>x a <em>b</em></p>",
        );
        case(
            "<https://x.example/?a=1&b=\"2>",
            "<p><a href=\"https://x.example/?a=1&amp;b=&quot;2\" rel=\"noreferrer\">https://x.example/?a=1&amp;b=&quot;2</a></p>",
        );
    }

    #[test]
    fn what_the_program_says_is_in_the_pages_language() {
        let table = "a | b\n--|--\nc | d\n\n";
        let html = super::render(
            &format!("{table}{table}Pay is 7. [secret_pay]"),
            &mut Letters,
            Words::of(Spanish, English),
        );
        assert!(html.contains("aria-label=\"Tabla\"") && html.contains("aria-label=\"Tabla 2\""));
        let withheld = "<p class=\"withheld\" lang=\"es\">Aquí no se muestra un pasaje.</p>";
        assert!(html.contains(withheld), "{html}");
    }

    #[test]
    fn an_item_keeps_the_number_that_the_text_gives_it() {
        case(
            "1. One\n2. Two\n4. Four [secret_pay]\n5. Five\n9. Nine\n   1) First\n   3) Third\n",
            "<ol>\n<li>One</li>\n<li>Two</li>\n<li value=\"4\"><p class=\"withheld\">A passage is not shown here.</p></li>\n<li>Five</li>\n<li value=\"9\">Nine<ol>\n<li>First</li>\n<li value=\"3\">Third</li>\n</ol>\n</li>\n</ol>",
        );
    }

    #[test]
    fn headings_begin_at_the_third_level() {
        case(
            "# A title\n\n### *Deep*\n\n[up](#a-title) [nowhere](#b)",
            "<h3 id=\"text-a-title\">A title</h3>\n<h5 id=\"text-deep\"><em>Deep</em></h5>\n<p><a href=\"#text-a-title\">up</a> nowhere</p>",
        );
    }

    #[test]
    fn enormous_and_deep_texts_are_survived() {
        let mut deep = String::new();
        for level in 0..1000 {
            deep.push_str(&" ".repeat(level * 2));
            deep.push_str("- x\n");
        }
        assert!(render(&deep, &mut Letters).matches("<ul>").count() <= 64);
        let quotes = format!("{} x", ">".repeat(100_000));
        assert!(render(&quotes, &mut Letters).len() < 1_000_000);
        let stars = format!("{}x{}", "*a ".repeat(20_000), " b*".repeat(20_000));
        render(&stars, &mut Letters);
        let brackets = "[".repeat(100_000);
        render(&brackets, &mut Letters);
        let table = format!(
            "{}\n{}\n{}",
            "|a".repeat(1000),
            "|-".repeat(1000),
            "|b\n".repeat(20_000)
        );
        let html = render(&table, &mut Letters);
        assert!(html.len() < 16_000_000, "{}", html.len());
    }
}
