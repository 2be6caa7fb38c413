//! The real "CRM Sales Opportunities" set, brought in as a person would, where it is at hand.

use super::figures::{Question, figures};
use super::{drop_file, put, put_found};
use chrono::DateTime;
use fairlead::app::import::{Importer, Plan, Setting, Surveyor, source};
use fairlead::app::session::{Moment, Session};
use fairlead::domain::command::Command;
use fairlead::domain::insight::facts::{Facts, Now};
use fairlead::domain::insight::learned::{Learned, Verdict};
use fairlead::domain::insight::period::Period;
use fairlead::domain::insight::select::Selection;
use fairlead::domain::money::Currency;
use fairlead::domain::stamp::Stamp;
use fairlead::domain::world::World;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// 2018-01-02T09:00:00Z: just after the last day in it.
const NOW: i64 = 1_514_883_600_000;

fn say(text: &str) {
    std::io::stderr()
        .write_all(format!("{text}\n").as_bytes())
        .unwrap();
}

fn brought(text: &str) -> Session {
    let moment = Moment {
        now: NOW,
        today: DateTime::from_timestamp_millis(NOW).unwrap().date_naive(),
    };
    let mut session = Session::new(World::default(), Stamp::ZERO, 7);
    let usd = Currency::parse("USD").unwrap();
    session
        .command(
            Command::Setup {
                name: "Maven".into(),
                currency: usd,
            },
            moment,
        )
        .unwrap();
    let setting = Setting {
        now: NOW,
        today: moment.today,
        me: None,
        seed: 42,
        offset: |_| 0,
    };
    let source = source::read("sales_pipeline.csv", text.as_bytes().to_vec()).unwrap();
    let state = &session.world().state;
    let plan = Plan::new(vec![source], state);
    assert_eq!(plan.blockers(), []);
    let mut surveyor = Surveyor::new(&plan, state);
    while !surveyor.step(&plan, state, 1_000) {}
    let survey = surveyor.finish();
    let mut importer = Importer::new(&plan, &survey, state, setting);
    while !importer.step(state, 1_000).finished {}
    let prepared = importer.finish(state);
    session.command(prepared.command(), moment).unwrap();
    session
}

#[test]
fn the_maven_set_is_counted_for_the_oracle() {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/maven");
    let folder = std::env::var_os("FAIRLEAD_MAVEN").map_or_else(beside, PathBuf::from);
    let Ok(text) = std::fs::read_to_string(folder.join("sales_pipeline.csv")) else {
        say("oracle: the real Maven files are not at hand; only the generated log is compared.");
        drop_file("maven.json");
        return;
    };
    let session = brought(&text);
    let world = session.world();
    let pipeline = world.state.pipelines()[0].id;
    let mut stages = String::from("number,name,pipeline,place,kind,rot,probability\n");
    for (place, stage) in world.state.stages(pipeline).iter().enumerate() {
        let rot = stage.rot_days.map_or(String::new(), |d| d.to_string());
        let (name, kind) = (&stage.name, stage.kind.code());
        writeln!(
            stages,
            "{place},{name},0,{place},{kind},{rot},{}",
            stage.probability
        )
        .unwrap();
    }
    let day = |text: &str| text.parse().unwrap();
    let period = Period::new(day("2017-03-01"), day("2017-12-31"));
    let question = Question {
        world,
        pushes: &|_| 0,
        now: Now {
            ms: NOW,
            today: (NOW / 86_400_000) as i32,
        },
        period,
        pipeline,
        currency: Currency::parse("USD").unwrap(),
        quota: 2_000_000_000,
    };
    let found = figures(&question);
    // What is known of it without any program of ours.
    let win = &found["win.all.close.closed"];
    assert_eq!(
        (win["won"].as_u64(), win["lost"].as_u64()),
        (Some(4_238), Some(2_473))
    );
    learns_nothing(world);
    put("maven.stages.csv", &stages);
    put(
        "maven.question.json",
        &serde_json::json!({
            "now": NOW, "today": question.now.today, "from": "2017-03-01", "to": "2017-12-31",
            "currency": "USD", "home": "USD", "quota": question.quota, "data": folder.to_str(),
        })
        .to_string(),
    );
    put_found("maven.json", found);
    say("oracle: the real Maven files were there.");
}

/// Product, account and agent say nothing about winning here: AUC about one half, and a Brier score
/// that is not below that of always saying the win rate.
fn learns_nothing(world: &World) {
    let facts = Facts::over(world, &|_| 0);
    let learned = Learned::of(world, &facts, &Selection::all(&facts)).unwrap();
    let grade = learned.grade.unwrap();
    say(&format!(
        "oracle: learned score on Maven: n {}, AUC {:.4}, Brier {:.4}, base {:.4}, difference {:+.5} ({:+.5} to {:+.5})",
        grade.test.n,
        grade.auc,
        grade.brier,
        grade.brier_base,
        grade.difference,
        grade.difference_interval.low,
        grade.difference_interval.high
    ));
    assert_eq!(learned.model.learned.n, 6_711);
    assert_eq!(grade.verdict(), Verdict::NoBetter);
    assert!((grade.auc - 0.5).abs() < 0.05 && grade.brier >= 0.24);
}
