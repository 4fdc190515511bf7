//! How series look: lanes told apart by colour and dash, lines of one lane by colour and name.

use super::data::ChartData;
use super::series::Series;
use crate::telemetry::Window;
use crate::telemetry::metrics::ClientWindow;
use crate::view::draw::Stroke;
use crate::view::theme::Token;
use crate::view::words;

/// How a lane's lines look: A dashed in ink, B (or the only lane) solid in the accent.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// Which lane.
    pub lane: usize,
    /// Of how many that are shown.
    pub of: usize,
}

impl Look {
    fn dashed(self) -> bool {
        self.of > 1 && self.lane == 0
    }

    pub fn token(self) -> Token {
        if self.dashed() { Token::Ink } else { Token::Accent }
    }

    pub fn stroke(self, token: Token, alpha: f32, width: f32) -> Stroke {
        let ink = token.alpha(alpha);
        if self.dashed() { Stroke::dashed(ink, width, 5.0, 3.0) } else { Stroke::new(ink, width) }
    }

    /// "A good"; without the letter where there is one lane.
    pub fn name(self, what: &str) -> String {
        let letter = if self.of > 1 { words::LETTERS.get(self.lane).copied().unwrap_or("") } else { "" };
        let mut name = letter.to_owned();
        if !name.is_empty() && !what.is_empty() {
            name.push(' ');
        }
        name.push_str(what);
        name
    }

    /// The lane's main line.
    pub fn main(self, what: &str, points: Vec<(f64, f64)>) -> Series {
        let stroke = Some(self.stroke(self.token(), 1.0, 1.8));
        let label = if self.of > 1 { self.name("") } else { what.to_owned() };
        Series { name: self.name(what), label, stroke, points }
    }

    /// A line beside it.
    pub fn side(self, what: &str, stroke: Stroke, points: Vec<(f64, f64)>) -> Series {
        Series { name: self.name(what), label: self.name(what), stroke: Some(stroke), points }
    }

    /// What is only in tables and readouts.
    pub fn hidden(self, what: &str, points: Vec<(f64, f64)>) -> Series {
        Series { name: self.name(what), label: String::new(), stroke: None, points }
    }
}

/// One value for each window, at its middle.
pub(super) fn points(windows: &[&Window], value: &dyn Fn(&Window) -> f64) -> Vec<(f64, f64)> {
    windows.iter().map(|window| (middle(window), value(window))).collect()
}

/// The middle of a window, in seconds.
pub(super) fn middle(window: &Window) -> f64 {
    (window.start.as_secs() + window.end.as_secs()) / 2.0
}

/// Rates are means over so many windows up to each: single ones hold too few events to say more than chance.
const SMOOTHED: usize = 4;

/// Events per second up to each window's end, of the clients that are meant together.
pub(super) fn rates(
    windows: &[&Window],
    meant: &dyn Fn(usize) -> bool,
    count: &dyn Fn(&ClientWindow) -> u32,
) -> Vec<(f64, f64)> {
    let events = |window: &Window| {
        let clients = window.clients.iter().enumerate().filter(|(at, _)| meant(*at));
        clients.map(|(_, client)| f64::from(count(client))).sum::<f64>()
    };
    let mut rates = Vec::with_capacity(windows.len());
    for end in 1..=windows.len() {
        let group = &windows[end.saturating_sub(SMOOTHED)..end];
        let last = group[group.len() - 1].end;
        let seconds = last.since(group[0].start).as_secs();
        let sum: f64 = group.iter().map(|window| events(window)).sum();
        rates.push((last.as_secs(), if seconds > 0.0 { sum / seconds } else { f64::NAN }));
    }
    rates
}

/// More lines than this of one lane are not drawn one by one: their total is, and they are in the table.
const MOST_LINES: usize = 6;

/// Colours of lines that are equals, in turn; each bears its name too.
const EQUALS: [Token; MOST_LINES] =
    [Token::Accent, Token::Message, Token::Late, Token::Good, Token::Failed, Token::Ink];

/// A line for each of several equal things by their names or, where they are many, one for all of them together.
pub(super) fn several(
    data: &mut ChartData,
    look: Look,
    windows: &[&Window],
    things: &[(String, usize)],
    value: &dyn Fn(&Window, usize) -> f64,
    all: (&str, &dyn Fn(&Window) -> f64),
) {
    let each = |at: usize| points(windows, &|window| value(window, at));
    match things {
        [] => {}
        [(name, at)] => data.series.push(look.main(name, each(*at))),
        _ if things.len() <= MOST_LINES => {
            for ((name, at), token) in things.iter().zip(EQUALS) {
                data.series.push(look.side(name, look.stroke(token, 1.0, 1.5), each(*at)));
            }
        }
        _ => {
            data.series.extend(things.iter().map(|(name, at)| look.hidden(name, each(*at))));
            data.series.push(look.main(all.0, points(windows, all.1)));
        }
    }
}
