//! One lane or two: what can be done with them, and who does better.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::msg::Msg;
use super::run::Run;
use super::words;
use crate::lesson::{Entry, Gallery, Group};
use crate::view::{self, Comparison, Difference};

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
pub fn lanes(run: &Run, gallery: Option<&Gallery>, send: &Callback<Msg>) -> Html {
    let button = |id: &'static str, label: &'static str, deed: LaneMsg| {
        let onclick = send.reform(move |_: MouseEvent| Msg::Lane(deed));
        html! { <button data-testid={id} {onclick}>{label}</button> }
    };
    html! {
        <section class="lanes" aria-label={words::COMPARE}>
            <div class="row">
                if run.session.lanes().len() > 1 {
                    {target("target", run.target, send)}
                    {button("swap", words::SWAP, LaneMsg::Swap)}
                    {button("copy", words::COPY, LaneMsg::Copy)}
                    {button("drop-a", words::ONLY_B, LaneMsg::Drop(0))}
                    {button("drop-b", words::ONLY_A, LaneMsg::Drop(1))}
                } else {
                    {button("split", words::COMPARE, LaneMsg::Split)}
                    if let Some(gallery) = gallery {
                        {others(gallery, send)}
                    }
                }
            </div>
            if let Some(comparison) = view::compare(&run.session) {
                {verdict(&comparison)}
            }
        </section>
    }
}

/// Whom the settings concern; `id` is the name by which tests find it.
pub fn target(id: &'static str, chosen: Option<usize>, send: &Callback<Msg>) -> Html {
    let [a, b] = [0, 1].map(|at| (Some(at), view::words::LETTERS[at]));
    let choice = |(place, (target, label)): (usize, (Option<usize>, &'static str))| {
        html! {
            <button
                data-testid={[id, " ", &place.to_string()].concat()}
                aria-pressed={(target == chosen).to_string()}
                onclick={send.reform(move |_: MouseEvent| Msg::Lane(LaneMsg::Target(target)))}
            >
                {label}
            </button>
        }
    };
    html! {
        <div class="switch" role="group" aria-label={words::TARGET}>
            <span>{words::TARGET}</span>
            {for [(None, words::BOTH), a, b].into_iter().enumerate().map(choice)}
        </div>
    }
}

/// Other ready scenarios to compare with.
fn others(gallery: &Gallery, send: &Callback<Msg>) -> Html {
    let send = send.clone();
    let onchange = move |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>().map(|list| list.value());
        if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
            send.emit(Msg::Against(chosen));
        }
    };
    let option = |entry: &Entry| html! { <option value={entry.slug.clone()}>{&entry.title}</option> };
    let group = |group: &Group| {
        html! {
            <optgroup label={group.title.clone()}>{for group.entries.iter().map(option)}</optgroup>
        }
    };
    html! {
        <select data-testid="against" aria-label={words::COMPARE_WITH} {onchange}>
            // The first: it is what a list shows in which nobody has chosen.
            <option value="">{words::COMPARE_WITH}</option>
            {for gallery.groups.iter().map(group)}
        </select>
    }
}

/// Who does better, at what, by how much.
fn verdict(comparison: &Comparison) -> Html {
    let letters = view::words::LETTERS;
    let row = |each: &Difference| {
        let value = |at: usize| {
            let better = (each.better == Some(at)).then_some("");
            html! { <td data-better={better}>{&each.values[at]}</td> }
        };
        let by = match each.better {
            Some(at) => [letters[at], " ", &each.by].concat(),
            None => words::EQUAL.to_owned(),
        };
        html! {
            <tr>
                <th scope="row">{each.what}</th>
                {value(0)}
                {value(1)}
                <td>{by}</td>
            </tr>
        }
    };
    html! {
        <div class="verdicts" tabindex="0">
            <table data-testid="verdict">
                <caption>{view::over_the_last(comparison.seconds)}</caption>
                <thead>
                    <tr>
                        <th scope="col">{""}</th>
                        <th scope="col">{letters[0]}</th>
                        <th scope="col">{letters[1]}</th>
                        <th scope="col">{words::BETTER}</th>
                    </tr>
                </thead>
                <tbody>{for comparison.rows.iter().map(row)}</tbody>
            </table>
        </div>
    }
}
