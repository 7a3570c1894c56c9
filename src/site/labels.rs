//! The words of the templates, in each language: headings, the names of columns, and the sentences around what a page shows.
//!
//! A template asks for them by name, as `@root.w.NAME`; a name that is not there is a fault of the template.

use crate::words::Language;

/// Defines the labels with their words in every language, so that none can be missing in one.
macro_rules! labels {
    ($($name:ident: $english:literal, $spanish:literal;)*) => {
        /// The words of the templates in one language.
        #[derive(Clone, Copy, Debug, serde::Serialize)]
        pub(super) struct Labels {
            $($name: &'static str,)*
        }

        impl Labels {
            /// Those of a language.
            pub(super) fn of(language: Language) -> Self {
                match language {
                    Language::English => Self { $($name: $english,)* },
                    Language::Spanish => Self { $($name: $spanish,)* },
                }
            }

            /// All of them, for whoever searches the pages for other people's words.
            pub(super) fn in_one(&self) -> String {
                [$(self.$name,)*].join(" \u{1} ")
            }
        }
    };
}

labels! {
    // The frame.
    to_the_content: "To the content", "Ir al contenido";
    site: "Site", "Sitio";
    start: "Start", "Inicio";
    all_agreements: "Agreements and search", "Acuerdos y búsqueda";
    calendar: "Calendar", "Calendario";
    as_of: "As of", "Al";
    other_language: "Español", "English";
    other_language_code: "es", "en";
    made_on: "Made on", "Hecho el";
    from_what_was_recorded: "from what was recorded until then.", "con lo que constaba hasta entonces.";
    reminders_last_ran: "Reminders last ran on", "Los recordatorios corrieron por última vez el";
    reminders_never_ran: "No run of reminders is on record.", "No consta que hayan corrido los recordatorios.";
    news: "News feed", "Canal de novedades";
    data: "The same as data", "Lo mismo como datos";

    // The overview.
    what_was_agreed: "What was agreed, and when it is due", "Qué se acordó y cuándo vence";
    lead: "Unions and employers settle things between contracts in side letters. Here is each letter, the days that follow from its words, and what has been recorded since.", "Entre un contrato y otro, sindicatos y empleadores convienen cosas en cartas de acuerdo. Aquí está cada carta, los días que resultan de sus palabras y lo que se ha registrado desde entonces.";
    see_the_agreements: ": see the agreements.", ": véanse los acuerdos.";
    calendar_of_all: "Calendar of every date", "Calendario con todas las fechas";
    to_subscribe: ", to subscribe to: a calendar program looks for changes about once a day.", ", para suscribirse: un programa de calendario busca cambios más o menos una vez al día.";
    due_next: "Due next", "Lo próximo que vence";
    nothing_ahead: "Nothing has a day ahead.", "Nada tiene una fecha por venir.";
    when_renewal_is_decided: "When its renewal is decided:", "Cuándo se decide su renovación:";
    running_now: "Running now", "En curso";
    no_term_running: "No term is running.", "Ningún período está en curso.";
    nothing_recorded_yet: "Nothing recorded yet", "Sin nada registrado todavía";
    may_well_be_done: "The day has come, and nobody has entered what happened. It may well have been done.", "La fecha llegó y nadie ha anotado qué pasó. Bien puede haberse hecho.";
    waiting_for_a_date: "Waiting for a date", "A la espera de una fecha";
    once_entered: "Once somebody enters the day on which this happened, what hangs on it gets its date.", "Cuando alguien anote el día en que esto ocurrió, lo que depende de ello tendrá su fecha.";
    expected_on: "expected on", "previsto para el";
    recorded_so_far: "Recorded so far", "Registrado hasta ahora";
    nothing_reported: "Nothing has been reported as done so far.", "Hasta ahora no se ha comunicado nada como hecho.";
    by_quarter: "By quarter", "Por trimestre";
    by_quarter_hint: "What had its last day in each quarter: what is recorded as done, what is reported, what a party contests, and what has nothing recorded.", "Lo que venció en cada trimestre: lo que consta como hecho, lo comunicado, lo que una de las partes objeta y lo que no tiene nada registrado.";
    quarter: "Quarter", "Trimestre";
    the_agreements: "The agreements", "Los acuerdos";
    each_agreement: "Each agreement, who made it, and what comes next in it", "Cada acuerdo, quiénes lo hicieron y qué viene ahora";
    agreement: "Agreement", "Acuerdo";
    between: "Between", "Entre";
    obligations: "Obligations", "Obligaciones";
    next_or_now: "Next or now", "Ahora o próximamente";
    owes_next: "Owes next", "Lo próximo que debe";
    counted_once: "Each obligation is counted once, by what is asked for first; the lists below have every date of it.", "Cada obligación se cuenta una vez, por lo que se pide primero; las listas de abajo tienen todas sus fechas.";
    no_date_ahead: "no date ahead", "ninguna fecha por venir";
    no_agreement_shown: "No agreement is shown here.", "Aquí no se muestra ningún acuerdo.";
    and: "And", "Y";
    more_agreements: "more, on the page of all agreements.", "más, en la página de todos los acuerdos.";
    more_parties: "more, each on the pages of its agreements.", "más, cada una en las páginas de sus acuerdos.";
    more_of_a_list: "more, on the pages of their agreements.", "más, en las páginas de sus acuerdos.";
    the_parties: "The parties", "Las partes";
    each_party: "Each party, what it owes and is owed, and what it owes next", "Cada parte, lo que debe y se le debe, y lo próximo que debe";
    party: "Party", "Parte";
    agreements: "Agreements", "Acuerdos";
    owes: "Owes", "Debe";
    is_owed: "Is owed", "Se le debe";
    to: "to", "a";

    // An agreement.
    signed: "Signed", "Firmado";
    in_effect: "In effect", "Vigente desde";
    ends: "Ends", "Termina";
    ended: "Ended", "Terminó";
    its_term_ended_on: "The stated term of this agreement ended on", "El período indicado de este acuerdo terminó el";
    what_continues: "What continues after it is for the law and the parties.", "Lo que continúa después corresponde a la ley y a las partes.";
    how_days_are_counted: "How days are counted", "Cómo se cuentan los días";
    adds_to: "Adds to or changes", "Añade a o modifica";
    added_to_by: "Added to or changed by", "Ampliado o modificado por";
    now: "Now", "Ahora";
    changes_elsewhere: "What it changes elsewhere, from the day on which it is in effect:", "Lo que modifica en otros acuerdos, desde el día en que entra en vigor:";
    in_another: "in", "en";
    nobody_entered: "Nobody has entered a date for", "Nadie ha anotado una fecha para";
    it_is_expected_on: "It is expected on", "Está previsto para el";
    on_this_page: "On this page", "En esta página";
    text: "Text", "Texto";
    time_line: "Time line", "Línea de tiempo";
    calendar_file: "Calendar file", "Archivo de calendario";
    the_text: "The text", "El texto";
    as_transcribed: "As transcribed. Beside the words that create an obligation stands its date, and where it stands.", "Tal como se transcribió, en el idioma de la carta. Junto a las palabras que crean una obligación está su fecha y en qué punto se halla.";
    today: "Today", "Hoy";
    nothing_to_draw: "Nothing in this agreement has a date so far, so there is nothing to draw.", "Nada en este acuerdo tiene fecha todavía, así que no hay nada que dibujar.";
    what_is_owed: "What is owed, by whom, in which words, and where it stands", "Qué se debe, quién lo debe, con qué palabras y en qué punto se halla";
    obligation: "Obligation", "Obligación";
    who_owes_whom: "Who owes whom", "Quién debe a quién";
    time_limit: "Time limit", "Plazo";
    where_it_stands: "Where it stands", "En qué punto se halla";
    who: "Who:", "Quién:";
    what_for: "What for:", "Para qué:";
    shown_by: "Shown by:", "Se demuestra con:";
    none: "none", "ninguno";
    in_case: "In case:", "En caso de:";
    see: "See", "Véase";
    in_the_place_of: "In the place of", "En lugar de";
    next: "Next:", "Próximo:";
    afterwards: "Afterwards:", "Después:";
    the_office_reading: "The office’s reading:", "La interpretación de la oficina:";
    every_date: "Every date", "Todas las fechas";
    more: "more.", "más.";
    no_obligation_shown: "No obligation of this agreement is shown here.", "Aquí no se muestra ninguna obligación de este acuerdo.";
    how_counted: "How this date was counted", "Cómo se contó esta fecha";
    may_be_done_until: "It may also be done until", "También puede hacerse hasta el";
    other_readings: "Other readings:", "Otras lecturas:";
    time_line_drawn: "Time line, drawn", "Línea de tiempo, dibujada";
    line_marks_today: "A line marks today.", "Una línea marca el día de hoy.";
    list_says_the_same: "The list below says the same in words.", "La lista de abajo dice lo mismo con palabras.";
    the_same_in_words: "The same in words", "Lo mismo con palabras";
    bracket: "A bracket: the days in which it is decided whether a term goes on, by notice, by a request or by using an option; a hook where only the last of them is stated.", "Un corchete: los días en que se decide si un período continúa, mediante aviso, solicitud u opción; un gancho donde solo consta el último.";
    hatched: "Hatched or hollow: only expected, because a day that it hangs on is only expected.", "Rayado o hueco: solo previsto, porque una fecha de la que depende solo está prevista.";
    not_drawn: "more that are not drawn.", "más que no están dibujados.";

    // A party.
    it_owes_next: "It owes next", "Lo próximo que debe";
    it_is_owed_next: "It is owed next", "Lo próximo que se le debe";
    its_agreements: "Its agreements", "Sus acuerdos";
    what_comes_next: "Each agreement, and what comes next in it", "Cada acuerdo y qué viene ahora";

    // Months.
    months: "Months", "Meses";
    months_hint: "Every month in which something opens, is due or ends. What is only expected is left out.", "Cada mes en que algo se abre, vence o termina. Lo que solo está previsto no figura.";
    no_months: "Nothing has a date so far.", "Todavía nada tiene fecha.";
    year: "Year", "Año";
    month: "Month", "Mes";
    days_with_something: "What opens, is due or ends on each day", "Lo que se abre, vence o termina cada día";
    all_months: "All months", "Todos los meses";
    earlier: "Earlier:", "Antes:";
    later: "Later:", "Después:";
    nothing_this_month: "Nothing opens, is due or ends in this month.", "En este mes nada se abre, vence ni termina.";
    more_this_day: "more, in the calendar file.", "más, en el archivo de calendario.";

    // Search.
    search_heading: "All agreements", "Todos los acuerdos";
    search: "Search", "Buscar";
    search_label: "Words from a title, a party or the text", "Palabras de un título, de una parte o del texto";
    search_none: "No agreement has all of these words.", "Ningún acuerdo tiene todas estas palabras.";
    search_one: "1 agreement has all of these words.", "1 acuerdo tiene todas estas palabras.";
    search_many: "agreements have all of these words.", "acuerdos tienen todas estas palabras.";
    search_common: "Left out, because nearly every agreement has it:", "Se omite, porque la tienen casi todos los acuerdos:";
    without_script: "To search for words of the letters, allow this site its script; or search this list with your browser.", "Para buscar palabras de las cartas, permita el script de este sitio; o busque en esta lista con su navegador.";
}
