//! What one can do to a system, as data.

use crate::base::{Diagnostic, Json};

/// A place on the stage, in the unit of `view.positions`.
pub type Spot = [f64; 2];

/// One thing that somebody does to a system. Paths are those of the scenario as written, before the edit.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a node from the palette.
    Add {
        /// Its key in the palette.
        preset: String,
        /// Where; none: where there is room, or in the automatic layout.
        at: Option<Spot>,
    },
    /// Adds a node to the right of another and links them.
    AddNext {
        /// The node that is there.
        from: String,
        /// The key of what comes next ([`next_of`](super::next_of)).
        next: String,
    },
    /// Takes out nodes and links, with every step and setting that names them.
    Remove {
        /// The nodes.
        nodes: Vec<String>,
        /// The links, each from one node to another.
        links: Vec<(String, String)>,
    },
    /// Gives a node another id. Whatever names it follows.
    Rename {
        /// The node.
        node: String,
        /// Its new id.
        to: String,
    },
    /// Sets the label of a node.
    Relabel {
        /// The node.
        node: String,
        /// Its label; empty: none.
        label: String,
    },
    /// Links two nodes, as [`could_connect`](super::could_connect) says.
    Connect {
        /// Where the link begins.
        from: String,
        /// Where it ends.
        to: String,
        /// The operation that gets the step, or that runs for each message; none: the first.
        operation: Option<String>,
    },
    /// Takes out every step, subscription or binding by which two nodes are linked in this direction.
    Disconnect {
        /// Where the link begins.
        from: String,
        /// Where it ends.
        to: String,
    },
    /// Puts nodes at places: one drop.
    Place(Vec<(String, Spot)>),
    /// Moves nodes that have a place. Moves of the same nodes are one step until [`pause`](super::Editor::pause): for keys.
    Move {
        /// The nodes.
        nodes: Vec<String>,
        /// How far, to the right and down.
        by: Spot,
    },
    /// Aligns nodes that have a place, or spreads them evenly.
    Align {
        /// The nodes, at least two.
        nodes: Vec<String>,
        /// How.
        how: Alignment,
    },
    /// Gives up all places: the stage lays the system out by itself.
    TidyUp,
    /// Puts a step before the one at `at`; one past the last is the end. A list that is not written yet is made.
    AddStep {
        /// `nodes.app.operations.book[2]`.
        at: String,
        /// The step.
        step: Json,
    },
    /// Takes a step out.
    RemoveStep {
        /// Its path.
        at: String,
    },
    /// Moves a step to before another one, anywhere in the system.
    MoveStep {
        /// Its path.
        from: String,
        /// The path of the one that it comes before, as it is before the move.
        to: String,
    },
    /// Puts steps that follow each other into a step that contains them.
    Wrap {
        /// The path of the first.
        at: String,
        /// How many.
        count: usize,
        /// What contains them.
        into: Wrapping,
    },
    /// Puts the steps within a step in its place.
    Unwrap {
        /// Its path.
        at: String,
    },
    /// Sets a parameter, by its path as in the command line's `--set`. Null takes out what can be left out.
    Set {
        /// The path.
        path: String,
        /// The value.
        value: Json,
    },
    /// Takes a written field, or an item of a list, out.
    Unset {
        /// The path.
        path: String,
    },
    /// Puts a policy on a call.
    AddPolicy {
        /// The path of the step, or of what stands behind its `call`.
        call: String,
        /// Its key ([`policies`](super::policies)).
        preset: String,
    },
    /// Takes a policy off a call.
    RemovePolicy {
        /// The path of the step, or of what stands behind its `call`.
        call: String,
        /// The field: `retry`.
        policy: String,
    },
    /// Adds an operation that does a little work.
    AddOperation {
        /// The service.
        service: String,
        /// Its name.
        name: String,
    },
    /// Gives an operation another name. Whatever names it follows.
    RenameOperation {
        /// The service.
        service: String,
        /// Its name.
        from: String,
        /// Its new name.
        to: String,
    },
    /// Takes an operation out, with the calls and subscriptions that name it.
    RemoveOperation {
        /// The service.
        service: String,
        /// Its name.
        name: String,
    },
    /// Adds what a text describes: what [`copy`](super::copy) made, or a whole scenario. Ids that are taken get a number.
    Paste {
        /// The text.
        text: String,
        /// Where its upper left corner comes; none: beside the rest.
        at: Option<Spot>,
    },
    /// Adds copies of nodes, with the links among them and to what they are linked to.
    Duplicate {
        /// The nodes.
        nodes: Vec<String>,
    },
    /// Several edits, in order, as one step.
    Together(Vec<Edit>),
}

/// How nodes are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// At the leftmost one.
    Left,
    /// In the middle between left and right.
    Center,
    /// At the rightmost one.
    Right,
    /// At the topmost one.
    Top,
    /// In the middle between top and bottom.
    Middle,
    /// At the lowest one.
    Bottom,
    /// Evenly from left to right.
    Across,
    /// Evenly from top to bottom.
    Down,
}

/// A step that contains steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapping {
    /// Each of them is a branch of its own, all in parallel.
    All,
    /// One branch has them, another one does nothing.
    Choose,
    /// Each of them is a step of a saga.
    Saga,
    /// They are repeated.
    Repeat,
}

/// What came of an edit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Done {
    /// The nodes to select: those that came.
    pub select: Vec<String>,
    /// Something else than numbers, labels and the view changed: a running system needs a new plan.
    pub structure: bool,
    /// The paths, before the edit, of sliders, links and faults that went because what they are about is gone.
    pub dropped: Vec<String>,
}

/// Why an edit is refused.
pub type Refused = Vec<Diagnostic>;
