//! Edits of the running system, and bursts of them: what is edited at one instant, one edit after the other, is one entry
//! in the log.

use super::unedited::Unedited;
use super::{Action, Session, TimedAction};
use crate::base::Diagnostic;

impl Session {
    /// Does an edit in place of the one that was done just before, at the same instant and to the same variants: what
    /// that one took out was never gone. None where there is no such edit.
    pub(super) fn edit_again(&mut self, action: &Action) -> Option<Result<(), Vec<Diagnostic>>> {
        let Action::Edit { variant, .. } = action else { return None };
        let burst = |unedited: &Unedited| {
            let before = self.log.get(unedited.place).map(|logged| &logged.action);
            unedited.at == self.now
                && unedited.place + 1 == self.done
                && matches!(before, Some(Action::Edit { variant: before, .. }) if before == variant)
        };
        let place = self.unedited.as_deref().filter(|unedited| burst(unedited))?.place;
        let mut variants = self.unedited.as_ref()?.variants.clone();
        if let Err(problems) = action.perform(&mut variants) {
            return Some(Err(problems));
        }
        self.variants = variants;
        self.log[place] = TimedAction { at: self.now, action: action.clone() };
        self.past.forget_after(self.now, place);
        self.keep();
        Some(Ok(()))
    }

    /// An action is about to be done: if it is an edit, the variants are kept as they are for one that may follow.
    pub(super) fn before_edit(&self, action: &Action) -> Option<Box<Unedited>> {
        let edits = matches!(action, Action::Edit { .. });
        edits.then(|| Box::new(Unedited { at: self.now, place: self.done, variants: self.variants.clone() }))
    }
}
