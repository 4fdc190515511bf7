//! Glyphs in prose and in the legend: the stage's own pictures as inline SVG.

use yew::prelude::*;

use crate::lesson::{Block, Span, Term};
use crate::view::{Glyph, RING_STEPS, Token, glyph_svg};

/// A glyph as a small picture beside its word, which says what it is.
pub fn glyph(glyph: Glyph) -> Html {
    // Nothing in it comes from outside: numbers, and names of colours.
    Html::from_html_unchecked(glyph_svg(glyph).into())
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
        Span::Term(Term::VariantA | Term::VariantB, words) => html! { <b class="variant">{words}</b> },
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
        Term::VariantA | Term::VariantB => (None, Token::Accent),
    }
}
