//! The statistics themselves, on a grid and on samples by chance.

use super::{Found, ends, put_found};
use fairlead::domain::ids::IdSource;
use fairlead::domain::insight::stats::sample::Sample;
use fairlead::domain::insight::stats::special as s;
use fairlead::domain::insight::stats::survival::Curve;
use fairlead::domain::insight::stats::test::{holm, mann_whitney, two_shares};
use fairlead::domain::insight::stats::{Rate, binomial, pool};
use serde_json::{Value, json};

/// `[[arguments], result]` for each.
fn table<const N: usize>(args: &[[f64; N]], f: impl Fn([f64; N]) -> f64) -> Value {
    args.iter()
        .map(|a| json!([a.as_slice(), f(*a)]))
        .collect::<Vec<_>>()
        .into()
}

fn grid2(a: &[f64], b: &[f64]) -> Vec<[f64; 2]> {
    a.iter()
        .flat_map(|x| b.iter().map(move |y| [*x, *y]))
        .collect()
}

fn numbers(rng: &mut IdSource, n: u64, below: u64) -> Vec<u32> {
    (0..n).map(|_| rng.below(below) as u32).collect()
}

pub fn curve(ended: &Sample, here: &Sample) -> Value {
    let curve = Curve::of(ended, here);
    let steps: Vec<Value> = curve
        .steps
        .iter()
        .map(|s| json!([s.day, s.at_risk, s.ended, s.share, ends(s.band)]))
        .collect();
    let (low, high) = curve.median_band();
    json!({ "n": curve.n, "steps": steps, "median": curve.median(), "band": [low, high] })
}

pub fn sample(sample: &Sample) -> Value {
    json!({
        "n": sample.len(), "sum": sample.sum(), "mean": sample.mean(),
        "mean_interval": ends(sample.mean_interval()), "median": sample.median(),
        "median_interval": ends(sample.median_interval()),
        "p75": sample.quantile(0.75), "p90": sample.quantile(0.9),
    })
}

#[test]
fn statistics_are_written_for_the_oracle() {
    let mut found = Found::new();
    let mut put = |name: &str, value: Value| found.insert(name.to_owned(), value);
    let positive = [
        1e-3, 0.3, 0.5, 1.0, 1.5, 2.0, 7.25, 15.0, 15.5, 88.0, 1e4, 3e6,
    ];
    let p = [1e-9, 1e-4, 0.025, 0.2, 0.5, 0.8, 0.975, 0.999_9];
    put(
        "ln_gamma",
        table(&positive.map(|x| [x]), |[x]| s::ln_gamma(x)),
    );
    let around = [-5.0, -2.0, -0.1, 0.0, 0.3, 1.0, 2.4, 2.6, 5.0, 12.0];
    put("erfc", table(&around.map(|x| [x]), |[x]| s::erfc(x)));
    put(
        "normal_cdf",
        table(&around.map(|x| [x]), |[x]| s::normal_cdf(x)),
    );
    put(
        "normal_quantile",
        table(&p.map(|x| [x]), |[x]| s::normal_quantile(x)),
    );
    let shapes = grid2(
        &[0.5, 1.0, 3.0, 40.5, 2_000.0, 9e4],
        &[0.5, 2.0, 17.0, 900.0, 3e5],
    );
    let triples = |last: &[f64]| -> Vec<[f64; 3]> {
        let each = |[a, b]: &[f64; 2]| last.iter().map(|x| [*a, *b, *x]).collect::<Vec<_>>();
        shapes.iter().flat_map(each).collect()
    };
    put(
        "inc_beta",
        table(
            &triples(&[1e-3, 0.1, 0.25, 0.5, 0.9, 0.999]),
            |[a, b, x]| s::inc_beta(a, b, x),
        ),
    );
    put(
        "inc_beta_inverse",
        table(&triples(&[1e-4, 0.025, 0.5, 0.9, 0.975]), |[a, b, x]| {
            s::inc_beta_inverse(a, b, x)
        }),
    );
    let degrees = grid2(&[0.025, 0.005, 0.2], &[1.0, 2.0, 7.0, 30.0, 499.0, 1e5]);
    put(
        "student_quantile",
        table(&degrees, |[t, f]| s::student_quantile(t, f)),
    );
    let tails = grid2(&[0.0, 0.4, 1.96, 6.0], &[1.0, 2.5, 30.0, 1e5]);
    put(
        "student_tail",
        table(&tails, |[t, f]| s::student_tail(t, f)),
    );

    let counts: [(u64, u64); 16] = [
        (0, 1),
        (1, 1),
        (0, 7),
        (3, 7),
        (7, 7),
        (1, 12),
        (29, 30),
        (15, 30),
        (60, 200),
        (199, 200),
        (4_238, 6_711),
        (1, 10_000),
        (9_999, 10_000),
        (50_000, 100_000),
        (0, 0),
        (2, 5),
    ];
    let each = |f: &dyn Fn(u64, u64) -> Value| -> Value {
        counts
            .iter()
            .map(|(k, n)| json!([[k, n], f(*k, *n)]))
            .collect::<Vec<_>>()
            .into()
    };
    put("wilson", each(&|k, n| ends(binomial::wilson(k, n))));
    put("exact", each(&|k, n| ends(binomial::exact(k, n))));
    put("at_most", each(&|k, n| json!(binomial::at_most(k, n, 0.3))));
    put(
        "at_least",
        each(&|k, n| json!(binomial::at_least(k, n, 0.3))),
    );
    put("mid_p", each(&|k, n| json!(binomial::mid_p(k, n, 0.4))));
    put(
        "quantile",
        each(&|_, n| json!([0.025, 0.5, 0.9].map(|t| binomial::quantile(t, n, 0.37)))),
    );
    let grid = || [0.37, 0.8, 1.0].map(|p| [(p, 0.025), (p, 0.001)]).concat();
    let funnel = |n, (p, t): (f64, f64)| ends(pool::funnel(p, n, t));
    put(
        "funnel",
        each(&|_, n| grid().into_iter().map(|at| funnel(n, at)).collect()),
    );
    let stray = |k, n, (p, t): (f64, f64)| json!(pool::is_stray(Rate::new(k, n), p, t));
    put(
        "stray",
        each(&|k, n| grid().into_iter().map(|at| stray(k, n, at)).collect()),
    );
    let pairs: Vec<Value> = counts
        .iter()
        .flat_map(|a| counts.iter().map(move |b| (*a, *b)))
        .map(|(a, b)| {
            let (one, two) = (Rate::new(a.0, a.1), Rate::new(b.0, b.1));
            let d = binomial::difference(one, two).map(|(d, i)| json!([d, i.low, i.high]));
            let test = two_shares(one, two).map(|t| json!([t.z, t.p]));
            json!([[a.0, a.1, b.0, b.1], d, test])
        })
        .collect();
    put("two_shares", pairs.into());

    let mut rng = IdSource::new(77);
    let mut samples = Vec::new();
    for n in [0, 1, 2, 5, 6, 7, 20, 51, 300, 2_000] {
        for below in [1, 8, 90, 3_000] {
            let all = numbers(&mut rng, n, below);
            let told = sample(&all.iter().copied().collect());
            samples.push(json!({ "all": all, "told": told }));
        }
    }
    put("samples", samples.into());
    let (mut curves, mut ranks) = (Vec::new(), Vec::new());
    for (n, m) in [(1, 0), (0, 3), (5, 5), (40, 3), (12, 200), (700, 900)] {
        for below in [2, 30, 400] {
            let (a, b) = (numbers(&mut rng, n, below), numbers(&mut rng, m, below + 5));
            let (one, two) = (a.iter().copied().collect(), b.iter().copied().collect());
            let test = mann_whitney(&one, &two);
            let test = test.map(|t| json!([t.u, t.ahead, t.test.z.abs(), t.test.p]));
            curves.push(json!({ "ended": a, "here": b, "told": curve(&one, &two) }));
            ranks.push(json!({ "a": a, "b": b, "told": test }));
        }
    }
    put("curves", curves.into());
    put("mann_whitney", ranks.into());
    let corrections: Vec<Value> = (1..12)
        .map(|n| {
            let all: Vec<f64> = (0..n).map(|_| rng.below(1_000) as f64 / 7_000.0).collect();
            json!([all, holm(&all)])
        })
        .collect();
    put("holm", corrections.into());
    let pools: Vec<Value> = (0..12_u64)
        .map(|n| {
            let groups: Vec<Rate> = (0..n)
                .map(|_| {
                    let size = rng.below(80);
                    Rate::new(rng.below(size + 1), size)
                })
                .collect();
            let prior = pool::prior(&groups);
            let told = prior.map(|prior| {
                let each: Vec<Value> = (groups.iter())
                    .map(|g| {
                        let (share, interval) = prior.shrink(*g);
                        json!([share, ends(interval)])
                    })
                    .collect();
                let strength = Some(prior.strength).filter(|s| s.is_finite());
                json!({ "mean": prior.mean, "strength": strength, "groups": each })
            });
            let groups: Vec<[u64; 2]> = groups.iter().map(|g| [g.part, g.n]).collect();
            json!({ "groups": groups, "told": told })
        })
        .collect();
    put("pools", pools.into());
    put_found("statistics.json", found);
}
