//! Using a template for a deal: filled in, changed where needed, sent or said, and logged.

use super::page::{Page, use_page};
use crate::app::form::{parse_date, parse_duration, parse_time};
use crate::app::session::Tone as News;
use crate::app::template::{Whom, fill, gaps, mailto, put};
use crate::domain::activity::ActivityKind;
use crate::domain::cadence::{Template, TemplateKind};
use crate::domain::change::Kind;
use crate::domain::command::{ActivityDraft, Command, Refusal};
use crate::domain::ids::{ActivityId, ContactId, TemplateId};
use crate::domain::order::Order;
use crate::domain::query::cadence::contact_of;
use crate::shell::clipboard;
use crate::ui::history::Local;
use crate::ui::parts::*;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Which template is being used, and for which planned activity, if for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Using {
    pub(super) template: TemplateId,
    pub(super) activity: Option<ActivityId>,
}

/// The menu of templates: those of the deal's stage first.
#[component]
pub(super) fn UseTemplate() -> impl IntoView {
    let page = use_page();
    let all = Memo::new(move |_| {
        page.track();
        page.store.track_kind(Kind::Template);
        page.now(|world, deal| {
            let here = world.state.stage_of(deal).map(|s| s.id);
            let mut all: Vec<&Template> = world.state.tables.templates.iter().collect();
            all.order_by(|a, b| {
                let key = |t: &Template| (t.stage.is_some() && t.stage != here, t.kind);
                (key(a), &a.rank, a.id).cmp(&(key(b), &b.rank, b.id))
            });
            all.into_iter()
                .map(|t| (t.id, t.kind, t.name.clone()))
                .collect::<Vec<_>>()
        })
    });
    let entries = move || {
        let item = |(id, kind, name)| MenuItem::new(id, name).icon(glyph(kind)).into();
        all.get().into_iter().map(item).collect::<Vec<_>>()
    };
    let pick = move |template| {
        page.using.set(Some(Using {
            template,
            activity: None,
        }));
    };
    view! {
        {move || all.with(|all| !all.is_empty()).then(|| view! {
            <div class="deal-templates">
                <Menu label="Use a template" icon=Glyph::Copy kind=ButtonKind::Ghost size=ButtonSize::Small entries=Signal::derive(entries) on_pick=pick/>
            </div>
        })}
        <TemplateDialog page/>
    }
}

/// The icon of a kind of template.
pub(in crate::ui) fn glyph(kind: TemplateKind) -> Glyph {
    match kind {
        TemplateKind::Email => Glyph::Mail,
        TemplateKind::Call => Glyph::Phone,
        TemplateKind::Meeting => Glyph::People,
    }
}

/// What is being written.
#[derive(Clone, Copy)]
struct Draft {
    page: Page,
    using: Using,
    kind: TemplateKind,
    contact: RwSignal<Option<ContactId>>,
    subject: RwSignal<String>,
    body: RwSignal<String>,
    day: RwSignal<String>,
    time: RwSignal<String>,
    minutes: RwSignal<String>,
    error: RwSignal<Option<String>>,
}

impl Draft {
    fn new(page: Page, using: Using) -> Option<Self> {
        let (template, contact) = page.store.with(|s| {
            let state = &s.world().state;
            let template = state.tables.templates.get(using.template)?.clone();
            let planned = using
                .activity
                .and_then(|id| state.tables.activities.get(id)?.contact);
            let deal = state.tables.deals.get(page.id)?;
            Some((template, planned.or_else(|| contact_of(state, deal))))
        })?;
        let draft = Self {
            page,
            using,
            kind: template.kind,
            contact: RwSignal::new(contact),
            subject: RwSignal::new(template.subject),
            body: RwSignal::new(template.body),
            day: RwSignal::new(String::new()),
            time: RwSignal::new(String::new()),
            minutes: RwSignal::new(template.minutes.map(|m| m.to_string()).unwrap_or_default()),
            error: RwSignal::new(None),
        };
        draft.fill_in();
        Some(draft)
    }

    /// Fills in what is still open.
    fn fill_in(self) {
        let contact = self.contact.get_untracked();
        self.page.store.with(|s| {
            let whom = Whom {
                deal: self.page.id,
                contact,
                me: s.me(),
            };
            let state = &s.world().state;
            self.subject.update(|t| *t = fill(state, whom, t, &Local));
            self.body.update(|t| *t = fill(state, whom, t, &Local));
        });
    }

    /// Begins anew for another contact: what was written for one does not fit the next.
    fn readdress(self, contact: Option<ContactId>) {
        self.contact.set(contact);
        let template = self.page.store.with(|s| {
            let t = &s.world().state.tables.templates;
            t.get(self.using.template).cloned()
        });
        if let Some(template) = template {
            self.subject.set(template.subject);
            self.body.set(template.body);
            self.fill_in();
        }
    }

    fn gaps(self) -> Vec<String> {
        let mut all = self.subject.with(|t| gaps(t));
        for gap in self.body.with(|t| gaps(t)) {
            if !all.contains(&gap) {
                all.push(gap);
            }
        }
        all
    }

    fn put(self, field: &str, value: &str) {
        self.subject.update(|t| *t = put(t, field, value));
        self.body.update(|t| *t = put(t, field, value));
    }

    fn email(self) -> Option<String> {
        let contact = self.contact.get()?;
        self.page.store.with(|s| {
            let contact = s.world().state.tables.contacts.get(contact)?;
            contact.emails.first().cloned()
        })
    }

    /// Writes the activity down; says whether that worked.
    fn log(self) -> bool {
        let kind = match self.kind {
            TemplateKind::Email => ActivityKind::Email,
            TemplateKind::Call => ActivityKind::Call,
            TemplateKind::Meeting => ActivityKind::Meeting,
        };
        let meeting = kind == ActivityKind::Meeting;
        let parsed = (|| {
            Ok::<_, String>((
                parse_date(&self.day.get_untracked())?,
                parse_time(&self.time.get_untracked())?,
                parse_duration(&self.minutes.get_untracked())?,
            ))
        })();
        let (due, due_minute, duration) = match parsed {
            Ok(parsed) => parsed,
            Err(message) => {
                self.error.set(Some(message));
                return false;
            }
        };
        if meeting && due.is_none() {
            self.error
                .set(Some(String::from("Choose the day of the meeting.")));
            return false;
        }
        let store = self.page.store;
        // A planned activity keeps the day it was planned for.
        let before = self
            .using
            .activity
            .and_then(|id| store.with(|s| s.world().state.tables.activities.get(id).cloned()));
        let subject = self.subject.get_untracked();
        let draft = ActivityDraft {
            subject: if subject.trim().is_empty() {
                store.with(|s| s.world().state.name_of(self.using.template.into()))
            } else {
                subject
            },
            body: self.body.get_untracked(),
            deal: Some(self.page.id),
            contact: self.contact.get_untracked(),
            done: !meeting,
            due: due.or_else(|| before.as_ref().and_then(|a| a.due)),
            due_minute: due_minute.or_else(|| before.as_ref().and_then(|a| a.due_minute)),
            duration: duration.filter(|_| meeting),
            template: Some(self.using.template),
            ..ActivityDraft::new(kind)
        };
        let saved = store.run(Command::SaveActivity {
            id: self.using.activity,
            draft: Box::new(draft),
        });
        match saved {
            Ok(_) | Err(Refusal::Nothing) => {
                self.page.using.set(None);
                true
            }
            Err(refusal) => {
                self.error.set(Some(refusal.to_string()));
                false
            }
        }
    }
}

/// The dialog while a template is being used.
#[component]
fn TemplateDialog(page: Page) -> impl IntoView {
    let title = move || {
        let using = page.using.get()?;
        Some(
            page.store
                .with(|s| s.world().state.name_of(using.template.into())),
        )
    };
    let close = move || page.using.set(None);
    let draft = Memo::new_with_compare(
        move |_| {
            page.using
                .get()
                .and_then(|using| Draft::new(page, using))
                .map(StoredValue::new)
        },
        |_, _| true,
    );
    view! {
        <Dialog
            open=Signal::derive(move || page.using.with(Option::is_some))
            on_close=move |()| close()
            title=Signal::derive(move || title().unwrap_or_default())
            kind=DialogKind::Medium
            backdrop_closes=false
            class="template-use"
            footer=move || draft.get_untracked().map(|draft| view! { <Buttons draft=draft.get_value()/> })
        >
            {move || draft.get_untracked().map(|draft| view! { <Fields draft=draft.get_value()/> })}
        </Dialog>
    }
}

#[component]
fn Fields(draft: Draft) -> impl IntoView {
    let Draft { page, kind, .. } = draft;
    let people = page.now(|world, deal| {
        let name = |c: &crate::domain::deal::DealContact| {
            let contact = world.state.tables.contacts.get(c.contact)?;
            let address = contact.emails.first().cloned().unwrap_or_default();
            let label = if address.is_empty() || kind != TemplateKind::Email {
                contact.name.clone()
            } else {
                format!("{} ({address})", contact.name)
            };
            Some(Choice::new(contact.id.to_string(), label))
        };
        deal.contacts.iter().filter_map(name).collect::<Vec<_>>()
    });
    let blocked = move || {
        let contact = draft.contact.get()?;
        page.store.with(|s| {
            let contact = s.world().state.tables.contacts.get(contact)?;
            contact.do_not_contact.then(|| contact.name.clone())
        })
    };
    let none = people.is_empty();
    view! {
        <div class="template-use__fields">
            {blocked().map(|name| view! { <Banner tone=Tone::Warn title=format!("{name} asked not to be contacted.")/> })}
            {if none {
                view! { <p class="deal-group__known">"This deal has no contact yet."</p> }.into_any()
            } else {
                view! {
                    <Field label="To">
                        <Select
                            options=Signal::stored(people)
                            value=move || draft.contact.get().map(|id| id.to_string()).unwrap_or_default()
                            on_change=move |id: String| draft.readdress(id.parse().ok())
                        />
                    </Field>
                }
                .into_any()
            }}
            <Gaps draft/>
            {(kind != TemplateKind::Call).then(|| view! {
                <Field label="Subject">
                    <TextInput value=draft.subject on_input=move |text| draft.subject.set(text)/>
                </Field>
            })}
            <Field label=if kind == TemplateKind::Call { "What to say" } else { "Text" }>
                <TextArea value=draft.body on_input=move |text| draft.body.set(text) rows=8/>
            </Field>
            {(kind == TemplateKind::Meeting).then(|| view! {
                <div class="template-use__when">
                    <Field label="Day"><DateField value=draft.day on_change=move |day| draft.day.set(day)/></Field>
                    <Field label="Time"><TextInput kind="time" value=draft.time on_input=move |time| draft.time.set(time)/></Field>
                    <Field label="Duration"><TextInput value=draft.minutes on_input=move |text| draft.minutes.set(text) placeholder="30 or 1:30"/></Field>
                </div>
            })}
            {move || draft.error.get().map(|why| view! { <p class="deal-composer__error" role="alert">{why}</p> })}
        </div>
    }
}

/// Fields with nothing to put in: each to be filled in here, or written over in the text.
#[component]
fn Gaps(draft: Draft) -> impl IntoView {
    let all = Memo::new(move |_| draft.gaps());
    let row = move |field: String| {
        let typed = RwSignal::new(String::new());
        let (name, own) = (field.clone(), field.clone());
        let fill = move || {
            let value = typed.get_untracked();
            if !value.trim().is_empty() {
                draft.put(&own, value.trim());
            }
        };
        let commit = fill.clone();
        view! {
            <li class="template-gap">
                <Field label=name error=Some("This deal has nothing to put here.".to_owned())>
                    <TextInput value=typed on_input=move |text| typed.set(text) on_commit=move |_| commit() placeholder="Fill it in"/>
                </Field>
                <Button size=ButtonSize::Small on_click=move |_| fill()>"Fill in"</Button>
            </li>
        }
    };
    move || {
        all.with(|all| !all.is_empty()).then(|| view! {
            <div class="template-gaps" role="group" aria-label="Still to be filled in">
                <p class="template-gaps__title"><Icon glyph=Glyph::Warning/>"Still to be filled in, here or in the text"</p>
                <ul><For each=move || all.get() key=String::clone children=row/></ul>
            </div>
        })
    }
}

#[component]
fn Buttons(draft: Draft) -> impl IntoView {
    let store = draft.page.store;
    let ready = Memo::new(move |_| draft.gaps().is_empty());
    let blocked = Signal::derive(move || !ready.get());
    let copy = move |_| {
        let (subject, body) = (draft.subject.get_untracked(), draft.body.get_untracked());
        spawn_local(async move {
            let text = if subject.trim().is_empty() {
                body
            } else {
                format!("{subject}\n\n{body}")
            };
            if clipboard::copy(&text).await {
                store.say("Copied", News::Done);
            } else {
                store.say(
                    "The browser did not let the page copy. Select the text instead",
                    News::Refused,
                );
            }
        });
    };
    let link = move || {
        let to = draft.email().unwrap_or_default();
        mailto(&to, &draft.subject.get(), &draft.body.get())
    };
    let too_long = move || draft.kind == TemplateKind::Email && ready.get() && link().without_body;
    let write = move |event: web_sys::MouseEvent| {
        if link().without_body {
            copy(event.clone());
        }
        draft.log();
    };
    view! {
        {move || too_long().then(|| view! {
            <p class="template-use__long push">"Too long for a link: the text is copied, to be pasted into the e-mail."</p>
        })}
        <Button icon=Glyph::Copy disabled=blocked on_click=copy>"Copy"</Button>
        {match draft.kind {
            TemplateKind::Email => view! {
                <Button disabled=blocked on_click=move |_| { draft.log(); }>"Log as sent"</Button>
                {move || if ready.get() {
                    view! {
                        <a class="btn btn--primary btn--md" href=move || link().href on:click=write>
                            <Icon glyph=Glyph::Mail/><span class="btn__text">"Write and log"</span>
                        </a>
                    }.into_any()
                } else {
                    view! { <Button kind=ButtonKind::Primary icon=Glyph::Mail disabled=true>"Write and log"</Button> }.into_any()
                }}
            }
            .into_any(),
            TemplateKind::Call => view! {
                <Button kind=ButtonKind::Primary disabled=blocked on_click=move |_| { draft.log(); }>"Log call"</Button>
            }
            .into_any(),
            TemplateKind::Meeting => view! {
                <Button kind=ButtonKind::Primary disabled=blocked on_click=move |_| { draft.log(); }>"Plan meeting"</Button>
            }
            .into_any(),
        }}
    }
}
