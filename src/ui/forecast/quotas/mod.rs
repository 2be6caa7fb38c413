//! Quotas: how far they got, what is still to be done, and what could be asked for.

mod chance;
mod data;
mod dialog;
mod market;
mod reach;
mod realism;
mod suggestion;
mod table;

use self::data::Quotas;
use self::dialog::QuotaDialog;
use self::market::Market;
use self::table::QuotaTable;
use crate::app::form::plan::QuotaForm;
use crate::ui::parts::*;
use leptos::prelude::*;

/// The page.
#[component]
pub(super) fn QuotasBody() -> impl IntoView {
    let quotas = Quotas::provide();
    let form = RwSignal::new(None::<QuotaForm>);
    let add = move |_| form.set(Some(quotas.blank()));
    let none = Memo::new(move |_| quotas.lines.with(Vec::is_empty));
    view! {
        <div class="insight__page quotas-page">
            {block(move || if none.get() {
                view! {
                    <Empty glyph=Glyph::Forecast title="No quotas yet" text="A quota says what somebody is to sell in a period. Each is suggested from the own history, and compared with what is won and open.">
                        <Button kind=ButtonKind::Primary icon=Glyph::Plus on_click=add>"Set a quota"</Button>
                    </Empty>
                }.into_any()
            } else {
                view! { <QuotaTable form/> }.into_any()
            })}
            <Market/>
            <QuotaDialog form/>
        </div>
    }
}
