//! The table of keys holds together, and its keys do what they are to do.

use std::mem::discriminant;

use super::key::{Hold, Stroke};
use super::sheet::shown;
use super::table::{Does, Row, TABLE};
use super::*;
use crate::base::Json;
use crate::ui::model::traces::Moment;
use crate::ui::msg::setting::SettingMsg;

fn press(key: &str) -> Press {
    Press { key: key.to_owned(), shift: false, control: false, alt: false }
}

fn shift(key: &str) -> Press {
    Press { shift: true, ..press(key) }
}

fn control(key: &str) -> Press {
    Press { control: true, ..press(key) }
}

/// Every key that does something, with its row.
fn all() -> impl Iterator<Item = (&'static Row, &'static Stroke, Does)> {
    TABLE.iter().flat_map(|row| row.keys.iter().map(move |(stroke, does)| (row, stroke, *does)))
}

#[test]
fn no_key_is_twice_in_one_place() {
    let keys: Vec<_> = all().filter(|(.., does)| !matches!(does, Does::Browser)).collect();
    for (at, (row, stroke, does)) in keys.iter().enumerate() {
        for (other_row, other, other_does) in &keys[..at] {
            let place = discriminant(does) == discriminant(other_does);
            let key = stroke.key.names.iter().any(|name| other.key.names.contains(name));
            let held = match (stroke.hold, other.hold) {
                (Hold::Any, Hold::Nothing | Hold::Shift) | (Hold::Nothing | Hold::Shift, Hold::Any) => true,
                (one, other) => one == other,
            };
            assert!(!(place && key && held), "{:?}: {} and {}", stroke.key.names, row.id, other_row.id);
        }
    }
}

#[test]
fn every_row_has_words_and_a_name_of_its_own() {
    for (at, row) in TABLE.iter().enumerate() {
        assert!(!shown(row).is_empty() && !row.words.plain().is_empty(), "{}", row.id);
        assert!(TABLE[..at].iter().all(|other| other.id != row.id), "{}", row.id);
    }
}

#[test]
fn every_key_is_answered_where_it_works() {
    let slot = Slot::all().next().expect("a place for a chart");
    for (row, stroke, does) in all() {
        for name in stroke.key.names {
            let shift = matches!(stroke.hold, Hold::Shift | Hold::ControlShift);
            let control = matches!(stroke.hold, Hold::Control | Hold::ControlShift);
            let press = Press { shift, control, ..press(name) };
            let answered = match does {
                Does::Page(..) => page(&press, Focused::Nothing).is_some(),
                Does::Word(_) => word(&press).is_some(),
                Does::Camera(_) => camera(&press).is_some(),
                Does::Part(_) => part(&press).is_some(),
                Does::Inspector(_) => inspector(&press).is_some(),
                Does::Timeline(_) => timeline(&press).is_some(),
                Does::Chart(_) => chart(&press, slot).is_some(),
                Does::ChartPanel(_) => chart_panel(&press).is_some(),
                Does::Trace(_) => trace(&press).is_some(),
                Does::Curve(_) => curve(&press).is_some(),
                Does::Sandbox(..) => sandbox(&press, Focused::Nothing).is_some(),
                Does::Node(_) => node(&press, false, "app").is_some(),
                Does::Aim(_) => node(&press, true, "app").is_some(),
                Does::Browser => true,
            };
            assert!(answered, "{}: {name}", row.id);
            // The browser has keys of its own.
            let alt = Press { alt: true, ..press };
            assert_eq!((page(&alt, Focused::Nothing), chart(&alt, slot)), (None, None), "Alt {name}");
        }
    }
}

#[test]
fn keys_do_what_they_are_to_do() {
    let page = |press: Press| page(&press, Focused::Nothing);
    let slot = Slot::all().nth(2).expect("a place for a chart");
    assert_eq!(page(press(" ")), Some(Msg::Time(TimeMsg::Toggle)));
    assert_eq!(page(press("ArrowRight")), Some(Msg::Time(TimeMsg::StepEvent)));
    assert_eq!(page(shift("ArrowRight")), Some(Msg::Time(TimeMsg::StepSecond)));
    assert_eq!(page(shift("ArrowLeft")), Some(Msg::Time(TimeMsg::Jump(-10.0))));
    assert_eq!(page(shift("Home")), Some(Msg::Time(TimeMsg::GoTo(0.0))));
    assert_eq!(page(shift("R")), Some(Msg::Time(TimeMsg::Restart)));
    assert_eq!(page(press("3")), Some(Msg::Setting(SettingMsg::FaultKey(3))));
    assert_eq!(page(press("0")), None, "no button has the number 0");
    assert_eq!(page(control("z")), Some(Msg::Setting(SettingMsg::Undo)));
    assert_eq!(page(press("z")), None);
    assert_eq!(page(control("r")), None, "the browser loads the page anew");
    assert_eq!(page(press("q")), None);
    assert_eq!(word(&press("Escape")), Some(Msg::Word(None)));
    assert_eq!(timeline(&press("ArrowUp")), Some(TimeMsg::Jump(1.0)));
    assert_eq!(timeline(&shift("ArrowUp")), Some(TimeMsg::Jump(10.0)));
    assert_eq!(chart(&shift("ArrowLeft"), slot), Some(ChartMsg::Nudge(slot, -10.0)));
    assert_eq!(trace(&press("Enter")), Some(TraceMsg::GoTo(Moment::Row)));
    assert_eq!(curve(&press("Delete")), Some(CurveEdit::Erase));
    assert_eq!(camera(&shift("_")), camera(&press("-")));
    assert_eq!(part(&press("ArrowLeft")), Some(Step::Node(-1)));
}

#[test]
fn what_has_the_focus_keeps_its_own_keys() {
    let answered = |focused: Focused| {
        let keys = [press(" "), press("ArrowRight"), press("r"), control("z")];
        keys.map(|press| page(&press, focused).is_some())
    };
    assert_eq!(answered(Focused::Nothing), [true, true, true, true]);
    assert_eq!(answered(Focused::Button), [false, true, true, true]);
    assert_eq!(answered(Focused::Slider), [true, false, true, true]);
    assert_eq!(answered(Focused::Field), [false, false, false, true]);
    assert_eq!(answered(Focused::Text), [false; 4]);
}

#[test]
fn the_sheet_says_keys_as_they_are_pressed() {
    let says = |id: &str| TABLE.iter().find(|row| row.id == id).map(shown).expect("a row");
    assert_eq!(says("back"), "←, Shift ←");
    assert_eq!(says("fault"), "1 … 9");
    assert_eq!(says("undo"), "Ctrl Z");
    assert_eq!(says("cross-far"), "Home, End, Shift ← → in a chart");
    assert_eq!(says("trace-row"), "↑ ↓, Page up, Page down, Home, End in a trace");
    assert_eq!(says("zoom"), "+ − 0 on a stage");
    assert_eq!(says("close"), "Esc");
    assert_eq!(says("drag"), "drag, double click");
}

/// What the tests in the browser know of the keys: a row a line.
fn known_to_browser_tests() -> String {
    let text = |text: &str| Json::String(text.to_owned());
    let row = |row: &Row| {
        let mut keys: Vec<Json> = Vec::new();
        for (stroke, _) in row.keys {
            let held = match stroke.hold {
                Hold::Shift => "Shift+",
                Hold::Control => "Control+",
                Hold::ControlShift => "Control+Shift+",
                Hold::Any | Hold::Nothing => "",
            };
            for name in stroke.key.names {
                let key = text(&[held, if *name == " " { "Space" } else { name }].concat());
                if !keys.contains(&key) {
                    keys.push(key);
                }
            }
        }
        let members = [
            ("id", text(row.id)),
            ("keys", Json::Array(keys)),
            ("shown", text(&shown(row))),
            ("does", text(row.words.plain())),
        ];
        Json::Object(members.map(|(key, value)| (key.to_owned(), value)).into()).to_string()
    };
    let rows: Vec<String> = TABLE.iter().map(row).collect();
    ["[\n  ", &rows.join(",\n  "), "\n]\n"].concat()
}

#[test]
fn the_browser_tests_know_this_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser/keys.json");
    let now = known_to_browser_tests();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &now).expect("written");
    }
    let kept = std::fs::read_to_string(path).expect("tests/browser/keys.json");
    assert!(kept == now, "other keys than in tests/browser/keys.json: run this test with UPDATE=1");
}
