//! In which language each word of a page is, and whether it says so: the letters' own and the program's.

use crate::office::Office;

const PARTIES: &str = r#"
[sindicato]
name = "Sindicato de Empleados"
short = "el Sindicato"
side = "union"

[condado]
name = "Condado"
short = "el Condado"
side = "employer"
"#;

const SPANISH: &str = r#"+++
title = "Turnos de la noche"
kind = "side_letter"
parties = ["sindicato", "condado"]
signed = 2026-01-01

[counting]
preset = "us_federal"

[events.puesta]
title = "Puesta en marcha de los turnos"

[[obligations]]
id = "reunion_de_seguimiento"
title = "Reunión de seguimiento"
owed_by = ["condado"]
due = "2026-12-15"

[[obligations]]
id = "informe_final"
title = "Informe final"
due = "30 days after puesta"

[[obligations]]
id = "pago_reservado"
title = "Pago reservado"
due = "2026-12-20"
visibility = "parties"
+++
El Condado y el Sindicato se reúnen por la tarde. [reunion_de_seguimiento]

El informe se entrega con las cifras. [informe_final]

El pago es de 7. [pago_reservado]

a | b
--|--
c | d

e | f
--|--
g | h
"#;

const ENGLISH: &str = r#"+++
title = "Parking of the night shift"
kind = "side_letter"
parties = ["sindicato", "condado"]
effective = "ratification"
amends = ["turnos"]
expires = "2026-12-31"

[counting]
preset = "plain"

[[obligations]]
id = "parking_report"
title = "Report on the parking"
owed_by = ["condado"]
due = "30 days after effective"
products = ["A list of the lots"]

[[obligations]]
id = "lot_opened"
title = "Opening of the lot"
due = "2026-12-20"
+++
The county reports to the union. [parking_report] And the lot is opened. [lot_opened]
"#;

fn office() -> Office {
    let office = Office::empty()
        .file(
            "sideletter.toml",
            "[office]\nlanguage = \"es\"\nconfirmation = \"none\"\n",
        )
        .file("parties.toml", PARTIES)
        .file("agreements/turnos.md", SPANISH)
        .file("agreements/parking.md", ENGLISH)
        .on("2026-11-29");
    office.prints("record happened turnos/puesta --on 2026-11-20 --by condado");
    office.prints("build");
    office
}

#[track_caller]
fn says(page: &str, words: &str) {
    assert!(page.contains(words), "{words}: {page}");
}

#[test]
fn a_letter_is_marked_with_the_language_that_it_is_in() {
    let office = office();
    let read = |path: &str| office.read(&format!("site/{path}"));
    let english = read("agreements/turnos.html");
    says(&english, "<h1 lang=\"es\">Turnos de la noche</h1>");
    says(&english, "<div class=\"body\" lang=\"es\">");
    says(
        &english,
        "<span class=\"mark-note\" lang=\"en\"><span class=\"mark-title\" lang=\"es\">",
    );
    says(&english, "<text class=\"lane-label\" lang=\"es\"");
    says(
        &english,
        "<a href=\"parking.html\">Parking of the night shift</a>",
    );
    let spanish = read("es/agreements/turnos.html");
    says(&spanish, "<h1>Turnos de la noche</h1>");
    says(&spanish, "<div class=\"body\">");
    says(
        &spanish,
        "<a href=\"parking.html\" lang=\"en\">Parking of the night shift</a>",
    );
    let other = read("es/agreements/parking.html");
    says(&other, "<div class=\"body\" lang=\"en\">");
    says(&other, "<span class=\"mark-note\" lang=\"es\">");
    says(&other, "<a href=\"turnos.html\">Turnos de la noche</a>");
    says(&other, "<span lang=\"en\">A list of the lots</span>");
    for (page, says_so) in [
        (
            "es/index.html",
            "<a href=\"agreements/parking.html#lot_opened\" lang=\"en\">Opening of the lot</a>",
        ),
        (
            "index.html",
            "<a href=\"agreements/turnos.html#reunion_de_seguimiento\" lang=\"es\">Reunión de seguimiento</a>",
        ),
        (
            "es/search.html",
            "<a href=\"agreements/parking.html\" lang=\"en\">",
        ),
        (
            "es/calendar/2026-12.html",
            "Vence: <span lang=\"en\">Opening of the lot</span>",
        ),
        (
            "calendar/2026-12.html",
            "Due: <span lang=\"es\">Reunión de seguimiento</span>",
        ),
        (
            "es/parties/condado.html",
            "lang=\"en\">Opening of the lot</a>",
        ),
    ] {
        says(&read(page), says_so);
    }
}

#[test]
fn the_programs_own_words_are_in_the_pages_language() {
    let office = office();
    let read = |path: &str| office.read(&format!("site/{path}")).replace("\r\n ", "");
    let spanish = read("es/agreements/turnos.html");
    says(
        &spanish,
        "<p class=\"withheld\">Aquí no se muestra un pasaje.</p>",
    );
    says(&spanish, "aria-label=\"Tabla 2\"");
    says(
        &spanish,
        "según las reglas de los tribunales federales de Estados Unidos",
    );
    says(&spanish, "anotación 1 del registro, del Condado");
    let english = read("agreements/turnos.html");
    says(
        &english,
        "<p class=\"withheld\" lang=\"en\">A passage is not shown here.</p>",
    );
    says(
        &english,
        "by the rules of the federal courts of the United States",
    );
    let other = read("es/agreements/parking.html");
    says(
        &other,
        "Nadie ha anotado una fecha para “<span>Ratificación del acuerdo</span>”",
    );
    says(&read("es/agreements/turnos.ics"), "A cargo del Condado.");
    // A terminal's backticks are quotation marks here.
    assert!(!spanish.contains('`') && !english.contains('`'));
    // A day that no letter writes so is not quoted as its words.
    says(&read("agreements/parking.html"), "31 December 2026");
    assert!(!read("agreements/parking.html").contains("“31 December"));
}
