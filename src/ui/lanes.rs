//! One lane or two: what can be done with them, and who does better.

use yew::prelude::*;
use yew::virtual_dom::ListenerKind;

use super::dom::{El, el};
use super::msg::Msg;
use super::run::Run;
use super::words;
use crate::lesson::Gallery;
use crate::view::{self, Difference};

/// What a person does with the lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneMsg {
    /// A second lane, equal to the only one until something is changed.
    Split,
    /// A becomes B and B becomes A.
    Swap,
    /// B becomes what A is.
    Copy,
    /// A lane goes.
    Drop(usize),
    /// Settings concern this lane; none: both.
    Target(Option<usize>),
}

/// Buttons for the lanes, and the verdict where there are two.
pub fn lanes(run: &Run, gallery: Option<&Gallery>, send: &Callback<Msg>) -> El {
    let two = run.session.lanes().len() > 1;
    let button = |id: &'static str, label: &'static str, at: usize| {
        el("button", &[("data-testid", id)])
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Lane(DEEDS[at])))
            .text(label)
    };
    let row = el("div", &[("class", "row")]);
    let row = if two {
        row.add(target("target", run.target, send))
            .add(button("swap", words::SWAP, 1))
            .add(button("copy", words::COPY, 2))
            .add(button("drop-a", words::ONLY_B, 3))
            .add(button("drop-b", words::ONLY_A, 4))
    } else {
        row.add(button("split", words::COMPARE, 0)).maybe(gallery.map(|gallery| others(gallery, send)))
    };
    el("section", &[("class", "lanes"), ("aria-label", words::COMPARE)]).add(row).maybe(verdict(run))
}

/// What the buttons do, by number.
const DEEDS: [LaneMsg; 5] =
    [LaneMsg::Split, LaneMsg::Swap, LaneMsg::Copy, LaneMsg::Drop(0), LaneMsg::Drop(1)];

/// Whom the settings concern; `id` is the name by which tests find it.
pub fn target(id: &'static str, chosen: Option<usize>, send: &Callback<Msg>) -> El {
    let choice = |(at, (target, label)): (usize, (Option<usize>, &'static str))| {
        el("button", &[])
            .test(id, at)
            .state("aria-pressed", target == chosen)
            .on(ListenerKind::onclick, send, at, |_, at| Some(Msg::Lane(LaneMsg::Target(TARGETS[at]))))
            .text(label)
    };
    let labels = [words::BOTH, view::words::LETTERS[0], view::words::LETTERS[1]];
    el("div", &[("class", "switch"), ("role", "group"), ("aria-label", words::TARGET)])
        .add(el("span", &[]).text(words::TARGET))
        .all(TARGETS.into_iter().zip(labels).enumerate().map(choice))
}

const TARGETS: [Option<usize>; 3] = [None, Some(0), Some(1)];

/// Other ready scenarios to compare with.
fn others(gallery: &Gallery, send: &Callback<Msg>) -> El {
    let group = |group: &crate::lesson::Group| {
        let option = |entry: &crate::lesson::Entry| {
            el("option", &[]).put("value", entry.slug.clone()).say(entry.title.clone())
        };
        el("optgroup", &[]).put("label", group.title.clone()).all(group.entries.iter().map(option))
    };
    el("select", &[("data-testid", "against"), ("aria-label", words::COMPARE_WITH)])
        .on(ListenerKind::onchange, send, 0, |event, _| {
            let chosen = super::dom::target::<web_sys::HtmlSelectElement>(event)?.value();
            (!chosen.is_empty()).then_some(Msg::Against(chosen))
        })
        .add(el("option", &[("value", "")]).property("selected", true).text(words::COMPARE_WITH))
        .all(gallery.groups.iter().map(group))
}

/// Who does better, at what, by how much.
fn verdict(run: &Run) -> Option<El> {
    let comparison = view::compare(&run.session)?;
    let head = |text: &'static str| el("th", &[("scope", "col")]).text(text);
    let letters = view::words::LETTERS;
    let row = |each: &Difference| {
        let value = |at: usize| {
            let cell = el("td", &[]).flag("data-better", each.better == Some(at));
            cell.say(each.values[at].clone())
        };
        let by = match each.better {
            Some(at) => [letters[at], " ", &each.by].concat(),
            None => words::EQUAL.to_owned(),
        };
        el("tr", &[])
            .add(el("th", &[("scope", "row")]).text(each.what))
            .add(value(0))
            .add(value(1))
            .add(el("td", &[]).say(by))
    };
    let table = el("table", &[("data-testid", "verdict")])
        .add(el("caption", &[]).say(view::over_the_last(comparison.seconds)))
        .add(el("thead", &[]).add(
            el("tr", &[]).add(head("")).add(head(letters[0])).add(head(letters[1])).add(head(words::BETTER)),
        ))
        .add(el("tbody", &[]).all(comparison.rows.iter().map(row)));
    Some(el("div", &[("class", "verdicts"), ("tabindex", "0")]).add(table))
}
