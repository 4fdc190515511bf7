//! Glyphs in prose and in the legend: the stage's own pictures as inline SVG.

use yew::prelude::*;

use crate::lesson::{Block, Span, Term};
use crate::view::{self, DrawOp, Glyph, Ink, Point, RING_STEPS, Sketch, Stroke, Token};

/// The pictures' unit: hundredths, so that whole numbers suffice.
const UNIT: f32 = 100.0;

/// A glyph as a small picture beside its word, which says what it is.
pub fn glyph(glyph: Glyph) -> Html {
    let mut sketch = Sketch::new();
    let middle = Point { x: 10.0 * UNIT, y: 10.0 * UNIT };
    view::paint_glyph(&mut sketch, glyph, middle, 10.0 * UNIT);
    let mut svg = String::from("<svg class=\"glyph\" viewBox=\"250 250 1500 1500\" aria-hidden=\"true\">");
    for op in sketch.ops() {
        shape(&mut svg, op, &sketch);
    }
    svg.push_str("</svg>");
    // Nothing in it comes from outside: numbers, and names of colours.
    Html::from_html_unchecked(svg.into())
}

/// A text whose terms bear their glyphs and colours.
pub fn prose(spans: &[Span]) -> Html {
    spans.iter().map(term).collect()
}

/// The same where each term is a button: whoever is at one reads what it means.
pub fn said(spans: &[Span]) -> Html {
    let each = |piece: &Span| {
        let key = match piece {
            Span::Term(own, _) => own.key().to_owned(),
            Span::Gloss(key, _) => key.clone(),
            _ => return term(piece),
        };
        html! { <button class="word" aria-describedby="gloss" data-word={key}>{term(piece)}</button> }
    };
    spans.iter().map(each).collect()
}

/// A paragraph, a list, lines of a program or a table.
pub fn block(block: &Block) -> Html {
    match block {
        Block::Paragraph(spans) => html! { <p>{said(spans)}</p> },
        Block::List { ordered, items } => {
            let tag = if *ordered { "ol" } else { "ul" };
            html! {
                <@{tag} class="items">
                    {for items.iter().map(|item| html! { <li>{said(item)}</li> })}
                </@>
            }
        }
        Block::Code(lines) => html! { <pre tabindex="0"><code>{lines}</code></pre> },
        Block::Table(rows) => html! {
            <div class="scroll" tabindex="0">
                <table>{for rows.iter().enumerate().map(|(at, cells)| row(at == 0, cells))}</table>
            </div>
        },
    }
}

/// A row of a table; `head` where its cells are heads of columns.
fn row(head: bool, cells: &[Vec<Span>]) -> Html {
    let cell = |text: &Vec<Span>| {
        if head {
            html! { <th>{prose(text)}</th> }
        } else {
            html! { <td>{prose(text)}</td> }
        }
    };
    html! { <tr>{for cells.iter().map(cell)}</tr> }
}

/// A piece of a text as it looks.
pub fn term(span: &Span) -> Html {
    match span {
        Span::Plain(words) => html! { <span>{words}</span> },
        Span::Strong(words) => html! { <strong>{words}</strong> },
        Span::Emphasis(words) => html! { <em>{words}</em> },
        Span::Code(words) => html! { <code>{words}</code> },
        Span::Gloss(_, words) => html! { <i>{words}</i> },
        Span::Term(Term::LaneA | Term::LaneB, words) => html! { <b class="lane">{words}</b> },
        Span::Term(term, words) => {
            let (picture, token) = look(*term);
            html! {
                <span class="term" data-ink={token.name()}>
                    if let Some(picture) = picture {
                        {glyph(picture)}
                    }
                    <b>{words}</b>
                </span>
            }
        }
    }
}

/// How a term looks: its glyph, and the colour of its word.
pub fn look(term: Term) -> (Option<Glyph>, Token) {
    let full = Some(RING_STEPS * 3 / 4);
    match term {
        Term::Request => (Some(Glyph::Request(full)), Token::Request),
        Term::Reply => (Some(Glyph::Reply), Token::Good),
        Term::Failed => (Some(Glyph::Failed), Token::Failed),
        Term::Retry => (Some(Glyph::Retry(None)), Token::Late),
        Term::Message => (Some(Glyph::Message), Token::Message),
        Term::Redelivered => (Some(Glyph::Redelivered), Token::Message),
        Term::Busy => (Some(Glyph::Busy), Token::Request),
        Term::Blocked => (Some(Glyph::Blocked), Token::Late),
        Term::Free => (Some(Glyph::Free), Token::Muted),
        Term::Waiting => (None, Token::Request),
        Term::LaneA | Term::LaneB => (None, Token::Accent),
    }
}

/// Appends one operation as an SVG element. Glyphs have neither texts nor curves.
fn shape(svg: &mut String, op: &DrawOp, sketch: &Sketch) {
    match *op {
        DrawOp::Circle { center, radius, fill, stroke } => {
            numbers(svg, "<circle", &[("cx", center.x), ("cy", center.y), ("r", radius)]);
            paint(svg, fill, stroke);
        }
        DrawOp::Rect { rect, radius, fill, stroke } => {
            let sides = [("x", rect.x), ("y", rect.y), ("width", rect.w), ("height", rect.h), ("rx", radius)];
            numbers(svg, "<rect", &sides);
            paint(svg, fill, stroke);
        }
        DrawOp::Line { from, to, stroke } => {
            numbers(svg, "<line", &[("x1", from.x), ("y1", from.y), ("x2", to.x), ("y2", to.y)]);
            paint(svg, None, Some(stroke));
        }
        DrawOp::Area { points, fill } => {
            svg.push_str("<polygon points=\"");
            for point in sketch.points(points) {
                whole(svg, point.x);
                svg.push(' ');
                whole(svg, point.y);
                svg.push(' ');
            }
            svg.push('"');
            paint(svg, Some(fill), None);
        }
        DrawOp::Arc { center, radius, from, to, stroke } => {
            let at = |turns: f32| {
                let angle = f64::from(turns - 0.25) * std::f64::consts::TAU;
                (
                    center.x + radius * js_sys::Math::cos(angle) as f32,
                    center.y + radius * js_sys::Math::sin(angle) as f32,
                )
            };
            // A whole turn would begin where it ends, and vanish.
            let (begin, end) = (at(from), at(to.min(from + 0.999)));
            let large = if to - from > 0.5 { 1.0 } else { 0.0 };
            svg.push_str("<path d=\"M");
            for number in [begin.0, begin.1] {
                whole(svg, number);
                svg.push(' ');
            }
            svg.push('A');
            for number in [radius, radius, 0.0, large, 1.0, end.0, end.1] {
                whole(svg, number);
                svg.push(' ');
            }
            svg.push('"');
            paint(svg, None, Some(stroke));
        }
        _ => {}
    }
}

fn numbers(svg: &mut String, tag: &str, attributes: &[(&str, f32)]) {
    svg.push_str(tag);
    for (name, value) in attributes {
        svg.push(' ');
        svg.push_str(name);
        svg.push_str("=\"");
        whole(svg, *value);
        svg.push('"');
    }
}

fn whole(svg: &mut String, value: f32) {
    svg.push_str(&(libm::roundf(value) as i32).to_string());
}

/// Appends fill and edge, and closes the element.
fn paint(svg: &mut String, fill: Option<Ink>, stroke: Option<Stroke>) {
    color(svg, " fill", fill);
    color(svg, " stroke", stroke.map(|stroke| stroke.ink));
    if let Some(stroke) = stroke {
        numbers(svg, "", &[("stroke-width", stroke.width)]);
        if stroke.is_dashed() {
            svg.push_str(" stroke-dasharray=\"");
            whole(svg, stroke.dash[0]);
            svg.push(' ');
            whole(svg, stroke.dash[1]);
            svg.push('"');
        }
    }
    svg.push_str("/>");
}

fn color(svg: &mut String, attribute: &str, ink: Option<Ink>) {
    svg.push_str(attribute);
    let Some(ink) = ink else { return svg.push_str("=\"none\"") };
    svg.push_str("=\"var(--");
    svg.push_str(ink.token.name());
    svg.push_str(")\"");
    if ink.alpha < 1.0 {
        svg.push_str(attribute);
        svg.push_str("-opacity=\".");
        svg.push_str(&((ink.alpha * 100.0) as u32 + 100).to_string()[1..]);
        svg.push('"');
    }
}
