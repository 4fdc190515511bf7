//! The points of a sweep: the values of each parameter, and all their combinations.

use cascade::base::{Json, SimDuration, parse_duration};

/// A parameter takes at most so many values.
const MOST_VALUES: u64 = 10_000;

/// A parameter and the values that it takes, as one would write them in `--set` of a single run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// The parameter's path.
    pub path: String,
    /// Its values, in order; at least one.
    pub values: Vec<String>,
}

/// Reads `PATH=A..B/N`, or `PATH=VALUE` for a parameter that stays.
///
/// A and B are two numbers or two durations, both among the N values, which are equally far apart.
pub fn axis(text: &str) -> Result<Axis, String> {
    let (path, value) = super::setting::setting(text)?;
    let plain = !value.contains("..") || Json::parse(&value).is_ok();
    let values = if plain { vec![value] } else { range(&value)? };
    Ok(Axis { path, values })
}

/// The values of `A..B/N`.
fn range(text: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("\"{text}\" is not a range: write A..B/N, such as 1..10/10 or 1ms..10ms/5");
    let (ends, count) = text.rsplit_once('/').ok_or_else(wrong)?;
    let (first, last) = ends.split_once("..").ok_or_else(wrong)?;
    let count: u64 = count.trim().parse().map_err(|_| wrong())?;
    if !(1..=MOST_VALUES).contains(&count) {
        return Err(format!("{count} values; a parameter takes 1 to {MOST_VALUES}"));
    }
    let number = |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let places = (0..count).map(|at| (at, (count - 1).max(1)));
    if let (Some(first), Some(last)) = (number(first), number(last)) {
        return Ok(places.map(|(at, of)| between(first, last, at, of)).collect());
    }
    match (parse_duration(first), parse_duration(last)) {
        (Ok(first), Ok(last)) => Ok(places.map(|(at, of)| duration(first, last, at, of)).collect()),
        _ => Err(wrong()),
    }
}

/// The number `at` of `of` steps on the way, to twelve digits: no 0.30000000000000004.
fn between(first: f64, last: f64, at: u64, of: u64) -> String {
    let exact = first + (last - first) * (at as f64 / of as f64);
    let rounded = format!("{exact:.11e}").parse().unwrap_or(exact);
    Json::Number(rounded).to_string()
}

/// The duration `at` of `of` steps on the way, to the nanosecond.
fn duration(first: SimDuration, last: SimDuration, at: u64, of: u64) -> String {
    let (at, of) = (u128::from(at), u128::from(of));
    let nanos = (u128::from(first.0) * (of - at) + u128::from(last.0) * at + of / 2) / of;
    SimDuration(nanos as u64).to_string()
}

/// Every combination of the axes' values, the last axis changing fastest; none where there would be more than `most`.
pub fn points(axes: &[Axis], most: usize) -> Option<Vec<Vec<&str>>> {
    let mut points = vec![Vec::new()];
    for axis in axes {
        if points.len().checked_mul(axis.values.len())? > most {
            return None;
        }
        let longer = |point: &Vec<_>, value| [&point[..], &[value]].concat();
        points = points
            .iter()
            .flat_map(|point| axis.values.iter().map(move |value| longer(point, value.as_str())))
            .collect();
    }
    Some(points)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_include_both_ends() {
        for (text, values) in [
            ("1..10/4", "1 4 7 10"),
            ("0.1..0.5/5", "0.1 0.2 0.3 0.4 0.5"),
            ("-1..1/3", "-1 0 1"),
            ("10..1/2", "10 1"),
            ("5..9/1", "5"),
            ("1ms..10ms/4", "1ms 4ms 7ms 10ms"),
            ("500us..2ms/2", "500us 2ms"),
            ("0s..1s/3", "0s 500ms 1s"),
            ("7", "7"),
            ("\"a..b\"", "\"a..b\""),
        ] {
            let axis = axis(&format!("p={text}")).expect(text);
            assert_eq!(axis.values.join(" "), values, "{text}");
        }
    }

    #[test]
    fn what_is_no_range_says_so() {
        for text in ["1..10", "1../3", "1..10ms/3", "1..2/0", "1..2/x", "1..inf/3", "a..b/2", "1..2/10001"] {
            assert!(axis(&format!("p={text}")).is_err(), "{text}");
        }
    }

    #[test]
    fn the_grid_has_every_combination_in_order() {
        let axes =
            [axis("a=1..2/2").expect("good"), axis("b=5").expect("good"), axis("c=1..3/3").expect("good")];
        let points = points(&axes, 6).expect("six");
        let text: Vec<String> = points.iter().map(|point| point.join("")).collect();
        assert_eq!(text, ["151", "152", "153", "251", "252", "253"]);
        assert_eq!(super::points(&axes, 5), None);
    }
}
