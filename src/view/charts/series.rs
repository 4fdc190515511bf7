//! Series: named points over time, and how many of them a chart of a given width needs.

use crate::view::canvas::draw::Stroke;

/// One line of a chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is, for tables and readouts: "A good".
    pub name: String,
    /// What stands at its end; empty where others say enough.
    pub label: String,
    /// How it is drawn; none: only in tables and readouts.
    pub stroke: Option<Stroke>,
    /// Instant in seconds and value, ascending in time. A value that is no number is a gap.
    pub points: Vec<(f64, f64)>,
}

impl Series {
    /// The value of the point nearest to an instant, no further than `reach` seconds from it.
    pub fn at(&self, instant: f64, reach: f64) -> Option<f64> {
        let after = self.points.partition_point(|(at, _)| *at < instant);
        let near = [after.checked_sub(1), Some(after)].into_iter().flatten();
        let near = near.filter_map(|index| self.points.get(index));
        near.filter(|(at, value)| value.is_finite() && (at - instant).abs() <= reach)
            .min_by(|a, b| (a.0 - instant).abs().total_cmp(&(b.0 - instant).abs()))
            .map(|(_, value)| *value)
    }

    /// The last value.
    pub fn last(&self) -> Option<(f64, f64)> {
        self.points.iter().rev().find(|(_, value)| value.is_finite()).copied()
    }
}

/// Fewer points with the same outline: in each of `columns` equal stretches of `from..to` only the least and the
/// greatest are kept, in their order. Gaps stay.
pub fn decimated(points: &[(f64, f64)], from: f64, to: f64, columns: usize) -> Vec<(f64, f64)> {
    if points.len() <= 2 * columns.max(1) || to <= from {
        return points.to_vec();
    }
    let column = |at: f64| ((at - from) / (to - from) * columns as f64) as i64;
    let mut kept: Vec<(f64, f64)> = Vec::with_capacity(2 * columns + 4);
    let mut rest = points;
    while let Some(first) = rest.first() {
        let here = column(first.0);
        let length = rest.iter().take_while(|(at, value)| column(*at) == here && value.is_finite()).count();
        if length == 0 {
            kept.push(*first);
            rest = &rest[1..];
            continue;
        }
        let (group, after) = rest.split_at(length);
        let least = group.iter().enumerate().min_by(|a, b| a.1.1.total_cmp(&b.1.1)).map_or(0, |(at, _)| at);
        let most = group.iter().enumerate().max_by(|a, b| a.1.1.total_cmp(&b.1.1)).map_or(0, |(at, _)| at);
        kept.push(group[least.min(most)]);
        if least != most {
            kept.push(group[least.max(most)]);
        }
        rest = after;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimation_keeps_extremes_order_and_gaps() {
        let points: Vec<(f64, f64)> = (0..10_000)
            .map(|i| (f64::from(i) * 0.01, if i == 5000 { f64::NAN } else { f64::from(i * 7919 % 1000) }))
            .collect();
        let kept = decimated(&points, 0.0, 100.0, 200);
        assert!(kept.len() <= 2 * 200 + 4, "{}", kept.len());
        assert!(kept.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(kept.iter().any(|(_, value)| value.is_nan()));
        let extreme = |points: &[(f64, f64)]| {
            points
                .iter()
                .map(|p| p.1)
                .filter(|v| v.is_finite())
                .fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)))
        };
        assert_eq!(extreme(&kept), extreme(&points));
        assert_eq!(decimated(&points[..9], 0.0, 1.0, 200), points[..9]);
    }

    #[test]
    fn the_nearest_point_answers() {
        let points = vec![(1.0, 10.0), (2.0, f64::NAN), (3.0, 30.0)];
        let series = Series { name: String::new(), label: String::new(), stroke: None, points };
        let at = |instant| series.at(instant, 0.6);
        assert_eq!((at(0.9), at(2.9), at(1.9), at(9.0)), (Some(10.0), Some(30.0), None, None));
        assert_eq!(series.last(), Some((3.0, 30.0)));
    }
}
