//! Why a field does not take what was written in it, in the reader's words.

use super::fields::Field;
use crate::base::{Diagnostic, Json};
use crate::scenario::Control;

impl Field {
    /// What is wrong with what was written in it, a sentence for each problem: it names the field as the reader knows
    /// it and says what it takes. Where the language was asked, its own words, without the place in the file.
    pub fn refusal(&self, written: &str, problems: &[Diagnostic]) -> Vec<String> {
        let number = Json::parse(written.trim()).ok().filter(|json| json.as_f64().is_some()).is_some();
        let own = problems.iter().all(|problem| problem.path.starts_with(&self.path));
        match &self.control {
            Control::Duration(_) if own && number => vec![say!("inspector.needs-unit", field = &self.label)],
            Control::Duration(_) if own && unlike_time(written) => {
                vec![say!("inspector.needs-time", field = &self.label)]
            }
            Control::Number { .. } if own && !number => {
                vec![say!("inspector.needs-number", field = &self.label)]
            }
            _ => refusal(problems),
        }
    }
}

/// Whether a text does not even begin as a time does: what does, may be too long or too fine, and the language says so.
fn unlike_time(written: &str) -> bool {
    crate::base::read_duration(written) == Err(crate::base::NoDuration::Unlike)
}

/// What is wrong with something that was set, a sentence for each problem, without the places in the file.
pub fn refusal(problems: &[Diagnostic]) -> Vec<String> {
    let both =
        |problem: &Diagnostic| say!("inspector.refused", what = &problem.message, help = &problem.help);
    problems.iter().map(both).collect()
}

#[cfg(test)]
mod tests {
    use crate::scenario::Scenario;
    use crate::session::{Action, Session, Variant};
    use crate::view::inspector::{Subject, inspect, subjects};

    /// What is said where a text is written into a field of the client.
    fn said(path: &str, written: &str) -> Vec<String> {
        let text = include_str!("../../../static/opening/a.json");
        let scenario = Scenario::read(text).expect("a good scenario");
        let mut session =
            Session::new(vec![Variant { label: String::new(), scenario }], 1.0).expect("it runs");
        let variant = &session.variants()[0];
        let client = subjects(variant).into_iter().find(|part| match part {
            Subject::Node(node) => path.contains(variant.plan().id(*node)),
            _ => false,
        });
        let seen = inspect(&session, 0, client.expect("a node"), &[]).expect("it is there");
        let field = seen.field(path).unwrap_or_else(|| panic!("no {path}")).clone();
        let set = Action::Set { variant: None, path: field.path.clone(), value: field.read(written) };
        let problems = session.act(set).expect_err("it is refused");
        field.refusal(written, &problems)
    }

    #[test]
    fn a_field_says_what_it_takes_in_the_readers_words() {
        let timeout = "nodes.shoppers.operation[0].call.timeout";
        assert_eq!(said(timeout, "2"), ["Timeout needs a unit, such as 2\u{202f}s or 200\u{202f}ms"]);
        assert_eq!(
            said(timeout, "abc"),
            ["Timeout takes a time with a unit, such as 2\u{202f}s or 200\u{202f}ms"]
        );
        assert_eq!(said("nodes.shop.workers", "many").len(), 1);
        for (path, written) in [
            (timeout, "99999999h"),
            (timeout, "0.1ns"),
            ("nodes.shop.workers", "0"),
            ("nodes.shop.workers", "many"),
        ] {
            let said = said(path, written);
            assert!(!said.is_empty());
            for sentence in said {
                assert!(!sentence.contains("nodes.") && !sentence.contains('['), "{sentence}");
            }
        }
    }
}
