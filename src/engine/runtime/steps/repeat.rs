//! The step `repeat`: runs steps several times, one after the other.

use crate::base::Stream;

/// The most turns that are drawn; more are cut to it. With the greatest mean, 1,000, one draw in 22,000 is.
pub const MOST_DRAWN: u16 = 10_000;

/// Steps nest so deep, and so do repeats.
const LEVELS: usize = 8;

/// How many turns the repeats of a node's tasks have left.
#[derive(Clone, Debug)]
pub struct Repeats {
    /// Draws of the number of turns.
    stream: Stream,
    /// By task, and by level: a repeat that contains no other is at level 0. What is there of a task that has ended
    /// means nothing: every repeat begins by setting its own.
    left: Vec<[u16; LEVELS]>,
}

impl Repeats {
    /// For a node at which nothing runs yet.
    pub fn new(stream: Stream) -> Repeats {
        Repeats { stream, left: Vec::new() }
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.left[..])
    }

    /// A task begins a repeat of so many turns.
    pub fn begin(&mut self, task: u32, level: u8, turns: u16) {
        let task = task as usize;
        if self.left.len() <= task {
            self.left.resize(task + 1, [0; LEVELS]);
        }
        self.left[task][usize::from(level)] = turns;
    }

    /// A number of turns from the geometric distribution on 0, 1, 2, … with this mean m, by inversion: one draw is one
    /// number. After each turn there is another with probability m/(1 + m).
    pub fn draw(&mut self, mean: f64) -> u16 {
        let again = mean / (1.0 + mean);
        let turns = libm::floor(libm::log(1.0 - self.stream.unit()) / libm::log(again));
        // A mean of 0 gives -0.0, or 0/-∞.
        turns.clamp(0.0, f64::from(MOST_DRAWN)) as u16
    }

    /// Whether the task has a turn left; takes it.
    pub fn takes_turn(&mut self, task: u32, level: u8) -> bool {
        let left = &mut self.left[task as usize][usize::from(level)];
        let any = *left > 0;
        *left = left.saturating_sub(1);
        any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_turns_are_geometric() {
        let mut repeats = Repeats::new(Stream::new(1, "app", "repeat"));
        for mean in [0.25, 2.5, 40.0] {
            let draws: Vec<f64> = (0..200_000).map(|_| f64::from(repeats.draw(mean))).collect();
            let measured = draws.iter().sum::<f64>() / draws.len() as f64;
            assert!((measured / mean - 1.0).abs() < 0.02, "{mean}: {measured}");
            let none = draws.iter().filter(|turns| **turns == 0.0).count() as f64 / draws.len() as f64;
            assert!((none * (1.0 + mean) - 1.0).abs() < 0.05, "{mean}: {none} without a turn");
        }
        assert!((0..1000).all(|_| repeats.draw(0.0) == 0));
        assert!((0..100_000).all(|_| repeats.draw(1000.0) <= MOST_DRAWN));
    }

    #[test]
    fn each_level_and_each_task_has_its_own_turns() {
        let mut repeats = Repeats::new(Stream::new(1, "app", "repeat"));
        repeats.begin(3, 1, 2);
        repeats.begin(3, 0, 1);
        repeats.begin(0, 1, 0);
        let mut takes = |task, level| repeats.takes_turn(task, level);
        assert_eq!(
            [takes(3, 0), takes(3, 0), takes(3, 1), takes(3, 1), takes(3, 1)],
            [true, false, true, true, false]
        );
        assert!(!takes(0, 1));
    }
}
