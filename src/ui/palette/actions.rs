//! What the palette can do apart from finding records.

use crate::app::prefs::Theme;
use crate::app::route::{CustomersPage, ForecastPage, InsightPage, ProcessPage, Route};
use crate::domain::order::Order;
use crate::ui::frame::{Chrome, export_now};
use crate::ui::nav;
use crate::ui::parts::{Glyph, fold};
use crate::ui::store::Store;
use leptos::prelude::Set;
use leptos::prelude::Update;
use leptos::prelude::window;

/// Something the palette can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    /// Opens the form of a new deal, or goes to a view.
    Go(Route),
    Undo,
    Redo,
    Theme(Theme),
    Export,
    Keys,
    Log,
    Notices,
    Print,
}

/// An action as it stands in the list.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) action: Action,
    pub(super) label: &'static str,
    /// Other words people may look for it by, lower case.
    words: &'static str,
    pub(super) glyph: Glyph,
    pub(super) keys: Option<&'static str>,
}

const fn entry(
    action: Action,
    label: &'static str,
    words: &'static str,
    glyph: Glyph,
    keys: Option<&'static str>,
) -> Entry {
    Entry {
        action,
        label,
        words,
        glyph,
        keys,
    }
}

/// All actions, the usual ones first.
pub(super) static ENTRIES: [Entry; 35] = [
    entry(
        Action::Go(Route::NewDeal),
        "New deal",
        "add create opportunity",
        Glyph::Plus,
        Some("C"),
    ),
    entry(
        Action::Log,
        "Log or plan an activity",
        "call mail e-mail meeting task note write down add",
        Glyph::Pencil,
        Some("L"),
    ),
    entry(
        Action::Go(Route::Today),
        "Go to today",
        "agenda tasks overdue due inbox",
        Glyph::Inbox,
        Some("G T"),
    ),
    entry(
        Action::Go(Route::Calendar),
        "Go to the calendar",
        "week month meetings",
        Glyph::Calendar,
        Some("G L"),
    ),
    entry(
        Action::Go(Route::Board(None)),
        "Go to the board",
        "pipeline kanban home",
        Glyph::Board,
        Some("G B"),
    ),
    entry(
        Action::Go(Route::Organisations),
        "Go to organisations",
        "companies accounts",
        Glyph::Building,
        Some("G O"),
    ),
    entry(
        Action::Go(Route::Contacts),
        "Go to contacts",
        "people persons",
        Glyph::People,
        Some("G P"),
    ),
    entry(
        Action::Go(Route::Customers(CustomersPage::List)),
        "Go to customers",
        "after sale health upsell",
        Glyph::Heart,
        Some("G U"),
    ),
    entry(
        Action::Go(Route::Customers(CustomersPage::Renewals)),
        "Go to renewals",
        "contracts recurring expire",
        Glyph::Refresh,
        None,
    ),
    entry(
        Action::Go(Route::Customers(CustomersPage::Whitespace)),
        "Go to whitespace",
        "cross-sell products customers",
        Glyph::Table,
        None,
    ),
    entry(
        Action::Go(Route::Products(None)),
        "Go to products",
        "catalogue price list",
        Glyph::Tag,
        Some("G K"),
    ),
    entry(
        Action::Go(Route::Dashboard(None)),
        "Go to the dashboard",
        "tiles numbers kpi",
        Glyph::Table,
        Some("G A"),
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::Pipeline)),
        "Insight: pipeline",
        "metrics bottlenecks velocity win rate",
        Glyph::Chart,
        Some("G I"),
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::Funnel)),
        "Insight: funnel",
        "leads conversion cohort",
        Glyph::Chart,
        None,
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::Changes)),
        "Insight: changes",
        "waterfall look back earlier day time travel as of",
        Glyph::History,
        None,
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::WinLoss)),
        "Insight: win and loss",
        "reasons competitors interviews",
        Glyph::Chart,
        None,
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::Sources)),
        "Insight: sources",
        "campaigns marketing cost leads",
        Glyph::Chart,
        None,
    ),
    entry(
        Action::Go(Route::Insight(InsightPage::Team)),
        "Insight: team",
        "coaching people practices",
        Glyph::People,
        None,
    ),
    entry(
        Action::Go(Route::Forecast(ForecastPage::Forecast)),
        "Go to the forecast",
        "simulation commit best case call",
        Glyph::Forecast,
        Some("G F"),
    ),
    entry(
        Action::Go(Route::Reviews),
        "Go to reviews",
        "meeting weekly minutes agenda",
        Glyph::Review,
        Some("G W"),
    ),
    entry(
        Action::Go(Route::Process(ProcessPage::Profile)),
        "Go to the process",
        "ideal customer personas qualification scoring cadences templates automations teams fields",
        Glyph::Timeline,
        Some("G R"),
    ),
    entry(
        Action::Go(Route::History),
        "Go to the history",
        "log changes past",
        Glyph::History,
        Some("G H"),
    ),
    entry(
        Action::Go(Route::Data),
        "Go to data",
        "storage backups wipe restore",
        Glyph::Archive,
        Some("G D"),
    ),
    entry(
        Action::Go(Route::Stages(None)),
        "Go to stages",
        "pipelines columns edit",
        Glyph::Columns,
        Some("G S"),
    ),
    entry(
        Action::Go(Route::Settings),
        "Go to settings",
        "preferences team currency language reasons",
        Glyph::Settings,
        Some("G ,"),
    ),
    entry(
        Action::Notices,
        "Notices",
        "messages automations rules bell unread",
        Glyph::Bell,
        Some("G N"),
    ),
    entry(
        Action::Undo,
        "Undo",
        "take back revert",
        Glyph::Undo,
        Some("Mod+Z"),
    ),
    entry(
        Action::Redo,
        "Redo",
        "again repeat",
        Glyph::Redo,
        Some("Mod+Shift+Z"),
    ),
    entry(
        Action::Export,
        "Download a backup",
        "export save json file",
        Glyph::Download,
        None,
    ),
    entry(
        Action::Print,
        "Print this page",
        "paper pdf",
        Glyph::File,
        Some("Mod+P"),
    ),
    entry(
        Action::Go(Route::Import),
        "Import",
        "csv spreadsheet open file upload",
        Glyph::Upload,
        None,
    ),
    entry(
        Action::Theme(Theme::Light),
        "Theme: light",
        "bright day mode colours",
        Glyph::Sun,
        None,
    ),
    entry(
        Action::Theme(Theme::Dark),
        "Theme: dark",
        "night mode colours",
        Glyph::Moon,
        None,
    ),
    entry(
        Action::Theme(Theme::System),
        "Theme: as the system says",
        "automatic mode colours",
        Glyph::Eye,
        None,
    ),
    entry(
        Action::Keys,
        "All keys",
        "shortcuts keyboard help",
        Glyph::Keyboard,
        Some("?"),
    ),
];

impl Action {
    /// Does it.
    pub(super) fn run(self, store: Store, chrome: Chrome) {
        match self {
            Self::Go(route) => nav::go(route),
            Self::Undo => store.undo(),
            Self::Redo => store.redo(),
            Self::Theme(theme) => store.prefs().update(|prefs| prefs.theme = theme),
            Self::Export => export_now(store),
            // Refused only where there is no printing at all.
            Self::Print => drop(window().print()),
            Self::Keys => chrome.help.set(true),
            Self::Notices => chrome.notices.set(true),
            Self::Log => chrome.logging.open(store),
        }
    }

    /// What it would do now, where the label does not say.
    pub(super) fn detail(self, store: Store) -> String {
        let label = store.with(|session| match self {
            Self::Undo => session.undo_label().map(str::to_owned),
            Self::Redo => session.redo_label().map(str::to_owned),
            _ => None,
        });
        label.unwrap_or_default()
    }
}

/// The actions a query means, best first, each with whether the query is the beginning of one
/// of its words.
pub(super) fn matching(query: &str) -> Vec<(&'static Entry, bool)> {
    let query = fold(query.trim());
    let mut found: Vec<(usize, &'static Entry)> = ENTRIES
        .iter()
        .filter_map(|entry| Some((distance(entry, &query)?, entry)))
        .collect();
    found.order_by_key(|(distance, _)| *distance);
    found
        .into_iter()
        .map(|(distance, entry)| (entry, distance < FUZZY))
        .collect()
}

/// From this distance on the query is no beginning of a word.
const FUZZY: usize = 3;

/// How far an entry is from what was typed: 0 its label begins so, 1 a word of the label
/// does, 2 another word for it does, from [`FUZZY`] on only letters of its words do. None: not at all.
fn distance(entry: &Entry, query: &str) -> Option<usize> {
    let label = fold(entry.label);
    let begins = |text: &str| text.split_whitespace().any(|word| word.starts_with(query));
    if label.starts_with(query) {
        return Some(0);
    }
    if begins(&label) {
        return Some(1);
    }
    if query.split_whitespace().all(|word| label.contains(word)) {
        return Some(2);
    }
    if begins(entry.words) {
        return Some(2);
    }
    let letters: Vec<char> = query.chars().filter(|c| !c.is_whitespace()).collect();
    let label: Vec<char> = label.chars().collect();
    jumps(&label, 0, &letters).map(|jumps| FUZZY + jumps)
}

/// In how few jumps the letters can be read off the label from `from` on, where a jump may only
/// lead to the beginning of a word: "gob" in "go to the board" takes one.
fn jumps(label: &[char], from: usize, letters: &[char]) -> Option<usize> {
    let [first, rest @ ..] = letters else {
        return Some(0);
    };
    let here = |at: usize| label.get(at) == Some(first);
    let straight = (here(from)).then(|| jumps(label, from + 1, rest)).flatten();
    let jumped = (from..label.len())
        .filter(|at| here(*at) && *at > 0 && !label[at - 1].is_alphanumeric())
        .filter_map(|at| Some(1 + jumps(label, at + 1, rest)?))
        .min();
    straight.into_iter().chain(jumped).min()
}
