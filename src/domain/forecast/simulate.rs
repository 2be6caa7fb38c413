//! Playing the months ahead through, many times.
//!
//! Whether a deal is won is one draw against its chance. How good times are for all is a common
//! factor of the normal distribution (a Gaussian copula): it is not drawn but gone through in
//! [`STRATA`] steps of equal chance, for each of which the deals' chances are worked out once. So a
//! trial costs one draw and one comparison for a deal, and the tails are even. When a deal that is
//! won is won, and how its value comes out, are drawn apart.

use super::model::{PARTS, given};
use super::outcome::Outcome;
use super::plan::Plan;
use super::random::Random;
use crate::domain::insight::stats::special::normal_quantile;

/// Steps of the common factor.
pub const STRATA: usize = 64;

/// A simulation that runs.
#[derive(Clone, Debug)]
pub struct Run {
    plan: Plan,
    random: Random,
    /// How many trials are done.
    trial: u32,
    /// The step of the common factor the chances are of.
    stratum: Option<usize>,
    chances: Vec<u32>,
    arrivals: Vec<f64>,
    /// By month, then by trial: what was won, in units.
    won: Vec<i64>,
}

/// The value of the common factor in the middle of a step.
#[must_use]
pub fn common(stratum: usize) -> f64 {
    normal_quantile((stratum as f64 + 0.5) / STRATA as f64)
}

impl Run {
    /// Ready to begin.
    #[must_use]
    pub fn new(plan: Plan) -> Self {
        let cells = plan.trials as usize * plan.months;
        Self {
            random: Random::new(plan.seed),
            trial: 0,
            stratum: None,
            chances: vec![0; plan.values.len()],
            arrivals: vec![0.0; plan.months],
            won: vec![0; cells],
            plan,
        }
    }

    /// How many trials are done, and of how many.
    #[must_use]
    pub fn progress(&self) -> (u32, u32) {
        (self.trial, self.plan.trials)
    }

    fn enter(&mut self, stratum: usize) {
        let (plan, common) = (&self.plan, common(stratum));
        for (chance, threshold) in self.chances.iter_mut().zip(&plan.thresholds) {
            *chance = (given(*threshold, plan.rho, common) * 4_294_967_296.0) as u32;
        }
        // New deals have good and bad times too, as deals with a chance of one in ten.
        let (usual, now) = (0.1, given(normal_quantile(0.1), plan.rho, common));
        for (mean, arrivals) in self.arrivals.iter_mut().zip(&plan.arrivals) {
            *mean = arrivals * now / usual;
        }
        self.stratum = Some(stratum);
    }

    /// Plays so many more trials; says whether there are more.
    pub fn step(&mut self, trials: u32) -> bool {
        let until = self.trial.saturating_add(trials).min(self.plan.trials);
        while self.trial < until {
            let at = u64::from(self.trial) * STRATA as u64 / u64::from(self.plan.trials);
            let stratum = (at as usize).min(STRATA - 1);
            if self.stratum != Some(stratum) {
                self.enter(stratum);
            }
            self.play();
            self.trial += 1;
        }
        self.trial < self.plan.trials
    }

    fn play(&mut self) {
        let plan = &self.plan;
        let months = plan.months;
        let mut random = self.random.clone();
        let mut won = [0_i64; super::months::MOST];
        won[..months].copy_from_slice(&plan.certain);
        let mut hit = |deal: usize, random: &mut Random| {
            let draw = random.bits();
            let moment = draw as u32;
            let row = &plan.when[deal * months..(deal + 1) * months];
            let month = row.iter().position(|by| moment < *by);
            let month = month.unwrap_or(months - 1);
            let value = plan.values[deal];
            won[month] += match plan.ratios.len() {
                0 => value,
                n => {
                    let ratio = plan.ratios[(((draw >> 32) * n as u64) >> 32) as usize];
                    value * i64::from(ratio) / i64::from(PARTS)
                }
            };
        };
        // 64 random bits are enough for two deals.
        let mut pairs = self.chances.chunks_exact(2);
        let mut deal = 0;
        for pair in pairs.by_ref() {
            let draw = random.bits();
            if (draw as u32) < pair[0] {
                hit(deal, &mut random);
            }
            if ((draw >> 32) as u32) < pair[1] {
                hit(deal + 1, &mut random);
            }
            deal += 2;
        }
        if let [last] = pairs.remainder()
            && (random.bits() as u32) < *last
        {
            hit(deal, &mut random);
        }
        if !plan.fresh.is_empty() {
            for (sum, mean) in won.iter_mut().zip(&self.arrivals) {
                for _ in 0..random.poisson(*mean) {
                    *sum += plan.fresh[random.below(plan.fresh.len() as u32) as usize];
                }
            }
        }
        let (trials, trial) = (plan.trials as usize, self.trial as usize);
        for (month, sum) in won[..months].iter().enumerate() {
            self.won[month * trials + trial] = *sum;
        }
        self.random = random;
    }

    /// Plays the rest, and says what came of it.
    #[must_use]
    pub fn finish(mut self) -> Outcome {
        self.step(u32::MAX);
        Outcome::new(&self.plan, self.won)
    }
}
