//! What a language's file says of the language itself.

use super::plural::{Form, Rules};
use crate::base::json::Json;

/// Facts about a language. What a file does not say is as in English, except that it has no plural rules.
#[derive(Clone, Debug)]
pub struct Language {
    /// Its tag (BCP 47), such as `en`: what the page says it is in.
    pub tag: String,
    /// Whether it runs from right to left.
    pub leftward: bool,
    /// Between a number's whole part and its decimals.
    pub decimal: String,
    /// Between groups of three digits.
    pub group: String,
    /// So many digits must stand before the first group's end for a number to be grouped at all: 2 in Spanish and
    /// Polish, which write 1204 and 12.040.
    pub min_grouping: u32,
    /// Which form of a word goes with which number.
    pub plural: Rules,
}

impl Default for Language {
    fn default() -> Language {
        Language {
            tag: "en".to_owned(),
            leftward: false,
            decimal: ".".to_owned(),
            group: ",".to_owned(),
            min_grouping: 1,
            plural: Rules::default(),
        }
    }
}

/// The longest sign between digits, in bytes.
const MAX_SIGN: usize = 8;

/// The longest tag, in bytes.
const MAX_TAG: usize = 35;

impl Language {
    /// Reads the facts; what is wrong with them is told and left out.
    pub fn read(facts: &Json, wrong: &mut dyn FnMut(String)) -> Language {
        let mut language = Language::default();
        for (name, fact) in facts.members() {
            let known = language.learn(name, fact, wrong);
            if !known {
                wrong(["language.", name, " is not understood"].concat());
            }
        }
        language
    }

    /// Takes in one fact; false if it is none.
    fn learn(&mut self, name: &str, fact: &Json, wrong: &mut dyn FnMut(String)) -> bool {
        match (name, fact) {
            ("tag", Json::String(tag)) if is_tag(tag) => self.tag.clone_from(tag),
            ("direction", Json::String(direction)) => match direction.as_str() {
                "ltr" => self.leftward = false,
                "rtl" => self.leftward = true,
                _ => return false,
            },
            ("decimal", Json::String(sign)) if sign.len() <= MAX_SIGN => self.decimal.clone_from(sign),
            ("group", Json::String(sign)) if sign.len() <= MAX_SIGN => self.group.clone_from(sign),
            ("minimumGroupingDigits", Json::Number(digits)) => {
                self.min_grouping = digits.clamp(1.0, 9.0) as u32
            }
            ("plural", Json::Object(rules)) => {
                for (name, rule) in rules {
                    let read = match (Form::named(name), rule.as_str()) {
                        (Some(form), Some(rule)) => self.plural.add(form, rule),
                        _ => Err(["\"", name, "\" is no form of CLDR"].concat()),
                    };
                    if let Err(problem) = read {
                        wrong(["language.plural: ", &problem].concat());
                    }
                }
            }
            _ => return false,
        }
        true
    }
}

/// Whether something may be a language's tag: it becomes part of a file's name.
pub fn is_tag(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX_TAG
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
