//! What is found in a system, with the edit that mends it.

use super::edit::Edit;
use crate::base::{Diagnostic, Json};
use crate::scenario::{Plan, Remedy, Scenario, advice};

/// Something to think of.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// What kind of finding it is.
    pub key: &'static str,
    /// Where, what, and what to do about it.
    pub diagnostic: Diagnostic,
    /// What one click does about it: in words, and the edit.
    pub remedy: Option<(String, Edit)>,
}

/// What there is to think of in a system, as `cascade check` advises it. `plan` is the scenario's.
pub fn findings(scenario: &Scenario, plan: &Plan) -> Vec<Finding> {
    let found = advice(scenario, plan).into_iter();
    found
        .map(|found| Finding {
            key: found.key,
            diagnostic: found.diagnostic,
            remedy: found.remedy.map(remedy),
        })
        .collect()
}

fn remedy(remedy: Remedy) -> (String, Edit) {
    match remedy {
        Remedy::Consumer(queue) => {
            let words = say!("editor.remedy.consumer", node = &queue);
            (words, Edit::AddNext { from: queue, next: "workers".to_owned() })
        }
        Remedy::Set(changes) => {
            let words = match &changes[..] {
                [(path, Json::Null)] => say!("editor.remedy.unset", field = field(path)),
                [(path, value)] => say!("editor.remedy.set", field = field(path), value = &shown(value)),
                all => say!("editor.remedy.several", count = all.len()),
            };
            let edits = changes.into_iter().map(|(path, value)| Edit::Set { path, value });
            (words, Edit::Together(edits.collect()))
        }
    }
}

/// The last part of a path.
fn field(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

fn shown(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        json => json.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::Editor;

    #[test]
    fn one_click_mends_a_finding() {
        let text = r#"{"schema": 1, "network": {"loss": 0.1}, "nodes": {
          "web": {"kind": "client", "arrivals": {"poisson": {"rate": 1}},
            "operation": [{"call": {"to": "app"}}, {"publish": {"to": "q"}}]},
          "app": {"kind": "service", "operations": {"default": []}}, "q": {"kind": "queue"}}}"#;
        let mut editor = Editor::read(text).expect("a scenario");
        let keys = |editor: &Editor| {
            findings(editor.scenario(), editor.plan()).iter().map(|found| found.key).collect::<Vec<_>>()
        };
        assert_eq!(keys(&editor), ["no-timeout", "unread"]);
        for words in ["Set timeout to 1s", "Add a worker pool that reads q"] {
            let (said, edit) =
                findings(editor.scenario(), editor.plan())[0].remedy.clone().expect("a remedy");
            assert_eq!(said, words);
            editor.apply(edit).expect("it can be done");
        }
        assert_eq!(keys(&editor), [""; 0]);
    }
}
