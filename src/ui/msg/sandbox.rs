//! What is done with a system of one's own. Nodes are named by their ids, fields by their paths.

use crate::editor::{Alignment, Edit};
use crate::ui::model::sandbox::Tab;
use crate::ui::model::side::Side;
use crate::view::Point;

/// What is done in the sandbox.
#[derive(Clone, Debug, PartialEq)]
pub enum SandboxMsg {
    /// Begin with what runs on the page that is open, with what was changed there.
    Bring,
    /// Begin with a ready scenario, by its name in addresses; none: with the small system.
    Template(Option<String>),
    /// Show this part of what stands beside the stage.
    Tab(Tab),
    /// Something with a pointer on the stage.
    Pointer(PointerMsg),
    /// Something to an entry of the palette.
    Palette(PaletteMsg),
    /// A node is chosen alone, or in addition (again: no more).
    Choose(String, bool),
    /// In the list of nodes: the next one or the one before is chosen, in addition where true.
    Go(i32, bool),
    /// The chosen nodes move so many pixels to the right and down.
    Nudge(f64, f64),
    /// What is under way is left: a link, a menu, a movement; else nothing is chosen any more.
    Escape,
    /// Every node is chosen, or none.
    ChooseAll(bool),
    /// A link is made by keys or by a list.
    Link(LinkMsg),
    /// The list of what naturally comes next is opened or closed.
    Menu(bool),
    /// What naturally comes next is added to the chosen node, by its key.
    Next(String),
    /// The chosen nodes go.
    Delete,
    /// They are there once more.
    Duplicate,
    /// They are kept for pasting.
    Copy,
    /// They are kept for pasting, and go.
    Cut,
    /// What was kept is added; or this text, where it came with the paste.
    Paste(Option<String>),
    /// The chosen nodes are aligned, or spread evenly.
    Align(Alignment),
    /// All nodes are laid out anew.
    Tidy,
    /// The system is edited.
    Edit(Edit),
    /// The last edit is undone.
    Undo,
    /// What was undone last is done again.
    Redo,
    /// The n-th finding is mended.
    Remedy(usize),
    /// The scenario is written as a text.
    Text(String),
}

/// What a pointer does on a stage. Points are on its canvas, in pixels of the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PointerMsg {
    /// It comes down.
    Press {
        /// On which stage.
        side: Side,
        /// Which pointer.
        id: i32,
        /// Where.
        at: Point,
        /// It is a finger.
        touch: bool,
        /// In addition to what is chosen.
        more: bool,
    },
    /// It moves.
    Drag(i32, Point),
    /// It goes up.
    Lift(i32),
    /// It was taken away: what it was doing is left.
    Cancel,
}

/// What is done to an entry of the palette, by its key.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PaletteMsg {
    /// It is added.
    Add(&'static str),
    /// It is carried over the stage: where, or (none) beside it.
    Carry(Option<(Side, Point)>),
    /// It is put down there.
    Drop(&'static str, Side, Point),
    /// It was let go beside the stage.
    Leave,
}

/// How a link is made without a pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum LinkMsg {
    /// It begins at this node; none: at the chosen one.
    Start(Option<String>),
    /// The next node that it can end at, or the one before.
    Aim(i32),
    /// It ends there.
    End,
    /// From one node to another.
    Join(String, String),
}
