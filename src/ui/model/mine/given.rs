//! A text that was given to the page: a system of one's own, or what is wrong with it.

use super::Refused;
use super::kept::{Kept, named};
use super::words::name_of_file;
use crate::base::{Diagnostic, Problems};
use crate::session::{Action, Record};
use crate::ui::platform::files::{Given, MOST_FILES, Unreadable};

/// What was given as a system that nobody keeps yet: with a name, but without an id.
///
/// # Errors
///
/// It is no system that can run.
pub fn read(Given { name, text }: Given) -> Result<Kept, Refused> {
    let read = text.map_err(|why| vec![unreadable(why)]).and_then(|text| system(&text));
    let record = match read {
        Ok(record) => record,
        Err(problems) => return Err(Refused { name, problems }),
    };
    let title = record.variants.first().map_or("", |variant| variant.scenario.title());
    let own = [title, name_of_file(&name), text!("mine.untitled")].map(named);
    let name = own.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    let sandbox = record.log.iter().any(|done| matches!(done.action, Action::Edit { .. }));
    Ok(Kept { id: String::new(), name, at: 0.0, visit: String::new(), count: 0, sandbox, record })
}

/// Reads a system that can run.
fn system(text: &str) -> Result<Record, Vec<Diagnostic>> {
    let record = Record::read(text)?;
    let mut problems = Problems::default();
    for (at, variant) in record.variants.iter().enumerate() {
        let place = ["variants[", &at.to_string(), "].scenario"].concat();
        let place = if record.variants.len() > 1 { &*place } else { "" };
        if let Err(found) = variant.scenario.plan() {
            problems.add_inside(place, found);
        }
    }
    problems.or(record)
}

fn unreadable(why: Unreadable) -> Diagnostic {
    match why {
        Unreadable::TooLong => Diagnostic::new("", problem!("mine.too-long")),
        Unreadable::Refused => Diagnostic::new("", problem!("mine.unreadable")),
        Unreadable::TooMany => Diagnostic::new("", problem!("mine.too-many", count = MOST_FILES)),
    }
}
