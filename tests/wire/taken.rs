//! Files that another program has touched and that are still whole.

use super::{EXPORTED, V1, V2, read, state_of};
use fairlead::codec::{export, wire};

#[test]
fn other_line_ends_a_byte_order_mark_and_blank_lines_do_no_harm() {
    for file in [V1, &V2] {
        let plain = read(file).unwrap();
        for text in [
            file.replace('\n', "\r\n"),
            file.replace('\n', "\r"),
            format!("\u{feff}{file}"),
            format!("\u{feff}{}", file.replace('\n', "\r\n")),
            file.replace('\n', "\n\n  \n"),
            file.trim_end().to_owned(),
            format!("{file}\n\n"),
            file.replace("},\n", "} ,\n"),
        ] {
            assert_eq!(read(&text), Ok(plain.clone()));
        }
    }
}

#[test]
fn a_file_laid_out_anew_is_read_all_the_same() {
    for file in [V1, &V2] {
        let tree: serde_json::Value = serde_json::from_str(file).unwrap();
        let plain = read(file).unwrap();
        let exported = export::write(EXPORTED, &plain);
        for text in [
            serde_json::to_string_pretty(&tree).unwrap(),
            // Without a line break, and with the names in another order.
            serde_json::to_string(&tree).unwrap(),
            format!("\n\n{}", serde_json::to_string_pretty(&tree).unwrap()),
            file.replace('\n', " "),
        ] {
            let again = read(&text).unwrap();
            assert_eq!(state_of(&again), state_of(&plain));
            // Exported anew it is the same file, also when the other program has sorted the
            // names.
            assert!(export::write(EXPORTED, &again) == exported);
        }
    }
}

#[test]
fn records_in_any_order_and_twice_give_the_same_data() {
    let lines: Vec<&str> = V1.lines().collect();
    let records: Vec<&str> = lines[1..lines.len() - 1]
        .iter()
        .map(|l| l.strip_suffix(',').unwrap_or(l))
        .collect();
    let mixed = records.iter().rev().chain(&records).copied();
    let again = read(&export::lines("now", mixed)).unwrap();
    let plain = read(V1).unwrap();
    assert_eq!(again.len(), plain.len());
    assert_eq!(state_of(&again), state_of(&plain));
}

#[test]
fn an_export_of_nothing_is_read_as_nothing() {
    let file = export::write("2026-11-23T12:00:00Z", &[]);
    assert_eq!(read(&file), Ok(Vec::new()));
    let tree: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(tree["changes"], serde_json::json!([]));
}

#[test]
fn the_time_of_export_cannot_break_the_first_line() {
    let file = export::write("\"],\\\n{", &[]);
    assert_eq!(file.lines().count(), 3, "{file}");
    assert_eq!(read(&file), Ok(Vec::new()));
}

#[test]
fn records_that_cannot_be_read_are_kept_beside_the_others_and_do_no_harm() {
    let bad = ["{\"v\":1,\"at\"".to_owned(), "\u{0}\n“]}".to_owned()];
    let plain = V1.split_once('\n').unwrap().1;
    let file = export::header_with("2026-11-23T12:00:00Z", &bad) + plain;
    assert_eq!(read(&file), read(V1));
    let tree: serde_json::Value = serde_json::from_str(&file).unwrap();
    assert_eq!(tree["unreadable"], serde_json::json!(bad));
    assert_eq!(
        read(&serde_json::to_string_pretty(&tree).unwrap()),
        read(V1)
    );
}

#[test]
fn what_goes_into_the_log_is_what_the_program_would_have_written() {
    for (version, file) in [(1, V1), (2, &V2)] {
        let tree: serde_json::Value = serde_json::from_str(file).unwrap();
        let plain = read(file).unwrap();
        let written: Vec<wire::Written> = plain.iter().flat_map(wire::encode).collect();
        for text in [
            file.to_owned(),
            file.replace('\n', "\r\n"),
            file.replace(
                &format!("{{\"v\":{version},"),
                &format!("{{ \"v\" : {version},"),
            ),
            serde_json::to_string_pretty(&tree).unwrap(),
        ] {
            let mut reading = export::Reading::begin(text.into_bytes()).unwrap().for_log();
            while !reading.step(1_000).unwrap().finished {}
            let (parts, records) = reading.finish_for_log().unwrap();
            let read_back = |w: &wire::Written| wire::decode(&w.json).unwrap().change;
            assert!(parts == written.iter().map(read_back).collect::<Vec<_>>());
            assert!(records == written);
        }
        // An older page beside this one stops at whatever is written, and misreads nothing:
        // the lines of an earlier version are not taken as they are.
        assert!(written.iter().all(|w| {
            w.json
                .starts_with(&format!("{{\"v\":{},\"at\":", wire::VERSION))
        }));
    }
}

/// A line that says 1 and has words of version 2 in it is read, and no page that knows only
/// version 1 will ever have to.
#[test]
fn later_words_in_a_line_of_version_1_go_into_the_log_as_version_2() {
    let text = V2.replace("\n{\"v\":2,", "\n{\"v\":1,");
    let mut reading = export::Reading::begin(text.into_bytes()).unwrap().for_log();
    while !reading.step(1 << 20).unwrap().finished {}
    let (parts, records) = reading.finish_for_log().unwrap();
    let whole = read(&V2).unwrap();
    let written = whole.iter().flat_map(wire::encode);
    let read_back = |w: wire::Written| wire::decode(&w.json).unwrap().change;
    assert!(parts == written.map(read_back).collect::<Vec<_>>());
    let lines: Vec<&str> = records.iter().map(|record| record.json.as_str()).collect();
    assert!(export::lines(EXPORTED, lines.into_iter()) == *V2);
}

#[test]
fn progress_grows_to_the_whole_whatever_the_layout() {
    let tree: serde_json::Value = serde_json::from_str(V1).unwrap();
    for text in [V1.to_owned(), serde_json::to_string_pretty(&tree).unwrap()] {
        let mut reading = export::Reading::begin(text.clone().into_bytes()).unwrap();
        let mut steps = Vec::new();
        loop {
            let progress = reading.step(2_000).unwrap();
            assert_eq!(progress.total, text.len());
            steps.push(progress.done);
            if progress.finished {
                break;
            }
        }
        // One record is longer than a step, and is read as a whole.
        assert!(steps.len() > 3, "{steps:?}");
        assert!(steps.windows(2).all(|w| w[0] <= w[1]), "{steps:?}");
        assert!(*steps.last().unwrap() > text.len() - 10, "{steps:?}");
        assert_eq!(reading.finish().unwrap().len(), 22);
    }
}
