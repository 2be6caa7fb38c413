//! What the sample's deals are about: products, titles, reasons, steps and notes.
//!
//! The seller of the sample makes sensors and software that watch the energy use and the
//! machines of buildings and plants. All names are invented.

/// Something the sample's seller offers.
#[derive(Clone, Copy, Debug)]
pub struct SampleProduct {
    /// Its name.
    pub name: &'static str,
    /// The line it belongs to.
    pub series: &'static str,
    /// List price of one in cents.
    pub price: i64,
    /// How many a deal commonly has: from, to.
    pub quantity: (u32, u32),
}

/// The catalogue.
#[rustfmt::skip]
pub const PRODUCTS: [SampleProduct; 8] = [
    product("Tide sensor kit", "Tide", 48_000, (8, 60)),
    product("Tide gateway", "Tide", 129_000, (1, 10)),
    product("Beacon licence, one year", "Beacon", 18_000, (10, 150)),
    product("Beacon for groups, one year", "Beacon", 960_000, (1, 3)),
    product("Installation, per day", "Services", 98_000, (2, 15)),
    product("Training day", "Services", 145_000, (1, 4)),
    product("Energy audit", "Services", 620_000, (1, 2)),
    product("Priority support, one year", "Services", 240_000, (1, 3)),
];

const fn product(
    name: &'static str,
    series: &'static str,
    price: i64,
    quantity: (u32, u32),
) -> SampleProduct {
    SampleProduct {
        name,
        series,
        price,
        quantity,
    }
}

/// Titles of deals; whose deal it is stands beside them anyway. `{product}` is to be
/// replaced.
pub const TITLES: [&str; 12] = [
    "{product}",
    "{product}",
    "Pilot line",
    "Second site",
    "Rollout to all sites",
    "Cold store monitoring",
    "Compressed air savings",
    "Energy report",
    "New meters",
    "Machine health",
    "Renewal and upgrade",
    "Boiler house",
];

/// A reason with how often it is given and what people write beside it.
#[derive(Clone, Copy, Debug)]
pub struct SampleReason {
    /// The reason, as in the workspace's list.
    pub reason: &'static str,
    /// How likely it is, against the others' figures.
    pub share: u32,
    /// Notes that fit it.
    pub notes: &'static [&'static str],
}

const fn reason(reason: &'static str, share: u32, notes: &'static [&'static str]) -> SampleReason {
    SampleReason {
        reason,
        share,
        notes,
    }
}

/// The one of [`LOST_REASONS`] that names a competitor.
pub const LOST_TO_COMPETITOR: &str = "Competitor";

/// Why deals are lost.
pub const LOST_REASONS: [SampleReason; 7] = [
    reason(
        "Price",
        22,
        &[
            "Our offer was a fifth above the next one and they saw no difference.",
            "The payback of four years was too long for their board.",
        ],
    ),
    reason(
        "No budget",
        16,
        &[
            "The budget went to a new packing line.",
            "Spending was frozen for the rest of the year.",
        ],
    ),
    reason(
        "No decision",
        24,
        &[
            "No one was willing to own the project after the reorganisation.",
            "They stay with the spreadsheet for another year.",
        ],
    ),
    reason(
        LOST_TO_COMPETITOR,
        18,
        &[
            "The other supplier already had its cabinets on site.",
            "They wanted one supplier for meters and software.",
        ],
    ),
    reason(
        "Timing",
        10,
        &[
            "The move to the new hall comes first; asked to call next spring.",
            "The audit they needed it for was put off.",
        ],
    ),
    reason(
        "Missing feature",
        6,
        &[
            "Steam metering was a must, and we do not have it.",
            "They needed it to run without any connection to the outside.",
        ],
    ),
    reason(
        "No contact",
        4,
        &[
            "No answer since the second call.",
            "Our contact left and no one took over.",
        ],
    ),
];

/// Why deals are won.
pub const WON_REASONS: [SampleReason; 5] = [
    reason(
        "Best fit",
        34,
        &[
            "The pilot found a leak in the first week.",
            "We were the only ones to cover cold stores and compressors together.",
        ],
    ),
    reason(
        "Price",
        12,
        &[
            "The lowest cost over three years.",
            "The price by site suited their budget.",
        ],
    ),
    reason(
        "Trust",
        24,
        &[
            "A reference visit convinced the plant manager.",
            "They liked that we said no to half of the wish list.",
        ],
    ),
    reason(
        "Speed",
        12,
        &[
            "We could install before the audit.",
            "From first call to order in six weeks.",
        ],
    ),
    reason(
        "Existing customer",
        18,
        &[
            "The second site follows the first.",
            "They were glad to add it to the running contract.",
        ],
    ),
];

/// Who else sells such things.
pub const COMPETITORS: [&str; 5] = [
    "Wattline",
    "Meterhaus",
    "Clearload",
    "Ampère & Fils",
    "GridScout",
];

/// Where deals come from, with how likely each is and by how many percentage points its win
/// rate differs.
pub const SOURCES: [(&str, u32, i32); 6] = [
    ("Referral", 20, 12),
    ("Website", 24, -4),
    ("Outbound", 22, -9),
    ("Event", 12, -2),
    ("Partner", 10, 5),
    ("Existing customer", 12, 15),
];

/// What is said about deals in one stage.
#[derive(Clone, Copy, Debug)]
pub struct StageWords {
    /// The stage, as a new pipeline names it.
    pub stage: &'static str,
    /// Things to do next.
    pub next_steps: &'static [&'static str],
    /// Notes of what was learnt.
    pub notes: &'static [&'static str],
}

/// One entry for each stage of a new pipeline, in its order.
pub const STAGES: [StageWords; 7] = [
    StageWords {
        stage: "Prospecting",
        next_steps: &[
            "Find out who runs maintenance",
            "Send the cold store case study",
            "Call again after their stocktaking",
            "Ask our contact for an introduction",
        ],
        notes: &[
            "Met at the trade fair; they look for ways to cut the electricity bill.",
            "The energy price contract runs out in autumn, so they are looking.",
            "Left a message with the front desk. Best time is before nine.",
        ],
    },
    StageWords {
        stage: "Qualification",
        next_steps: &[
            "Ask who signs above 20,000",
            "Agree on a date for a site visit",
            "Find out about the current meters",
            "Check whether this year's budget has room",
        ],
        notes: &[
            "Need is real: two compressor failures this year. Budget not clear.",
            "The energy officer is keen, the finance director has not heard of it.",
            "They want it running before the audit in spring.",
        ],
    },
    StageWords {
        stage: "Needs Analysis",
        next_steps: &[
            "Walk the plant with the maintenance lead",
            "Get twelve months of meter readings",
            "Write down the three numbers that matter to them",
            "Bring in our engineer for the boiler house",
        ],
        notes: &[
            "Compressed air leaks cost them about 40,000 a year by their own estimate.",
            "Data must stay on their own servers; they will check with IT.",
            "Night shift has no one to read the meters, hence the gaps.",
        ],
    },
    StageWords {
        stage: "Proposal",
        next_steps: &[
            "Go through the offer by telephone",
            "Send the version with two payment steps",
            "Ask for comments from purchasing",
            "Send references from the same industry",
        ],
        notes: &[
            "Offer sent with two options; they lean towards the smaller one first.",
            "Purchasing asks for a third offer to compare.",
            "They liked the payback table and passed it on to the board.",
        ],
    },
    StageWords {
        stage: "Negotiation",
        next_steps: &[
            "Answer the remarks on the contract",
            "Offer a three-year term for the discount",
            "Settle who lays the cables",
            "Get the data protection form signed off",
        ],
        notes: &[
            "They ask for ten per cent off; we offered training days instead.",
            "Legal wants a shorter notice period. Everything else is agreed.",
            "The decision falls at the board meeting at the end of the month.",
        ],
    },
    StageWords {
        stage: "Close",
        next_steps: &[
            "Chase the signature",
            "Book the installation team",
            "Get the purchase order number",
            "Fix the date of the kick-off",
        ],
        notes: &[
            "Agreed by word of mouth; the order is with purchasing.",
            "Signed by one of two directors, the other is back on Monday.",
            "Waiting for the purchase order number to start.",
        ],
    },
    StageWords {
        stage: "Post-Sales",
        next_steps: &[
            "Check in after the first month",
            "Go through the first energy report together",
            "Ask about the second site",
            "Prepare the renewal",
        ],
        notes: &[
            "Installed and running; the first report goes out on the first.",
            "They already found a valve that had been open for years.",
            "Happy to be a reference after the first winter.",
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn shares_are_whole_hundreds() {
        assert_eq!(LOST_REASONS.iter().map(|r| r.share).sum::<u32>(), 100);
        assert_eq!(WON_REASONS.iter().map(|r| r.share).sum::<u32>(), 100);
        assert_eq!(SOURCES.iter().map(|(_, share, _)| share).sum::<u32>(), 100);
        assert!(LOST_REASONS.iter().any(|r| r.reason == LOST_TO_COMPETITOR));
    }

    #[test]
    fn the_stages_are_those_of_a_new_pipeline() {
        let ours = STAGES.map(|words| words.stage);
        assert_eq!(ours, crate::domain::decide::STAGES.map(|stage| stage.name));
        let steps: HashSet<_> = STAGES.iter().flat_map(|words| words.next_steps).collect();
        let notes: HashSet<_> = STAGES.iter().flat_map(|words| words.notes).collect();
        assert_eq!((steps.len(), notes.len()), (28, 21));
    }

    #[test]
    fn titles_hold_only_known_fields() {
        for title in TITLES {
            let rest = ["{product}"]
                .iter()
                .fold(title.to_owned(), |title, field| title.replace(field, ""));
            assert!(!title.is_empty());
            assert!(!rest.contains(['{', '}']), "{title}");
        }
    }

    #[test]
    fn products_can_be_priced() {
        for product in PRODUCTS {
            assert!(product.price > 0 && product.quantity.0 >= 1);
            assert!(product.quantity.0 <= product.quantity.1, "{}", product.name);
        }
    }
}
