//! An amount of money.

use super::boxed::block;
use leptos::callback::{Callable, UnsyncCallback};
use leptos::html;
use leptos::prelude::*;

use super::field::wiring;
use super::icon::{Glyph, Icon};
use super::text::run;

/// An amount as text beside its currency. The draft stays as typed; the caller parses it.
#[component]
pub fn MoneyField(
    /// The amount as typed.
    #[prop(into)]
    amount: Signal<String>,
    /// Called with the whole text at each change of the amount.
    #[prop(into)]
    on_amount: UnsyncCallback<String>,
    /// Called with the whole text when the person is done with the amount.
    #[prop(optional, into)]
    on_commit: Option<UnsyncCallback<String>>,
    /// The currency's code, "EUR".
    #[prop(into)]
    currency: Signal<String>,
    /// Called with the code of the currency the person chose.
    #[prop(into)]
    on_currency: UnsyncCallback<String>,
    /// The codes to choose from. The current one is shown even when it is not among them.
    #[prop(into)]
    currencies: Signal<Vec<String>>,
    /// The accessible name of the amount where no [`Field`](super::Field) gives one.
    #[prop(optional, into)]
    label: Signal<Option<String>>,
    /// An example, shown while empty.
    #[prop(optional, into)]
    placeholder: Signal<Option<String>>,
    /// Cannot be changed now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Takes the focus when a dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The amount's element, for focusing it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> impl IntoView {
    let field = wiring();
    let codes = Memo::new(move |_| {
        let mut codes = currencies.get();
        currency.with(|now| {
            if !codes.contains(now) {
                codes.insert(0, now.clone());
            }
        });
        codes
    });
    let option = move |code: String| {
        let (own, text) = (code.clone(), code.clone());
        view! {
            <option value=code prop:selected=move || currency.with(|now| *now == own)>{text}</option>
        }
    };
    view! {
        <div class="input input--money">
            <input
                class="input__text"
                type="text"
                inputmode="decimal"
                id=field.id.clone()
                node_ref=node_ref
                prop:value=amount
                placeholder=move || placeholder.get()
                disabled=disabled
                autofocus=autofocus
                autocomplete="off"
                aria-label=move || label.get()
                aria-describedby=field.described_by
                aria-invalid=field.aria_invalid()
                aria-required=field.aria_required()
                on:input:target=move |event| on_amount.run(event.target().value())
                on:change:target=move |event| run(on_commit, event.target().value())
            />
            <select
                class="input__currency"
                aria-label="Currency"
                disabled=disabled
                on:change:target=move |event| on_currency.run(event.target().value())
            >
                {block(move || codes.get().into_iter().map(option).collect_view())}
            </select>
            <Icon glyph=Glyph::ChevronDown/>
        </div>
    }
}
