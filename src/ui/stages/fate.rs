//! What becomes of the open deals of a stage that gets another type, is merged or deleted.

use leptos::prelude::*;

use crate::app::form::closure::ClosureForm;
use crate::app::form::{field, lists};
use crate::domain::deal::{Closure, Status};
use crate::domain::ids::StageId;
use crate::domain::stage::StageKind;
use crate::shell::intl;
use crate::ui::drafted::Drafted;
use crate::ui::parts::{Combobox, DateField, Field, block, texts};
use crate::ui::store::Store;

/// The open deals concerned, what they become, and since when and why.
#[derive(Clone, Copy)]
pub(super) struct Fate {
    store: Store,
    /// How many deals are open.
    open: Memo<usize>,
    /// What they become; none while they stay open, or while there are none.
    status: Memo<Option<Status>>,
    draft: Drafted<ClosureForm>,
}

impl Fate {
    /// Of the deals in `stages` when they come to stand in a stage of the type `kind`.
    pub fn new(
        store: Store,
        stages: impl Fn() -> Vec<StageId> + Send + Sync + 'static,
        kind: impl Fn() -> Option<StageKind> + Send + Sync + 'static,
    ) -> Self {
        let open = Memo::new(move |_| {
            let stages = stages().into_iter();
            stages.map(|s| standing(store, s, Status::Open)).sum()
        });
        let status = Memo::new(move |_| {
            let status = kind().map(StageKind::status);
            status.filter(|s| *s != Status::Open && open.get() > 0)
        });
        let today = store.moment().today;
        Self {
            store,
            open,
            status,
            draft: Drafted::new(ClosureForm::new(None, Status::Won, today)),
        }
    }

    /// Date and reason for the deals that do not stay open; none where all do.
    ///
    /// # Errors
    /// What is missing, which is shown by its field from now on.
    pub fn closure(self) -> Result<Option<Closure>, ()> {
        let Some(status) = self.status.get_untracked() else {
            return Ok(None);
        };
        let today = self.store.moment().today;
        let asked = self
            .store
            .with(|s| s.world().state.workspace().reasons_required);
        let form = self.draft.form;
        let closure = form.with_untracked(|f| f.submit(status, today, asked));
        closure
            .map(Some)
            .map_err(|found| self.draft.errors.set(found))
    }

    fn sentence(self, status: Status) -> String {
        let deals = intl::count(self.open.get(), "open deal", "open deals");
        let one = self.open.get() == 1;
        match status {
            Status::OnHold if one => format!("{deals} is put on hold."),
            Status::OnHold => format!("{deals} are put on hold."),
            _ if one => format!("{deals} becomes {}.", status.label().to_lowercase()),
            _ => format!("{deals} become {}.", status.label().to_lowercase()),
        }
    }
}

/// How many deals of a status stand in a stage. Tracks the column.
pub(super) fn standing(store: Store, stage: StageId, status: Status) -> usize {
    store.track_board(stage);
    store.with(|s| {
        let column = s.world().board.column(stage, status);
        column.map_or(0, |column| column.deals.len())
    })
}

/// Says what becomes of open deals, and asks when and why where they are won or lost.
#[component]
pub(super) fn FateFields(
    /// Of which deals.
    fate: Fate,
) -> impl IntoView {
    let Fate { store, draft, .. } = fate;
    let ask = move |status: Status| {
        let asked = store.with(|s| s.world().state.workspace().reasons_required);
        let known = store.with(|s| lists::reasons(s.world(), status));
        let reason = draft.text(|f| &f.reason);
        let options = Memo::new(move |_| texts(&known, &reason.get()));
        let put = draft.put_field(field::REASON, |f| &mut f.reason);
        let today = store.moment().today.to_string();
        view! {
            <Field label="Reason" required=asked error=draft.error(field::REASON) hint="Said of all of them.">
                <Combobox options value=reason on_pick=put on_create=put placeholder="Choose or type"/>
            </Field>
            <Field label="Date" required=true error=draft.error(field::CLOSED_ON)>
                <DateField
                    value=draft.text(|f| &f.on)
                    on_change=draft.put_field(field::CLOSED_ON, |f| &mut f.on)
                    max=Some(today)
                />
            </Field>
        }
    };
    block(move || {
        fate.status.get().map(|status| {
            let closes = matches!(status, Status::Won | Status::Lost);
            view! {
                <p class="stages-form__fate" role="status">{block(move || fate.sentence(status))}</p>
                {closes.then(|| ask(status))}
            }
        })
    })
}
