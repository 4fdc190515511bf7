//! A system of one's own: what runs, what is edited of it, and what is chosen.

use std::sync::Arc;

use crate::base::{Diagnostic, Json, NodeIx};
use crate::editor::{Editor, Finding, could_connect, findings};
use crate::scenario::{Plan, Scenario};
use crate::session::{Action, Record, Run};
use crate::ui::model::gesture::Gesture;
use crate::ui::model::side::Side;
use crate::view::{self, Editing, Point};

/// The system that the sandbox begins with: it runs.
const FIRST: &str = include_str!("../../../static/sandbox/first.json");

/// A system of one's own.
pub struct Sandbox {
    /// What runs.
    pub run: Run,
    /// What is edited, by variant.
    pub editors: Vec<Editor>,
    /// The variant that is edited.
    pub side: Side,
    /// The nodes that are chosen, by id, the last one at the end.
    pub chosen: Vec<String>,
    /// What a pointer is doing.
    pub gesture: Gesture,
    /// The press that has just ended was of a card or a handle: it opens nothing else.
    pub pressed: bool,
    /// A link that is made by keys.
    pub aim: Option<Aim>,
    /// The list of what naturally comes next is open.
    pub menu: bool,
    /// What stands beside the stage.
    pub tab: Tab,
    /// Under which id it is kept; none before the first edit.
    pub id: Option<String>,
    /// What was copied last.
    pub kept: String,
    /// Why the last edit was refused.
    pub refused: Vec<Diagnostic>,
    /// What is to be thought of.
    pub findings: Vec<Finding>,
}

/// What stands beside the stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The nodes, and what the chosen one does.
    #[default]
    Parts,
    /// What is to be thought of.
    Findings,
    /// The scenario as a text.
    Text,
}

/// A link that is made by keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// Where it begins.
    pub from: String,
    /// Where it can end.
    pub targets: Vec<String>,
    /// Which of them it is aimed at.
    pub at: usize,
}

impl Aim {
    /// Where it would end.
    pub fn target(&self) -> Option<&str> {
        self.targets.get(self.at).map(String::as_str)
    }
}

/// A scenario with its cards at other places; none where they stand there already.
fn placed(scenario: &Scenario, positions: &Json) -> Option<Scenario> {
    let before = scenario.json().get("view").and_then(|view| view.get("positions")).unwrap_or(&Json::Null);
    if before == positions { None } else { scenario.with("view.positions", positions).ok() }
}

/// The id of a node's button in the list of nodes.
pub fn row_id(node: &str) -> String {
    ["node-", node].concat()
}

impl Sandbox {
    /// The small system that everybody begins with.
    pub fn first() -> Result<Sandbox, Vec<Diagnostic>> {
        Scenario::read(FIRST).and_then(Sandbox::new)
    }

    /// A scenario, at time zero.
    ///
    /// # Errors
    ///
    /// It does not compile.
    pub fn new(scenario: Scenario) -> Result<Sandbox, Vec<Diagnostic>> {
        let editor = Editor::new(scenario.clone())?;
        let findings = findings(editor.scenario(), editor.plan());
        let page = view::scenario_page(vec![scenario])?;
        Ok(Sandbox::of(Run::new(page.variants, page.faults)?, vec![editor], findings))
    }

    /// A run that was recorded, on its way to its moment.
    ///
    /// # Errors
    ///
    /// Something in it does not compile.
    pub fn open(record: Record) -> Result<Sandbox, Vec<Diagnostic>> {
        let latest: Vec<Scenario> = (0..record.variants.len()).filter_map(|at| record.latest(at)).collect();
        let faults = view::scenario_page(latest.clone())?.faults;
        let editors = latest.into_iter().map(Editor::new).collect::<Result<Vec<_>, _>>()?;
        let run = Run::open(record, faults)?;
        let first = editors.first().map_or(Vec::new(), |editor| findings(editor.scenario(), editor.plan()));
        Ok(Sandbox::of(run, editors, first))
    }

    fn of(mut run: Run, editors: Vec<Editor>, findings: Vec<Finding>) -> Sandbox {
        run.target = Some(Side::A.at());
        Sandbox {
            run,
            editors,
            side: Side::A,
            chosen: Vec::new(),
            gesture: Gesture::None,
            pressed: false,
            aim: None,
            menu: false,
            tab: Tab::Parts,
            id: None,
            kept: String::new(),
            refused: Vec::new(),
            findings,
        }
    }

    /// What it is called.
    pub fn title(&self) -> String {
        match self.editor().scenario().title() {
            "" => text!("page.sandbox").to_owned(),
            title => title.to_owned(),
        }
    }

    /// Whether anything was edited that can be undone.
    pub fn is_edited(&self) -> bool {
        self.editors.iter().any(Editor::can_undo)
    }

    /// The run as it is kept, saved and sent. Where cards stand is no action of the run, so it is written into what the
    /// variant was last made.
    pub fn record(&self) -> Record {
        let mut record = self.run.session.record();
        for (at, editor) in self.editors.iter().enumerate() {
            let view = editor.scenario().json().get("view");
            let positions = view.and_then(|view| view.get("positions")).unwrap_or(&Json::Null);
            let last = record.log.iter_mut().rev().find_map(|entry| match &mut entry.action {
                Action::Edit { variant, scenario } if *variant == Some(at) => Some(scenario),
                _ => None,
            });
            match (last, record.variants.get_mut(at)) {
                (Some(edited), _) => {
                    if let Some(placed) = placed(edited, positions) {
                        *edited = Arc::new(placed);
                    }
                }
                (None, Some(began)) => {
                    if let Some(placed) = placed(&began.scenario, positions) {
                        began.scenario = placed;
                    }
                }
                (None, None) => {}
            }
        }
        record
    }

    /// What is edited now.
    pub fn editor(&self) -> &Editor {
        // There is one for each variant, and never none.
        self.editors.get(self.side.at()).unwrap_or(&self.editors[0])
    }

    /// The same, to be edited.
    pub fn editor_mut(&mut self) -> &mut Editor {
        let at = self.side.at().min(self.editors.len() - 1);
        &mut self.editors[at]
    }

    /// The plan of a variant as it is drawn.
    pub fn plan(&self, side: Side) -> Option<&Plan> {
        self.run.session.variants().get(side.at()).map(crate::session::VariantRun::plan)
    }

    /// The id of a node of a variant.
    pub fn name(&self, side: Side, node: NodeIx) -> Option<String> {
        self.plan(side)?.nodes.get(node.at()).map(|node| node.id.clone())
    }

    /// Where nodes are asked to stand, by [`NodeIx`] of the plan that is drawn.
    pub fn positions(&self, at: usize) -> Vec<Option<[f32; 2]>> {
        let variant = self.run.session.variants().get(at);
        let editor = self.editors.get(at).or(self.editors.first());
        variant.zip(editor).map_or(Vec::new(), |(run, editor)| view::places(editor.scenario(), run.plan()))
    }

    /// The chosen nodes as they are drawn.
    pub fn chosen_nodes(&self) -> Vec<NodeIx> {
        let plan = self.plan(self.side);
        self.chosen.iter().filter_map(|id| plan?.node(id)).collect()
    }

    /// The one node that is chosen.
    pub fn only(&self) -> Option<&str> {
        match self.chosen.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The kind of a node, as the language calls it.
    pub fn kind(&self, id: &str) -> &str {
        let node = self.editor().scenario().json().get("nodes").and_then(|nodes| nodes.get(id));
        node.and_then(|node| node.get("kind")).and_then(Json::as_str).unwrap_or("")
    }

    /// The node of a stage that shows the handle from which links are drawn.
    pub fn handle(&self, side: Side) -> Option<NodeIx> {
        let id = self.only().filter(|_| side == self.side)?;
        self.plan(side)?.node(id)
    }

    /// Whether a link can be drawn from one node of a stage to another.
    pub fn could_join(&self, side: Side, from: NodeIx, to: NodeIx) -> bool {
        let names = self.name(side, from).zip(self.name(side, to));
        let scenario = self.editors.get(side.at()).map(Editor::scenario);
        names.zip(scenario).is_some_and(|((from, to), own)| could_connect(own, &from, &to).is_ok())
    }

    /// The nodes at which a link from this one can end.
    pub fn targets(&self, from: &str) -> Vec<String> {
        let scenario = self.editor().scenario();
        let nodes = scenario.json().get("nodes").map_or(&[][..], Json::members);
        let ends = nodes.iter().map(|(id, _)| id).filter(|id| could_connect(scenario, from, id).is_ok());
        ends.cloned().collect()
    }

    /// What is drawn upon a stage; `chosen` are its nodes that are chosen.
    pub fn editing<'a>(&self, side: Side, chosen: &'a [NodeIx]) -> Editing<'a> {
        let handle = self.handle(side);
        if self.gesture.side() != Some(side) {
            let aim = self.aim.as_ref().filter(|_| side == self.side);
            let target = aim.and_then(|aim| self.plan(side)?.node(aim.target()?));
            let from = aim.and_then(|aim| self.plan(side)?.node(&aim.from));
            let link = from.filter(|_| target.is_some()).map(|from| (from, Point::default()));
            return Editing { chosen, handle, link, target, ..Editing::default() };
        }
        let area = self.gesture.area();
        match &self.gesture {
            Gesture::Link { from, to, target, .. } => {
                Editing { chosen, handle, link: Some((*from, *to)), target: *target, ..Editing::default() }
            }
            Gesture::Carry { at, .. } => Editing { chosen, ghost: Some(*at), ..Editing::default() },
            _ => Editing { chosen, handle, area, ..Editing::default() },
        }
    }
}
