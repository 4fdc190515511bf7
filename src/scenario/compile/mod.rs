//! From the typed model to the plan: every name becomes an index, every operation a list of instructions.

mod code;
mod compiler;
mod effect;
mod fault;
mod limits;
mod log;
mod messaging;
mod nodes;
mod policy;
mod scope;
mod store;

pub use fault::compile_fault;

use super::model::document::Document;
use super::plan::Plan;
use crate::base::Diagnostic;
use compiler::Compiler;
use scope::Scope;

/// Compiles a document in which nothing is wrong.
///
/// # Errors
///
/// What is too large to run, and faults and links where nothing travels.
pub fn compile(document: &Document) -> Result<Plan, Vec<Diagnostic>> {
    let plan = Plan { title: document.title.clone(), seed: document.seed, ..Plan::default() };
    let mut compiler =
        Compiler { document, plan, found: Vec::new(), scope: Scope::default(), written: Vec::new() };
    compiler.nodes();
    compiler.brokers();
    compiler.behaviour();
    compiler.answers();
    compiler.relate();
    compiler.effects();
    compiler.check_logs();
    compiler.check_links();
    compiler.timeline();
    if compiler.found.is_empty() { Ok(compiler.plan) } else { Err(compiler.found) }
}
