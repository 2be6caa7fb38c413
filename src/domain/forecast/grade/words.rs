//! Shots as 64-bit words, for another thread.

use super::{Guess, Shot};
use crate::domain::deal::ForecastCategory;
use crate::domain::forecast::months::date;
use crate::domain::ids::DealId;
use crate::domain::insight::period::Period;

/// Writes them one after another.
#[must_use]
pub fn to_words(shots: &[Shot]) -> Vec<u64> {
    let mut out = Vec::new();
    let day = |day: i32| i64::from(day) as u64;
    for shot in shots {
        let (from, to) = shot.period.range();
        out.extend([day(shot.until), day(from), day(to)]);
        out.extend(shot.said.iter().map(|minor| *minor as u64));
        out.extend([shot.low, shot.high, shot.came].map(|minor| minor as u64));
        out.push(shot.guesses.len() as u64);
        for guess in &shot.guesses {
            let place = |c| ForecastCategory::ALL.iter().position(|other| *other == c);
            let category = guess.category.and_then(place).map_or(0, |n| n as u64 + 1);
            out.push(guess.deal.0);
            out.extend(guess.chances.iter().map(|p| p.to_bits()));
            out.push(2 * category + u64::from(guess.won));
        }
    }
    out
}

/// Reads them; none where it is anything else.
#[must_use]
pub fn from_words(words: &[u64]) -> Option<Vec<Shot>> {
    let mut at = words.iter().copied();
    let mut shots = Vec::new();
    while let Some(until) = at.next() {
        let day = |word: u64| i32::try_from(word as i64).ok();
        let (from, to) = (day(at.next()?)?, day(at.next()?)?);
        let mut whole = || Some(i128::from(at.next()? as i64));
        let mut said = [0; 6];
        for minor in &mut said {
            *minor = whole()?;
        }
        let (low, high, came) = (whole()?, whole()?, whole()?);
        let n = at.next()?;
        let mut guesses = Vec::new();
        for _ in 0..n {
            let deal = DealId(at.next()?);
            let mut chances = [0.0; 4];
            for chance in &mut chances {
                *chance = f64::from_bits(at.next()?);
            }
            let last = at.next()?;
            let category = (last / 2).checked_sub(1);
            guesses.push(Guess {
                deal,
                chances,
                category: category.and_then(|n| ForecastCategory::ALL.get(n as usize).copied()),
                won: last % 2 == 1,
            });
        }
        shots.push(Shot {
            until: day(until)?,
            period: Period::new(date(from), date(to)),
            said,
            low,
            high,
            came,
            guesses,
        });
    }
    Some(shots)
}
