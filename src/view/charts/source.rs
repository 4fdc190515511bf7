//! What a chart's series are taken from: the windows of one run, and of which of its nodes.

use super::kind::ChartId;
use super::look::Look;
use crate::scenario::{NodeKind, Plan};
use crate::session::VariantRun;
use crate::telemetry::Window;

/// Whom a chart is of, in the plan of one variant.
#[derive(Clone, Copy)]
pub(super) struct Of(Option<NodeKind>);

impl Of {
    /// None where this plan has no such node.
    pub fn find(plan: &Plan, id: &ChartId) -> Option<Of> {
        match &id.of {
            Some(node) => Some(Of(Some(plan.nodes[plan.node(node)?.at()].kind))),
            _ => Some(Of(None)),
        }
    }

    /// Whether something is meant that only a node of one kind has; `one` tells whether it is the node's.
    pub fn is(self, one: &dyn Fn(NodeKind) -> bool) -> bool {
        self.0.is_none_or(one)
    }

    /// Whether a client is meant.
    pub fn client(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Client(client) if client.at() == at))
    }

    /// Whether a service is meant.
    pub fn service(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Service(service) if service.at() == at))
    }

    /// Whether a queue is meant.
    pub fn queue(self, at: usize) -> bool {
        self.is(&|node| matches!(node, NodeKind::Queue(queue) if queue.at() == at))
    }
}

/// What a chart's series are taken from.
pub(super) struct Source<'a> {
    pub look: Look,
    pub windows: &'a [&'a Window],
    pub variant: &'a VariantRun,
    pub of: Of,
}

/// The windows of a variant that its chart shows: the closed ones; before the first has closed, the open one.
pub(super) fn windows<'a>(
    variant: &'a VariantRun,
    open: Option<&'a Window>,
    span: (f64, f64),
) -> Vec<&'a Window> {
    let windows = variant.telemetry().windows();
    let mut seen: Vec<&Window> = windows.closed().filter(|window| window.end.as_secs() >= span.0).collect();
    if seen.is_empty() {
        seen.extend(open);
    }
    seen
}
