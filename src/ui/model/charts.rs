//! Charts of the page: which are shown, one large, their tables, and one crosshair for all.

use crate::session::Session;
use crate::ui::canvas::sizes::CHARTS;
use crate::ui::platform::storage::{remember, remembered};
use crate::view::{self, ChartId, ChartKind};

/// Charts of single nodes are shown at most so many at a time; one more takes the place of the first.
const NODES: usize = CHARTS - ChartKind::ALL.len();

/// Under this name the chosen charts are remembered.
const REMEMBERED: &str = "charts";

/// A place on the page for a chart: each kind of the whole system has its own, charts of single nodes share the last ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(usize);

impl Slot {
    /// All places, in the order in which they are shown.
    pub fn all() -> impl Iterator<Item = Slot> {
        (0..CHARTS).map(Slot)
    }

    /// Its number, from 0.
    pub fn at(self) -> usize {
        self.0
    }

    /// The kind of the whole system's chart that it is for, by its place among all kinds.
    fn kind(self) -> Option<usize> {
        Some(self.0).filter(|at| *at < ChartKind::ALL.len())
    }

    /// The place of a kind's chart of the whole system.
    fn of(kind: ChartKind) -> Option<Slot> {
        ChartKind::ALL.iter().position(|each| *each == kind).map(Slot)
    }

    /// The place of the n-th chart of a single node.
    fn of_node(at: usize) -> Slot {
        Slot(ChartKind::ALL.len() + at)
    }
}

/// What is known of the charts.
pub struct Charts {
    /// What a person chose, by kind; none: what suits the scenario.
    chosen: Option<[bool; ChartKind::ALL.len()]>,
    /// Charts of single nodes.
    nodes: [Option<ChartId>; NODES],
    /// Which tables are open.
    tables: [bool; CHARTS],
    /// Which chart is large.
    pub large: Option<Slot>,
    /// Where the crosshair is, in simulated seconds.
    pub cross: Option<f64>,
    /// In which chart a key moved it last.
    pub spoken: Option<Slot>,
}

impl Charts {
    /// As they were chosen on an earlier visit.
    pub fn remembered() -> Charts {
        let chosen = remembered(REMEMBERED);
        let chosen =
            chosen.map(|words| ChartKind::ALL.map(|kind| words.split(' ').any(|word| word == kind.key())));
        Charts {
            chosen,
            nodes: [const { None }; NODES],
            tables: [false; CHARTS],
            large: None,
            cross: None,
            spoken: None,
        }
    }

    /// Another run begins.
    pub fn forget(&mut self) {
        (self.cross, self.spoken, self.large) = (None, None, None);
        self.nodes = [const { None }; NODES];
    }

    /// The chart at a place.
    pub fn id(&self, slot: Slot) -> Option<ChartId> {
        match slot.kind() {
            Some(at) => ChartKind::ALL.get(at).map(|kind| ChartId::from(*kind)),
            None => self.nodes.get(slot.0 - ChartKind::ALL.len())?.clone(),
        }
    }

    /// The places of the charts that are shown.
    pub fn shown(&self, session: &Session) -> Vec<Slot> {
        // What says something comes first, whatever else was chosen after it.
        let telling = view::telling(session);
        let others = view::offered(session).into_iter().filter(|kind| !telling.contains(kind));
        let wanted = |kind: &ChartKind| {
            self.chosen.map_or_else(|| telling.contains(kind), |chosen| chosen[kind.place()])
        };
        let kinds = telling.iter().copied().chain(others).filter(wanted).filter_map(Slot::of);
        let nodes = (0..NODES).filter(|at| {
            let id = self.nodes[*at].as_ref();
            let node = id.and_then(|id| Some((id.kind, id.of.as_ref()?)));
            node.is_some_and(|(kind, node)| view::chart_nodes(session, kind).contains(&node.as_str()))
        });
        kinds.chain(nodes.map(Slot::of_node)).collect()
    }

    /// Of these places, and those of all kinds that have something to show: which can be chosen.
    pub fn offered(&self, session: &Session, shown: &[Slot]) -> Vec<Slot> {
        let offered = view::offered(session);
        let kinds = ChartKind::ALL.into_iter().filter(|kind| offered.contains(kind)).filter_map(Slot::of);
        let nodes = shown.iter().copied().filter(|slot| slot.kind().is_none());
        kinds.chain(nodes).collect()
    }

    /// Opens a chart and makes it large. Where it is then.
    pub fn open(&mut self, id: ChartId, session: &Session) -> Option<Slot> {
        let slot = match &id.of {
            None => Slot::of(id.kind)?,
            Some(_) => {
                let known = self.nodes.iter().position(|node| node.as_ref() == Some(&id));
                let free = || self.nodes.iter().position(Option::is_none).unwrap_or(0);
                let at = known.unwrap_or_else(free);
                self.nodes[at] = Some(id);
                Slot::of_node(at)
            }
        };
        self.choose(slot, true, session);
        self.large = Some(slot);
        Some(slot)
    }

    /// Shows a chart, or hides it.
    pub fn choose(&mut self, slot: Slot, on: bool, session: &Session) {
        if self.large == Some(slot) && !on {
            self.large = None;
        }
        let Some(at) = slot.kind() else {
            if !on {
                self.nodes[slot.0 - ChartKind::ALL.len()] = None;
            }
            return;
        };
        let shown = self.shown(session);
        let mut chosen = self.chosen.unwrap_or_else(|| std::array::from_fn(|at| shown.contains(&Slot(at))));
        if chosen[at] != on {
            chosen[at] = on;
            self.chosen = Some(chosen);
            let words = ChartKind::ALL.iter().zip(chosen).filter(|(_, on)| *on).map(|(kind, _)| kind.key());
            remember(REMEMBERED, &words.collect::<Vec<_>>().join(" "));
        }
    }

    /// Whether the table of a chart is open.
    pub fn has_table(&self, slot: Slot) -> bool {
        self.tables[slot.0]
    }

    /// Opens the table of a chart, or closes it.
    pub fn turn_table(&mut self, slot: Slot, open: bool) {
        self.tables[slot.0] = open;
    }
}
