//! What is selected on a stage, pointed at, or has the focus, and what is being written about it.

use crate::base::{Diagnostic, Json};
use crate::session::Run;
use crate::ui::canvas::sizes::STAGES;
use crate::ui::model::side::Side;
use crate::view::Hit;
use crate::view::inspector::{Field, Inspection, Subject, inspect};

/// What is selected, pointed at, or has the focus.
#[derive(Default)]
pub struct Inspector {
    /// What the panel shows.
    pub selected: Option<Selected>,
    /// What is under the pointer: on which stage, and what.
    pub hovered: Option<(Side, Hit)>,
    /// The part of a stage that has the focus.
    pub focused: Option<(Side, Subject)>,
    /// Which part in the list of each stage the tabulator reaches.
    pub reach: [usize; STAGES],
    /// What fields mean was fetched, or is on its way.
    pub described: bool,
}

impl Inspector {
    /// What is marked on the stages.
    pub fn marked(&self) -> Option<(Side, Subject)> {
        self.focused.or(self.selected.as_ref().map(|selected| (selected.side, selected.subject)))
    }
}

/// What the panel shows, with what a person has written and chosen in it.
pub struct Selected {
    /// Of which variant.
    pub side: Side,
    /// What.
    pub subject: Subject,
    /// How much faults are to break, by the fault's key.
    pub amounts: Vec<(String, Json)>,
    /// The field that is being written, and what is in it.
    pub draft: Option<(String, String)>,
    /// Steps are edited here: they are seen at first.
    edits: bool,
    /// The groups of fields that are not as they were at first: open or closed.
    turned: Vec<String>,
    /// What was refused: the field's id (empty: none's) and why.
    pub refused: Option<(String, Vec<Diagnostic>)>,
}

/// So many groups are remembered as turned; the oldest are forgotten.
const MOST_TURNED: usize = 200;

impl Selected {
    /// Selects something.
    pub fn new(side: Side, subject: Subject) -> Selected {
        Selected {
            side,
            subject,
            amounts: Vec::new(),
            draft: None,
            edits: false,
            turned: Vec::new(),
            refused: None,
        }
    }

    /// Selects something whose steps are edited.
    pub fn to_edit(side: Side, subject: Subject) -> Selected {
        Selected { edits: true, ..Selected::new(side, subject) }
    }

    /// What the panel shows; none where the thing is no more.
    pub fn inspection(&self, run: &Run) -> Option<Inspection> {
        inspect(&run.session, self.side.at(), self.subject, &self.amounts)
    }

    /// Opens a group of fields, or closes it.
    pub fn turn(&mut self, field: &Field, open: bool) {
        self.turned.retain(|other| *other != field.id);
        if open != self.opens(field) {
            if self.turned.len() >= MOST_TURNED {
                self.turned.remove(0);
            }
            self.turned.push(field.id.clone());
        }
    }

    /// Whether a group of fields is open.
    pub fn is_open(&self, field: &Field) -> bool {
        self.opens(field) != self.turned.contains(&field.id)
    }

    /// Whether a group of fields is open at first.
    fn opens(&self, field: &Field) -> bool {
        field.opens() || self.edits && field.holds_steps()
    }

    /// What stands in a field: what is being written there, or its value.
    pub fn shown<'a>(&'a self, id: &str, value: &'a str) -> &'a str {
        match &self.draft {
            Some((other, text)) if other == id => text,
            _ => value,
        }
    }
}
