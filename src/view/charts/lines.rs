//! Lines taken from windows: a value each, rates, a line for each of several equals.

use super::data::ChartData;
use super::look::Look;
use crate::telemetry::Window;
use crate::telemetry::metrics::ClientWindow;
use crate::view::canvas::theme::Token;

/// One value for each window, at its end: at the same instants in every chart and every file.
pub(super) fn points(windows: &[&Window], value: &dyn Fn(&Window) -> f64) -> Vec<(f64, f64)> {
    windows.iter().map(|window| (window.end.as_secs(), value(window))).collect()
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

/// More lines than this of one variant are not drawn one by one: their total is, and they are in the table.
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
