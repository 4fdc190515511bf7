//! Whether chance explains a difference: batch means, paired.
//!
//! Two variants in lockstep meet the same arrivals. So the stretch is cut into batches, and the difference within each
//! batch is taken: what varies with the arrivals is in both and falls out. The mean of these differences has a standard
//! error, from how much they vary and from how much each is like the one before (batches are short, and queues remember);
//! for counts it is never less than what chance does to so many events. Beyond Student's quantile for 99 % of it, a
//! difference is no chance.

/// From fewer windows than this nothing is concluded.
pub(super) const FEWEST: usize = 4;

/// Into so many batches a stretch is cut if it has the windows for it.
const BATCHES: usize = 10;

/// Batches that are more alike than this are taken to be as alike as this: of ten, no more can be told.
const MOST_ALIKE: f64 = 0.8;

/// Student's quantiles for 99 %, two-sided, by degrees of freedom from 3 on (Abramowitz and Stegun, table 26.10).
const STUDENT: [f64; 7] = [5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250];

/// How far a difference is from chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Doubt {
    /// The difference, in standard errors.
    errors: f64,
    /// Below so many it may be chance.
    bound: f64,
}

impl Doubt {
    /// Whether chance explains the difference.
    pub fn is_chance(self) -> bool {
        self.errors <= self.bound
    }

    /// Between what two numbers a difference is with 99 %, where it was seen to be `seen`.
    pub fn interval(self, seen: f64) -> [f64; 2] {
        let reach = seen.abs() * self.bound / self.errors.max(1e-3);
        [seen - reach, seen + reach]
    }
}

/// The windows of a stretch, cut into equal batches; the oldest ones that are too many for that are left out. None where
/// there are too few.
pub(super) fn batches<T>(windows: &[T]) -> Option<impl Iterator<Item = &[T]>> {
    if windows.len() < FEWEST {
        return None;
    }
    let count = (windows.len() / 2).clamp(FEWEST, BATCHES);
    let each = windows.len() / count;
    Some(windows[windows.len() - count * each..].chunks(each))
}

/// What differences by batch say, oldest first; their mean is never more certain than the `least` standard error allows.
/// None where there are too few.
pub(super) fn doubt(differences: &[f64], least: f64) -> Option<Doubt> {
    let count = differences.len();
    let bound = STUDENT[count.checked_sub(FEWEST)?.min(STUDENT.len() - 1)];
    let mean = differences.iter().sum::<f64>() / count as f64;
    let off = |difference: &f64| difference - mean;
    let squares: f64 = differences.iter().map(|each| off(each) * off(each)).sum();
    let variance = squares / (count - 1) as f64 / count as f64;
    let neighbours: f64 = differences.windows(2).map(|pair| off(&pair[0]) * off(&pair[1])).sum();
    // Of a few values the likeness comes out too low, by about one in so many.
    let alike = if squares > 0.0 { neighbours / squares + 1.0 / count as f64 } else { 0.0 };
    let alike = crate::base::within(alike, 0.0, MOST_ALIKE);
    let error = libm::sqrt(variance * (1.0 + alike) / (1.0 - alike)).max(least);
    let errors = if error > 0.0 { mean.abs() / error } else { f64::INFINITY };
    Some(Doubt { errors, bound })
}
