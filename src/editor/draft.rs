//! A scenario while an edit works on it.

use super::edit::Refused;
use super::follow;
use super::prune::{Place, prune};
use super::tree::{at, at_mut, item, member_mut, member_or};
use crate::base::{Diagnostic, Json, Problem, sort_by};
use crate::scenario::{Plan, Scenario};

/// A scenario as written, changed and not yet read again.
#[derive(Clone, Debug)]
pub struct Draft {
    /// As written.
    pub json: Json,
    /// The nodes to select afterwards.
    pub select: Vec<String>,
    /// What a part of the scenario is about may have gone: links and faults that are about nothing go too.
    pub loosens: bool,
    /// Paths of what went.
    pub dropped: Vec<String>,
}

impl Draft {
    /// A draft of a scenario.
    pub fn of(scenario: &Scenario) -> Draft {
        Draft { json: scenario.json().clone(), select: Vec::new(), loosens: false, dropped: Vec::new() }
    }

    /// The nodes, in order.
    pub fn nodes(&self) -> &[(String, Json)] {
        self.json.get("nodes").map_or(&[][..], Json::members)
    }

    /// The kind of a node; none where there is no such node.
    pub fn kind(&self, id: &str) -> Option<&str> {
        self.json.get("nodes")?.get(id)?.get("kind")?.as_str()
    }

    /// A node, to be changed.
    ///
    /// # Errors
    ///
    /// There is no such node.
    pub fn node_mut(&mut self, id: &str) -> Result<&mut Json, Refused> {
        let nodes = member_mut(&mut self.json, "nodes");
        nodes.and_then(|nodes| member_mut(nodes, id)).ok_or_else(|| no_node(id))
    }

    /// Refuses a node that is not there.
    ///
    /// # Errors
    ///
    /// There is no such node.
    pub fn must_have(&self, id: &str) -> Result<(), Refused> {
        if self.kind(id).is_some() { Ok(()) } else { Err(no_node(id)) }
    }

    /// An id that no node has: this one, or else with a number behind it.
    pub fn free_id(&self, wanted: &str) -> String {
        free(wanted, &|id| self.kind(id).is_none())
    }

    /// Adds a node.
    pub fn add(&mut self, id: &str, node: Json) {
        if let Some(Json::Object(nodes)) = member_or(&mut self.json, "nodes", Json::Object(Vec::new())) {
            nodes.push((id.to_owned(), node));
        }
    }

    /// Takes out all that names what is gone.
    pub fn prune(&mut self, gone: &dyn Fn(Place) -> bool) {
        self.loosens = true;
        let removed = prune(&mut self.json, gone);
        follow::removed_all(&mut self.json, &removed);
        self.dropped
            .extend(removed.into_iter().filter(|path| matches!(item(path), Some(("timeline" | "links", _)))));
    }

    /// Puts an item into a list, before the one of that number; a number past the end is the end.
    ///
    /// # Errors
    ///
    /// There is no such list.
    pub fn insert(&mut self, path: &str, value: Json) -> Result<String, Refused> {
        let (list, index) = item(path).ok_or_else(|| nothing_at(path))?;
        let Some(Json::Array(items)) = at_mut(&mut self.json, list) else { return Err(nothing_at(path)) };
        let index = index.min(items.len());
        items.insert(index, value);
        let place = [list, "[", &index.to_string(), "]"].concat();
        follow::inserted(&mut self.json, &place);
        Ok(place)
    }

    /// Takes an item out of a list; parameters that are named follow.
    ///
    /// # Errors
    ///
    /// There is no such item.
    pub fn remove(&mut self, path: &str) -> Result<Json, Refused> {
        let gone = self.lift(path)?;
        follow::removed(&mut self.json, path);
        Ok(gone)
    }

    /// Takes an item out of a list and leaves alone what names its parameters.
    ///
    /// # Errors
    ///
    /// There is no such item.
    pub fn lift(&mut self, path: &str) -> Result<Json, Refused> {
        let (list, index) = item(path).ok_or_else(|| nothing_at(path))?;
        match at_mut(&mut self.json, list) {
            Some(Json::Array(items)) if index < items.len() => Ok(items.remove(index)),
            _ => Err(nothing_at(path)),
        }
    }

    /// The value at a path.
    ///
    /// # Errors
    ///
    /// There is nothing.
    pub fn at(&self, path: &str) -> Result<&Json, Refused> {
        at(&self.json, path).ok_or_else(|| nothing_at(path))
    }

    /// The scenario that came of it, and its plan. Sliders of parameters that are gone go, and after an edit that takes
    /// something out also links and faults between what is no longer linked.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it.
    pub fn finish(&mut self, before: (&Scenario, &Plan)) -> Result<(Scenario, Plan), Refused> {
        // Each round takes out all that was found, which may bring others to light.
        for _ in 0..4 {
            let found = match Scenario::from_json(self.json.clone()) {
                Ok(scenario) => match plan(&scenario, before) {
                    Ok(plan) => return Ok((scenario, plan)),
                    Err(found) => found,
                },
                Err(found) => found,
            };
            let Some(mut loose) =
                found.iter().map(|found| self.loose(&found.path)).collect::<Option<Vec<_>>>()
            else {
                return Err(found);
            };
            // The last of a list first, so that the numbers of the others hold.
            sort_by(&mut loose, &|a, b| item(b).cmp(&item(a)));
            loose.dedup();
            for path in loose {
                self.remove(&path)?;
                self.dropped.push(path);
            }
        }
        Err(vec![Diagnostic::new("", problem!("editor.no.end"))])
    }

    /// The slider, the link or the fault at whose path something is wrong, if it may go.
    fn loose(&self, path: &str) -> Option<String> {
        let lists: &[&str] =
            if self.loosens { &["view.knobs[", "links[", "timeline["] } else { &["view.knobs["] };
        let list = lists.iter().find(|list| path.starts_with(**list))?;
        let end = list.len() + path[list.len()..].find(']')?;
        Some(path[..=end].to_owned())
    }
}

/// The plan of a scenario; that of the one before where only the view differs.
fn plan(scenario: &Scenario, (before, plan): (&Scenario, &Plan)) -> Result<Plan, Refused> {
    let shown = |(key, _): &&(String, Json)| key != "view";
    let same =
        scenario.json().members().iter().filter(shown).eq(before.json().members().iter().filter(shown));
    if same { Ok(plan.clone()) } else { scenario.plan() }
}

/// This name, or else with a number behind it that makes it free: at most 40 letters.
pub fn free(wanted: &str, is_free: &dyn Fn(&str) -> bool) -> String {
    if is_free(wanted) {
        return wanted.to_owned();
    }
    let stem = wanted.trim_end_matches(|c: char| c.is_ascii_digit());
    let stem = if stem.is_empty() { wanted } else { stem };
    let stem: String = stem.chars().take(34).collect();
    let numbered = |number: u32| [&stem, number.to_string().as_str()].concat();
    (2..100_000).map(numbered).find(|id| is_free(id)).unwrap_or_else(|| wanted.to_owned())
}

/// One thing is wrong.
pub fn refuse<T>(path: &str, problem: Problem) -> Result<T, Refused> {
    Err(vec![Diagnostic::new(path, problem)])
}

fn no_node(id: &str) -> Refused {
    vec![Diagnostic::new("nodes", problem!("editor.no.node", node = id))]
}

/// There is nothing at this path.
pub fn nothing_at(path: &str) -> Refused {
    vec![Diagnostic::new(path, problem!("editor.no.place"))]
}
