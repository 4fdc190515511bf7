//! Traces on the page: the lists, one as a waterfall, its numbers as a table, the buttons that save files.

use crate::base::{Text, list};
use web_sys::Element;
use yew::prelude::*;

use crate::session::Run;
use crate::session::VariantRun;
use crate::ui::model::focus::WATERFALL;
use crate::ui::model::side::Side;
use crate::ui::model::traces::{Form, Moment, Saved, Traces};
use crate::ui::msg::keys;
use crate::ui::msg::trace::TraceMsg;
use crate::ui::panels::dom::{answering, on_key};
use crate::ui::panels::table::table;
use crate::view::{self, Which};

/// Heads of the list of traces.
const HEADS: [Text; 6] = [
    Text::new("traces.head.trace"),
    Text::new("traces.head.client"),
    Text::new("traces.head.outcome"),
    Text::new("traces.head.took"),
    Text::new("traces.head.again"),
    Text::new("traces.head.offered-at"),
];

/// What is shown.
pub struct Shown<'a> {
    /// What runs.
    pub run: &'a Run,
    /// Which traces of it.
    pub traces: &'a Traces,
    /// Where the waterfall is drawn.
    pub canvas: &'a NodeRef,
    /// How many pixels of the page one of a picture is.
    pub larger: f32,
}

/// The panel.
pub fn traces(shown: &Shown, act: &Callback<TraceMsg>) -> Html {
    let Shown { run, traces, .. } = *shown;
    let sample = run.session.variants().get(traces.side.at()).map(view::trace_sample);
    html! {
        <details
            class="panel"
            data-testid="traces"
            open={traces.open}
            ontoggle={turned(act, TraceMsg::Open)}
        >
            <summary>{text!("traces.title")}</summary>
            if traces.open {
                <div class="traces">
                    {lists(traces, run, act)}
                    {list(traces, act)}
                    if let Some(sample) = sample {
                        <p>{sample}</p>
                    }
                    if let Some(chosen) = chosen(shown, act) {
                        {chosen}
                    }
                    {files(text!("traces.save-all"), Saved::Listed, act)}
                </div>
            }
        </details>
    }
}

/// Tells whether a part of the page was opened or closed.
fn turned(act: &Callback<TraceMsg>, msg: fn(bool) -> TraceMsg) -> Callback<Event> {
    answering(act, move |event: Event| {
        event.target_dyn_into::<Element>().map(|details| msg(details.has_attribute("open")))
    })
}

/// Of which variant, and which list.
fn lists(traces: &Traces, run: &Run, act: &Callback<TraceMsg>) -> Html {
    let variants = run.session.variants();
    let on_side = act.reform(TraceMsg::Of);
    let on_list = act.reform(TraceMsg::List);
    let side = |(side, variant): (Side, &VariantRun)| {
        let at = numbered("trace variant", side.at());
        tab(variant.label().to_owned().into(), at, side == traces.side, on_side.reform(move |()| side))
    };
    let list = |(at, which): (usize, Which)| {
        let label = view::trace_tab(which).into();
        tab(label, numbered("trace list", at), which == traces.which, on_list.reform(move |()| which))
    };
    html! {
        <div class="bar">
            if variants.len() > 1 {
                <div class="tabs" role="group" aria-label={text!("traces.variant")}>
                    {for Side::BOTH.into_iter().zip(variants).map(side)}
                </div>
            }
            <div class="tabs" role="group" aria-label={text!("traces.title")}>
                {for Which::ALL.into_iter().enumerate().map(list)}
            </div>
        </div>
    }
}

/// One of a row of buttons, of which one is pressed.
fn tab(label: AttrValue, test: String, pressed: bool, on_choose: Callback<()>) -> Html {
    html! {
        <button
            aria-pressed={pressed.to_string()}
            data-testid={test}
            onclick={on_choose.reform(|_: MouseEvent| ())}
        >
            {label}
        </button>
    }
}

/// The list; a trace is chosen by its button.
fn list(traces: &Traces, act: &Callback<TraceMsg>) -> Html {
    let shown = traces.chosen.as_ref().map(|(side, trace)| (*side, trace.request()));
    html! {
        <div
            class="scroll"
            tabindex="0"
            role="region"
            aria-label={text!("traces.title")}
            onpointerenter={act.reform(|_: PointerEvent| TraceMsg::Hold(true))}
            onpointerleave={act.reform(|_: PointerEvent| TraceMsg::Hold(false))}
            onfocusin={act.reform(|_: FocusEvent| TraceMsg::Hold(true))}
            onfocusout={act.reform(|_: FocusEvent| TraceMsg::Hold(false))}
        >
            <table class="list">
                <thead>
                    <tr>
                        for head in HEADS.map(Text::plain) {
                            <th scope="col">{head}</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (at, row) in traces.list.iter().enumerate() {
                        <tr key={at}>
                            <td>
                                <button
                                    aria-pressed={(shown == Some((traces.side, row.request))).to_string()}
                                    data-testid={numbered("trace", at)}
                                    onclick={choose(act, row.request)}
                                >
                                    {&row.id}
                                </button>
                            </td>
                            <td>{&row.client}</td>
                            <td data-ink={if row.bad { "failed" } else { "good" }}>{row.outcome}</td>
                            <td>{&row.takes}</td>
                            <td>{row.again}</td>
                            <td>{&row.when}</td>
                        </tr>
                    }
                </tbody>
            </table>
            if traces.list.is_empty() {
                <p>{text!("traces.no-traces")}</p>
            }
        </div>
    }
}

/// A request's trace is chosen.
fn choose(act: &Callback<TraceMsg>, request: u64) -> Callback<MouseEvent> {
    act.reform(move |_: MouseEvent| TraceMsg::Choose(request))
}

/// The chosen trace: waterfall, words, table, files.
fn chosen(shown: &Shown, act: &Callback<TraceMsg>) -> Option<Html> {
    let Shown { run, traces, canvas, larger } = *shown;
    let (side, trace) = traces.chosen.as_ref()?;
    let (variant, now) = (run.session.variants().get(side.at())?, traces.known(run));
    let row = view::trace_row(variant, trace);
    let id = say!("traces.trace", id = &row.id);
    let title = AttrValue::from(list::of(list::COMMA, [&*id, &*row.client, row.outcome, &*row.takes]));
    let height = view::waterfall_height(variant.plan(), trace, now) as f32 * larger;
    let said = match traces.options.row {
        Some(row) => view::waterfall_words(variant.plan(), trace, row, now),
        None if trace.cut() => text!("traces.cut").to_owned(),
        None => String::new(),
    };
    let here = traces.now(run).map(|trace| view::trace_here(variant, &trace)).unwrap_or_default();
    Some(html! {
        <section class="trace" aria-label={&title}>
            <h3>{&title}</h3>
            {moments(trace.ended().is_some(), &act.reform(TraceMsg::GoTo))}
            <p class="here" data-testid="trace here">{here}</p>
            {waterfall(canvas, title, height as u32, act)}
            <p role="status" data-testid="waterfall row">{said}</p>
            <details data-testid="waterfall table" ontoggle={turned(act, TraceMsg::Table)}>
                <summary>{text!("screen.table")}</summary>
                if traces.table {
                    {table(view::waterfall_table(variant.plan(), trace, now))}
                }
            </details>
            {files(text!("traces.save-one"), Saved::Chosen, act)}
        </section>
    })
}

/// The picture of a trace, so many pixels high.
fn waterfall(node: &NodeRef, title: AttrValue, height: u32, act: &Callback<TraceMsg>) -> Html {
    let onkeydown = on_key(act, keys::trace);
    html! {
        <canvas
            ref={node}
            role="img"
            tabindex="0"
            data-testid="waterfall"
            id={WATERFALL}
            aria-label={title}
            style={["height: ", &height.to_string(), "px"].concat()}
            {onkeydown}
            onpointermove={act.reform(|event: PointerEvent| TraceMsg::Hover(Some(event.offset_y())))}
            onpointerleave={act.reform(|_: PointerEvent| TraceMsg::Hover(None))}
        />
    }
}

/// Buttons that lead to the stage, at the moment when the request began or ended.
fn moments(ended: bool, on_go: &Callback<Moment>) -> Html {
    let moments = [(Moment::Began, text!("traces.to-begin")), (Moment::Ended, text!("traces.to-end"))];
    html! {
        <div class="bar" role="group" aria-label={text!("traces.on-stage")}>
            <span>{text!("traces.on-stage")}</span>
            for (at, (moment, label)) in moments.into_iter().take(1 + usize::from(ended)).enumerate() {
                <button
                    data-testid={numbered("moment", at)}
                    onclick={on_go.reform(move |_: MouseEvent| moment)}
                >
                    {label}
                </button>
            }
        </div>
    }
}

/// A button for each form in which traces are saved.
fn files(name: &'static str, saved: Saved, act: &Callback<TraceMsg>) -> Html {
    let before = if saved == Saved::Listed { Form::ALL.len() } else { 0 };
    let button = |(at, form): (usize, Form)| {
        let label = match form {
            Form::Otlp => text!("traces.save-otlp"),
            Form::Chrome => text!("traces.save-chrome"),
        };
        html! {
            <button
                data-testid={numbered("save", before + at)}
                onclick={act.reform(move |_: MouseEvent| TraceMsg::Save(saved, form))}
            >
                {label}
            </button>
        }
    };
    html! {
        <div class="bar" role="group" aria-label={name}>
            <span>{name}</span>
            {for Form::ALL.into_iter().enumerate().map(button)}
        </div>
    }
}

/// The name by which tests find one of several: what it is, and its number from one.
fn numbered(name: &str, at: usize) -> String {
    [name, " ", &(at + 1).to_string()].concat()
}
