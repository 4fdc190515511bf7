//! How a scenario is shown: positions, knobs, charts. It never changes a result.

use super::decode::{Decode, Named};
use super::kinds::ANY_NODE;
use super::shape::{KeyShape, Shape};
use crate::base::{Json, SimDuration};

record! {
    /// How to show a scenario. It never changes a result.
    pub struct View {
        /// Positions of nodes on the stage, by id: [x, y].
        #[example({"web": [0, 0]})]
        positions: Named<(f64, f64)> = {}
            => Shape::Map(&Shape::Pair(&[COORDINATE, COORDINATE]), KeyShape::Nodes, 256),
        /// Simulated seconds per second at the start. Left out: the page decides.
        #[unit = "simulated seconds per second"]
        #[example(0.25)]
        speed: Option<f64> => Shape::Nullable(&Shape::number(0.01, 1000.0)),
        /// Parameters shown as sliders.
        #[example([{"path": "nodes.web.arrivals.rate"}])]
        knobs: Vec<Knob> = [] => Shape::List(&Knob::SHAPE, 64),
        /// Charts to show. Left out: the page decides.
        #[example(["latency"])]
        charts: Vec<Json> = [] => Shape::List(&Shape::Any, 64),
        /// The node that the scenario is about. Left out: the first client.
        #[example("web")]
        primary: Option<String> => Shape::Nullable(&Shape::Node(ANY_NODE)),
    }
}

/// A coordinate, in the unit of the drawing.
const COORDINATE: Shape = Shape::number(-1e6, 1e6);

record! {
    /// A parameter shown as a slider.
    pub struct Knob check check {
        /// The parameter, such as `nodes.app2.operations.book[0].work.mean`.
        #[example("nodes.app.workers")]
        path: String => Shape::Path,
        /// The label. Left out: the path.
        #[example("Workers")]
        label: Option<String>,
        /// The least and the greatest value. Left out: a range around the value in the scenario.
        #[example([1, 20])]
        range: Option<(Scalar, Scalar)>,
        /// How the range is divided.
        scale: Scale = "linear",
    }
}

words! {
    /// How a knob's range is divided.
    pub enum Scale {
        /// Into equal differences.
        Linear "linear",
        /// Into equal ratios.
        Log "log",
    }
}

/// A parameter's value, for a knob: a number or a duration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// A number.
    Number(f64),
    /// A duration.
    Duration(SimDuration),
}

impl Scalar {
    /// What `json` says, if it is a number or a duration.
    pub fn of(json: &Json) -> Option<Scalar> {
        match json {
            Json::Number(number) => Some(Scalar::Number(*number)),
            Json::String(text) => crate::base::parse_duration(text).ok().map(Scalar::Duration),
            _ => None,
        }
    }

    /// As written in a scenario.
    pub fn json(self) -> Json {
        match self {
            Scalar::Number(number) => Json::Number(number),
            Scalar::Duration(duration) => Json::String(duration.to_string()),
        }
    }

    /// The number, or the nanoseconds.
    pub fn value(self) -> f64 {
        match self {
            Scalar::Number(number) => number,
            Scalar::Duration(duration) => duration.0 as f64,
        }
    }

    /// The same kind of scalar with another value: a number as it is, a duration to the nearest nanosecond.
    pub fn with_value(self, value: f64) -> Scalar {
        match self {
            Scalar::Number(_) => Scalar::Number(value),
            Scalar::Duration(_) => Scalar::Duration(SimDuration(libm::round(value) as u64)),
        }
    }
}

impl Decode for Scalar {
    const SHAPE: Shape = Shape::Either(&Shape::TIME, &Shape::number(-1e15, 1e15));

    fn decode(full: &Json) -> Scalar {
        Scalar::of(full).unwrap_or(Scalar::Number(0.0))
    }
}
