//! Exports of other systems, as their headings are known.

use super::*;
use fairlead::app::import::{Holds, Target};
use fairlead::domain::activity::ActivityKind;
use fairlead::domain::deal::{BuyingRole, ForecastCategory};

fn targets(plan: &Plan) -> Vec<Target> {
    plan.files[0]
        .columns
        .iter()
        .filter_map(|c| c.target)
        .collect()
}

#[test]
fn pipedrive_deals_keep_stage_and_status_apart() {
    let csv = "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of Value,Deal - Organization,Deal - Pipeline,Deal - Contact person,Deal - Stage,Deal - Label,Deal - Status,Deal - Deal created,Deal - Last stage change,Deal - Won time,Deal - Lost time,Deal - Lost reason,Deal - Expected close date\n\
        11,Fleet,Ann,1200.5,EUR,Acme,Sales,Ada Obi,Proposal made,hot,won,2025-01-02 08:00:00,2025-02-03 09:30:00,2025-03-04 10:00:00,,,2025-03-01\n\
        12,Vans,Ann,900,USD,Acme,Sales,Ada Obi,Proposal made,,lost,2025-01-02 08:00:00,2025-02-03 09:30:00,,2025-02-20 10:00:00,Price,\n";
    let mut session = begun();
    let report = import(&mut session, &[("deals-1.csv", csv)]);
    assert_eq!(report.count(Severity::Error), 0);
    let won = deal(&session, "Fleet");
    assert_eq!(won.outcome.status(), Status::Won);
    assert_eq!(won.outcome.closure().unwrap().on, day("2025-03-04"));
    assert_eq!(won.close, Some(day("2025-03-01")));
    assert_eq!(won.tags, ["hot"]);
    assert_eq!(won.external, "11");
    assert_eq!(won.value.unwrap().currency.to_string(), "EUR");
    let names: Vec<String> = way(&session, won).into_iter().map(|(n, _)| n).collect();
    assert_eq!(names, ["Proposal made", "Post-Sales"]);
    let lost = deal(&session, "Vans");
    assert_eq!(lost.outcome.closure().unwrap().reason, "Price");
    // 09:30 written without a zone is where the person is, an hour east.
    let at = noon("2025-02-03") - 3_600_000 * 5 / 2;
    assert_eq!(way(&session, lost), [("Proposal made".to_owned(), at)]);
    assert_eq!(session.world().state.tables.contacts.iter().count(), 1);
}

#[test]
fn hubspot_dates_rebuild_the_stage_history() {
    let csv = "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,Create Date,Deal probability,Forecast category,Associated Contact,\"Date entered \"\"Appointment Scheduled (Sales Pipeline)\"\"\",\"Date entered \"\"Contract Sent (Sales Pipeline)\"\"\"\n\
        901,Big one,Contract Sent,Sales Pipeline,468.0,2026-06-30 12:00,Ann,2025-11-01 09:00,0.9,Commit,Ada Obi (ada@acme.example);Jan Smit,2025-11-02 10:00,2026-01-05 11:00\n\
        902,Early,Appointment Scheduled,Sales Pipeline,100,2026-07-31 12:00,Ann,2025-12-01 09:00,0.2,Best case,,2025-12-01 10:00,\n";
    let mut session = begun();
    import(&mut session, &[("hubspot-export.csv", csv)]);
    assert_eq!(
        session.world().state.pipelines().len(),
        1,
        "one pipeline in the file goes into the one here"
    );
    let big = deal(&session, "Big one");
    let names: Vec<String> = way(&session, big).into_iter().map(|(n, _)| n).collect();
    assert_eq!(names, ["Appointment Scheduled", "Contract Sent"]);
    assert_eq!(big.probability, Some(90));
    assert_eq!(big.category, Some(ForecastCategory::Commit));
    assert_eq!(big.close, Some(day("2026-06-30")));
    assert_eq!(big.contacts.len(), 2);
    let t = &session.world().state.tables;
    let ada = t.contacts.iter().find(|c| c.name == "Ada Obi").unwrap();
    assert_eq!(ada.emails, ["ada@acme.example"]);
    let appointment = t
        .stages
        .iter()
        .find(|s| s.name == "Appointment Scheduled")
        .unwrap();
    let contract = t.stages.iter().find(|s| s.name == "Contract Sent").unwrap();
    assert!(appointment.rank < contract.rank);
}

#[test]
fn salesforce_names_are_taken_apart() {
    let csv = "Id,Name,StageName,Amount,CloseDate,CreatedDate,LeadSource,NextStep,ForecastCategoryName,IsWon\n\
        006A,Roof,Value Proposition,5000,2026-09-30,2026-01-10T08:00:00.000+0000,Web,Call the architect,BestCase,0\n\
        006B,Wall,Closed Won,700,2026-01-31,2025-12-10T08:00:00.000+0000,Web,,Closed,1\n";
    let mut session = begun();
    let report = import(&mut session, &[("Opportunity.csv", csv)]);
    assert_eq!(report.tally(Holds::Deals).created, 2);
    let roof = deal(&session, "Roof");
    assert_eq!(roof.source, "Web");
    assert_eq!(roof.category, Some(ForecastCategory::BestCase));
    let next: Vec<_> = session.world().state.tables.activities.iter().collect();
    assert_eq!(
        (next.len(), next[0].subject.as_str(), next[0].deal),
        (1, "Call the architect", Some(roof.id))
    );
    assert_eq!(
        deal(&session, "Wall").outcome.closure().unwrap().on,
        day("2026-01-31")
    );
}

#[test]
fn a_status_without_a_stage_is_the_stage() {
    let csv = "id,lead_name,note,status_label,value,confidence,date_won,date_created,user_name\n\
        oppo_1,Acme,,Active,1000,50,,2025-10-01,Ann\noppo_2,Beta,,Won,2000,100,2025-12-01,2025-10-01,Ann\n";
    let mut session = begun();
    import(&mut session, &[("Close opportunities.csv", csv)]);
    assert_eq!(deal(&session, "Acme").probability, Some(50));
    assert_eq!(deal(&session, "Beta").outcome.status(), Status::Won);
}

#[test]
fn contacts_are_told_apart_by_where_they_work() {
    let contacts = "first_name,last_name,title,company,email_work,phone_work,background\n\
        Ada,Obi,CTO,Acme,ada@acme.example,+44 1,Met at a fair\nAda,Obi,Buyer,Beta,ada@beta.example,,\n,,,Acme,,,\n";
    let deals = "Title,Stage,Organisation,Contacts\nOne,Proposal,Beta,Ada Obi (Champion)\nTwo,Proposal,Acme,Ada Obi\n";
    let mut session = begun();
    let report = import(
        &mut session,
        &[("deals.csv", deals), ("contacts.csv", contacts)],
    );
    assert_eq!(report.tally(Holds::Contacts).created, 2);
    assert_eq!(group(&report, "No name").items[0].line, Some(4));
    let link = |title| deal(&session, title).contacts[0].clone();
    let t = &session.world().state.tables;
    let title = |link: &fairlead::domain::deal::DealContact| {
        t.contacts.get(link.contact).unwrap().title.clone()
    };
    assert_eq!(
        (title(&link("One")), link("One").role),
        ("Buyer".into(), BuyingRole::Champion)
    );
    assert_eq!(
        (title(&link("Two")), link("Two").role),
        ("CTO".into(), BuyingRole::Unknown)
    );
    let again = prepare(
        &session,
        &plan_of(
            &session,
            &[("deals.csv", deals), ("contacts.csv", contacts)],
        ),
        10,
    );
    assert_eq!(
        (
            again.report.tally(Holds::Contacts).created,
            again.report.tally(Holds::Contacts).updated
        ),
        (0, 0)
    );
    // The deals have no id, so they come again, and that is said.
    assert_eq!(
        group(&again.report, "A deal of this name is here already").count,
        2
    );
}

#[test]
fn activities_find_their_deals() {
    let deals = "Id,Title,Stage\n1,Roof,Proposal\n2,Wall,Proposal\n3,Wall,Proposal\n";
    let activities = "Activity - Subject,Activity - Type,Activity - Due date,Activity - Due time,Activity - Done,Activity - Deal,Activity - Note\n\
        Call Ada,Call,2026-04-01,09:30,To do,Roof,\nSent offer,Email,2026-02-01,,Done,1,with plan\nWhich,Task,2026-04-02,,To do,Wall,\nLost,Sauna,,,,Nowhere,\n";
    let mut session = begun();
    let files = [("activities.csv", activities), ("deals.csv", deals)];
    let report = import(&mut session, &files);
    assert_eq!(report.tally(Holds::Activities).created, 4);
    let t = &session.world().state.tables;
    let find = |subject: &str| t.activities.iter().find(|a| a.subject == subject).unwrap();
    let roof = deal(&session, "Roof").id;
    let call = find("Call Ada");
    assert_eq!(
        (call.kind, call.deal, call.due_minute),
        (ActivityKind::Call, Some(roof), Some(570))
    );
    let offer = find("Sent offer");
    assert_eq!(
        (offer.deal, offer.done, offer.body.as_str()),
        (Some(roof), Some(noon("2026-02-01")), "with plan")
    );
    assert_eq!(find("Which").deal, None);
    assert_eq!(
        group(&report, "Several deals have this name; not linked").items[0].line,
        Some(4)
    );
    assert_eq!(
        group(
            &report,
            "Type of activity: word not known; taken for a task"
        )
        .items[0]
            .value,
        "Sauna"
    );
    assert_eq!(
        group(&report, "Deal: word not known; not linked").items[0].value,
        "Nowhere"
    );
    let again = prepare(&session, &plan_of(&session, &files), 10);
    assert!(again.edits.is_empty());
}

#[test]
fn kinds_of_files_are_told_by_their_headings() {
    let session = begun();
    for (name, heading, holds) in [
        (
            "a.csv",
            "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
            Holds::Organisations,
        ),
        ("b.csv", "product,series,sales_price", Holds::Products),
        (
            "c.csv",
            "sales_agent,manager,regional_office",
            Holds::People,
        ),
        (
            "d.csv",
            "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
            Holds::Deals,
        ),
        (
            "e.csv",
            "Person - Name*,Person - Email (Work),Person - Phone,Person - Organization",
            Holds::Contacts,
        ),
        (
            "f.csv",
            "Activity - Subject*,Activity - Due date,Activity - Type,Activity - Done",
            Holds::Activities,
        ),
        (
            "g.csv",
            "Id,Name,Amount / Amount,Amount / Currency,Close date,Stage,Point of Contact Id,Company Id",
            Holds::Deals,
        ),
        ("h.csv", "when,what,why", Holds::Nothing),
    ] {
        let row = vec!["1"; heading.split(',').count()].join(",");
        let plan = plan_of(&session, &[(name, &format!("{heading}\n{row}\n"))]);
        assert_eq!(plan.files[0].holds, holds, "{heading}");
        let columns = targets(&plan).len();
        assert!(
            holds == Holds::Nothing || columns >= 3,
            "{heading}: {:?}",
            targets(&plan)
        );
    }
}

#[test]
fn what_is_closed_in_the_future_is_refused_as_a_form_does() {
    let mut session = begun();
    let text = "Titel,Betrag,Phase,Status,Closed on,Notizbuch\nKran,100,Proposal,Lost,2031-12-01,x\nLift,200,Proposal,Lost,2025-12-01,y\n";
    let plan = plan_of(&session, &[("deals.csv", text)]);
    assert_eq!(plan.files[0].left_out(), ["Notizbuch"]);
    let report = import(&mut session, &[("deals.csv", text)]);
    let wrong = group(&report, "Closed in the future");
    assert_eq!((wrong.severity, wrong.count), (Severity::Error, 1));
    assert_eq!(
        (wrong.items[0].line, wrong.items[0].column),
        (Some(2), Some(4))
    );
    assert_eq!(report.tally(Holds::Deals).skipped, 1);
    let lift = deal(&session, "Lift");
    assert_eq!(lift.value.map(|v| v.minor), Some(20_000));
    assert_eq!(
        lift.outcome.closure().map(|c| c.on),
        Some(day("2025-12-01"))
    );
    // A close date may still be the expected one.
    let text = "Title,Stage,Status,Close date\nRoof,Proposal,Lost,2031-12-01\n";
    let report = import(&mut session, &[("deals.csv", text)]);
    assert_eq!(report.tally(Holds::Deals).skipped, 0);
    let roof = deal(&session, "Roof");
    assert_eq!(roof.outcome.closure().map(|c| c.on), Some(today()));
}
