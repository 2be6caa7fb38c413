//! All figures by name: what they are called, in what they are measured, what they say and how
//! they are computed. Dashboards name them by their code; “How is this computed?” shows the rest.

use super::cycle::CycleRule;
use super::idle::IdleRule;
use super::open::{CoverageRule, WeightRule};
use super::stay::StayRule;
use super::ways::ConversionRule;
use super::win::{WinBy, WinRule};

/// In what a figure is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// An amount per currency.
    Money,
    /// A share.
    Percent,
    /// Days.
    Days,
    /// A number of things.
    Count,
    /// How many times something.
    Times,
    /// An amount a day per currency.
    MoneyPerDay,
}

/// Another way to count the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// The word for it in saved dashboards.
    pub code: &'static str,
    /// What it is called.
    pub label: &'static str,
    /// What it says.
    pub definition: &'static str,
    /// How it is computed.
    pub formula: &'static str,
}

macro_rules! metrics {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $label:literal, $unit:ident,
        $definition:literal, $formula:literal;)*) => {
        /// A figure.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Metric { $($(#[$doc])* $name),* }

        impl Metric {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The word for it in saved dashboards; never changes.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The one with this word.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$name),)* _ => None }
            }

            /// What it is called.
            #[must_use]
            pub fn label(self) -> &'static str {
                match self { $(Self::$name => $label),* }
            }

            /// In what it is measured.
            #[must_use]
            pub fn unit(self) -> Unit {
                match self { $(Self::$name => Unit::$unit),* }
            }

            /// What it says, in sentences.
            #[must_use]
            pub fn definition(self) -> &'static str {
                match self { $(Self::$name => $definition),* }
            }

            /// How it is computed.
            #[must_use]
            pub fn formula(self) -> &'static str {
                match self { $(Self::$name => $formula),* }
            }
        }
    };
}

metrics! {
    /// The win rate.
    WinRate = "win_rate", "Win rate", Percent,
        "Deals won, divided by deals won or lost, by the day they were closed. With its 95 % Wilson interval; grey below 30 deals.",
        "won ÷ (won + lost)";
    /// The win rate by value.
    WinValue = "win_value", "Win rate by value", Percent,
        "Value of deals won, divided by the value of deals won or lost, in each currency apart. A few large deals can decide it; it has no interval.",
        "value won ÷ (value won + value lost)";
    /// Value won.
    Won = "won", "Won", Money,
        "Value of the deals won in the period, by the day they were closed, in each currency apart.",
        "Σ value of deals won";
    /// Deals won.
    WonCount = "won_count", "Deals won", Count,
        "Deals won in the period, by the day they were closed.",
        "number of deals won";
    /// Value lost.
    Lost = "lost", "Lost", Money,
        "Value of the deals lost in the period, by the day they were closed, in each currency apart.",
        "Σ value of deals lost";
    /// Stage conversion.
    Conversion = "conversion", "Stage conversion", Percent,
        "Of all times a deal came into the stage in the period: the share that advanced. Advanced, lost, moved back, moved elsewhere and still there add up to all entries.",
        "advanced ÷ entries";
    /// Time in a stage.
    StageTime = "stage_time", "Time in stage", Days,
        "The days after which half of the deals have left the stage. Deals still there count for as long as they have been there (Kaplan–Meier); leaving them out would make it look too short.",
        "first day with Π (1 − left ÷ there) ≤ ½";
    /// Cycle of deals won.
    CycleWon = "cycle_won", "Sales cycle, won", Days,
        "Days from creation to close of the deals won in the period: median, mean and the days within which nine of ten were won.",
        "close day − creation day";
    /// Cycle of deals lost.
    CycleLost = "cycle_lost", "Sales cycle, lost", Days,
        "Days from creation to close of the deals lost in the period: median, mean and the days within which nine of ten were lost.",
        "close day − creation day";
    /// Velocity.
    Velocity = "velocity", "Velocity", MoneyPerDay,
        "What the open pipeline brings in a day if it goes on as in the period. Open deals without a value count for the currency of the workspace.",
        "open deals × mean value won × win rate ÷ mean cycle won";
    /// Open value.
    Open = "open", "Open pipeline", Money,
        "Value of all open deals, in each currency apart. Deals on hold do not count.",
        "Σ value of open deals";
    /// Open deals.
    OpenCount = "open_count", "Open deals", Count,
        "Deals that are open. Deals on hold do not count.",
        "number of open deals";
    /// Weighted value.
    Weighted = "weighted", "Weighted pipeline", Money,
        "Value of each open deal times its own chance to win, else its stage's. Rounded once, at the end.",
        "Σ value × probability";
    /// Coverage.
    Coverage = "coverage", "Coverage", Times,
        "How many times the open deals of the period cover what is left of the quota; beside it how many times are needed at the own win rate.",
        "open value in the period ÷ (quota − won); needed: 1 ÷ win rate";
    /// Idle days.
    Idle = "idle", "Days idle", Days,
        "Days since the latest done activity, note or stage of an open deal.",
        "now − latest of done activity, note, stage";
    /// Rotting deals.
    Rotting = "rotting", "Rotting deals", Count,
        "Open deals idle for as many days as the stage allows, with nothing planned in that time. A stage without a threshold takes the days within which three of four stays of winners ended, from 20 stays on.",
        "idle days ≥ threshold, and nothing planned within it";
    /// New deals.
    Creation = "creation", "New deals", Count,
        "Deals created in each week or month. The mean leaves out pieces that are not over.",
        "number of deals by creation day";
    /// Slips.
    Slips = "slips", "Deals put off", Percent,
        "The share of deals whose expected close was moved to a later day at least once.",
        "deals put off ÷ deals";
    /// Activities.
    Activities = "activities", "Activities per deal", Count,
        "Done activities per deal of the deals closed in the period, by kind, won and lost apart. A difference says what went together, not what caused what.",
        "done activities ÷ deals";
    /// Bottleneck.
    Bottleneck = "bottleneck", "Bottleneck", Percent,
        "Stages by the mean of two shares: of the value lost in the pipeline in the period, and of the days spent beyond the time within which three of four stays of winners ended, by deals that left in the period or stand there now. Where values stay in several currencies, losses are counted; where there is only one of the shares, it counts alone.",
        "½ (value lost there ÷ value lost + days beyond there ÷ days beyond)";
}

/// The ways to count the win rate: by which day, what counts against it.
pub const WIN_WAYS: [(WinBy, WinRule, Alternative); 4] = [
    (WinBy::Close, WinRule::Closed, of_win(WinRule::Closed)),
    (
        WinBy::Close,
        WinRule::WithOverdue,
        of_win(WinRule::WithOverdue),
    ),
    (
        WinBy::Creation,
        WinRule::Closed,
        Alternative {
            code: "creation",
            label: "By creation date",
            definition: "Deals created in the period, whenever they were closed: won, divided by won or lost. Those not decided yet are counted apart.",
            formula: "won ÷ (won + lost), of the deals created in the period",
        },
    ),
    (
        WinBy::Creation,
        WinRule::WithOverdue,
        Alternative {
            code: "creation_with_overdue",
            label: "By creation date, overdue and old as not won",
            definition: "Deals created in the period, whenever they were closed: won, divided by won, lost, open past their expected close, or open without one for more than a year. Those not decided yet are counted apart.",
            formula: "won ÷ (won + lost + overdue + old), of the deals created in the period",
        },
    ),
];

const fn of_win(rule: WinRule) -> Alternative {
    Alternative {
        code: rule.code(),
        label: rule.label(),
        definition: rule.definition(),
        formula: rule.formula(),
    }
}

impl Metric {
    /// Other ways to count it, the usual one first; none where there is but one.
    #[must_use]
    pub fn alternatives(self) -> Vec<Alternative> {
        macro_rules! each {
            ($rules:expr) => {
                $rules
                    .iter()
                    .map(|rule| Alternative {
                        code: rule.code(),
                        label: rule.label(),
                        definition: rule.definition(),
                        formula: rule.formula(),
                    })
                    .collect()
            };
        }
        match self {
            Self::WinRate | Self::WinValue => WIN_WAYS.iter().map(|(_, _, way)| *way).collect(),
            Self::Conversion => each!(ConversionRule::ALL),
            Self::StageTime => each!(StayRule::ALL),
            Self::CycleWon | Self::CycleLost => each!(CycleRule::ALL),
            Self::Weighted => each!(WeightRule::ALL),
            Self::Coverage => each!(CoverageRule::ALL),
            Self::Idle | Self::Rotting => each!(IdleRule::ALL),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_read_back_and_sentences_end() {
        let mut codes = std::collections::HashSet::new();
        for metric in Metric::ALL {
            assert!(codes.insert(metric.code()));
            assert_eq!(Metric::from_code(metric.code()), Some(*metric));
            assert!(metric.definition().ends_with('.') && !metric.formula().is_empty());
            let ways = metric.alternatives();
            assert!(ways.is_empty() || ways.len() > 1);
            let own: std::collections::HashSet<_> = ways.iter().map(|w| w.code).collect();
            assert_eq!(own.len(), ways.len());
            assert!(ways.iter().all(|w| w.definition.ends_with('.')));
        }
    }
}
