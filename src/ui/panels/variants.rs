//! One variant or two: what can be done with them, and who does better.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::lesson::{Entry, Gallery, Group};
use crate::session::Run;
use crate::ui::model::side::Side;
use crate::ui::msg::variant::VariantMsg;
use crate::ui::panels::dom::{answering, option};
use crate::view::{self, Comparison, Difference, Stretch, Verdict};

/// Buttons for the variants, and the verdict where there are two.
pub fn variants(
    run: &Run,
    gallery: Option<&Gallery>,
    stretch: Stretch,
    on_variant: &Callback<VariantMsg>,
) -> Html {
    let button = |id: &'static str, label: &'static str, wanted: VariantMsg| {
        let onclick = on_variant.reform(move |_: MouseEvent| wanted.clone());
        html! { <button data-testid={id} {onclick}>{label}</button> }
    };
    html! {
        <section class="variants" aria-label={text!("variants.compare")}>
            <div class="row">
                if run.session.variants().len() > 1 {
                    {target("target", run.target.and_then(Side::of), on_variant)}
                    {button("swap", text!("variants.swap"), VariantMsg::Swap)}
                    {button("copy", text!("variants.copy"), VariantMsg::Copy)}
                    {button("drop-a", text!("variants.only-b"), VariantMsg::Drop(Side::A))}
                    {button("drop-b", text!("variants.only-a"), VariantMsg::Drop(Side::B))}
                } else {
                    {button("split", text!("variants.compare"), VariantMsg::Split)}
                    if let Some(gallery) = gallery {
                        {others(gallery, on_variant)}
                    }
                }
            </div>
            if let Some(comparison) = view::compare(&run.session, stretch) {
                {verdict(&comparison, stretch, on_variant)}
            }
        </section>
    }
}

/// Whom the settings concern; `id` is the name by which tests find it.
pub fn target(id: &'static str, chosen: Option<Side>, on_variant: &Callback<VariantMsg>) -> Html {
    let [a, b] = Side::BOTH.map(|side| (Some(side), view::words::LETTERS[side.at()]));
    let choice = |(place, (target, label)): (usize, (Option<Side>, &'static str))| {
        html! {
            <button
                data-testid={[id, " ", &place.to_string()].concat()}
                aria-pressed={(target == chosen).to_string()}
                onclick={on_variant.reform(move |_: MouseEvent| VariantMsg::Target(target))}
            >
                {label}
            </button>
        }
    };
    html! {
        <div class="switch" role="group" aria-label={text!("settings.target")}>
            <span>{text!("settings.target")}</span>
            {for [(None, text!("variants.both")), a, b].into_iter().enumerate().map(choice)}
        </div>
    }
}

/// Other ready scenarios to compare with.
fn others(gallery: &Gallery, on_variant: &Callback<VariantMsg>) -> Html {
    let onchange = answering(on_variant, |event: Event| {
        let chosen = event.target_dyn_into::<HtmlSelectElement>()?.value();
        (!chosen.is_empty()).then_some(VariantMsg::Against(chosen))
    });
    let entry = |entry: &Entry| html! { <option value={entry.slug.clone()}>{&entry.title}</option> };
    let group = |group: &Group| {
        html! {
            <optgroup label={group.title.clone()}>{for group.entries.iter().map(entry)}</optgroup>
        }
    };
    html! {
        <select data-testid="against" aria-label={text!("variants.compare-with")} {onchange}>
            // Chosen, and not just the first: what a list shows in which nobody has chosen depends on the order in
            // which its entries were written.
            {option(text!("variants.compare-with"), Some(AttrValue::from("")), true)}
            {for gallery.groups.iter().map(group)}
        </select>
    }
}

/// Who does better, at what, by how much.
fn verdict(comparison: &Comparison, stretch: Stretch, on_variant: &Callback<VariantMsg>) -> Html {
    let letters = view::words::LETTERS;
    let row = |each: &Difference| {
        let value = |at: usize| {
            let better = (each.better() == Some(at)).then_some("");
            html! { <td data-better={better}>{&each.values[at]}</td> }
        };
        let close = matches!(each.verdict, Verdict::Close(_)).then_some(text!("variants.close-help"));
        let by = match &each.verdict {
            Verdict::Nothing => String::new(),
            Verdict::Early => text!("variants.early").to_owned(),
            Verdict::Equal => text!("variants.equal").to_owned(),
            Verdict::Close([low, high]) => say!("variants.close", low = low, high = high),
            Verdict::Better(at, by) => say!("variants.better-by", variant = letters[*at], by = by),
        };
        html! {
            <tr>
                <th scope="row">{each.what}</th>
                {value(0)}
                {value(1)}
                <td title={close}>{by}</td>
            </tr>
        }
    };
    let choice = |(id, own, label): (&'static str, Stretch, &'static str)| {
        html! {
            <button
                data-testid={id}
                aria-pressed={(own == stretch).to_string()}
                onclick={on_variant.reform(move |_: MouseEvent| VariantMsg::Over(own))}
            >
                {label}
            </button>
        }
    };
    let choices = [
        ("over last", Stretch::Last, text!("variants.last")),
        ("over whole", Stretch::Whole, text!("variants.whole")),
    ];
    let judged = |each: &Difference| matches!(each.verdict, Verdict::Close(_) | Verdict::Better(..));
    html! {
        <div class="verdicts" tabindex="0">
            <div class="row">
                <p class="says" data-testid="verdict says">{&comparison.sentence}</p>
                <div class="switch" role="group" aria-label={text!("variants.over")}>
                    {for choices.into_iter().map(choice)}
                </div>
            </div>
            <table data-testid="verdict">
                <caption>{&comparison.over}</caption>
                <thead>
                    <tr>
                        <th scope="col">{""}</th>
                        <th scope="col">{letters[0]}</th>
                        <th scope="col">{letters[1]}</th>
                        <th scope="col">{text!("variants.better")}</th>
                    </tr>
                </thead>
                <tbody>{for comparison.rows.iter().map(row)}</tbody>
            </table>
            if comparison.rows.iter().any(judged) {
                <p class="hint">{text!("variants.assumes")}</p>
            }
        </div>
    }
}
