//! What the own history teaches: how deals in a stage end and when, by how much close dates and
//! values move, how new deals come, and how much good and bad months go together.

use super::ends::{Ends, Hazards, Way};
use super::life::{End, Ground, Life, Lives, StageNow, Step};
use super::months::{date, of_quarter};
use super::shift::{Slips, Spread};
use super::{Day, NEVER};
use crate::domain::ids::StageId;
use crate::domain::insight::period::Period;
use crate::domain::insight::stats::special::{normal_cdf, normal_quantile};
use crate::domain::order::Order;

/// Time in a stage is told apart in so many kinds.
pub const AGES: usize = 5;
/// A stage without a history counts as this many deals that end as its chance says.
pub const STAGE_PRIOR: f64 = 4.0;
/// A time in a stage counts as this many deals that end as all of the stage do.
pub const AGE_PRIOR: f64 = 8.0;
/// Half of the deals of such a prior have ended after so many weeks.
pub const PRIOR_WEEKS: f64 = 13.0;
/// Below so many deals won, seasons are not looked at.
pub const SEASON_LEAST: u32 = 40;
/// Each month of the quarter counts as this many won deals as in any month.
const SEASON_PRIOR: f64 = 20.0;
/// How much of the risk is common to all deals, where nothing is known.
pub const RHO: f64 = 0.05;
/// What is not known counts as so many months.
const RHO_PRIOR: f64 = 6.0;
/// Good and bad months are looked for in so many.
const RHO_MONTHS: usize = 24;
/// A ratio of values is counted in so many parts of one.
pub const PARTS: i32 = 1 << PART_BITS;
/// The same as a number of bits.
pub const PART_BITS: u32 = 6;
/// Values and new deals are of so many days back.
const YEAR: i32 = 365;
/// How many draws a distribution is kept as.
pub const DRAWS: usize = 256;

/// Which kind of time in a stage so many days are.
#[must_use]
pub fn age_of(days: i32) -> usize {
    match days {
        ..14 => 0,
        14..35 => 1,
        35..70 => 2,
        70..140 => 3,
        _ => 4,
    }
}

/// New deals: how many come, how they end and what they are worth.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fresh {
    /// How many come in a week.
    pub per_week: f64,
    /// How many came in the time looked at.
    pub came: u32,
    /// How many weeks that were.
    pub weeks: f64,
    /// How they end, by weeks since they came.
    pub hazards: Hazards,
    /// What those won were worth, in minor units: draws, ascending.
    pub values: Vec<i64>,
    /// Of how many deals the values are.
    pub valued: u32,
}

impl Fresh {
    /// The mean value of those won, in minor units.
    #[must_use]
    pub fn mean_value(&self) -> i64 {
        let sum: i128 = self.values.iter().map(|v| i128::from(*v)).sum();
        i64::try_from(sum / (self.values.len().max(1) as i128)).unwrap_or(i64::MAX)
    }
}

/// What was learnt up to a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// The last day it knows of.
    pub until: Day,
    /// The stages by their numbers.
    pub stages: Vec<(StageId, StageNow)>,
    /// By stage and time in it: how deals end from then on, by weeks.
    pub hazards: Vec<[Hazards; AGES]>,
    /// From how many deals the figures of a stage are.
    pub stage_deals: Vec<u32>,
    /// How any open deal ends, whatever its stage.
    pub base: Hazards,
    /// By how much more is won in each month of a quarter than in any.
    pub season: [f64; 3],
    /// Whether there is enough for seasons.
    pub seasonal: bool,
    /// When deals are won against when they are expected.
    pub slips: Slips,
    /// What is won against what it was worth before, in [`PARTS`]: draws, ascending. Empty where
    /// too little is known.
    pub ratios: Vec<i32>,
    /// From how many deals the ratios are.
    pub ratio_deals: u32,
    /// New deals.
    pub fresh: Fresh,
    /// How much of the risk is common to all deals: 0 none, 1 all.
    pub rho: f64,
    /// From how many months that is.
    pub rho_months: u32,
    /// How many deals were won and lost.
    pub closed: (u32, u32),
    /// The month the fiscal year begins with.
    pub fiscal_month: u8,
}

/// Learns from lives, one at a time.
#[derive(Clone, Debug)]
pub struct Learning {
    next: usize,
    cells: Vec<[Ends; AGES]>,
    /// Of each stage: the deal last met, and how many were.
    met: Vec<(Option<usize>, u32)>,
    slips: Slips,
    ratios: Spread,
    fresh: Ends,
    came: u32,
    first: Day,
    values: Vec<(Day, i64)>,
    closed: (u32, u32),
    won_in: [u32; 3],
    open_in: [u32; 3],
}

impl Learning {
    /// Nothing learnt yet.
    #[must_use]
    pub fn new(lives: &Lives) -> Self {
        let cells = || std::array::from_fn(|_| Ends::default());
        Self {
            next: 0,
            cells: lives.stages.iter().map(|_| cells()).collect(),
            met: vec![(None, 0); lives.stages.len()],
            slips: Slips::default(),
            ratios: Spread::new(0, 8 * PARTS),
            fresh: Ends::default(),
            came: 0,
            first: lives.until,
            values: Vec::new(),
            closed: (0, 0),
            won_in: [0; 3],
            open_in: [0; 3],
        }
    }

    /// Learns from one more; says whether there are more.
    pub fn step(&mut self, lives: &Lives, ground: &Ground) -> bool {
        let Some(life) = lives.lives.get(self.next) else {
            return false;
        };
        let number = self.next;
        self.next += 1;
        self.first = self.first.min(life.created);
        self.arrival(number, life, lives.until);
        self.closings(life, ground);
        // Once a week as long as it is open: what is learnt is of open deals at any time.
        let (mut day, mut at) = (life.created, 0);
        while day <= lives.until {
            while life.steps.get(at + 1).is_some_and(|s| s.on <= day) {
                at += 1;
            }
            let step = &life.steps[at];
            if step.is_open() {
                self.stretch(number, life, at, day, lives.until, ground);
                self.open_in[of_quarter(day, ground.fiscal_month)] += 1;
            } else if at + 1 == life.steps.len() {
                break;
            }
            day += 7;
        }
        true
    }

    fn arrival(&mut self, number: usize, life: &Life, until: Day) {
        self.came += u32::from(life.created > until - YEAR);
        let (days, way) = match life.end_after(0, until) {
            End::Won(on, _) => (on - life.created, Way::Won),
            End::Lost(on) => (on - life.created, Way::Lost),
            End::Going(on) => (on - life.created, Way::Going),
        };
        // A deal written down when it was closed already says nothing of how new ones end.
        if life.steps[0].is_open() {
            self.fresh.note(number, days, way);
        }
    }

    fn closings(&mut self, life: &Life, ground: &Ground) {
        use crate::domain::deal::Status::{Lost, Won};
        let Some(last) = life.steps.last().filter(|s| !s.gone) else {
            return;
        };
        match last.status {
            Won => {
                self.closed.0 += 1;
                let on = won_on(life).unwrap_or(last.on);
                self.won_in[of_quarter(on, ground.fiscal_month)] += 1;
                self.values
                    .extend(ground.minor(last.value, on).map(|minor| (on, minor)));
            }
            Lost => self.closed.1 += 1,
            _ => {}
        }
    }

    fn stretch(
        &mut self,
        number: usize,
        life: &Life,
        at: usize,
        day: Day,
        until: Day,
        ground: &Ground,
    ) {
        let step = &life.steps[at];
        let end = life.end_after(at, until);
        let (on, way) = match end {
            End::Won(on, _) => (on, Way::Won),
            End::Lost(on) => (on, Way::Lost),
            End::Going(on) => (on, Way::Going),
        };
        let cell = step.stage.and_then(|s| self.cells.get_mut(usize::from(s)));
        if let Some(cell) = cell {
            let met = &mut self.met[usize::from(step.stage.unwrap_or_default())];
            if met.0 != Some(number) {
                *met = (Some(number), met.1 + 1);
            }
            cell[age_of(step.age(day))].note(number, on - day, way);
        }
        let End::Won(on, then) = end else { return };
        if step.close != NEVER {
            let ahead = step.close.saturating_sub(day);
            self.slips.note(number, ahead, on - day);
        }
        let before = step.value.filter(|v| v.minor > 0);
        if let (Some(before), Some(after)) = (before, life.steps[then].value) {
            // In the currency it is in; where that changed, by the rate of the day it was won.
            let pair = if before.currency == after.currency {
                Some((before.minor, after.minor))
            } else {
                ground
                    .minor(Some(before), on)
                    .zip(ground.minor(Some(after), on))
            };
            if let Some((before, after)) = pair.filter(|(before, _)| *before > 0) {
                let parts = i128::from(after) * i128::from(PARTS) / i128::from(before);
                let parts = i32::try_from(parts.clamp(0, 8 * i128::from(PARTS))).unwrap_or(PARTS);
                self.ratios.note(number, parts);
            }
        }
    }

    /// How many lives are learnt from.
    #[must_use]
    pub fn done(&self) -> usize {
        self.next
    }

    /// What was learnt.
    #[must_use]
    pub fn finish(mut self, lives: &Lives, ground: &Ground) -> Model {
        while self.step(lives, ground) {}
        let (season, seasonal) = self.season();
        let mut all = Ends::default();
        let mut hazards = Vec::new();
        let mut stage_deals = Vec::new();
        for ((cells, (_, now)), met) in self.cells.iter().zip(&lives.stages).zip(&self.met) {
            let mut whole = Ends::sum(cells.iter());
            whole.deals = met.1;
            let prior = Hazards::level(f64::from(now.chance) / 100.0, PRIOR_WEEKS);
            let whole_chances = whole.chances(&prior, STAGE_PRIOR * whole.per_deal());
            hazards.push(std::array::from_fn(|age| {
                let cell = &cells[age];
                cell.chances(&whole_chances, AGE_PRIOR * cell.per_deal())
            }));
            stage_deals.push(whole.deals);
            all.add(&whole);
        }
        let mut model = Model {
            until: lives.until,
            stages: lives.stages.clone(),
            hazards,
            stage_deals,
            base: all.chances(&Hazards::default(), 0.0),
            season,
            seasonal,
            ratios: match self.ratios.deals {
                super::shift::FEW.. => self.ratios.draws(DRAWS),
                _ => Vec::new(),
            },
            ratio_deals: self.ratios.deals,
            slips: std::mem::take(&mut self.slips),
            fresh: self.new_deals(lives.until),
            rho: RHO,
            rho_months: 0,
            closed: self.closed,
            fiscal_month: ground.fiscal_month,
        };
        (model.rho, model.rho_months) = common_risk(&model, lives, self.first);
        model
    }

    fn season(&self) -> ([f64; 3], bool) {
        let won: u32 = self.won_in.iter().sum();
        let open: u32 = self.open_in.iter().sum();
        if won < SEASON_LEAST || self.open_in.contains(&0) {
            return ([1.0; 3], false);
        }
        let season = std::array::from_fn(|n| {
            let expected = f64::from(won) * f64::from(self.open_in[n]) / f64::from(open);
            (f64::from(self.won_in[n]) + SEASON_PRIOR) / (expected + SEASON_PRIOR)
        });
        (season, true)
    }

    fn new_deals(&mut self, until: Day) -> Fresh {
        let days = (until - self.first + 1).clamp(1, YEAR);
        let weeks = f64::from(days) / 7.0;
        let late = |on: Day| on > until - 2 * YEAR;
        let lately = self.values.iter().filter(|(on, _)| late(*on)).count();
        if lately >= super::shift::FEW as usize {
            self.values.retain(|(on, _)| late(*on));
        }
        let mut values: Vec<i64> = self.values.iter().map(|(_, v)| *v).collect();
        values.order();
        let valued = values.len();
        let draw = |n: usize| values.get((2 * n + 1) * valued / (2 * DRAWS)).copied();
        Fresh {
            per_week: f64::from(self.came) / weeks,
            came: self.came,
            weeks,
            hazards: self.fresh.chances(&Hazards::default(), 0.0),
            values: (0..DRAWS).filter_map(draw).collect(),
            valued: u32::try_from(valued).unwrap_or(u32::MAX),
        }
    }
}

/// The day a life was won, where it still is.
#[must_use]
pub fn won_on(life: &Life) -> Option<Day> {
    use crate::domain::deal::Status::Won;
    let mut day = None;
    for step in &life.steps {
        day = match (step.status, day) {
            (Won, None) => Some(step.on),
            (Won, since) => since,
            _ => None,
        };
    }
    day.filter(|_| life.steps.last().is_some_and(|s| !s.gone))
}

impl Model {
    /// The chances by week of a deal that stands so.
    #[must_use]
    pub fn hazards_of(&self, step: &Step, on: Day) -> Option<&Hazards> {
        let cells = self.hazards.get(usize::from(step.stage?))?;
        cells.get(age_of(step.age(on)))
    }

    /// By how much more is won in a week, counted from the day after the last one known.
    #[must_use]
    pub fn season_of(&self, week: usize) -> f64 {
        if !self.seasonal {
            return 1.0;
        }
        let day = self.until + 7 * week as i32 + 4;
        self.season[of_quarter(day, self.fiscal_month)]
    }
}

/// How much of the risk is common to all deals (a Gaussian one-factor model): for small shares, the
/// number won in a month varies by more than chance alone by the share times the square of the sum
/// of the densities at the deals' thresholds. Estimated by moments over past months, drawn towards
/// [`RHO`].
fn common_risk(model: &Model, lives: &Lives, first: Day) -> (f64, u32) {
    let (mut above, mut below, mut months) = (0.0, 0.0, 0);
    let mut end = Period::month_of(date(lives.until + 1)).from().pred_opt();
    for _ in 0..RHO_MONTHS {
        let Some(last) = end else { break };
        let month = Period::month_of(last);
        end = month.from().pred_opt();
        let (start, stop) = (month.from().to_epoch_days() - 1, last.to_epoch_days());
        if start < first + 90 {
            break;
        }
        let table = month_chances(model, start, stop);
        let (mut won, mut mean, mut chance, mut dense, mut dense2) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for life in &lives.lives {
            let Some(at) = life.steps.iter().rposition(|s| s.on <= start) else {
                continue;
            };
            let step = &life.steps[at];
            let stage = step.stage.map(usize::from).filter(|_| step.is_open());
            let Some(cell) = stage.and_then(|s| table.get(s)) else {
                continue;
            };
            let (p, density) = cell[age_of(step.age(start))];
            mean += p;
            chance += p * (1.0 - p);
            dense += density;
            dense2 += density * density;
            if matches!(life.end_after(at, lives.until), End::Won(on, _) if on <= stop) {
                won += 1.0;
            }
        }
        let off: f64 = won - mean;
        above += off * off - chance;
        below += dense * dense - dense2;
        months += 1;
    }
    if months == 0 || below <= 0.0 {
        return (RHO, 0);
    }
    let prior = RHO_PRIOR * below / f64::from(months);
    let rho = (above + RHO * prior) / (below + prior);
    (rho.clamp(0.0, 0.4), months)
}

/// By stage and time in it: the chance to be won within a month of the past, and the density of
/// the normal distribution at that quantile.
fn month_chances(model: &Model, start: Day, stop: Day) -> Vec<[(f64, f64); AGES]> {
    let season = if model.seasonal {
        model.season[of_quarter(stop, model.fiscal_month)]
    } else {
        1.0
    };
    let mut out = Vec::new();
    let chance = |hazards: &Hazards, out: &mut Vec<f64>| {
        hazards.won_by(&[stop - start], |_| season, out);
        let p = out.first().copied().unwrap_or(0.0).clamp(0.0, 1.0);
        (p, density(p))
    };
    let stages = model.hazards.iter();
    stages
        .map(|cells| std::array::from_fn(|age| chance(&cells[age], &mut out)))
        .collect()
}

fn density(p: f64) -> f64 {
    if p <= 0.0 || p >= 1.0 {
        return 0.0;
    }
    let z = normal_quantile(p);
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The chance of a deal given how good times are for all (`common`, of the normal distribution).
#[must_use]
pub fn given(threshold: f64, rho: f64, common: f64) -> f64 {
    if threshold.is_infinite() {
        return if threshold > 0.0 { 1.0 } else { 0.0 };
    }
    normal_cdf((threshold + rho.sqrt() * common) / (1.0 - rho).sqrt())
}
