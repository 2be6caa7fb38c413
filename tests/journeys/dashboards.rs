//! Dashboards: made, arranged, changed, taken back, kept over a reload.

use crate::desk::Desk;
use fairlead::app::dashboard::{Preset, blank, draft};
use fairlead::domain::command::insight::{InsightCommand, RateDraft, TileDraft};
use fairlead::domain::command::{Command, Refusal};
use fairlead::domain::dashboard::{Dashboard, dashboards};
use fairlead::domain::ids::{DashboardId, TileId};
use fairlead::domain::insight::exchange::Exchange;
use fairlead::domain::insight::past::Rewind;
use fairlead::domain::money::Currency;
use fairlead::domain::workspace::WorkspaceField;
use proptest::prelude::*;

fn run(desk: &mut Desk, command: InsightCommand) -> DashboardId {
    DashboardId(desk.run(Command::Insight(command)).unwrap().id)
}

fn board(desk: &Desk, id: DashboardId) -> &Dashboard {
    desk.session
        .world()
        .state
        .tables
        .dashboards
        .get(id)
        .unwrap()
}

/// The tiles in order, by what they show.
fn shown(desk: &Desk, id: DashboardId) -> Vec<String> {
    let tiles = board(desk, id).in_order();
    tiles.into_iter().map(|(_, t)| t.metric.clone()).collect()
}

fn tile(desk: &Desk, id: DashboardId, at: usize) -> TileId {
    board(desk, id).in_order()[at].0
}

fn of(metric: &str) -> TileDraft {
    TileDraft {
        metric: metric.into(),
        ..blank()
    }
}

fn with_tiles(desk: &mut Desk, metrics: &[&str]) -> DashboardId {
    run(
        desk,
        InsightCommand::AddDashboard {
            name: "Mine".into(),
            preset: String::new(),
            period: "this_month".into(),
            tiles: metrics.iter().map(|m| of(m)).collect(),
        },
    )
}

#[test]
fn a_preset_is_a_dashboard_like_any_other() {
    let mut desk = Desk::new();
    let mut ids = Vec::new();
    for preset in Preset::ALL {
        let id = run(&mut desk, preset.command(None));
        assert_eq!(shown(&desk, id).len(), preset.tiles(None).len());
        let in_order = board(&desk, id).in_order();
        let drafts: Vec<TileDraft> = in_order.iter().map(|(_, tile)| draft(tile)).collect();
        assert_eq!(drafts, preset.tiles(None));
        ids.push(id);
    }
    let all = dashboards(&desk.session.world().state);
    let order: Vec<DashboardId> = all.iter().map(|d| d.id).collect();
    assert_eq!(order, ids, "new ones come after the others");
    let again = desk.reopened(9);
    let state = &again.session.world().state;
    assert_eq!(dashboards(state).len(), Preset::ALL.len());
    assert_eq!(shown(&again, ids[0]), shown(&desk, ids[0]));
}

#[test]
fn tiles_are_put_changed_moved_copied_and_taken_off() {
    let mut desk = Desk::new();
    let id = with_tiles(&mut desk, &["open", "won", "lost"]);
    let first = tile(&desk, id, 0);
    let place = |tile, index| Command::Insight(InsightCommand::PlaceTile { id, tile, index });
    desk.run(place(first, 2));
    assert_eq!(shown(&desk, id), ["won", "lost", "open"]);
    desk.run(place(first, 1));
    assert_eq!(shown(&desk, id), ["won", "open", "lost"]);
    assert_eq!(desk.refused(place(first, 1)), Refusal::Nothing);
    let wide = TileDraft {
        width: 12,
        height: 3,
        ..of("open")
    };
    desk.run(Command::Insight(InsightCommand::SaveTile {
        id,
        tile: Some(first),
        draft: Box::new(wide.clone()),
    }));
    assert_eq!(draft(board(&desk, id).tiles.get(first).unwrap()), wide);
    desk.run(Command::Insight(InsightCommand::DuplicateTile {
        id,
        tile: first,
    }));
    assert_eq!(shown(&desk, id), ["won", "open", "open", "lost"]);
    desk.run(Command::Insight(InsightCommand::RemoveTile {
        id,
        tile: first,
    }));
    assert_eq!(shown(&desk, id), ["won", "open", "lost"]);
    let gone = desk.refused(Command::Insight(InsightCommand::RemoveTile {
        id,
        tile: first,
    }));
    assert_eq!(gone, Refusal::Gone("The tile"));
    let copy = run(&mut desk, InsightCommand::DuplicateDashboard { id });
    assert_eq!(board(&desk, copy).name, "Mine, copy");
    assert_eq!(shown(&desk, copy), shown(&desk, id));
    desk.run(Command::Insight(InsightCommand::DeleteDashboard { id }));
    let left: Vec<_> = dashboards(&desk.session.world().state)
        .iter()
        .map(|d| d.id)
        .collect();
    assert_eq!(left, [copy]);
}

#[test]
fn undo_takes_each_step_back() {
    let mut desk = Desk::new();
    let id = with_tiles(&mut desk, &["open", "won", "lost"]);
    let before = board(&desk, id).clone();
    let tile = tile(&desk, id, 2);
    for command in [
        InsightCommand::PlaceTile { id, tile, index: 0 },
        InsightCommand::RemoveTile { id, tile },
        InsightCommand::DuplicateTile { id, tile },
        InsightCommand::EditDashboard {
            id,
            name: "Other".into(),
            period: "all".into(),
        },
    ] {
        desk.run(Command::Insight(command));
        assert_ne!(board(&desk, id), &before);
        desk.undo();
        assert_eq!(board(&desk, id), &before);
    }
}

#[test]
fn what_cannot_be_is_refused_at_its_field() {
    let mut desk = Desk::new();
    let id = with_tiles(&mut desk, &["open"]);
    let save = |draft: TileDraft| {
        Command::Insight(InsightCommand::SaveTile {
            id,
            tile: None,
            draft: Box::new(draft),
        })
    };
    for (field, draft) in [
        ("metric", of(" ")),
        (
            "view",
            TileDraft {
                view: "hologram".into(),
                ..of("open")
            },
        ),
        (
            "width",
            TileDraft {
                width: 5,
                ..of("open")
            },
        ),
        (
            "height",
            TileDraft {
                height: 0,
                ..of("open")
            },
        ),
        (
            "title",
            TileDraft {
                title: "x".repeat(301),
                ..of("open")
            },
        ),
    ] {
        match desk.refused(save(draft)) {
            Refusal::Field { field: found, .. } => assert_eq!(found, field),
            other => panic!("{other}"),
        }
    }
    for _ in 1..60 {
        desk.run(save(of("won")));
    }
    assert!(matches!(
        desk.refused(save(of("won"))),
        Refusal::Impossible(_)
    ));
    let nameless = InsightCommand::EditDashboard {
        id,
        name: "  ".into(),
        period: String::new(),
    };
    assert!(matches!(
        desk.refused(Command::Insight(nameless)),
        Refusal::Field { field: "name", .. }
    ));
}

#[test]
fn two_people_who_change_different_tiles_both_keep_what_they_did() {
    let mut ada = Desk::new();
    let id = with_tiles(&mut ada, &["open", "won"]);
    let mut ben = ada.reopened(77);
    let (first, second) = (tile(&ada, id, 0), tile(&ada, id, 1));
    let titled = |title: &str, metric: &str| TileDraft {
        title: title.into(),
        ..of(metric)
    };
    let save = |tile, draft| {
        Command::Insight(InsightCommand::SaveTile {
            id,
            tile: Some(tile),
            draft: Box::new(draft),
        })
    };
    ada.run(save(first, titled("Mine", "open")));
    ben.run(save(second, titled("Yours", "won")));
    let theirs = ben.log.last().unwrap().clone();
    ada.hear(&[theirs]);
    let titles: Vec<String> = board(&ada, id)
        .in_order()
        .into_iter()
        .map(|(_, t)| t.title.clone())
        .collect();
    assert_eq!(titles, ["Mine", "Yours"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is moved, copied and taken off, the tiles stand as in a list treated alike, and
    /// ranks never stand still on one another.
    #[test]
    fn tiles_stand_as_in_a_list(steps in prop::collection::vec((0..4_u8, 0..12_usize, 0..12_usize), 1..40)) {
        let mut desk = Desk::new();
        let id = with_tiles(&mut desk, &["a", "b", "c"]);
        let mut model: Vec<String> = ["a", "b", "c"].map(String::from).into();
        for (n, (kind, at, to)) in steps.into_iter().enumerate() {
            if model.is_empty() || (kind == 3 && model.len() < 12) {
                let name = format!("n{n}");
                desk.run(Command::Insight(InsightCommand::SaveTile {
                    id,
                    tile: None,
                    draft: Box::new(of(&name)),
                }));
                model.push(name);
                continue;
            }
            let at = at % model.len();
            let tile = tile(&desk, id, at);
            match kind {
                0 => {
                    let to = to % model.len();
                    let command = Command::Insight(InsightCommand::PlaceTile { id, tile, index: to });
                    if to == at {
                        desk.refused(command);
                    } else {
                        desk.run(command);
                    }
                    let moved = model.remove(at);
                    model.insert(to, moved);
                }
                1 if model.len() < 12 => {
                    desk.run(Command::Insight(InsightCommand::DuplicateTile { id, tile }));
                    let copy = model[at].clone();
                    model.insert(at + 1, copy);
                }
                _ => {
                    desk.run(Command::Insight(InsightCommand::RemoveTile { id, tile }));
                    model.remove(at);
                }
            }
            prop_assert_eq!(&shown(&desk, id), &model);
            let ranks: Vec<_> = board(&desk, id).in_order().into_iter().map(|(_, t)| t.rank.clone()).collect();
            prop_assert!(ranks.windows(2).all(|w| w[0] < w[1]));
        }
    }
}

#[test]
fn who_looks_back_has_the_dashboards_and_the_rates_of_today() {
    let mut desk = Desk::new();
    let then = desk.now;
    desk.now += 10 * super::desk::DAY;
    let id = with_tiles(&mut desk, &["won", "open"]);
    with_tiles(&mut desk, &["lost"]);
    desk.undo();
    let dollar = Currency::parse("USD").unwrap();
    desk.run(Command::Insight(InsightCommand::SaveRate {
        id: None,
        draft: Box::new(RateDraft {
            of: dollar,
            to: Currency::EUR,
            note: String::new(),
            on: None,
            worth: 900_000,
        }),
    }));
    let reporting = WorkspaceField::Reporting(Some(Currency::EUR));
    desk.run(Command::EditWorkspace(vec![reporting]));
    let looked = Rewind::new(desk.log.clone(), then).with_means_of_today();
    let (past, log) = looked.finish();
    let all = dashboards(&past.state);
    assert_eq!(all.iter().map(|d| d.id).collect::<Vec<_>>(), [id]);
    assert_eq!(all[0].in_order().len(), 2);
    assert_eq!(
        Exchange::read(&past.state),
        Exchange::read(&desk.world().state)
    );
    // The history of that day does not tell of them.
    assert!(log.iter().all(|change| change.stamp.ms() <= then));
    let plain = Rewind::new(desk.log.clone(), then).finish().0;
    assert!(dashboards(&plain.state).is_empty());
}
