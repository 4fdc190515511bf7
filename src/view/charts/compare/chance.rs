//! Whether chance explains a difference: batch means, paired.
//!
//! Two variants in lockstep meet the same arrivals. So the stretch is cut into batches, and the difference within each
//! batch is taken: what varies with the arrivals is in both and falls out. The mean of these differences has a standard
//! error. It is taken from how much each differs from the one before, so that a run which changes (a fault sets in, a
//! queue grows) is not taken for one that is uncertain; and multiplied, because batches are short and queues remember. For
//! counts it is never less than what chance does to so many events. Beyond Student's quantile for 99 % of it, a difference
//! is no chance. How often that is wrong is in docs/decisions/09-comparing-two-runs.md, and held by the tests.

/// From fewer windows than this nothing is concluded.
pub(super) const FEWEST: usize = 4;

/// Into so many batches a stretch is cut if it has the windows for it.
const BATCHES: usize = 10;

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

/// What is compared, as far as chance is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Events: nearly independent of each other from batch to batch.
    Counts,
    /// What lasts: levels, and how long answers take. One batch is much like the next.
    States,
}

/// What differences by batch say, oldest first; their mean is never more certain than the `least` standard error allows.
/// None where there are too few.
pub(super) fn doubt(differences: &[f64], kind: Kind, least: f64) -> Option<Doubt> {
    let count = differences.len();
    let bound = STUDENT[count.checked_sub(FEWEST)?.min(STUDENT.len() - 1)];
    let free = (count - 1) as f64;
    let mean = differences.iter().sum::<f64>() / count as f64;
    let square = |value: f64| value * value;
    let about: f64 = differences.iter().map(|each| square(each - mean)).sum();
    let between: f64 = differences.windows(2).map(|pair| square(pair[1] - pair[0])).sum();
    // The mean square of successive differences is twice the variance (von Neumann, 1941); less where neighbours are alike.
    let (about, between) = (about / free, between / 2.0 / free);
    let variance = match kind {
        Kind::Counts => about.min(2.0 * between),
        Kind::States => 4.0 * between,
    };
    let error = libm::sqrt(variance / count as f64).max(least);
    let errors = if error > 0.0 { mean.abs() / error } else { f64::INFINITY };
    Some(Doubt { errors, bound })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_changes_is_not_what_is_uncertain() {
        let check = |differences: &[f64], kind: Kind, expected: Option<bool>| {
            let seen = doubt(differences, kind, 0.0).map(|doubt| !doubt.is_chance());
            assert_eq!(seen, expected, "{differences:?}");
        };
        for kind in [Kind::Counts, Kind::States] {
            check(&[8.0, -8.0, 6.0, -4.0, 1.0, 1.0], kind, Some(false));
            check(&[2.0, 2.1, 2.0, 2.0, 2.1, 2.0], kind, Some(true));
            check(&[1.0; 4], kind, Some(true));
            check(&[0.0; 4], kind, Some(true));
            check(&[1.0; 3], kind, None);
            // A line that grows from nothing.
            check(&[0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0], kind, Some(true));
        }
        // A fault in the middle.
        check(&[0.0, 0.1, 0.0, 0.1, 9.0, 9.1, 9.0, 9.0, 9.1, 9.0], Kind::Counts, Some(true));
        // The same events, one more in one of them: never certain.
        let one = [0.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        assert!(doubt(&one, Kind::Counts, 1.0 / 6.0).is_some_and(Doubt::is_chance));
    }

    #[test]
    fn a_stretch_is_cut_into_equal_batches_up_to_its_end() {
        let of = |count: usize| {
            let windows: Vec<usize> = (0..count).collect();
            batches(&windows).map(|all| all.map(<[usize]>::to_vec).collect::<Vec<_>>())
        };
        assert_eq!(of(3), None);
        assert_eq!(of(5), Some(vec![vec![1], vec![2], vec![3], vec![4]]));
        let twenty = of(20).expect("batches");
        assert_eq!((twenty.len(), &twenty[9][..]), (10, &[18, 19][..]));
        assert!(of(1200).is_some_and(|all| all.len() == 10 && all.iter().all(|batch| batch.len() == 120)));
    }

    #[test]
    fn an_interval_has_zero_in_it_where_chance_explains_it() {
        for differences in [[3.0, -1.0, 4.0, 0.5, 2.0, -2.0], [2.0, 2.1, 2.0, 2.2, 2.1, 2.0]] {
            let doubt = doubt(&differences, Kind::Counts, 0.0).expect("enough");
            let [low, high] = doubt.interval(differences.iter().sum::<f64>() / 6.0);
            assert_eq!(low <= 0.0 && high >= 0.0, doubt.is_chance(), "{low} to {high}");
        }
    }
}
