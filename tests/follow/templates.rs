//! Templates: what is unknown is found, nothing goes out with a blank.

use chrono::NaiveDate;
use fairlead::app::history::Format;
use fairlead::app::template::{
    FIELDS, Lack, MAILTO_MOST, What, Whom, close_open, faults, fill, gaps, lacks, mailto, put,
};
use fairlead::domain::change::{Change, Edit, Intent, IntentKind};
use fairlead::domain::custom::{CustomFieldField, CustomValue};
use fairlead::domain::deal::{BuyingRole, DealContact, DealField};
use fairlead::domain::ids::{ContactId, DealId, FieldId, OrgId, PersonId};
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{ContactField, OrgField, PersonField};
use fairlead::domain::stamp::{Millis, Stamp};
use fairlead::domain::state::State;
use proptest::prelude::*;

struct Plain;

impl Format for Plain {
    fn money(&self, money: Money) -> String {
        format!("{} {}", money.currency, money.minor)
    }
    fn date(&self, date: NaiveDate) -> String {
        date.to_string()
    }
    fn moment(&self, ms: Millis) -> String {
        ms.to_string()
    }
    fn count(&self, n: usize) -> String {
        n.to_string()
    }
    fn percent(&self, percent: u8) -> String {
        format!("{percent}%")
    }
}

const DEAL: DealId = DealId(1);
const FIELD: FieldId = FieldId(7);

fn state() -> State {
    let mut state = State::default();
    state.apply(&Change {
        stamp: Stamp::new(1, 0, 1),
        intent: Intent::new(IntentKind::Import, "x"),
        author: None,
        edits: vec![
            Edit::Organisation(OrgId(2), OrgField::Name("Orchard Bank".into())),
            Edit::Contact(ContactId(3), ContactField::Name("Ada  Park".into())),
            Edit::Contact(ContactId(4), ContactField::Name("Bo Lind".into())),
            Edit::Person(PersonId(5), PersonField::Name("Jo Ortega".into())),
            Edit::CustomField(FIELD, CustomFieldField::Name("Site code".into())),
            Edit::Deal(DEAL, DealField::Title("Fleet pilot".into())),
            Edit::Deal(DEAL, DealField::Organisation(Some(OrgId(2)))),
            Edit::Deal(DEAL, DealField::Owner(Some(PersonId(5)))),
            Edit::Deal(DEAL, DealField::Value(Some(Money::new(500, Currency::EUR)))),
            Edit::Deal(
                DEAL,
                DealField::Contacts(vec![DealContact {
                    contact: ContactId(3),
                    role: BuyingRole::Unknown,
                }]),
            ),
            Edit::Deal(
                DEAL,
                DealField::Custom(FIELD, Some(CustomValue::Text("X9".into()))),
            ),
        ],
        before: Vec::new(),
        undoes: None,
    });
    state
}

fn whom() -> Whom {
    Whom {
        deal: DEAL,
        contact: None,
        me: None,
    }
}

#[test]
fn fields_are_filled_in_also_those_a_team_has_added() {
    let text = "{{ contact.first_name }}, {{deal.title}} of {{Organisation.Name}} ({{deal.custom.site code}}): {{deal.value}}. {{owner.name}}";
    assert_eq!(
        fill(&state(), whom(), text, &Plain),
        "Ada, Fleet pilot of Orchard Bank (X9): EUR 500. Jo Ortega"
    );
    let other = Whom {
        contact: Some(ContactId(4)),
        ..whom()
    };
    assert_eq!(fill(&state(), other, "{{contact.name}}", &Plain), "Bo Lind");
}

#[test]
fn what_is_empty_or_unknown_stays_and_counts_as_a_gap() {
    let text = "Hi {{contact.first_name}}, {{me.name}} {{contact.email}} {{nonsense}} {{me.name}}";
    let filled = fill(&state(), whom(), text, &Plain);
    assert_eq!(
        filled,
        "Hi Ada, {{me.name}} {{contact.email}} {{nonsense}} {{me.name}}"
    );
    assert_eq!(gaps(&filled), ["me.name", "contact.email", "nonsense"]);
    let filled = put(&filled, "me.name", "Nora");
    assert_eq!(gaps(&filled), ["contact.email", "nonsense"]);
    assert!(filled.starts_with("Hi Ada, Nora "));
    assert!(filled.ends_with(" Nora"));
}

#[test]
fn faults_say_where_and_what_was_perhaps_meant() {
    let text = "Dear {{contact.firstname}},\n\nßß {{deal.title}} {{unfinished\n{{xyz.qqq.rrr}}";
    let found = faults(&state(), text);
    let said: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            "Line 1, character 6: there is no field “contact.firstname”. Did you mean “contact.first_name”?",
            "Line 3, character 19: “{{” is not closed by “}}” on the same line.",
            "Line 4, character 1: there is no field “xyz.qqq.rrr”.",
        ]
    );
    assert!(matches!(found[1].what, What::Open));
    assert!(faults(&state(), "{{deal.custom.SITE CODE}} {{me.email}} } }} {").is_empty());
    assert_eq!(faults(&state(), "{{deal.custom.Other}}").len(), 1);
}

#[test]
fn links_are_encoded_and_not_too_long() {
    let link = mailto("ada+x@orchard.example", "50 % & more?", "One\nTwo ä");
    assert_eq!(
        link.href,
        "mailto:ada%2Bx@orchard.example?subject=50%20%25%20%26%20more%3F&body=One%0D%0ATwo%20%C3%A4"
    );
    assert!(!link.without_body);
    let long = mailto("a@b.example", "Hi", &"ä".repeat(400));
    assert!(long.without_body && long.href.len() <= MAILTO_MOST);
    assert_eq!(long.href, "mailto:a@b.example?subject=Hi");
}

fn piece() -> impl Strategy<Value = String> {
    let known = (0..FIELDS.len()).prop_map(|n| format!("{{{{{}}}}}", FIELDS[n].0));
    prop_oneof![
        known,
        "[a-z .]{0,12}",
        Just("{{".to_owned()),
        Just("}}".to_owned()),
        Just("\n".to_owned()),
        "[a-z.]{1,12}".prop_map(|name| format!("{{{{{name}}}}}")),
    ]
}

proptest! {
    #[test]
    fn a_text_without_gaps_has_no_blank_and_no_field_left(parts in prop::collection::vec(piece(), 0..12)) {
        let text = parts.concat();
        let state = state();
        let filled = fill(&state, whom(), &text, &Plain);
        // Filling in again changes nothing: what could be filled in is. (Between braces left
        // over a value may look like a field; such a text is refused anyway.)
        if faults(&state, &text).iter().all(|fault| fault.what != What::Open) {
            prop_assert_eq!(&fill(&state, whom(), &filled, &Plain), &filled);
        }
        // Whatever is unknown is a gap too: it cannot go out.
        for fault in faults(&state, &text) {
            if let What::Unknown(name, _) = fault.what {
                prop_assert!(gaps(&filled).contains(&name), "{name} in {filled}");
            }
        }
        // Each gap can be filled in. Between braces left over a value may stand for a field
        // again, so that takes more than one turn.
        let mut whole = filled;
        for _ in 0..parts.len() {
            for gap in gaps(&whole) {
                if gap != "{{" {
                    whole = put(&whole, &gap, "value");
                }
            }
        }
        prop_assert!(gaps(&whole).iter().all(|g| g == "{{"));
    }
}

#[test]
fn what_is_lacking_says_why_and_braces_can_be_closed() {
    let state = state();
    let text = "{{contact.firstname}} {{contact.email}} {{nonsense_of_mine}}\nAbout {{deal.title, and {{ this";
    assert_eq!(
        lacks(&state, text),
        [
            Lack::Unknown(
                "contact.firstname".into(),
                Some("contact.first_name".into())
            ),
            Lack::Empty("contact.email".into()),
            Lack::Unknown("nonsense_of_mine".into(), None),
            Lack::Open("deal.title, and".into()),
            Lack::Open("this".into()),
        ]
    );
    let whole = close_open(&state, text);
    assert!(
        whole.ends_with("\nAbout {{deal.title}}, and  this"),
        "{whole}"
    );
    assert_eq!(close_open(&state, "{{ Deal.Title}"), "{{Deal.Title}}");
    assert_eq!(
        close_open(&state, "{{deal.custom.site code now"),
        "{{deal.custom.site code}} now"
    );
    assert_eq!(close_open(&state, "{{contact.names"), "contact.names");
    assert_eq!(
        close_open(&state, "all {{deal.title}} right"),
        "all {{deal.title}} right"
    );
}

proptest! {
    #[test]
    fn closed_braces_leave_none_open(text in "([a-z {}é\n]|deal[.]title|[{][{]|[}][}]){0,24}") {
        let state = state();
        let closed = close_open(&state, &text);
        let open = |lack: &Lack| matches!(lack, Lack::Open(_));
        prop_assert!(!lacks(&state, &closed).iter().any(open), "{closed}");
    }
}
