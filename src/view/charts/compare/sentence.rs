//! Who does better, in one sentence.

use super::rows::{Compared, Figure, Row};
use super::verdict::{Verdict, verdict};
use crate::base::format;
use crate::telemetry::metrics::Subject;
use crate::view::words::LETTERS;

/// "B served 13/s, A 0.5/s."; where they serve alike, who answers sooner.
pub(super) fn sentence(found: &[(&Row, Compared)]) -> String {
    let row = |figure: Figure| found.iter().find(|(row, _)| row.is(figure));
    let Some((goodput, served)) = row(Figure::Metric(Subject::Client, "goodput")) else {
        return String::new();
    };
    let [a, b] = served.values.map(|value| format::string(|out| goodput.unit.write(out, value)));
    match verdict(goodput, served) {
        Verdict::Nothing | Verdict::Early => text!("compare.says.early").to_owned(),
        Verdict::Better(better, _) => {
            let (more, less) = if better == 0 { (&a, &b) } else { (&b, &a) };
            say!(
                "compare.says.better",
                better = LETTERS[better],
                more = more,
                other = LETTERS[1 - better],
                less = less
            )
        }
        Verdict::Close(_) => say!("compare.says.close", a = &a, b = &b),
        Verdict::Equal => match row(Figure::Percentile(0)).map(|(row, took)| (row, took, verdict(row, took)))
        {
            Some((row, took, Verdict::Better(better, _))) => {
                let time = |which: usize| format::string(|out| row.unit.write(out, took.values[which]));
                let (sooner, later) = (&time(better), &time(1 - better));
                say!(
                    "compare.says.sooner",
                    rate = &b,
                    better = LETTERS[better],
                    sooner = sooner,
                    other = LETTERS[1 - better],
                    later = later
                )
            }
            _ => say!("compare.says.equal", rate = &b),
        },
    }
}
