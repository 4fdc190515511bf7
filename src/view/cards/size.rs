//! How large a node's card is.

use super::detail::{Detail, padding};
use super::pen::title_face;
use super::{client, exchange, log, queue, service, store};
use crate::base::NodeIx;
use crate::scenario::{NodeKind, Plan};
use crate::view::canvas::geometry::Size;
use crate::view::canvas::text::text_width;
use crate::view::words::name;

/// Cards that show little are at most so many times as wide as their kind for the sake of their titles.
const WIDER: f32 = 1.4;

/// Natural size of a node's card, at scale 1: as wide as its title asks for, within [`WIDER`].
pub(crate) fn natural(plan: &Plan, node: NodeIx, detail: Detail) -> Size {
    let size = of_kind(plan, node, detail);
    let title = name::of_node(plan, node);
    // A pixel more, against rounding.
    let asked = text_width(&title, title_face(detail).0) + 2.0 * padding(detail) + 1.0;
    Size { w: size.w.max(asked.min(size.w * detail.pick(1.0, WIDER, WIDER))), ..size }
}

fn of_kind(plan: &Plan, node: NodeIx, detail: Detail) -> Size {
    match plan.nodes[node.at()].kind {
        NodeKind::Client(_) => client::natural(plan, detail),
        NodeKind::Service(service) => service::natural(&plan.services[service.at()], detail),
        NodeKind::Queue(_) => queue::natural(detail),
        NodeKind::Exchange(_) => exchange::natural(detail),
        NodeKind::Store(_) => store::natural(detail),
        NodeKind::Log(log) => log::natural(&plan.logs[log.at()], detail),
    }
}
