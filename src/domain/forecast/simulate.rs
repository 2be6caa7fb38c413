//! Playing the months ahead through, many times.
//!
//! Whether a deal is won is one draw against its chance. How good times are for all is a common
//! factor of the normal distribution (a Gaussian copula): it is not drawn but gone through in
//! [`STRATA`] steps of equal chance, for each of which the deals' chances are worked out once. So a
//! trial costs one draw and one comparison for a deal, and the tails are even. When a deal that is
//! won is won, and how its value comes out, are drawn apart.

use super::model::{DRAWS, PART_BITS, PARTS, given};
use super::outcome::Outcome;
use super::plan::Plan;
use super::random::Random;
use crate::domain::insight::stats::special::normal_quantile;

/// Steps of the common factor.
pub const STRATA: usize = 64;

/// The ratios of values where too little is known: all come out as they stand.
const AS_IT_STANDS: [i32; DRAWS] = [PARTS; DRAWS];

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
        let ratios: &[i32; DRAWS] = plan.ratios.as_slice().try_into().unwrap_or(&AS_IT_STANDS);
        let rows = plan.when.chunks_exact(months.max(1)).zip(&plan.values);
        let (mut draw, mut half) = (0, false);
        for (chance, (by, value)) in self.chances.iter().zip(rows) {
            // 64 random bits are enough for two deals.
            draw = if half { draw >> 32 } else { random.bits() };
            half = !half;
            if (draw as u32) < *chance {
                let more = random.bits();
                let mut month = 0;
                while month + 1 < months && more as u32 >= by[month] {
                    month += 1;
                }
                // Written so that no part of it may fail: this is where all the time goes.
                let ratio = ratios[(more >> 56) as usize];
                won[month % super::months::MOST] += (value * i64::from(ratio)) >> PART_BITS;
            }
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
