//! A chart as a table: for screen readers and for who wants the numbers.

use super::contents::chart_data;
use super::data::ChartData;
use super::kind::ChartId;
use super::series::Series;
use crate::base::{SimDuration, format};
use crate::session::Session;

/// A table of texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Headings of the columns.
    pub head: Vec<String>,
    /// Rows, each as long as the head.
    pub rows: Vec<Vec<String>>,
}

/// A table has at most so many rows.
const MOST_ROWS: usize = 12;

/// A chart's values at round instants, newest first.
pub fn table(session: &Session, shown: &[usize], id: &ChartId) -> Table {
    rows(&chart_data(session, shown, id))
}

fn rows(data: &ChartData) -> Table {
    let head = std::iter::once(text!("chart.time").to_owned())
        .chain(data.series.iter().map(|line| line.name.clone()));
    let step = (data.span.1 - data.span.0) / MOST_ROWS as f64;
    let newest =
        data.series.iter().filter_map(|line| line.points.last()).map(|(at, _)| *at).fold(f64::MIN, f64::max);
    let mut table = Table { head: head.collect(), rows: Vec::new() };
    if newest < data.span.0 {
        return table;
    }
    let mut number = libm::floor(newest / step);
    while number * step >= data.span.0 && table.rows.len() < MOST_ROWS && number >= 0.0 {
        let at = number * step;
        let time = format::string(|out| format::duration(out, SimDuration::from_secs(at)));
        let value = |line: &Series| {
            format::string(|out| data.unit.write(out, line.at(at, step / 2.0).unwrap_or(f64::NAN)))
        };
        table.rows.push(std::iter::once(time).chain(data.series.iter().map(value)).collect());
        number -= 1.0;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::charts::tests::example;

    #[test]
    fn every_row_is_as_long_as_the_head() {
        for points in [0, 1, 2, 100, 5000] {
            let table = rows(&example(points));
            assert!(table.rows.iter().all(|row| row.len() == table.head.len()), "{points}");
            assert!(table.rows.len() <= MOST_ROWS);
            assert_eq!(table.rows.is_empty(), points == 0);
        }
    }
}
