//! The parts of a stage: a list of them for keys and screen readers.

use yew::prelude::*;

use crate::session::VariantRun;
use crate::ui::model::focus;
use crate::ui::model::inspector::Inspector;
use crate::ui::model::side::Side;
use crate::ui::msg::inspect::InspectMsg;
use crate::ui::msg::keys;
use crate::ui::panels::dom::on_key;
use crate::view;
use crate::view::inspector::{Subject, sentence, subjects, title};

/// Lists of more parts say what only that part is doing that has the focus.
const MOST_SENTENCES: usize = 40;

/// What keys and screen readers find of a stage: every node and every link, as a button that opens it, with what it is
/// and what it is doing. One of them is reached by the tabulator, the others from there by arrows.
pub fn parts(state: &Inspector, variant: &VariantRun, side: Side, on_inspect: &Callback<InspectMsg>) -> Html {
    let all = subjects(variant);
    let reach = state.reach[side.at()].min(all.len().saturating_sub(1));
    let part = |number: usize, subject: Subject| {
        let told = all.len() <= MOST_SENTENCES || state.focused == Some((side, subject));
        let tell = |what: fn(&VariantRun, Subject) -> String| {
            if told { what(variant, subject) } else { String::new() }
        };
        html! {
            <Part
                {side}
                {number}
                {subject}
                reached={number == reach}
                title={title(variant, subject)}
                is={tell(view::topology)}
                does={tell(sentence)}
                {on_inspect}
            />
        }
    };
    html! {
        <ul
            class="aside"
            aria-label={text!("screen.parts")}
            data-testid={["parts ", view::words::LETTERS[side.at()]].concat()}
        >
            for (number, subject) in all.iter().enumerate() {
                {part(number, *subject)}
            }
        </ul>
    }
}

/// A part of a stage.
#[derive(Properties, PartialEq)]
struct PartProps {
    /// On which stage it is.
    side: Side,
    /// Its place in the list.
    number: usize,
    /// What it is.
    subject: Subject,
    /// The tabulator reaches it.
    reached: bool,
    /// What it is called.
    title: AttrValue,
    /// What it is; empty where that is not said.
    is: AttrValue,
    /// What it is doing; empty where that is not said.
    does: AttrValue,
    /// Gets what somebody does with it. It has to be always the same: there may be very many parts, and those of which
    /// nothing has changed are not written anew.
    on_inspect: Callback<InspectMsg>,
}

/// A button that opens a part of a stage, with what it is and what it is doing.
#[component(Part)]
fn part(props: &PartProps) -> Html {
    let PartProps { side, number, subject, reached, title, is, does, on_inspect: act } = props;
    let (side, subject) = (*side, *subject);
    let id = focus::part(side, *number);
    let [about_is, about_does] = ["-is", "-does"].map(|what| [&id, what].concat());
    // What the arrows do elsewhere they do not do here.
    let onkeydown = on_key(act, move |press| Some(InspectMsg::Move(side, keys::part(press)?)));
    html! {
        <li>
            <button
                {id}
                tabindex={if *reached { "0" } else { "-1" }}
                aria-describedby={[&about_is, " ", &about_does].concat()}
                onclick={act.reform(move |_: MouseEvent| InspectMsg::Open(side, subject))}
                onfocusin={act.reform(move |_: FocusEvent| InspectMsg::Focus(side, Some(subject)))}
                onfocusout={act.reform(move |_: FocusEvent| InspectMsg::Focus(side, None))}
                {onkeydown}
            >
                {title}
            </button>
            <p id={about_is}>{is}</p>
            <p id={about_does}>{does}</p>
        </li>
    }
}

/// At the foot of a stage: what the thing under the pointer, or with the focus, is doing.
pub fn foot(state: &Inspector, variant: &VariantRun, side: Side) -> Option<Html> {
    let focused = state.focused.filter(|(of, _)| *of == side).map(|(_, part)| part);
    let said = match (state.hovered.filter(|(of, _)| *of == side), focused) {
        (Some((_, hit)), _) => view::describe_hit(variant, hit),
        // A part that is no more is doing nothing.
        (None, Some(part)) if subjects(variant).contains(&part) => sentence(variant, part),
        _ => return None,
    };
    (!said.is_empty()).then(|| {
        html! { <p class="foot" aria-hidden="true" data-testid="foot">{said}</p> }
    })
}
