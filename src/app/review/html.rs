//! Minutes as one file that needs nothing else: opened by any browser, sent by any mail.

use super::minutes::{Minutes, Task, Topic, about, counts, under, written};
use crate::app::history::Format;
use crate::chart::svg::entity;
use crate::domain::insight::agenda_review::Section;

/// Colours by the system's scheme; printed on white.
const STYLE: &str = "\
:root{color-scheme:light dark;--ink:light-dark(#1d1e20,#ececea);--mute:light-dark(#5f6267,#a1a5ab);\
--line:light-dark(#e4e3df,#2a2d31);--panel:light-dark(#ffffff,#1b1d20);--bg:light-dark(#f7f7f5,#131416);\
--accent:light-dark(#0f6b5c,#3fbfa5);--tint:light-dark(#e3f1ee,#15302b)}\
*{box-sizing:border-box}body{margin:0;padding:2rem 1rem;background:var(--bg);color:var(--ink);\
font:15px/1.5 system-ui,sans-serif;font-variant-numeric:tabular-nums}main{max-width:46rem;margin:auto}\
h1{margin:0;font-size:1.5rem}h2{margin:2rem 0 .5rem;font-size:1rem}h3{margin:0;font-size:1rem}\
p{margin:.25rem 0}.mute{color:var(--mute)}.topic{padding:.75rem 1rem;border:1px solid var(--line);\
border-radius:8px;background:var(--panel);margin:0 0 .5rem;break-inside:avoid}ul{margin:.25rem 0;padding-left:1.25rem}\
.decided{padding:.375rem .75rem;border-left:3px solid var(--accent);background:var(--tint);white-space:pre-line}\
.text{white-space:pre-line}.tasks{list-style:none;padding:0}\
@media print{:root{color-scheme:light}body{padding:0;background:none}}";

/// A text between tags or within a quoted attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match entity(c) {
            Some(entity) => out.push_str(entity),
            // Controls other than white space have no place in a page.
            None if c.is_control() && !matches!(c, '\n' | '\t') => {}
            None => out.push(c),
        }
    }
    out
}

/// The whole file. It has no script and fetches nothing; all that people typed is escaped.
#[must_use]
pub fn html(minutes: &Minutes, format: &impl Format) -> String {
    let name = escaped(&minutes.name);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
         <title>{name}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
    );
    out.push_str(&format!(
        "<p class=\"mute\">{}</p>\n<p>{}</p>\n",
        escaped(&under(minutes, format)),
        escaped(&counts(minutes, format))
    ));
    for (title, said) in [("To celebrate", &minutes.wins), ("Notes", &minutes.notes)] {
        if !said.trim().is_empty() {
            out.push_str(&format!(
                "<h2>{title}</h2>\n<p class=\"text\">{}</p>\n",
                escaped(said.trim())
            ));
        }
    }
    let mut heading = None;
    for topic in &minutes.topics {
        let section = topic.section.map_or("Others", Section::label);
        if heading != Some(section) {
            out.push_str(&format!("<h2>{}</h2>\n", escaped(section)));
            heading = Some(section);
        }
        push_topic(&mut out, topic, format);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn push_topic(out: &mut String, topic: &Topic, format: &impl Format) {
    out.push_str(&format!(
        "<article class=\"topic\">\n<h3>{}</h3>\n",
        escaped(&topic.title)
    ));
    let mut about = about(topic, format);
    if !topic.seen {
        if !about.is_empty() {
            about.push_str(" · ");
        }
        about.push_str("not looked at");
    }
    if !about.is_empty() {
        out.push_str(&format!("<p class=\"mute\">{}</p>\n", escaped(&about)));
    }
    if !topic.why.is_empty() {
        let why: Vec<String> = topic
            .why
            .iter()
            .map(|why| format!("<li>{}</li>", escaped(why)))
            .collect();
        out.push_str(&format!("<ul>{}</ul>\n", why.concat()));
    }
    if !topic.decision.trim().is_empty() {
        out.push_str(&format!(
            "<p class=\"decided\">{}</p>\n",
            escaped(topic.decision.trim())
        ));
    }
    if !topic.tasks.is_empty() {
        let tasks: Vec<String> = topic.tasks.iter().map(|t| task(t, format)).collect();
        out.push_str(&format!("<ul class=\"tasks\">{}</ul>\n", tasks.concat()));
    }
    out.push_str("</article>\n");
}

fn task(task: &Task, format: &impl Format) -> String {
    let mark = if task.done.is_some() { "☑" } else { "☐" };
    let state = if task.done.is_some() { "done" } else { "open" };
    format!(
        "<li><span role=\"img\" aria-label=\"{state}\">{mark}</span> {}</li>",
        escaped(&written(task, format))
    )
}
