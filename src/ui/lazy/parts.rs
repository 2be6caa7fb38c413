//! Which views come with which chunk.
//!
//! A new view that is not needed for the first sight of the board is one line in the table at
//! the end, and `lazy::page(Part::Name)` (or `lazy::over`) where it is to stand. Nothing else of
//! it may be named outside of its chunk. What only one chunk uses comes with it, found by the
//! build itself; what several use and the first load does not comes as a chunk of its own.

// A chunk's entry is a function of the C kind that the build moves into another file; the macro
// that declares it writes `unsafe` for that. No other code of this program has any.
#![allow(unsafe_code)]

use std::cell::Cell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use leptos::prelude::*;

use super::Missing;
use crate::app::route::{CustomersPage, ForecastPage, InsightPage, ProcessPage};
use crate::domain::change::Kind;
use crate::domain::ids::{
    ContactId, DashboardId, DealId, OrgId, PersonId, PipelineId, ReviewId, StageId,
};
use crate::shell::runtime;
use crate::shell::worker::listen;
use crate::ui::activity::{LogDialog, Logging};
use crate::ui::board::{BoardSheet, BulkBar, CardMenus, Closings};
use crate::ui::calendar::CalendarView;
use crate::ui::charts::StageChart;
use crate::ui::contacts::{ContactPage, ContactsView};
use crate::ui::customers::CustomersView;
use crate::ui::dashboard::DashboardView;
use crate::ui::data::{DataView, ImportView};
use crate::ui::deal::{DealBackground, DealDesk, DealForms, DealPage};
use crate::ui::duplicates::DuplicatesView;
use crate::ui::forecast::ForecastView;
use crate::ui::frame::Help;
use crate::ui::history::HistoryPage;
use crate::ui::insight::{InsightView, MemberView};
use crate::ui::notices::Notices;
use crate::ui::organisations::{OrganisationPage, OrganisationsView};
use crate::ui::palette::Palette;
use crate::ui::process::ProcessView;
use crate::ui::products::ProductsView;
use crate::ui::qualify::GateDialog;
use crate::ui::recovery::Recovery;
use crate::ui::review::{ReviewView, ReviewsView};
use crate::ui::settings::SettingsView;
use crate::ui::stages::StagesView;
use crate::ui::start::Start;
use crate::ui::today::TodayView;

/// Declares the chunks: for each its name, what it is for, and its views as
/// `Name { field: Type, … } => view`.
macro_rules! chunks {
    ($(
        $(#[$about:meta])*
        $chunk:ident {
            $( $(#[$doc:meta])* $part:ident $({ $($field:ident: $type:ty),+ })? => $view:expr, )+
        }
    )+) => {
        /// A view that is loaded when it is first needed.
        #[derive(Clone)]
        pub enum Part {
            $($( $(#[$doc])* $part $({ $(
                /// The component's property of that name.
                $field: $type,
            )+ })?, )+)+
        }

        // A chunk may have one view alone.
        #[allow(unused_parens)]
        impl Part {
            /// Loads what the view needs, and how to decide what it asks for, unless that is here.
            pub(super) async fn load(&self) -> Result<(), Missing> {
                match self {
                    $( $( Self::$part { .. } )|+ => $chunk::load().await?, )+
                }
                // The first run is looked at before anything is asked for, and a worker asks for nothing.
                if !matches!(self, Self::Start | Self::Recovery { .. } | Self::Worker) {
                    deal::load().await?;
                }
                super::learn();
                Ok(())
            }

            /// The view, when what it needs is here.
            pub(super) fn stand(self) -> Option<AnyView> {
                match self {
                    $( part @ ($( Self::$part { .. } )|+) => $chunk::stand(part), )+
                }
            }
        }

        /// Loads every chunk, one after the other; stops at the first that does not come.
        pub(super) async fn load_all() -> Result<(), Missing> {
            $(
                $chunk::load().await?;
                super::learn();
            )+
            Ok(())
        }

        $(
            $(#[$about])*
            mod $chunk {
                use super::*;

                thread_local! {
                    static HERE: Cell<bool> = const { Cell::new(cfg!(not(feature = "split"))) };
                }

                // Without the feature every view is part of the one program.
                #[cfg_attr(
                    feature = "split",
                    leptos::wasm_split::wasm_split(
                        $chunk,
                        fallible,
                        wasm_split_path = leptos::wasm_split,
                        preload(preload)
                    )
                )]
                fn show(part: Part) -> Result<AnyView, Missing> {
                    Ok(match part {
                        $( Part::$part $({ $($field),+ })? => $view.into_any(), )+
                        // A view of another chunk; `stand` asks the right one.
                        #[allow(unreachable_patterns)]
                        _ => ().into_any(),
                    })
                }

                pub(super) async fn load() -> Result<(), Missing> {
                    #[cfg(feature = "split")]
                    preload().await?;
                    HERE.set(true);
                    Ok(())
                }

                pub(super) fn stand(part: Part) -> Option<AnyView> {
                    if !HERE.get() {
                        return None;
                    }
                    #[cfg(feature = "split")]
                    return at_once(show(part))?.ok();
                    #[cfg(not(feature = "split"))]
                    return show(part).ok();
                }
            }
        )+
    };
}

/// What a future gives that has nothing to wait for.
#[cfg_attr(not(feature = "split"), expect(dead_code))]
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => Some(done),
        Poll::Pending => None,
    }
}

chunks! {
    /// The first run, and the way back from a lost store.
    start {
        /// The first run.
        Start => view! { <Start/> },
        /// The data is not where it was.
        Recovery { missing: runtime::Missing } => view! { <Recovery missing/> },
    }
    /// What is done with a deal: its form and its page, and what a card opens on the board.
    deal {
        /// How to decide what the board has no use for; shows nothing.
        Deciding { runtime: runtime::Runtime } => {
            runtime.with_mut(|session| session.learn(crate::domain::decide::later));
        },
        /// The page of a deal.
        Deal { id: DealId } => view! { <DealPage id/> },
        /// A deal where it is talked about.
        DealDesk { id: DealId } => view! { <DealDesk id/> },
        /// What is known of that deal.
        DealBackground { id: DealId } => view! { <DealBackground id/> },
        /// The form that the address names.
        DealForms => view! { <DealForms/> },
        /// What can be done with marked cards.
        BulkBar => view! { <BulkBar/> },
        /// The menus of a card.
        CardMenus => view! { <CardMenus/> },
        /// What a move past criteria is missing.
        GateDialog => view! { <GateDialog/> },
        /// An activity, from anywhere.
        LogDialog { logging: Logging } => view! { <LogDialog logging/> },
        /// When and why deals were won, lost or put on hold.
        Closings => view! { <Closings/> },
    }
    /// What is looked at now and then.
    views {
        /// What to do now.
        Today => view! { <TodayView/> },
        /// Activities by week and month.
        Calendar => view! { <CalendarView/> },
        /// All organisations.
        Organisations => view! { <OrganisationsView/> },
        /// An organisation.
        Organisation { id: OrgId } => view! { <OrganisationPage id/> },
        /// All contacts.
        Contacts => view! { <ContactsView/> },
        /// A contact.
        Contact { id: ContactId } => view! { <ContactPage id/> },
        /// Records that may mean the same.
        Duplicates { kind: Kind } => view! { <DuplicatesView kind/> },
        /// After the sale.
        Customers { page: CustomersPage } => view! { <CustomersView page/> },
        /// The catalogue.
        Products => view! { <ProductsView/> },
        /// A page of it.
        Process { page: ProcessPage } => view! { <ProcessView page/> },
        /// Search and jump.
        Palette => view! { <Palette/> },
        /// What automations have to say.
        Notices => view! { <Notices/> },
        /// The list of all keys.
        Help => view! { <Help/> },
        /// A pipeline as a chart.
        StageChart { pipeline: Signal<Option<PipelineId>>, on_pick: Callback<StageId> } => view! { <StageChart pipeline on_pick/> },
        /// A board on paper.
        BoardSheet => view! { <BoardSheet/> },
        /// The stages of a pipeline.
        Stages { pipeline: Option<PipelineId> } => view! { <StagesView pipeline/> },
        /// The settings.
        Settings => view! { <SettingsView/> },
        /// All changes.
        History => view! { <HistoryPage/> },
    }
    /// What the data says, and what is to come.
    insight {
        /// Numbers of one's own choice.
        Dashboard { id: Option<DashboardId> } => view! { <DashboardView id/> },
        /// A page of what the data says.
        Insight { page: InsightPage } => view! { <InsightView page/> },
        /// What the data says of a member of the team.
        Member { id: PersonId } => view! { <MemberView id/> },
        /// A page of what is to come.
        Forecast { page: ForecastPage } => view! { <ForecastView page/> },
        /// Nothing to see: long calculations, in a worker.
        Worker => listen(),
        /// All reviews.
        Reviews => view! { <ReviewsView/> },
        /// A review.
        Review { id: ReviewId } => view! { <ReviewView id/> },
    }
    /// Data in and out.
    data {
        /// Export, backups, storage.
        Data => view! { <DataView/> },
        /// The import of spreadsheets.
        Import => view! { <ImportView/> },
    }
}
