//! What a pointer is doing on a stage that is edited.

use crate::base::NodeIx;
use crate::ui::model::side::Side;
use crate::view::{Point, Rect};

/// From so many pixels on a press moves what is under it.
const MOVES: f32 = 4.0;

/// What a pointer is doing. Points are on the picture as it is seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Gesture {
    /// Nothing.
    #[default]
    None,
    /// It moves cards.
    Move {
        /// The pointer.
        by: Held,
        /// The nodes.
        nodes: Vec<NodeIx>,
        /// Up to here they have been moved.
        to: Point,
        /// A press that moved nothing chooses this node alone.
        alone: Option<String>,
    },
    /// It draws the box that chooses.
    Choose {
        /// The pointer.
        by: Held,
        /// The opposite corner.
        to: Point,
        /// What was chosen before stays so.
        more: bool,
    },
    /// It draws a link.
    Link {
        /// The pointer.
        by: Held,
        /// The node where it begins.
        from: NodeIx,
        /// Where it is.
        to: Point,
        /// The node at which it would end.
        target: Option<NodeIx>,
    },
    /// An entry of the palette is carried over a stage.
    Carry {
        /// Which stage.
        side: Side,
        /// Where.
        at: Point,
    },
}

/// A pointer that is down.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Which.
    pub id: i32,
    /// On which stage.
    pub side: Side,
    /// Where it came down.
    pub from: Point,
    /// It has moved since.
    pub moved: bool,
}

impl Held {
    /// The pointer is here now; true if it has moved.
    pub fn moves(&mut self, to: Point) -> bool {
        self.moved |= (to.x - self.from.x).hypot(to.y - self.from.y) >= MOVES;
        self.moved
    }
}

impl Gesture {
    /// The pointer that does it.
    pub fn held(&self) -> Option<&Held> {
        match self {
            Gesture::Move { by, .. } | Gesture::Choose { by, .. } | Gesture::Link { by, .. } => Some(by),
            Gesture::None | Gesture::Carry { .. } => None,
        }
    }

    /// On which stage it is done.
    pub fn side(&self) -> Option<Side> {
        match self {
            Gesture::Carry { side, .. } => Some(*side),
            own => own.held().map(|by| by.side),
        }
    }

    /// The box that it draws.
    pub fn area(&self) -> Option<Rect> {
        let Gesture::Choose { by: Held { from, moved: true, .. }, to, .. } = self else { return None };
        Some(Rect::new(from.x.min(to.x), from.y.min(to.y), (from.x - to.x).abs(), (from.y - to.y).abs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_its_corners_wherever_the_pointer_went_and_a_press_is_none() {
        let from = Point { x: 50.0, y: 50.0 };
        let mut by = Held { id: 1, side: Side::A, from, moved: false };
        assert!(!by.moves(Point { x: 52.0, y: 52.0 }));
        let to = Point { x: 20.0, y: 90.0 };
        assert_eq!(Gesture::Choose { by, to, more: false }.area(), None);
        assert!(by.moves(to) && by.moves(from), "it has moved, though it came back");
        let area = Gesture::Choose { by, to, more: false }.area();
        assert_eq!(area, Some(Rect::new(20.0, 50.0, 30.0, 40.0)));
    }
}
