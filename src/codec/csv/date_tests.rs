use super::*;

fn day_first(text: &str) -> Result<String, String> {
    parse_date(text, DateOrder::DayFirst).map(|date| date.to_string())
}

fn month_first(text: &str) -> Result<String, String> {
    parse_date(text, DateOrder::MonthFirst).map(|date| date.to_string())
}

#[test]
fn forms_that_read_alike_in_any_order() {
    for text in [
        "2024-01-12",
        "2024/1/12",
        "2024.01.12",
        "20240112",
        "12.1.2024",
        "12.01.24",
        " 12.1.2024 ",
        "12 Jan 2024",
        "Jan 12, 2024",
        "January 12 2024",
        "12-Jan-24",
        "Fri, 12 Jan 2024",
        "Friday, January 12th, 2024",
        "2024-Jan-12",
        "12 january, 2024",
        "Jan 12 '24",
        "2024-01-12 09:30",
        "2024-01-12T09:30:15Z",
        "12 Jan 2024 5:30 PM",
        "Jan 12, 2024, 5:30 pm",
        "Jan 12, 2024 at 17:30",
        "Fri Jan 12 2024 10:00:00 GMT+0100 (CET)",
        "2024-01-12 00:00:00.0",
    ] {
        assert_eq!(day_first(text), Ok("2024-01-12".into()), "{text}");
        assert_eq!(month_first(text), Ok("2024-01-12".into()), "{text}");
    }
}

#[test]
fn slashes_and_hyphens_follow_the_order() {
    assert_eq!(day_first("3/4/2024"), Ok("2024-04-03".into()));
    assert_eq!(month_first("3/4/2024"), Ok("2024-03-04".into()));
    assert_eq!(month_first("03-04-24 10:00"), Ok("2024-03-04".into()));
    assert_eq!(day_first("31/12/1999"), Ok("1999-12-31".into()));
    assert_eq!(day_first("1/1/68"), Ok("2068-01-01".into()));
    assert_eq!(day_first("1/1/69"), Ok("1969-01-01".into()));
}

#[test]
fn reasons_name_the_cell_and_the_fault() {
    assert_eq!(
        day_first("").unwrap_err(),
        "The cell is blank; a date is needed."
    );
    assert_eq!(day_first("soon").unwrap_err(), "“soon” is not a date.");
    assert_eq!(
        day_first("31/02/2024").unwrap_err(),
        "“31/02/2024” is not a date: February 2024 has no day 31."
    );
    assert_eq!(
        month_first("13/01/2024").unwrap_err(),
        "“13/01/2024” is not a date: there is no month 13."
    );
    assert_eq!(
        day_first("0204-01-01").unwrap_err(),
        "“0204-01-01” is not a date: the year 204 is not between 1900 and 2199."
    );
    assert_eq!(
        day_first("2024-01-01 25:00").unwrap_err(),
        "“2024-01-01 25:00” has no valid time of day."
    );
}

#[test]
fn what_is_no_date() {
    for text in [
        "2024",
        "2024-01",
        "12",
        "45292",
        "1/2",
        "1/2/3/4",
        "1-2/2024",
        "2024-1-123",
        "Jan 2024",
        "12 Jan Feb 2024",
        "12 Jam 2024",
        "00/00/2024",
        "2024-13-01",
        "2023-02-29",
        "9:30",
        "12:30:45",
        "1/1/024",
        "+1/2/2024",
        "٣/٣/2024",
        "2024-01-01 13:00 PM",
        "2024-01-01 1:2:3:4",
        "2024-01-01 10:00 +99:00",
        "2024-01-01 10:00 XYZ",
        "hello: world",
        ":",
        "é:1",
    ] {
        assert!(day_first(text).is_err(), "{text}");
    }
    assert!(day_first(&"1".repeat(100)).is_err());
}

#[test]
fn moments_keep_time_and_offset() {
    let moment = |text: &str| {
        let moment = parse_moment(text, DateOrder::DayFirst).unwrap();
        (
            moment.time.map(|time| time.to_string()),
            moment.offset_minutes,
        )
    };
    let at = |time: &str| Some(time.to_owned());
    assert_eq!(moment("2024-01-12"), (None, None));
    assert_eq!(moment("2024-01-12 09:30"), (at("09:30:00"), None));
    assert_eq!(
        moment("2024-01-12T09:30:15.250Z"),
        (at("09:30:15"), Some(0))
    );
    assert_eq!(
        moment("2024-01-12T09:30:15+05:30"),
        (at("09:30:15"), Some(330))
    );
    assert_eq!(moment("2024-01-12 9:30 UTC"), (at("09:30:00"), Some(0)));
    assert_eq!(moment("1/2/2024 12:05 AM"), (at("00:05:00"), None));
    assert_eq!(moment("1/2/2024 12:05PM"), (at("12:05:00"), None));
    assert_eq!(
        moment("2024-01-12 09:30 -0330"),
        (at("09:30:00"), Some(-210))
    );
}

#[test]
fn excel_serials() {
    let read = |text: &str| parse_moment(text, DateOrder::ExcelSerial);
    let date = |text: &str| read(text).map(|moment| moment.date.to_string());
    assert_eq!(date("25569"), Ok("1970-01-01".into()));
    assert_eq!(date("45292"), Ok("2024-01-01".into()));
    assert_eq!(date("20000"), Ok("1954-10-03".into()));
    assert_eq!(date("60000"), Ok("2064-04-08".into()));
    let noon = read("45292.5").unwrap();
    assert_eq!(
        noon.time.map(|time| time.to_string()),
        Some("12:00:00".into())
    );
    let last = read("45292.999999999").unwrap();
    assert_eq!(
        (last.date.to_string(), last.time),
        ("2024-01-02".into(), Some(NaiveTime::MIN))
    );
    for text in ["19999", "60001", "2024-01-01", "45292.5.5", "-45292", "."] {
        assert!(read(text).is_err(), "{text}");
    }
}

#[test]
fn the_order_of_a_column_is_told() {
    let guess = |samples: &[&'static str]| guess_date_order(samples.iter().copied());
    assert_eq!(
        guess(&["2024-01-12", "", "12 May 2024"]),
        DateGuess::AnyOrder
    );
    assert_eq!(guess(&["3/3/2024"]), DateGuess::AnyOrder);
    assert_eq!(guess(&["3/4/2024", "5/6/2024"]), DateGuess::Ambiguous);
    assert_eq!(
        guess(&["3/4/2024", "13/4/2024"]),
        DateGuess::Clear(DateOrder::DayFirst)
    );
    assert_eq!(
        guess(&["3/4/2024", "4/13/2024"]),
        DateGuess::Clear(DateOrder::MonthFirst)
    );
    assert_eq!(
        guess(&["45292", "45293.5", " "]),
        DateGuess::Clear(DateOrder::ExcelSerial)
    );
    assert_eq!(guess(&["45292", "1000"]), DateGuess::NotDates);
    assert_eq!(guess(&["45292", "2024-01-01"]), DateGuess::AnyOrder);
    assert_eq!(
        guess(&["Acme", "Initrode", "1/2/2024"]),
        DateGuess::NotDates
    );
    assert_eq!(guess(&["", " "]), DateGuess::NotDates);
    let (day_first, month_first) = ("13/1/2024".to_owned(), "1/13/2024".to_owned());
    let conflict = DateGuess::Conflict {
        day_first,
        month_first,
    };
    assert_eq!(guess(&["13/1/2024", "1/13/2024"]), conflict);
}
