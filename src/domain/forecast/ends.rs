//! How stretches of deals' lives end, by weeks: the chance in each week to be won or lost, for what
//! is still open (a discrete hazard with two ways to end).

/// How many weeks are followed.
pub const WEEKS: usize = 104;

/// How many were won, lost or last seen open in each week after they began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ends {
    won: Vec<u32>,
    lost: Vec<u32>,
    going: Vec<u32>,
    /// How many deals these stretches are of.
    pub deals: u32,
    last: Option<usize>,
}

impl Default for Ends {
    fn default() -> Self {
        Self {
            won: vec![0; WEEKS + 1],
            lost: vec![0; WEEKS + 1],
            going: vec![0; WEEKS + 1],
            deals: 0,
            last: None,
        }
    }
}

/// How a stretch ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Won.
    Won,
    /// Lost.
    Lost,
    /// Still open when last seen.
    Going,
}

impl Ends {
    /// Counts a stretch of a deal, of so many days. Stretches of one deal come one after another.
    pub fn note(&mut self, deal: usize, days: i32, way: Way) {
        if self.last != Some(deal) {
            self.deals += 1;
            self.last = Some(deal);
        }
        let week = usize::try_from(days.max(0) / 7).unwrap_or(WEEKS);
        match way {
            Way::Won if week < WEEKS => self.won[week] += 1,
            Way::Lost if week < WEEKS => self.lost[week] += 1,
            _ => self.going[week.min(WEEKS)] += 1,
        }
    }

    /// How many stretches there are of each deal, 1 where there are none.
    #[must_use]
    pub fn per_deal(&self) -> f64 {
        let all = self.won.iter().chain(&self.lost).chain(&self.going);
        let all: u64 = all.map(|n| u64::from(*n)).sum();
        (all as f64 / f64::from(self.deals.max(1))).max(1.0)
    }

    /// Adds all of another; a deal that is in both counts twice.
    pub fn add(&mut self, other: &Self) {
        let pairs = [
            (&mut self.won, &other.won),
            (&mut self.lost, &other.lost),
            (&mut self.going, &other.going),
        ];
        for (own, more) in pairs {
            for (n, m) in own.iter_mut().zip(more) {
                *n += m;
            }
        }
        self.deals += other.deals;
    }

    /// All of several together.
    #[must_use]
    pub fn sum<'e>(all: impl Iterator<Item = &'e Self>) -> Self {
        let mut sum = Self::default();
        for ends in all {
            sum.add(ends);
        }
        sum
    }

    /// How many stretches were won.
    #[must_use]
    pub fn won(&self) -> u32 {
        self.won.iter().sum()
    }

    /// The chances by week, drawn towards a prior that counts as much as `weight` stretches that
    /// are still open. One that is last seen in a week counts half of it as still open.
    #[must_use]
    pub fn chances(&self, prior: &Hazards, weight: f64) -> Hazards {
        let mut hazards = Hazards::default();
        let sum = |v: &[u32]| v.iter().map(|n| u64::from(*n)).sum::<u64>();
        let mut open = sum(&self.won) + sum(&self.lost) + sum(&self.going);
        for week in 0..WEEKS {
            let (won, lost, going) = (self.won[week], self.lost[week], self.going[week]);
            let at_risk = open as f64 - 0.5 * f64::from(going) + weight;
            if at_risk > 0.0 {
                hazards.win[week] = (f64::from(won) + weight * prior.win[week]) / at_risk;
                hazards.loss[week] = (f64::from(lost) + weight * prior.loss[week]) / at_risk;
            }
            open -= u64::from(won) + u64::from(lost) + u64::from(going);
        }
        hazards
    }
}

/// For what is open at the beginning of a week: the chance to be won in it, and to be lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Hazards {
    /// To be won.
    pub win: Vec<f64>,
    /// To be lost.
    pub loss: Vec<f64>,
}

impl Default for Hazards {
    fn default() -> Self {
        Self {
            win: vec![0.0; WEEKS],
            loss: vec![0.0; WEEKS],
        }
    }
}

impl Hazards {
    /// The same each week: so that a share is won in the end, and half of all that will end have
    /// ended after `weeks`.
    #[must_use]
    pub fn level(share: f64, weeks: f64) -> Self {
        let end = 1.0 - 0.5_f64.powf(1.0 / weeks.max(1.0));
        let share = share.clamp(0.0, 1.0);
        Self {
            win: vec![end * share; WEEKS],
            loss: vec![end * (1.0 - share); WEEKS],
        }
    }

    /// The chance to have been won so many days from now, for each of some days, ascending.
    /// `season` says by how much the chance to be won in a week from now is higher or lower.
    pub fn won_by(&self, days: &[i32], season: impl Fn(usize) -> f64, out: &mut Vec<f64>) {
        out.clear();
        let (mut open, mut won, mut week) = (1.0, 0.0, 0_usize);
        for day in days {
            let day = (*day).max(0) as usize;
            loop {
                let Some(win) = self.win.get(week) else {
                    out.push(won);
                    break;
                };
                let win = (win * season(week)).min(1.0);
                let loss = self.loss[week].min(1.0 - win);
                if day < 7 * (week + 1) {
                    // Part of a week counts as that part of its chance.
                    let part = (day - (7 * week).min(day)) as f64 / 7.0;
                    out.push(won + open * win * part);
                    break;
                }
                won += open * win;
                open *= 1.0 - win - loss;
                week += 1;
            }
        }
    }

    /// The chance to be won in the end, within [`WEEKS`].
    #[must_use]
    pub fn won_ever(&self) -> f64 {
        let mut out = Vec::new();
        self.won_by(&[7 * WEEKS as i32], |_| 1.0, &mut out);
        out.first().copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn counts_give_the_shares_that_were_won() {
        let mut ends = Ends::default();
        for deal in 0..10 {
            ends.note(
                deal,
                if deal < 4 { 3 } else { 20 },
                if deal < 6 { Way::Won } else { Way::Lost },
            );
        }
        let hazards = ends.chances(&Hazards::default(), 0.0);
        near(hazards.win[0], 0.4);
        near(hazards.win[2], 2.0 / 6.0);
        near(hazards.won_ever(), 0.6);
        let mut by = Vec::new();
        hazards.won_by(&[0, 7, 14, 21, 700], |_| 1.0, &mut by);
        for (got, want) in by.iter().zip([0.0, 0.4, 0.4, 0.6, 0.6]) {
            near(*got, want);
        }
        assert_eq!((ends.deals, ends.won()), (10, 6));
    }

    #[test]
    fn what_is_still_open_counts_until_it_was_last_seen() {
        let mut ends = Ends::default();
        ends.note(0, 30, Way::Won);
        ends.note(1, 2, Way::Going);
        ends.note(1, 1, Way::Going);
        let hazards = ends.chances(&Hazards::default(), 0.0);
        near(hazards.win[4], 1.0);
        near(hazards.won_ever(), 1.0);
        assert_eq!(ends.deals, 2);
    }

    #[test]
    fn without_a_history_the_prior_stands() {
        let prior = Hazards::level(0.3, 13.0);
        let own = Ends::default().chances(&prior, 5.0);
        assert!((own.won_ever() - 0.3).abs() < 0.01);
        let none = Ends::default().chances(&Hazards::default(), 0.0);
        near(none.won_ever(), 0.0);
        // Chances never leave 0 to 1, whatever the season.
        let mut by = Vec::new();
        Hazards::level(0.9, 1.0).won_by(&[5, 50, 5_000], |_| 9.0, &mut by);
        assert!(by.iter().all(|p| (0.0..=1.0).contains(p)));
        assert!(by[0] <= by[1] && by[1] <= by[2]);
    }
}
