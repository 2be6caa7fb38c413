//! What a tile shows, as a form.

use super::tile_filters::FilterFields;
use super::use_board;
use crate::app::dashboard::panel::Panel;
use crate::app::dashboard::times::Time;
use crate::app::dashboard::{self as app, HEIGHTS, ListKind, Shown, TileView, WIDTHS};
use crate::app::form::FieldError;
use crate::domain::command::insight::InsightCommand;
use crate::domain::command::{Command, Refusal};
use crate::domain::ids::TileId;
use crate::domain::insight::catalogue::Metric;
use crate::ui::insight::dimensions;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The dialog, open while there is a tile to fill in.
#[component]
pub(super) fn TileDialog() -> impl IntoView {
    let board = use_board();
    let form = board.form;
    let open = Memo::new(move |_| form.with(Option::is_some));
    let title = Memo::new(move |before: Option<&String>| {
        let now = form.get().map(|tile| match tile {
            None => "Add a tile".to_owned(),
            Some(_) => "Change the tile".to_owned(),
        });
        now.or(before.cloned()).unwrap_or_default()
    });
    let element = StoredValue::new(unique_id("tile"));
    let foot = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| form.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>{move || if form.get().flatten().is_some() { "Save" } else { "Add tile" }}</Button>
        }
    };
    view! {
        <Dialog open title on_close=move |()| form.set(None) footer=foot>
            {move || form.get().map(|tile| view! { <TileFields tile element=element.get_value()/> })}
        </Dialog>
    }
}

fn what() -> Vec<Choice> {
    let figures = Metric::ALL.iter().filter(|m| !app::views(**m).is_empty());
    let figures = figures.map(|m| Choice::new(m.code(), m.label()));
    let lists = ListKind::ALL.iter();
    let lists = lists.map(|l| Choice::new(app::list_code(*l), format!("List: {}", l.label())));
    let panels = Panel::ALL.iter();
    let panels = panels.map(|p| Choice::new(p.tile_code(), p.label()));
    figures.chain(panels).chain(lists).collect()
}

fn sizes(all: &[u8], words: &[&str]) -> Vec<Choice> {
    let all = all.iter().zip(words);
    all.map(|(n, word)| Choice::new(n.to_string(), *word))
        .collect()
}

#[component]
fn TileFields(
    /// Which tile; none for a new one.
    tile: Option<TileId>,
    /// The id of the form.
    element: String,
) -> impl IntoView {
    let board = use_board();
    let before = tile.and_then(|tile| {
        let all = board.tiles.get_untracked();
        all.into_iter()
            .find(|(id, _)| *id == tile)
            .map(|(_, tile)| app::draft(&tile))
    });
    let draft = RwSignal::new(before.unwrap_or_else(app::blank));
    let error = RwSignal::new(None::<String>);
    let submit = move || {
        let Some(id) = board.id.get_untracked() else {
            return;
        };
        let command = InsightCommand::SaveTile {
            id,
            tile,
            draft: Box::new(draft.get_untracked()),
        };
        match board.store.run(Command::Insight(command)) {
            Ok(_) | Err(Refusal::Nothing) => board.form.set(None),
            Err(refusal) => error.set(Some(FieldError::from_refusal(&refusal).message)),
        }
    };
    let view_options = Memo::new(move |_| {
        let metric = draft.with(|d| d.metric.clone());
        let all = Metric::from_code(&metric)
            .map(app::views)
            .unwrap_or_default();
        all.into_iter()
            .map(|v| Choice::new(v.code(), v.label()))
            .collect::<Vec<_>>()
    });
    let is_list = Memo::new(move |_| {
        let shown = draft.with(|d| Shown::of(&d.metric, &d.view));
        matches!(shown, Some(Shown::List(_) | Shown::Panel(_)))
    });
    let is_split = Memo::new(move |_| {
        draft.with(|d| TileView::from_code(&d.view).is_some_and(TileView::is_split))
    });
    let by_options = Memo::new(move |_| board.store.with(|s| dimensions(s.world())));
    let fiscal = board
        .store
        .with(|s| s.world().state.workspace().fiscal_month);
    let shown = Memo::new(move |_| draft.with(|d| Shown::of(&d.metric, &d.view)));
    let periods = Signal::derive(move || {
        let ahead = shown.get().is_some_and(Shown::looks_ahead);
        let all = Time::offered(ahead).into_iter();
        all.map(|t| Choice::new(t.code(), t.label(fiscal)))
            .collect::<Vec<_>>()
    });
    let usual = Signal::derive(move || {
        let usual = shown.get().and_then(Shown::usual_time);
        usual
            .map_or("As the dashboard", |time| time.label(fiscal))
            .to_owned()
    });
    // A quota has days of its own.
    let timed = Memo::new(move |_| shown.get() != Some(Shown::Panel(Panel::Quota)));
    let heading = move || draft.with(|d| d.title.clone());
    view! {
        <form id=element class="tile-form" novalidate on:submit=move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            submit();
        }>
            <Field label="Shows">
                <Select options=Signal::stored(what()) value=move || draft.with(|d| d.metric.clone()) on_change=move |code: String| draft.update(|d| *d = app::with_metric(std::mem::take(d), &code))/>
            </Field>
            {block(move || (!is_list.get()).then(|| view! {
                <Field label="As">
                    <Select options=view_options value=move || draft.with(|d| d.view.clone()) on_change=move |code: String| if let Some(view) = TileView::from_code(&code) { draft.update(|d| *d = app::with_view(std::mem::take(d), view)) }/>
                </Field>
            }))}
            {block(move || is_split.get().then(|| view! {
                <Field label="By">
                    <Select options=by_options value=move || draft.with(|d| d.by.clone()) on_change=move |code: String| draft.update(|d| d.by = code)/>
                </Field>
            }))}
            {block(move || timed.get().then(|| view! { <Field label="Time">
                <Select options=periods value=move || draft.with(|d| d.period.clone()) on_change=move |code: String| draft.update(|d| d.period = code) placeholder=usual/>
            </Field> }))}
            <FilterFields draft/>
            <Field label="Heading" hint=Some(String::from("Empty for the name of what it shows."))>
                <TextInput value=Signal::derive(heading) on_input=move |text: String| draft.update(|d| d.title = text)/>
            </Field>
            <div class="tile-form__pair">
                <Field label="Width">
                    <Select options=Signal::stored(sizes(&WIDTHS, &["A quarter", "A third", "Half", "Full"])) value=move || draft.with(|d| d.width.to_string()) on_change=move |n: String| draft.update(|d| d.width = n.parse().unwrap_or(3))/>
                </Field>
                <Field label="Height">
                    <Select options=Signal::stored(sizes(&HEIGHTS, &["Low", "Middle", "High"])) value=move || draft.with(|d| d.height.to_string()) on_change=move |n: String| draft.update(|d| d.height = n.parse().unwrap_or(1))/>
                </Field>
            </div>
            {block(move || error.get().map(|text| view! { <p class="tile-form__error" role="alert">{text}</p> }))}
        </form>
    }
}
