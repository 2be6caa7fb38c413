//! Using a template for a deal: filled in, changed where needed, sent or said, and logged.

use super::page::{Page, use_page};
use super::template_draft::Draft;
use super::template_gaps::Gaps;
use crate::app::sending::Place;
use crate::app::session::Tone as News;
use crate::app::template::mailto;
use crate::domain::cadence::{Template, TemplateKind};
use crate::domain::change::Kind;
use crate::domain::ids::{ActivityId, TemplateId};
use crate::domain::order::Order;
use crate::shell::clipboard;
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
    let kind = draft.kind;
    let email = kind == TemplateKind::Email;
    view! {
        <div class="template-use__fields" node_ref=draft.fields>
            <Blocked draft/>
            <To draft/>
            <Gaps draft/>
            {(kind != TemplateKind::Call).then(|| view! {
                <Field label="Subject" error=draft.wrong(Place::Subject)>
                    <TextInput value=draft.subject on_input=move |text| draft.subject.set(text)/>
                </Field>
            })}
            <Field label=if kind == TemplateKind::Call { "What to say" } else { "Text" }>
                <TextArea value=draft.body on_input=move |text| draft.body.set(text) rows=if email { 8 } else { 6 }/>
            </Field>
            {(kind == TemplateKind::Meeting).then(|| view! {
                <div class="template-use__when">
                    <Field label="Day" error=draft.wrong(Place::Day)><DateField value=draft.day on_change=move |day| draft.day.set(day)/></Field>
                    <Field label="Time" error=draft.wrong(Place::Time)><TextInput kind="time" value=draft.time on_input=move |time| draft.time.set(time)/></Field>
                    <Field label="Duration" error=draft.wrong(Place::Duration)><TextInput value=draft.minutes on_input=move |text| draft.minutes.set(text) placeholder="30 or 1:30"/></Field>
                </div>
            })}
            {move || draft.error.get().map(|why| view! { <p class="deal-composer__error" role="alert">{why}</p> })}
        </div>
    }
}

/// Says that the one chosen asked not to be contacted, and asks for a word that it is to be done
/// all the same.
#[component]
fn Blocked(draft: Draft) -> impl IntoView {
    let who = Memo::new(move |_| draft.blocked());
    let wrong = draft.wrong(Place::Confirm);
    move || {
        who.get().map(|name| view! {
            <div class="template-use__confirm">
                <Banner tone=Tone::Warn title=format!("{name} asked not to be contacted.")/>
                <Checkbox label=format!("Contact {name} all the same") checked=draft.confirmed on_change=move |yes| draft.confirmed.set(yes)/>
                {move || wrong.get().map(|why| view! { <p class="field__error" role="alert">{why}</p> })}
            </div>
        })
    }
}

/// For whom it is, and the address where there is none yet.
#[component]
fn To(draft: Draft) -> impl IntoView {
    let (page, email) = (draft.page, draft.kind == TemplateKind::Email);
    let people = page.now(|world, deal| {
        let name = |c: &crate::domain::deal::DealContact| {
            let contact = world.state.tables.contacts.get(c.contact)?;
            let address = contact.emails.first().cloned().unwrap_or_default();
            let label = if address.is_empty() || !email {
                contact.name.clone()
            } else {
                format!("{} ({address})", contact.name)
            };
            Some(Choice::new(contact.id.to_string(), label))
        };
        deal.contacts.iter().filter_map(name).collect::<Vec<_>>()
    });
    if people.is_empty() {
        return if email {
            view! {
                <Field label="To" hint="This deal has no contact yet. Write the address here." error=draft.wrong(Place::To)>
                    <TextInput kind="email" value=draft.address on_input=move |text| draft.address.set(text) placeholder="name@example.com"/>
                </Field>
            }
            .into_any()
        } else {
            view! { <p class="deal-group__known">"This deal has no contact yet."</p> }.into_any()
        };
    }
    let bare = Memo::new(move |_| draft.without_address().filter(|_| email));
    view! {
        <Field label="To" error=draft.wrong(Place::To)>
            <Select
                options=Signal::stored(people)
                value=move || draft.contact.get().map(|id| id.to_string()).unwrap_or_default()
                on_change=move |id: String| draft.readdress(id.parse().ok())
            />
        </Field>
        {move || bare.get().map(|name| view! {
            <Field label=format!("E-mail address of {name}") hint="None is known yet. It is kept with the contact." error=draft.wrong(Place::Address)>
                <TextInput kind="email" value=draft.address on_input=move |text| draft.address.set(text) placeholder="name@example.com"/>
            </Field>
        })}
    }
    .into_any()
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
    let link = move || mailto(&draft.email(), &draft.subject.get(), &draft.body.get());
    let too_long = move || draft.kind == TemplateKind::Email && ready.get() && link().without_body;
    let write = move |event: web_sys::MouseEvent| {
        if draft.check().is_none() {
            return event.prevent_default();
        }
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
