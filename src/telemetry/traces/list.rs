//! Lists of what is best by some rank, of late.

use crate::base::{SimDuration, SimTime, sort_by_key};

/// A list has at most so many entries.
pub const LISTED: usize = 12;

/// How long "of late" is at least; it is at most twice as long.
pub const LATE: SimDuration = SimDuration::from_millis(60_000);

/// The entries of the highest rank in the present stretch of time and in the one before it. Each stretch is as long as
/// [`LATE`], or as the whole run where rank is time itself.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    stretch: u64,
    now: Vec<(u64, u64)>,
    before: Vec<(u64, u64)>,
}

impl List {
    /// A request of such a rank is there; says whether it is on the list. What leaves the list for it, or because its
    /// time is over, is told.
    pub fn offer(&mut self, stretch: u64, rank: u64, request: u64, mut leaves: impl FnMut(u64)) -> bool {
        if stretch != self.stretch {
            self.before.drain(..).for_each(|(_, request)| leaves(request));
            std::mem::swap(&mut self.before, &mut self.now);
            if stretch != self.stretch + 1 {
                self.before.drain(..).for_each(|(_, request)| leaves(request));
            }
            self.stretch = stretch;
        }
        if self.now.len() < LISTED {
            self.now.push((rank, request));
            return true;
        }
        match self.now.iter_mut().min_by_key(|(rank, _)| *rank) {
            Some(least) if least.0 < rank => {
                leaves(least.1);
                *least = (rank, request);
                true
            }
            _ => false,
        }
    }

    /// The best of both stretches, the best first.
    pub fn best(&self) -> Vec<u64> {
        let mut all: Vec<(u64, u64)> = self.before.iter().chain(&self.now).copied().collect();
        sort_by_key(&mut all, |&(rank, request)| (std::cmp::Reverse(rank), request));
        all.into_iter().take(LISTED).map(|(_, request)| request).collect()
    }
}

/// In which stretch an instant lies.
pub(super) fn stretch(at: SimTime) -> u64 {
    at.0 / LATE.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::mix;
    use std::collections::BTreeSet;

    #[test]
    fn the_best_of_late_are_on_it_and_who_leaves_is_told() {
        let mut list = List::default();
        let mut on: BTreeSet<u64> = BTreeSet::new();
        let mut all: Vec<(u64, u64, u64)> = Vec::new();
        for request in 0..2000 {
            // Stretches of 300 requests; the fifth never comes.
            let stretch = request / 300 + u64::from(request >= 1200);
            let rank = mix(request + 1) % 10_000 * 10_000 + request;
            let came =
                list.offer(stretch, rank, request, |gone| assert!(on.remove(&gone), "{gone} left twice"));
            if came {
                on.insert(request);
            }
            all.push((stretch, rank, request));
            let mut late: Vec<_> = all.iter().filter(|(s, _, _)| s + 1 >= stretch).collect();
            late.sort_by_key(|(_, rank, _)| std::cmp::Reverse(*rank));
            let expected: Vec<u64> = late.iter().take(LISTED).map(|(_, _, request)| *request).collect();
            assert_eq!(list.best(), expected);
            assert!(expected.iter().all(|request| on.contains(request)) && on.len() <= 2 * LISTED);
        }
    }
}
