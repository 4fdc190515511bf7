//! Inline markup of a lesson's paragraphs: `**strong**` and terms in braces.

/// A stretch of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Span {
    /// Plain words.
    Plain(String),
    /// Words that matter.
    Strong(String),
    /// Words with a stress.
    Emphasis(String),
    /// Names and settings as a program has them.
    Code(String),
    /// A word that the glossary explains: its entry, and how it is written here.
    Gloss(String, String),
    /// A term that bears its glyph and colour, and how it is written here.
    Term(Term, String),
}

impl Span {
    /// Its words.
    pub fn words(&self) -> &str {
        match self {
            Span::Plain(words)
            | Span::Strong(words)
            | Span::Emphasis(words)
            | Span::Code(words)
            | Span::Gloss(_, words)
            | Span::Term(_, words) => words,
        }
    }
}

/// A paragraph, or what stands in place of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list.
    List {
        /// Its items are numbered.
        ordered: bool,
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// Lines as a program has them.
    Code(String),
    /// A table: rows of cells, the head first.
    Table(Vec<Vec<Vec<Span>>>),
}

macro_rules! terms {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// A word that looks in prose as it does on the stage: the same glyph, the same colour.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Term { $($(#[$doc])* $name,)* }

        impl Term {
            /// All terms, with what they are called in braces.
            pub const ALL: &[(Term, &str)] = &[$((Term::$name, $key),)*];

            /// What it is called in braces.
            pub fn key(self) -> &'static str {
                Term::ALL.iter().find(|(term, _)| *term == self).map_or("", |(_, key)| key)
            }

            /// The term of this name.
            pub fn named(name: &str) -> Option<Term> {
                Term::ALL.iter().find(|(_, key)| *key == name).map(|(term, _)| *term)
            }
        }
    };
}

terms! {
    /// A call on its way.
    Request = "request",
    /// An answer on its way.
    Reply = "reply",
    /// A failed answer.
    Failed = "failed",
    /// A second or later attempt.
    Retry = "retry",
    /// An asynchronous message.
    Message = "message",
    /// A message delivered again.
    Redelivered = "redelivered",
    /// A worker that computes.
    Busy = "busy",
    /// A worker that waits for a downstream answer.
    Blocked = "blocked",
    /// A worker with nothing to do.
    Free = "free",
    /// A waiting room.
    Waiting = "waiting",
    /// Variant A.
    VariantA = "A",
    /// Variant B.
    VariantB = "B",
}

/// Cuts a paragraph into spans. The error is a sentence that says what is wrong.
pub fn spans(text: &str) -> Result<Vec<Span>, String> {
    let mut spans = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '*']) {
        let strong = rest[at..].starts_with("**");
        if !strong && rest[at..].starts_with('*') {
            // A single asterisk is itself.
            plain(&mut spans, &rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        plain(&mut spans, &rest[..at]);
        let (open, close) = if strong { (2, "**") } else { (1, "}") };
        let inner = &rest[at + open..];
        let Some(end) = inner.find(close) else {
            let sign = if strong { "**" } else { "{" };
            return Err(say!("lesson.not-closed", sign = sign));
        };
        let word = &inner[..end];
        spans.push(if strong { Span::Strong(word.to_owned()) } else { term(word)? });
        rest = &inner[end + close.len()..];
    }
    plain(&mut spans, rest);
    Ok(spans)
}

fn plain(spans: &mut Vec<Span>, words: &str) {
    match spans.last_mut() {
        _ if words.is_empty() => {}
        Some(Span::Plain(before)) => before.push_str(words),
        _ => spans.push(Span::Plain(words.to_owned())),
    }
}

pub(super) fn term(word: &str) -> Result<Span, String> {
    let (key, shown) = word.split_once('|').unwrap_or((word, word));
    match Term::named(key) {
        Some(term) => Ok(Span::Term(term, shown.to_owned())),
        None => {
            let names: Vec<_> = Term::ALL.iter().map(|(_, name)| *name).collect();
            Err(say!("lesson.no-term", name = key, names = &names.join(", ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_cut_at_their_marks() {
        let plain = |s: &str| Span::Plain(s.into());
        let cases: [(&str, Result<Vec<Span>, ()>); 7] = [
            ("", Ok(vec![])),
            ("2 * 3", Ok(vec![plain("2 * 3")])),
            ("A **strong** word", Ok(vec![plain("A "), Span::Strong("strong".into()), plain(" word")])),
            ("{request}", Ok(vec![Span::Term(Term::Request, "request".into())])),
            (
                "no {retry|retries}.",
                Ok(vec![plain("no "), Span::Term(Term::Retry, "retries".into()), plain(".")]),
            ),
            ("{nonsense}", Err(())),
            ("{request", Err(())),
        ];
        for (text, expected) in cases {
            assert_eq!(spans(text).map_err(|_| ()), expected, "{text}");
        }
    }
}
