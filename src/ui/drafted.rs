//! A form while it is filled in: what was typed so far, and what is wrong with it.

use crate::app::form::FieldError;
use crate::domain::command::{Command, Refusal};
use crate::ui::parts::*;
use crate::ui::store::Store;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// What was typed, and the errors by field; cheap to copy.
pub struct Drafted<F: 'static> {
    /// What was typed.
    pub form: RwSignal<F>,
    /// What is wrong.
    pub errors: RwSignal<Vec<FieldError>>,
}

impl<F> Clone for Drafted<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Drafted<F> {}

impl<F: Send + Sync + 'static> Drafted<F> {
    /// The form as it is opened, with nothing wrong.
    #[must_use]
    pub fn new(opened: F) -> Self {
        Self {
            form: RwSignal::new(opened),
            errors: RwSignal::new(Vec::new()),
        }
    }

    /// A text of the form.
    #[must_use]
    pub fn text(self, get: fn(&F) -> &String) -> Memo<String> {
        Memo::new(move |_| self.form.with(|f| get(f).clone()))
    }

    /// Takes a text that was typed; what was wrong is said again when it is saved.
    pub fn put(self, get: fn(&mut F) -> &mut String) -> impl Fn(String) + Copy {
        move |text| {
            self.errors.set(Vec::new());
            self.form.update(|f| *get(f) = text);
        }
    }

    /// Changes the form; only what was wrong with this field is over.
    pub fn set_field(self, name: &'static str, change: impl FnOnce(&mut F)) {
        self.errors.update(|all| all.retain(|e| e.field != name));
        self.form.update(change);
    }

    /// Takes the text of a field; only what was wrong with it is over.
    pub fn put_field(
        self,
        name: &'static str,
        get: fn(&mut F) -> &mut String,
    ) -> impl Fn(String) + Copy {
        move |text| self.set_field(name, |f| *get(f) = text)
    }

    /// What is wrong with a field.
    pub fn error(self, name: &'static str) -> impl Fn() -> Option<String> + Copy + Send + Sync {
        self.first(move |e| e.field == name)
    }

    /// What is wrong besides, where no field of these says it.
    pub fn other(
        self,
        shown: &'static [&'static str],
    ) -> impl Fn() -> Option<String> + Copy + Send + Sync {
        self.first(move |e| !shown.contains(&e.field.as_ref()))
    }

    fn first(
        self,
        of: impl Fn(&FieldError) -> bool + Copy + Send + Sync,
    ) -> impl Fn() -> Option<String> + Copy + Send + Sync {
        move || {
            let found =
                |all: &Vec<FieldError>| all.iter().find(|e| of(e)).map(|e| e.message.clone());
            self.errors.with(found)
        }
    }

    /// Carries out what the form means; whether it is done with. What is wrong is shown.
    pub fn save(self, store: Store, command: Result<Command, Vec<FieldError>>) -> bool {
        match command.map(|command| store.run(command)) {
            Ok(Ok(_) | Err(Refusal::Nothing)) => return true,
            Ok(Err(refusal)) => self.errors.set(vec![FieldError::from_refusal(&refusal)]),
            Err(found) => self.errors.set(found),
        }
        false
    }
}

/// Whether a key means that the form is to be saved, also from where Enter begins a line. Not while
/// a control of the form holds what it cannot take; it says so itself.
#[must_use]
pub fn is_save_key(event: &KeyboardEvent) -> bool {
    let saves = event.key() == "Enter" && (event.ctrl_key() || event.meta_key());
    saves && {
        let target = event.target().and_then(|t| t.dyn_into::<Element>().ok());
        let form = target.and_then(|t| t.closest("form, dialog").ok()?);
        form.is_none_or(|form| settled(&form))
    }
}

/// Whether the form that is open, or was last, makes something new: what its dialog says does not
/// change while it closes.
pub fn makes_new<F: Send + Sync + 'static>(
    form: RwSignal<Option<F>>,
    is_new: fn(&F) -> bool,
) -> Memo<bool> {
    Memo::new(move |before: Option<&bool>| {
        let now = form.with(|f| f.as_ref().map(is_new));
        now.or(before.copied()).unwrap_or(true)
    })
}

/// The dialog of a form, open while there is one to fill in.
#[component]
pub fn FormDialog<F, V>(
    /// The form as it is opened; none while closed.
    form: RwSignal<Option<F>>,
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What the button that saves says.
    #[prop(into)]
    save: Signal<String>,
    /// Its size.
    #[prop(optional)]
    kind: DialogKind,
    /// Shows a form as it is opened; its element has the id given, so that the button can stand
    /// outside of it.
    fields: V,
) -> impl IntoView
where
    F: Clone + Send + Sync + 'static,
    V: Fn(F, String) -> AnyView + Send + Sync + 'static,
{
    let open = Memo::new(move |_| form.with(Option::is_some));
    let element = StoredValue::new(unique_id("form"));
    let fields = StoredValue::new(fields);
    let footer = move || {
        view! {
            <Button kind=ButtonKind::Ghost on_click=move |_| form.set(None)>"Cancel"</Button>
            <Button kind=ButtonKind::Primary submit=true attr:form=element.get_value()>{save}</Button>
        }
    };
    view! {
        <Dialog open title on_close=move |()| form.set(None) backdrop_closes=false kind footer>
            {move || form.get().map(|opened| fields.with_value(|show| show(opened, element.get_value())))}
        </Dialog>
    }
}
