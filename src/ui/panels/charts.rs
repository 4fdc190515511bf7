//! Charts on the page: the choice of them, each with its words, its tools and its table.

use web_sys::{Element, HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::session::{Run, Session};
use crate::ui::canvas::surface::Surface;
use crate::ui::model::charts::{Charts, Slot};
use crate::ui::model::word::Word;
use crate::ui::msg::chart::{ChartMsg, Form};
use crate::ui::msg::keys;
use crate::ui::panels::dom::{answering, icon, on_key, option};
use crate::ui::panels::table::table;
use crate::ui::panels::terms::{meaning, words};
use crate::ui::platform::keyboard::Press;
use crate::view::{self, ChartId, Point};

/// What is saved, with what its button says.
const FORMS: [(Form, &str); 3] = [(Form::Png, "PNG"), (Form::Svg, "SVG"), (Form::Csv, "CSV")];

/// What is shown.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// What is measured.
    pub run: &'a Run,
    /// Which charts, and how.
    pub charts: &'a Charts,
    /// Where they are drawn, by their places.
    pub surfaces: &'a [Surface],
    /// What somebody is at.
    pub word: Option<&'a Word>,
}

/// The charts of the page and the choice of them.
pub fn charts(shown: Shown, act: &Callback<ChartMsg>, on_word: &Callback<Option<Word>>) -> Html {
    let slots = shown.charts.shown(&shown.run.session);
    html! {
        <section class="charts" aria-label={text!("screen.charts")} data-charts={slots.len().to_string()}>
            {choice(shown, &slots, act)}
            for slot in &slots {
                {for one(shown, *slot, act, on_word)}
            }
        </section>
    }
}

/// A box for each chart that has something to show.
fn choice(shown: Shown, slots: &[Slot], act: &Callback<ChartMsg>) -> Html {
    let session = &shown.run.session;
    let each = |slot: Slot| {
        let id = shown.charts.id(slot)?;
        let onchange = answering(act, move |event: Event| {
            let input = event.target_dyn_into::<HtmlInputElement>()?;
            Some(ChartMsg::Choose(slot, input.checked()))
        });
        Some(html! {
            <label key={slot.at()}>
                <input
                    type="checkbox"
                    data-testid={["choose ", id.kind.key()].concat()}
                    checked={slots.contains(&slot)}
                    {onchange}
                />
                {id.title(session)}
            </label>
        })
    };
    html! {
        <details class="choice-of-charts">
            <summary data-testid="choose charts">{text!("charts.choose")}</summary>
            <div>
                for label in shown.charts.offered(session, slots).into_iter().filter_map(each) {
                    {label}
                }
            </div>
        </details>
    }
}

/// A chart with all that belongs to it.
fn one(shown: Shown, slot: Slot, act: &Callback<ChartMsg>, on_word: &Callback<Option<Word>>) -> Option<Html> {
    let Shown { run, charts, surfaces, word } = shown;
    let id = charts.id(slot)?;
    let variants = run.shown_variants();
    let title = view::chart_title(&run.session, &variants, &id);
    let large = charts.large == Some(slot);
    let says = charts.cross.filter(|_| charts.spoken == Some(slot));
    let says = says.map(|at| view::chart_says(&run.session, &variants, &id, at)).unwrap_or_default();
    let theory = view::explained(&run.session, &variants, &id);
    let of_whom = if large { of_whom(run, slot, &id, act) } else { None };
    let means = explanation(slot, &id, &run.session, word, on_word);
    let before = html! { <>{of_whom.unwrap_or_default()}{means}</> };
    let explains = word.is_some();
    let onkeydown = answering(act, move |event: KeyboardEvent| {
        keys::chart_panel(&Press::of(&event)).filter(|_| !explains)
    });
    let ontoggle = answering(act, move |event: Event| {
        let details = event.target_dyn_into::<Element>()?;
        Some(ChartMsg::Table(slot, details.has_attribute("open")))
    });
    Some(html! {
        <div key={slot.at()} class="chart" data-large={large.then_some("")} {onkeydown}>
            {canvas(&surfaces.get(slot.at())?.node, slot, &id, &title, act)}
            <p class="aside" aria-live="polite" data-testid={numbered("cross", slot)}>{says}</p>
            {tools(slot, large, &id.title(&run.session), act, before)}
            if !theory.is_empty() {
                <details class="theory">
                    <summary>{text!("charts.theory")}</summary>
                    for line in theory {
                        <p>{line}</p>
                    }
                </details>
            }
            <details {ontoggle}>
                <summary>
                    {text!("screen.table")}{" "}
                    <span class="aside">{title}</span>
                </summary>
                if charts.has_table(slot) {
                    {table(view::table(&run.session, &variants, &id))}
                }
            </details>
        </div>
    })
}

/// The picture; one in which requests have their points leads to their traces.
fn canvas(node: &NodeRef, slot: Slot, id: &ChartId, title: &str, act: &Callback<ChartMsg>) -> Html {
    let asked = id.kind.has_traces();
    let onclick =
        asked.then(|| act.reform(move |event: MouseEvent| ChartMsg::Ask(slot, Some(point(&event)))));
    let onkeydown = on_key(act, move |press| keys::chart(press, slot));
    html! {
        <canvas
            ref={node}
            role="img"
            tabindex="0"
            aria-label={title.to_owned()}
            data-testid={numbered("chart", slot)}
            data-asked={asked.then_some("")}
            title={asked.then_some(text!("charts.to-trace"))}
            {onclick}
            {onkeydown}
            onpointermove={act.reform(move |event: PointerEvent| ChartMsg::Cross(slot, Some(point(&event))))}
            onpointerleave={act.reform(move |_: PointerEvent| ChartMsg::Cross(slot, None))}
        />
    }
}

/// Buttons that save a chart and that make it large or small. Something may come before them.
fn tools(slot: Slot, large: bool, title: &str, act: &Callback<ChartMsg>, before: Html) -> Html {
    let (label, path, next) = if large {
        (text!("charts.reduce"), "M3 9h4v4M13 7H9V3", None)
    } else {
        (text!("charts.enlarge"), "M9 3h4v4M7 13H3V9", Some(slot))
    };
    let path =
        ["<path d=\"", path, "\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/>"].concat();
    html! {
        <div class="tools">
            {before}
            <details class="save">
                <summary data-testid={numbered("save as", slot)} aria-label={say!("charts.button", button = text!("charts.save"), chart = title)}>
                    {text!("charts.save")}
                </summary>
                <div>
                    for (form, name) in FORMS {
                        <button
                            data-testid={[&numbered("save", slot), " ", name].concat()}
                            aria-label={say!("charts.save-chart", format = name, chart = title)}
                            onclick={act.reform(move |_: MouseEvent| ChartMsg::Save(slot, form))}
                        >
                            {name}
                        </button>
                    }
                </div>
            </details>
            <button
                class="icon"
                data-testid={numbered("enlarge", slot)}
                title={label}
                aria-label={say!("charts.button", button = label, chart = title)}
                onclick={act.reform(move |_: MouseEvent| ChartMsg::Enlarge(next))}
            >
                {icon(&path)}
            </button>
        </div>
    }
}

/// A button whose entry says what the chart's lines and areas mean.
fn explanation(
    slot: Slot,
    id: &ChartId,
    session: &Session,
    word: Option<&Word>,
    on_word: &Callback<Option<Word>>,
) -> Html {
    let (kind, key) = (id.kind, numbered("means", slot));
    let label = say!("charts.button", button = text!("charts.means"), chart = &id.title(session));
    let entry = meaning(word, key.replace(' ', "-").into(), |word| (word == key).then(|| kind.means()));
    let inside = html! {
        <>
            <button
                class="word"
                aria-label={label}
                aria-describedby={key.replace(' ', "-")}
                data-testid={key.clone()}
                data-word={key.clone()}
            >
                {"?"}
            </button>
            {entry}
        </>
    };
    words(on_word, "means", None, inside)
}

/// Of which node the chart is.
fn of_whom(run: &Run, slot: Slot, id: &ChartId, act: &Callback<ChartMsg>) -> Option<Html> {
    let kind = id.kind;
    let nodes: Vec<String> = view::chart_nodes(&run.session, kind).into_iter().map(str::to_owned).collect();
    if nodes.len() < 2 && id.of.is_none() {
        return None;
    }
    let options: Html = nodes
        .iter()
        .map(|node| {
            let chosen = id.of.as_ref() == Some(node);
            option(view::name::of_id(&run.session, node), None, chosen)
        })
        .collect();
    let onchange = answering(act, move |event: Event| {
        let select = event.target_dyn_into::<HtmlSelectElement>()?;
        // Nothing is chosen: the browser says −1. The whole system comes before the nodes.
        let id = match usize::try_from(select.selected_index()).ok()?.checked_sub(1) {
            None => ChartId::from(kind),
            Some(at) => ChartId::of_node(kind, nodes.get(at)?),
        };
        Some(ChartMsg::Open(id))
    });
    Some(html! {
        <select aria-label={text!("charts.of-whom")} data-testid={numbered("of", slot)} {onchange}>
            {option(text!("charts.whole-system"), None, id.of.is_none())}
            {options}
        </select>
    })
}

/// Where the pointer is in a chart.
fn point(mouse: &MouseEvent) -> Point {
    Point { x: mouse.offset_x() as f32, y: mouse.offset_y() as f32 }
}

/// The name by which tests find a part of a chart: what it is, and the number of the chart.
fn numbered(name: &str, slot: Slot) -> String {
    [name, " ", &(slot.at() + 1).to_string()].concat()
}
