//! A page made live: the script that loads it anew, and what is wrong in the office's files, above everything else.

use super::Shown;
use crate::shown::{escaped, visible_characters};
use std::borrow::Cow;
use std::fmt::Write as _;

/// A page of the site with what makes it live. Its own policy is widened by no more than that.
pub(super) fn live(page: &str, version: &str, shown: &Shown) -> String {
    let head = format!(
        "<link rel=\"stylesheet\" href=\"/~live/style.css\">\n<script src=\"/~live/reload.js\" data-version=\"{version}\" defer></script>\n"
    );
    let page = with_a_wider_policy(page);
    // A page of the office's own template may have neither a head nor a body that is written out.
    let (before, after) = page
        .find("</head>")
        .map_or(("", &*page), |at| page.split_at(at));
    let (opening, rest) = after
        .find("<body")
        .and_then(|at| Some(at + after.get(at..)?.find('>')? + 1))
        .map_or(("", after), |end| after.split_at(end));
    [before, &head, opening, &findings(shown), rest].concat()
}

/// A page for a path at which there is none.
pub(super) fn absent(path: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>No page here</title>\n</head>\n<body class=\"live-absent\">\n<main>\n<h1>No page here</h1>\n\
         <p>There is no page <code>{}</code>; it comes up once there is. <a href=\"/\">To the overview</a></p>\n\
         </main>\n</body>\n</html>\n",
        escaped(&visible_characters(path))
    )
}

/// What is wrong, open where it is more than warnings.
fn findings(shown: &Shown) -> String {
    if shown.findings.is_empty() {
        return String::new();
    }
    let (class, open) = if shown.faulty {
        ("live-faults", " open")
    } else {
        ("live-faults only-warnings", "")
    };
    let mut html = format!(
        "\n<details class=\"{class}\" lang=\"en\"{open}>\n<summary>{}</summary>\n",
        escaped(&shown.summary)
    );
    for finding in &shown.findings {
        let _ = writeln!(html, "<pre>{}</pre>", escaped(finding.trim_end()));
    }
    html.push_str("</details>");
    html
}

/// The page with a policy that admits a script of this server, and asking it. A page without a policy stays without.
fn with_a_wider_policy(page: &str) -> Cow<'_, str> {
    const BEFORE: &str = "http-equiv=\"Content-Security-Policy\" content=\"";
    let policy = page.find(BEFORE).and_then(|at| {
        let begin = at + BEFORE.len();
        Some((begin, begin + page.get(begin..)?.find('"')?))
    });
    let parts = policy.and_then(|(begin, end)| {
        Some((page.get(..begin)?, page.get(begin..end)?, page.get(end..)?))
    });
    let Some((before, policy, after)) = parts else {
        return Cow::Borrowed(page);
    };
    let mut directives: Vec<String> = policy
        .split(';')
        .map(|part| part.trim().to_owned())
        .collect();
    for name in ["script-src", "style-src", "connect-src"] {
        let is_named = |part: &&mut String| part.split_whitespace().next() == Some(name);
        match directives.iter_mut().find(is_named) {
            Some(named) if named.contains("'self'") => {}
            Some(named) => named.push_str(" 'self'"),
            None => directives.push(format!("{name} 'self'")),
        }
    }
    Cow::Owned([before, &directives.join("; "), after].concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'\"></head><body class=\"x\"><p>Text</p></body></html>";

    #[test]
    fn a_page_is_made_live_and_says_what_is_wrong() {
        let shown = Shown {
            summary: "1 fault".to_owned(),
            findings: vec!["error: <b>\n".to_owned()],
            faulty: true,
            ..Shown::default()
        };
        let page = live(PAGE, "1-2", &shown);
        assert_eq!(
            page,
            "<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'\">\
             <link rel=\"stylesheet\" href=\"/~live/style.css\">\n<script src=\"/~live/reload.js\" data-version=\"1-2\" defer></script>\n</head>\
             <body class=\"x\">\n<details class=\"live-faults\" lang=\"en\" open>\n<summary>1 fault</summary>\n<pre>error: &lt;b&gt;</pre>\n</details><p>Text</p></body></html>"
        );
    }

    #[test]
    fn a_page_of_any_shape_is_made_live() {
        for page in ["", "<p>x", "<body", "</head><body>", "content=\"\""] {
            assert!(
                live(page, "1-2", &Shown::default()).contains("reload.js"),
                "{page}"
            );
        }
    }
}
