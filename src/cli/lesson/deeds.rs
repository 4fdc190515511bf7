//! What is done to a figure: `5s press 1`, `25s mend Payment slow`, `set B nodes.app.workers = 8`, `inject {…} for 10s`.

use cascade::base::{Json, parse_duration};

use super::mistake::Mistakes;
use super::prose::object;
use super::source::Text;

/// A button that breaks something, as written.
#[derive(Clone, Debug)]
pub struct Button {
    /// What it says.
    pub label: String,
    /// What it breaks.
    pub faults: Vec<Json>,
    /// For how long.
    pub lasts: Option<String>,
}

/// A parameter that is set, to be looked for in the variants.
#[derive(Clone, Debug)]
pub struct Setting {
    /// The line in which it is.
    pub line: usize,
    /// In which variant.
    pub lane: Option<usize>,
    /// Which parameter.
    pub path: String,
    /// To what.
    pub value: Json,
    /// A reader does it, with the parameter's slider.
    pub by_hand: bool,
}

/// Deeds as data, each with its line, and what they set.
#[derive(Debug, Default)]
pub struct Deeds {
    /// As in a lesson's data.
    pub list: Vec<(usize, Json)>,
    /// The parameters that they set.
    pub settings: Vec<Setting>,
}

const FORM: &str = "write \"5s press 1\", \"5s mend 1\", \"5s set nodes.app.workers = 8\", \"5s inject {…} for 10s\" or \"5s heal {…}\"";

impl Deeds {
    /// Reads the lines of a field; `timed`: each begins with its instant.
    pub fn read(&mut self, text: &Text, timed: bool, buttons: &[Button], mistakes: &mut Mistakes) {
        for (at, line) in text.text.lines().enumerate() {
            let number = text.line + at;
            if let Err((what, mend)) = self.line(number, line.trim(), timed, buttons) {
                mistakes.add(number, what, mend);
            }
        }
    }

    fn line(
        &mut self,
        number: usize,
        line: &str,
        timed: bool,
        buttons: &[Button],
    ) -> Result<(), (String, String)> {
        let wrong = |what: String| (what, FORM.to_owned());
        let (instant, rest) = if timed { line.split_once(' ').unwrap_or((line, "")) } else { ("", line) };
        if timed {
            parse_duration(instant).map_err(|_| wrong(format!("\"{instant}\" is no instant")))?;
        }
        let (verb, what) = rest.split_once(' ').unwrap_or((rest, ""));
        let mut add = |members: Vec<(&str, Json)>| {
            let instant = timed.then(|| ("at", instant.into()));
            self.list.push((number, object(instant.into_iter().chain(members).collect())));
        };
        match verb {
            "press" | "mend" => {
                let number = what.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
                let found = match number {
                    Some(at) => buttons.get(at),
                    None => buttons.iter().find(|button| button.label == what),
                };
                let Some(button) = found else {
                    let mend = "write the label of a :::fault, or its number from 1".to_owned();
                    return Err((format!("there is no fault \"{what}\""), mend));
                };
                for fault in &button.faults {
                    match (&button.lasts, verb) {
                        (Some(lasts), "press") => {
                            add(vec![("inject", fault.clone()), ("for", lasts.as_str().into())]);
                        }
                        (None, "press") => add(vec![("inject", fault.clone())]),
                        _ => add(vec![("heal", fault.clone())]),
                    }
                }
            }
            "inject" | "heal" => {
                let (fault, lasts) = match what.rsplit_once("} for ") {
                    Some((fault, lasts)) => (format!("{fault}}}"), Some(lasts)),
                    None => (what.to_owned(), None),
                };
                let fault = Json::parse(&fault).map_err(|wrong| (wrong.message, wrong.help))?;
                let lasts = lasts.map(|lasts| ("for", lasts.into()));
                add([(verb, fault)].into_iter().chain(lasts).collect());
            }
            "set" => {
                let (place, value) =
                    what.split_once('=').ok_or_else(|| wrong("this sets nothing".to_owned()))?;
                let (lane, path) = match place.trim().split_once(' ') {
                    Some(("A", path)) => (Some(0), path),
                    Some(("B", path)) => (Some(1), path),
                    _ => (None, place),
                };
                let (path, value) = (path.trim(), value.trim());
                let value = Json::parse(value).unwrap_or_else(|_| value.into());
                let lane_name = lane.map(|lane| ("in", ["A", "B"][lane].into()));
                let members = [("set", path.into()), ("to", value.clone())];
                add(members.into_iter().chain(lane_name).collect());
                self.settings.push(Setting {
                    line: number,
                    lane,
                    path: path.to_owned(),
                    value,
                    by_hand: false,
                });
            }
            _ => return Err(wrong(format!("\"{line}\" is nothing that can be done"))),
        }
        Ok(())
    }
}
