//! Measures the work of the last frames, or a part of it.

use crate::base::sort_by;

/// How many frames a meter remembers: about five seconds.
const REMEMBERED: usize = 300;

/// Measures the work of the last frames, or a part of it, in milliseconds.
pub struct Meter {
    work_ms: Vec<f64>,
    next: usize,
}

impl Meter {
    /// Nothing measured yet.
    pub fn new() -> Meter {
        Meter { work_ms: Vec::with_capacity(REMEMBERED), next: 0 }
    }

    /// Remembers the work of one frame.
    pub fn add(&mut self, work_ms: f64) {
        if self.work_ms.len() < REMEMBERED {
            self.work_ms.push(work_ms);
        } else {
            self.work_ms[self.next] = work_ms;
            self.next = (self.next + 1) % REMEMBERED;
        }
    }

    /// The least that so many hundredths of the frames remembered did not exceed; none before the first.
    pub fn hundredth_ms(&self, hundredths: usize) -> Option<f64> {
        let mut sorted = self.work_ms.clone();
        sort_by(&mut sorted, &f64::total_cmp);
        let at = (sorted.len() * hundredths).div_ceil(100).checked_sub(1)?;
        sorted.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hundredths_are_those_of_the_last_frames() {
        let mut meter = Meter::new();
        assert_eq!(meter.hundredth_ms(50), None);
        for work in 1..=100 {
            meter.add(f64::from(work));
        }
        assert_eq!(
            [50, 99, 100].map(|share| meter.hundredth_ms(share)),
            [Some(50.0), Some(99.0), Some(100.0)]
        );
        // What was slow long ago counts no more.
        for _ in 0..REMEMBERED {
            meter.add(3.0);
        }
        assert_eq!(meter.hundredth_ms(100), Some(3.0));
    }
}
