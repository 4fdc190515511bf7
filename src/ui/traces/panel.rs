//! Traces on the page: the lists, one as a waterfall, its numbers as a table, the buttons that save files.

use web_sys::Element;
use yew::prelude::*;

use super::{FILES, Moment, TraceMsg, Traces, WATERFALL};
use crate::ui::app::App;
use crate::ui::dom::answering;
use crate::ui::figure::table;
use crate::ui::msg::Msg;
use crate::ui::run::Run;
use crate::ui::words;
use crate::view::{self, Which};

/// The panel.
pub fn panel(app: &App, run: &Run) -> Html {
    let traces = &app.traces;
    let act = app.send.reform(Msg::Trace);
    let sample = run.session.lanes().get(traces.lane).map(view::trace_sample);
    html! {
        <details
            class="panel"
            data-testid="traces"
            open={traces.open}
            ontoggle={turned(&act, TraceMsg::Open)}
        >
            <summary>{words::TRACES}</summary>
            if traces.open {
                <div class="traces">
                    {lists(traces, run, &act)}
                    {list(traces, &act)}
                    if let Some(sample) = sample {
                        <p>{sample}</p>
                    }
                    if let Some(chosen) = chosen(app, run, &act) {
                        {chosen}
                    }
                    {files(words::SAVE_ALL, 2, &act.reform(TraceMsg::Save))}
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

/// Which lane, which list.
fn lists(traces: &Traces, run: &Run, act: &Callback<TraceMsg>) -> Html {
    let lanes = run.session.lanes();
    let variants = || -> Vec<AttrValue> { lanes.iter().map(|lane| lane.label().to_owned().into()).collect() };
    let which = Which::ALL.map(|which| view::trace_tab(which).into());
    html! {
        <div class="bar">
            if lanes.len() > 1 {
                {tabs(words::TRACE_VARIANT, "trace lane", &variants(), traces.lane, &act.reform(TraceMsg::Lane))}
            }
            {tabs(words::TRACES, "trace list", &which, traces.tab, &act.reform(TraceMsg::Tab))}
        </div>
    }
}

/// A row of buttons, one of which is pressed. Tests find them by `id`.
fn tabs(
    name: &'static str,
    id: &str,
    labels: &[AttrValue],
    chosen: usize,
    on_choose: &Callback<usize>,
) -> Html {
    html! {
        <div class="tabs" role="group" aria-label={name}>
            for (at, label) in labels.iter().enumerate() {
                <button
                    aria-pressed={(at == chosen).to_string()}
                    data-testid={numbered(id, at)}
                    onclick={on_choose.reform(move |_: MouseEvent| at)}
                >
                    {label}
                </button>
            }
        </div>
    }
}

/// The list; a trace is chosen by its button.
fn list(traces: &Traces, act: &Callback<TraceMsg>) -> Html {
    let shown = traces.chosen.as_ref().map(|(lane, trace)| (*lane, trace.request()));
    html! {
        <div
            class="scroll"
            tabindex="0"
            role="region"
            aria-label={words::TRACES}
            onpointerenter={act.reform(|_: PointerEvent| TraceMsg::Hold(true))}
            onpointerleave={act.reform(|_: PointerEvent| TraceMsg::Hold(false))}
            onfocusin={act.reform(|_: FocusEvent| TraceMsg::Hold(true))}
            onfocusout={act.reform(|_: FocusEvent| TraceMsg::Hold(false))}
        >
            <table class="list">
                <thead>
                    <tr>
                        for head in words::TRACE_HEADS {
                            <th scope="col">{head}</th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (at, row) in traces.list.iter().enumerate() {
                        <tr key={at}>
                            <td>
                                <button
                                    aria-pressed={(shown == Some((traces.lane, row.request))).to_string()}
                                    data-testid={numbered("trace", at)}
                                    onclick={act.reform(move |_: MouseEvent| TraceMsg::Choose(at))}
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
                <p>{words::NO_TRACES}</p>
            }
        </div>
    }
}

/// The chosen trace: waterfall, words, table, files.
fn chosen(app: &App, run: &Run, act: &Callback<TraceMsg>) -> Option<Html> {
    let traces = &app.traces;
    let (at, trace) = traces.chosen.as_ref()?;
    let (lane, now) = (run.session.lanes().get(*at)?, run.session.now());
    let row = view::trace_row(lane, trace);
    let title = [words::TRACE, &row.id, ", ", &row.client, ", ", row.outcome, ", ", &row.takes].concat();
    let title = AttrValue::from(title);
    let height = view::waterfall_height(lane.plan(), trace, now) as f32 * app.pictures.larger();
    let said = match traces.options.row {
        Some(row) => view::waterfall_words(lane.plan(), trace, row, now),
        None if trace.cut() => words::TRACE_CUT.to_owned(),
        None => String::new(),
    };
    let here = traces.now(run).map(|trace| view::trace_here(lane, &trace)).unwrap_or_default();
    Some(html! {
        <section class="trace" aria-label={&title}>
            <h3>{&title}</h3>
            {moments(trace.ended().is_some(), &act.reform(TraceMsg::GoTo))}
            <p class="here" data-testid="trace here">{here}</p>
            {waterfall(&app.pictures.waterfall.node, title, height as u32, act)}
            <p role="status" data-testid="waterfall row">{said}</p>
            <details data-testid="waterfall table" ontoggle={turned(act, TraceMsg::Table)}>
                <summary>{words::TABLE}</summary>
                if traces.table {
                    {table(view::waterfall_table(lane.plan(), trace, now))}
                }
            </details>
            {files(words::SAVE_ONE, 0, &act.reform(TraceMsg::Save))}
        </section>
    })
}

/// The picture of a trace, so many pixels high.
fn waterfall(node: &NodeRef, title: AttrValue, height: u32, act: &Callback<TraceMsg>) -> Html {
    let onkeydown = {
        let act = act.clone();
        move |event: KeyboardEvent| {
            if let Some(msg) = step(&event.key()) {
                event.prevent_default();
                act.emit(msg);
            }
        }
    };
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

/// Arrow keys in the waterfall go from row to row; Enter goes to the moment when that began.
fn step(key: &str) -> Option<TraceMsg> {
    Some(match key {
        "ArrowDown" => TraceMsg::Row(1),
        "ArrowUp" => TraceMsg::Row(-1),
        "PageDown" => TraceMsg::Row(10),
        "PageUp" => TraceMsg::Row(-10),
        "Home" => TraceMsg::First,
        "End" => TraceMsg::Last,
        "Enter" => TraceMsg::GoTo(Moment::Row),
        _ => return None,
    })
}

/// Buttons that lead to the stage, at the moment when the request began or ended.
fn moments(ended: bool, on_go: &Callback<Moment>) -> Html {
    let moments = [(Moment::Began, words::TO_BEGIN), (Moment::Ended, words::TO_END_OF_IT)];
    html! {
        <div class="bar" role="group" aria-label={words::ON_STAGE}>
            <span>{words::ON_STAGE}</span>
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

/// Two buttons that save files. The first is told by its place in [`FILES`].
fn files(name: &'static str, from: usize, on_save: &Callback<usize>) -> Html {
    html! {
        <div class="bar" role="group" aria-label={name}>
            <span>{name}</span>
            for (at, (label, ..)) in FILES.iter().enumerate().skip(from).take(2) {
                <button
                    data-testid={numbered("save", at)}
                    onclick={on_save.reform(move |_: MouseEvent| at)}
                >
                    {*label}
                </button>
            }
        </div>
    }
}

/// The name by which tests find one of several: what it is, and its number from one.
fn numbered(name: &str, at: usize) -> String {
    [name, " ", &(at + 1).to_string()].concat()
}
