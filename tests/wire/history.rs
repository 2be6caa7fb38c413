//! The work that `fixtures/v1.json` tells of: every kind, every field, every intent there was.

use chrono::NaiveDate;
use fairlead::domain::activity::{ActivityField as A, ActivityKind};
use fairlead::domain::change::{Change, Edit, EntityRef, Intent, IntentKind};
use fairlead::domain::deal::{
    BuyingRole, Closure, DealContact, DealField as D, ForecastCategory, Outcome, Placement, Status,
};
use fairlead::domain::ids::*;
use fairlead::domain::money::{Currency, Money};
use fairlead::domain::party::{ContactField as C, OrgField as O, PersonField, ProductField};
use fairlead::domain::rank::Rank;
use fairlead::domain::stage::{Hue, PipelineField, StageField as S, StageKind};
use fairlead::domain::stamp::Stamp;
use fairlead::domain::state::State;
use fairlead::domain::workspace::{WORKSPACE, WorkspaceField as W};

pub const PIPELINE: PipelineId = PipelineId(0xf1);
pub const OTHER_PIPELINE: PipelineId = PipelineId(0xf2);
pub const LEAD: StageId = StageId(0x51);
pub const WON: StageId = StageId(0x52);
pub const LOST: StageId = StageId(0x53);
pub const PARKED: StageId = StageId(0x54);
pub const OLD: StageId = StageId(0x55);
pub const DEAL: DealId = DealId(0xd1);
pub const SECOND: DealId = DealId(0xd2);
pub const ORG: OrgId = OrgId(0xfedc_ba98_7654_3210);
pub const PARENT: OrgId = OrgId(0x02);
pub const CONTACT: ContactId = ContactId(0xc1);
pub const MANY: ContactId = ContactId(0xc2);
pub const AFTER_MANY: ContactId = ContactId(0xc3);
pub const SELLER: PersonId = PersonId(0xe1);
pub const BOSS: PersonId = PersonId(0xe2);
pub const PRODUCT: ProductId = ProductId(0xb1);
pub const CALL: ActivityId = ActivityId(0xa1);

/// How often the import sets one contact's title: enough for a change of several parts.
pub const OFTEN: usize = 1_999;

const NODES: [u64; 2] = [0x0a, 0xffff_ffff_ffff_fffe];

/// Milliseconds of minute `n` of the story, which begins on 23 November 2026.
pub fn ms(n: i64) -> i64 {
    1_795_428_000_000 + n * 60_000
}

/// The stamp of the `n`th change; the two tabs take turns.
pub fn stamp(n: usize) -> Stamp {
    Stamp::new(ms(n as i64), n as u16 % 3, NODES[n % 2])
}

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub fn rank(text: &str) -> Rank {
    Rank::parse(text).unwrap()
}

pub fn usd() -> Currency {
    Currency::parse("USD").unwrap()
}

pub fn texts(list: &[&str]) -> Vec<String> {
    list.iter().map(|text| (*text).to_owned()).collect()
}

fn closure(reason: &str) -> Box<Closure> {
    Box::new(Closure {
        on: day(2026, 12, 24),
        reason: reason.into(),
        note: "Said by telephone".into(),
        competitor: "Rival & Söhne".into(),
    })
}

/// Writes the story down change by change.
pub struct Teller {
    state: State,
    pub log: Vec<Change>,
    pub author: Option<PersonId>,
}

impl Teller {
    /// Goes on after what was told.
    pub fn after(log: Vec<Change>) -> Self {
        let state = super::state_of(&log);
        Self {
            state,
            log,
            author: None,
        }
    }

    pub fn tell(&mut self, kind: IntentKind, text: &str, edits: Vec<Edit>) -> Stamp {
        self.tell_undoing(kind, text, edits, None)
    }

    pub fn tell_undoing(
        &mut self,
        kind: IntentKind,
        text: &str,
        edits: Vec<Edit>,
        undoes: Option<Stamp>,
    ) -> Stamp {
        let stamp = stamp(self.log.len());
        let before = self.state.before(&edits);
        let intent = Intent::new(kind, text);
        let author = self.author;
        let change = Change {
            stamp,
            intent,
            author,
            edits,
            before,
            undoes,
        };
        self.state.apply(&change);
        self.log.push(change);
        stamp
    }
}

pub fn deal(id: DealId, fields: Vec<D>) -> Vec<Edit> {
    fields.into_iter().map(|f| Edit::Deal(id, f)).collect()
}

pub fn stage(id: StageId, fields: Vec<S>) -> Vec<Edit> {
    fields.into_iter().map(|f| Edit::Stage(id, f)).collect()
}

fn placed(stage: StageId, since: i64) -> D {
    D::Placement(Placement { stage, since })
}

fn workspace() -> Vec<Edit> {
    [
        W::Name("Möbel & “Söhne” \u{1F6CB}\\\u{2028}\u{7f}".into()),
        W::Currency(usd()),
        W::LostReasons(texts(&["Price", "No\tdecision"])),
        W::WonReasons(texts(&["Best fit"])),
        W::HoldReasons(texts(&["Reorganisation"])),
        W::Sources(texts(&["Referral", ""])),
        W::Competitors(texts(&["Rival & Söhne"])),
    ]
    .map(|f| Edit::Workspace(WORKSPACE, f))
    .into()
}

fn stages() -> Vec<Edit> {
    let mut edits = vec![
        Edit::Pipeline(PIPELINE, PipelineField::Name("Sales".into())),
        Edit::Pipeline(PIPELINE, PipelineField::Rank(rank("V"))),
        Edit::Pipeline(OTHER_PIPELINE, PipelineField::Name("Renewals".into())),
        Edit::Pipeline(OTHER_PIPELINE, PipelineField::Rank(rank("k"))),
    ];
    for (n, (id, name, kind)) in [
        (LEAD, "Lead", StageKind::Open),
        (WON, "Customer", StageKind::Won),
        (LOST, "Lost", StageKind::Lost),
        (PARKED, "Parked", StageKind::OnHold),
        (OLD, "Old", StageKind::Open),
    ]
    .into_iter()
    .enumerate()
    {
        edits.extend(stage(
            id,
            vec![
                S::Pipeline(PIPELINE),
                S::Name(name.into()),
                S::Rank(rank(["1", "2", "3", "4", "5"][n])),
                S::Kind(kind),
                S::Probability([25, 100, 0, 0, 50][n]),
                S::RotDays([Some(14), None, None, None, Some(65_535)][n]),
                S::Hue(Hue::ALL[n]),
                S::Purpose(format!("What {name} is for.\nTwo lines.")),
            ],
        ));
    }
    edits
}

fn parties() -> Vec<Edit> {
    let mut edits = vec![
        Edit::Organisation(PARENT, O::Name("Holding".into())),
        Edit::Person(BOSS, PersonField::Name("Ada Boss".into())),
    ];
    edits.extend(
        [
            O::Name("Schäfer GmbH".into()),
            O::Website("schaefer.example".into()),
            O::Industry("Furniture".into()),
            O::Employees(Some(4_294_967_295)),
            O::Revenue(Some(Money::new(i64::MAX, usd()))),
            O::Founded(Some(1899)),
            O::Location("Köln".into()),
            O::Parent(Some(PARENT)),
            O::Description("Since \"1899\"".into()),
            O::External("X-1".into()),
        ]
        .map(|f| Edit::Organisation(ORG, f)),
    );
    edits.extend(
        [
            C::Name("Eva Schäfer".into()),
            C::Title("Buyer".into()),
            C::Organisation(Some(ORG)),
            C::Emails(texts(&["eva@schaefer.example", "e@s.example"])),
            C::Phones(texts(&["+49 221 1"])),
            C::Description("Prefers calls".into()),
            C::External("X-2".into()),
        ]
        .map(|f| Edit::Contact(CONTACT, f)),
    );
    edits.extend(
        [
            PersonField::Name("Ben Seller".into()),
            PersonField::Email("ben@us.example".into()),
            PersonField::Manager(Some(BOSS)),
            PersonField::Office("North".into()),
        ]
        .map(|f| Edit::Person(SELLER, f)),
    );
    edits.extend(
        [
            ProductField::Name("GTX Pro".into()),
            ProductField::Series("GTX".into()),
            ProductField::Price(Some(Money::new(482_100, usd()))),
        ]
        .map(|f| Edit::Product(PRODUCT, f)),
    );
    edits
}

fn first_deal() -> Vec<Edit> {
    let contacts = BuyingRole::ALL
        .iter()
        .map(|role| DealContact {
            contact: CONTACT,
            role: *role,
        })
        .collect();
    deal(
        DEAL,
        vec![
            D::Title("Showroom <b>2027</b>".into()),
            placed(LEAD, ms(-5_000)),
            D::Rank(rank("V3z")),
            D::Organisation(Some(ORG)),
            D::Contacts(contacts),
            D::Owner(Some(SELLER)),
            D::Value(Some(Money::new(1_234_567, Currency::EUR))),
            D::Close(Some(day(2027, 2, 28))),
            D::Probability(Some(35)),
            D::Category(Some(ForecastCategory::Commit)),
            D::Source("Referral".into()),
            D::Tags(texts(&["urgent", "größe"])),
            D::Products(vec![PRODUCT]),
            D::Description("Line one\nline two".into()),
            D::Created(ms(-9_000)),
            D::External("1C1I7A6R".into()),
        ],
    )
}

/// The import: back-dated entries in one change, and one entity with so many edits that
/// what follows goes into a second part.
fn import() -> Vec<Edit> {
    let mut edits = vec![Edit::Contact(MANY, C::Name("Often Renamed".into()))];
    let titles = ["a", "b"].iter().cycle().take(OFTEN);
    edits.extend(titles.map(|t| Edit::Contact(MANY, C::Title((*t).into()))));
    edits.push(Edit::Contact(
        AFTER_MANY,
        C::Name("In the second part".into()),
    ));
    edits.extend(deal(
        SECOND,
        vec![
            D::Title("Imported".into()),
            placed(LEAD, ms(-400_000)),
            placed(OLD, ms(-300_000)),
            D::Rank(rank("k")),
            D::Value(Some(Money::new(0, Currency::parse("JPY").unwrap()))),
            D::Created(-1),
        ],
    ));
    edits.push(Edit::Contact(CONTACT, C::Title("Head of buying".into())));
    edits
}

/// Everything that is in `fixtures/v1.json`.
pub fn story() -> Vec<Change> {
    use IntentKind as K;
    let mut t = Teller::after(Vec::new());
    t.tell(K::Setup, "Set up Möbel", workspace());
    t.tell(K::EditStages, "Added stages", stages());
    t.tell(K::EditRecord, "Added Schäfer GmbH", parties());
    t.author = Some(SELLER);
    t.tell(K::CreateDeal, "Added Showroom", first_deal());
    let fields = [
        A::Kind(ActivityKind::Call),
        A::Subject("Call Eva".into()),
        A::Body("About the “offer”".into()),
        A::Deal(Some(DEAL)),
        A::Contact(Some(CONTACT)),
        A::Owner(Some(SELLER)),
        A::Due(Some(day(2026, 11, 30))),
        A::DueMinute(Some(9 * 60 + 30)),
        A::Created(ms(4)),
    ];
    let call = fields.map(|f| Edit::Activity(CALL, f)).into();
    t.tell(K::LogActivity, "Planned Call Eva", call);
    let done = vec![Edit::Activity(CALL, A::Done(Some(ms(5))))];
    t.tell(K::CompleteActivity, "Done: Call Eva", done);
    let kinds = ActivityKind::ALL.iter().rev();
    let kinds = kinds.map(|k| Edit::Activity(CALL, A::Kind(*k))).collect();
    t.tell(K::LogActivity, "Changed Call Eva", kinds);
    let mut words: Vec<D> = ForecastCategory::ALL
        .iter()
        .map(|c| D::Category(Some(*c)))
        .collect();
    words.push(D::Close(None));
    t.tell(K::EditDeal, "Changed Showroom", deal(DEAL, words));
    let moved = deal(DEAL, vec![placed(OLD, ms(8)), D::Rank(rank("Vk"))]);
    let moved = t.tell(K::MoveDeal, "Moved Showroom to Old", moved);
    let back = deal(DEAL, vec![placed(LEAD, ms(-5_000)), D::Rank(rank("V3z"))]);
    let undo = t.tell_undoing(K::Undo, "Undid: Moved Showroom to Old", back, Some(moved));
    let again = deal(DEAL, vec![placed(OLD, ms(8)), D::Rank(rank("Vk"))]);
    t.tell_undoing(K::Redo, "Redid: Moved Showroom to Old", again, Some(undo));
    t.tell(K::Import, "Imported contacts", import());
    let closures = [
        (Status::Lost, "Price"),
        (Status::OnHold, "Reorganisation"),
        (Status::Won, "Best fit"),
    ];
    let outcomes = closures.map(|(s, r)| D::Outcome(Outcome::new(s, *closure(r))));
    t.tell(K::CloseDeal, "Won Showroom", deal(DEAL, outcomes.into()));
    let open = deal(DEAL, vec![D::Outcome(Outcome::Open)]);
    t.tell(K::ReopenDeal, "Reopened Showroom", open);
    let won = vec![
        D::Outcome(Outcome::Won(closure("Best fit"))),
        placed(WON, ms(14)),
    ];
    t.tell(K::CloseDeal, "Won Showroom", deal(DEAL, won));
    let merged = vec![S::Deleted(true), S::Successor(Some(LEAD))];
    let mut edits = stage(OLD, merged);
    edits.extend(deal(SECOND, vec![placed(LEAD, ms(15))]));
    t.tell(K::MergeStages, "Merged stage Old into Lead", edits);
    let hues = Hue::ALL.iter().map(|h| S::Hue(*h)).collect();
    t.tell(K::EditStages, "Changed stage Lead", stage(LEAD, hues));
    t.author = None;
    let gone = vec![Edit::Pipeline(OTHER_PIPELINE, PipelineField::Deleted(true))];
    t.tell(K::DeleteStage, "Deleted pipeline Renewals", gone);
    let gone: [EntityRef; 6] = [
        PARENT.into(),
        MANY.into(),
        BOSS.into(),
        PRODUCT.into(),
        SECOND.into(),
        CALL.into(),
    ];
    let edits = gone.map(|e| Edit::deleted(e, true)).into();
    t.tell(K::Delete, "Deleted 6 records", edits);
    let sample = stamp(t.log.len());
    let edits = vec![Edit::Workspace(WORKSPACE, W::Sample(Some(sample)))];
    t.tell(K::LoadSample, "Loaded the sample", edits);
    let edits = vec![
        Edit::Workspace(WORKSPACE, W::Deleted(true)),
        Edit::Workspace(WORKSPACE, W::Name("Us".into())),
    ];
    t.tell(K::EditWorkspace, "Changed the settings", edits);
    let edits = vec![
        Edit::Workspace(WORKSPACE, W::Deleted(false)),
        Edit::Workspace(WORKSPACE, W::Sample(None)),
    ];
    t.tell(K::RemoveSample, "Removed the sample", edits);
    t.log
}
