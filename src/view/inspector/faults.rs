//! What can be broken, as buttons: what each breaks, how much, and whether it is broken.

use crate::base::{Dist, EdgeIx, Json, NodeIx, ServiceIx};
use crate::scenario::{Fault, NodeKind, NodePlan, Plan, read_fault};
use crate::session::VariantRun;
use crate::view::sentences::fault::fault_label;
use crate::view::stage::subject::ways;

/// So many brokers of a log have buttons.
const MOST_BROKERS: u32 = 20;

/// A button that breaks something, or mends it.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultControl {
    /// What it is found by, within one inspection.
    pub key: String,
    /// What it says.
    pub label: String,
    /// What it breaks, as in a timeline.
    pub fault: Json,
    /// What is broken now of this kind: what to heal.
    pub active: Vec<Json>,
    /// How much it breaks; none where that is no question.
    pub amount: Option<Amount>,
}

/// How much a fault breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Amount {
    /// Its name in the language.
    pub word: &'static str,
    /// How much, as it is written.
    pub text: String,
}

/// What can be wrong with a node; `amounts` by key.
pub(super) fn of_node(
    variant: &VariantRun,
    node: &NodePlan,
    amounts: &[(String, Json)],
) -> Vec<FaultControl> {
    let id = || Json::from(node.id.as_str());
    let mut presets: Vec<Preset> = Vec::new();
    let pause = || Preset::plain("pause", vec![("node", id())]);
    match node.kind {
        NodeKind::Client(_) => {
            presets.push(Preset::with("surge", vec![("client", id())], ("factor", 3.0.into())));
            if !variant.plan().publishes.is_empty() {
                presets.push(Preset::with("poison", vec![("client", id())], ("probability", 0.5.into())));
            }
        }
        NodeKind::Service(_) | NodeKind::Store(_) => presets.extend([
            Preset::plain("crash", vec![("node", id())]),
            pause(),
            Preset::with("slow", vec![("node", id())], ("factor", 10.0.into())),
            Preset::with("error", vec![("node", id())], ("probability", 0.5.into())),
        ]),
        NodeKind::Queue(_) | NodeKind::Exchange(_) => presets.push(pause()),
        NodeKind::Log(log) => {
            presets.push(pause());
            for broker in 0..variant.plan().logs[log.at()].brokers.min(MOST_BROKERS) {
                let own = vec![("log", id()), ("broker", f64::from(broker).into())];
                presets.push(Preset { number: Some(broker), ..Preset::plain("broker_down", own) });
            }
        }
    }
    presets.into_iter().map(|preset| preset.control(variant, amounts)).collect()
}

/// What can be wrong with one replica of a service alone: first that it crashes, last that its first caller does not
/// reach it.
pub(super) fn of_replica(variant: &VariantRun, service: ServiceIx, replica: u32) -> Vec<FaultControl> {
    let plan = variant.plan();
    let node = plan.services[service.at()].node;
    let own = || vec![("node", plan.id(node).into())];
    let mut presets = vec![
        Preset::plain("crash", own()),
        Preset::plain("pause", own()),
        Preset::with("slow", own(), ("factor", 10.0.into())),
        Preset::with("error", own(), ("probability", 0.5.into())),
    ];
    let mut edges = (0..).map(EdgeIx).zip(&plan.edges).filter(|(at, _)| plan.has(*at));
    if let Some((_, edge)) = edges.find(|(_, edge)| edge.to == node && edge.from != node) {
        let both = Json::Array(vec![plan.id(edge.from).into(), plan.id(node).into()]);
        presets.push(Preset::plain("partition", vec![("between", both)]));
    }
    let control = |mut preset: Preset| {
        preset.target.push(("replica", f64::from(replica).into()));
        Preset { number: Some(replica), ..preset }.control(variant, &[])
    };
    presets.into_iter().map(control).collect()
}

/// What can be wrong between two nodes.
pub(super) fn of_link(
    variant: &VariantRun,
    (a, b): (NodeIx, NodeIx),
    amounts: &[(String, Json)],
) -> Vec<FaultControl> {
    let plan = variant.plan();
    let both = Json::Array(vec![plan.id(a).into(), plan.id(b).into()]);
    // A node cannot be parted from itself.
    let cut = (a != b).then(|| Preset::plain("partition", vec![("between", both)]));
    let mut presets: Vec<Preset> = cut.into_iter().collect();
    for (number, (from, to)) in ways((a, b)).enumerate() {
        if plan.link(from, to).is_none() {
            continue;
        }
        let ends = || vec![("from", plan.id(from).into()), ("to", plan.id(to).into())];
        let way = Some(number as u32);
        let latency = Preset::with("latency", ends(), ("add", "200ms".into()));
        let loss = Preset::with("loss", ends(), ("probability", 0.3.into()));
        presets.extend([latency, loss].map(|preset| Preset { number: way, ..preset }));
    }
    presets.into_iter().map(|preset| preset.control(variant, amounts)).collect()
}

/// A fault as it is offered.
struct Preset {
    kind: &'static str,
    /// What is broken.
    target: Vec<(&'static str, Json)>,
    /// How much, and what that is called.
    amount: Option<(&'static str, Json)>,
    /// Which of several of its kind.
    number: Option<u32>,
}

impl Preset {
    fn plain(kind: &'static str, target: Vec<(&'static str, Json)>) -> Preset {
        Preset { kind, target, amount: None, number: None }
    }

    fn with(kind: &'static str, target: Vec<(&'static str, Json)>, amount: (&'static str, Json)) -> Preset {
        Preset { amount: Some(amount), ..Preset::plain(kind, target) }
    }

    fn control(self, variant: &VariantRun, amounts: &[(String, Json)]) -> FaultControl {
        let Preset { kind, target, amount, number } = self;
        let key = number.map_or_else(|| kind.to_owned(), |number| [kind, " ", &number.to_string()].concat());
        let chosen = amounts.iter().find(|(other, _)| *other == key).map(|(_, value)| value.clone());
        let amount = amount.map(|(word, value)| (word, chosen.unwrap_or(value)));
        let members = target.iter().cloned().chain(amount.clone());
        let fault = one(kind, members.map(|(key, value)| (key.to_owned(), value)).collect());
        let plan = variant.plan();
        // What is broken of the same kind at the same place, however much: the button mends it.
        let now = variant.snapshot().faults().filter_map(|(_, active)| written(active, plan));
        let same = |active: &Json| {
            let inside = active.get(kind);
            let named = inside.map_or(0, |inside| inside.members().len());
            let of = |(key, value): &(&str, Json)| {
                inside.and_then(|inside| inside.get(key)).is_some_and(|other| alike(value, other))
            };
            named == target.len() + usize::from(amount.is_some()) && target.iter().all(of)
        };
        let active: Vec<Json> = now.filter(same).collect();
        let shown = read_fault(active.last().unwrap_or(&fault), plan);
        FaultControl {
            label: shown.map_or_else(|_| kind.to_owned(), |shown| fault_label(&shown, plan)),
            key,
            fault,
            active,
            amount: amount.map(|(word, value)| Amount { word, text: plain(&value) }),
        }
    }
}

/// Whether two values name the same: two nodes are parted in whatever order they are named.
fn alike(a: &Json, b: &Json) -> bool {
    a == b || matches!(b, Json::Array(items) if items.iter().rev().eq(a.items()))
}

fn plain(value: &Json) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn one(kind: &str, members: Vec<(String, Json)>) -> Json {
    Json::Object(vec![(kind.to_owned(), Json::Object(members))])
}

/// A fault as a timeline has it; none for an added latency that is not always the same.
fn written(fault: &Fault, plan: &Plan) -> Option<Json> {
    let id = |node: NodeIx| Json::from(plan.id(node));
    let client = |at: crate::base::ClientIx| id(plan.clients[at.at()].node);
    let link = |at: crate::base::LinkIx| {
        let link = &plan.links[at.at()];
        [("from", id(link.from)), ("to", id(link.to))]
    };
    let (kind, members): (&str, Vec<(&str, Json)>) = match fault {
        Fault::Slow { node, factor, .. } => ("slow", vec![("node", id(*node)), ("factor", (*factor).into())]),
        Fault::Error { node, probability, .. } => {
            ("error", vec![("node", id(*node)), ("probability", (*probability).into())])
        }
        Fault::Crash { node, .. } => ("crash", vec![("node", id(*node))]),
        Fault::Pause { node, .. } => ("pause", vec![("node", id(*node))]),
        Fault::Partition { a, b, .. } => ("partition", vec![("between", Json::Array(vec![id(*a), id(*b)]))]),
        Fault::Latency { link: at, add: Dist::Constant(add), .. } => {
            let add = ("add", Json::String(add.to_string()));
            ("latency", link(*at).into_iter().chain([add]).collect())
        }
        Fault::Latency { .. } => return None,
        Fault::Loss { link: at, probability, .. } => {
            let loss = ("probability", (*probability).into());
            ("loss", link(*at).into_iter().chain([loss]).collect())
        }
        Fault::BrokerDown { log, broker } => {
            let log = id(plan.logs[log.at()].node);
            ("broker_down", vec![("log", log), ("broker", f64::from(*broker).into())])
        }
        Fault::Surge { client: at, factor } => {
            ("surge", vec![("client", client(*at)), ("factor", (*factor).into())])
        }
        Fault::Poison { client: at, probability } => {
            ("poison", vec![("client", client(*at)), ("probability", (*probability).into())])
        }
    };
    let replica = fault.replica().map(|replica| ("replica", replica.number().into()));
    let members = members.into_iter().chain(replica);
    Some(one(kind, members.map(|(key, value)| (key.to_owned(), value)).collect()))
}
