//! Texts in words: a text's message with its places filled.

use super::current::{message, texts};
use super::key::Text;
use super::message::Places;
use super::plural::Operands;
use super::value::{Args, Problem, Value};

impl Text {
    /// A text that has no places, such as the name of a button.
    pub fn plain(self) -> &'static str {
        let message = message(self);
        debug_assert!(message.is_some_and(|message| message.plain().is_some()), "a plain text: {self:?}");
        message.and_then(|message| message.plain()).unwrap_or_default()
    }

    /// The same of a text that may not be there: none for a key that no file has, or whose file has not come.
    pub fn known(self) -> Option<&'static str> {
        message(self)?.plain()
    }

    /// The text with its places filled.
    pub fn say(self, args: Args) -> String {
        let mut out = String::new();
        self.write(&mut out, args);
        out
    }

    /// Writes the text with its places filled.
    pub fn write(self, out: &mut String, args: Args) {
        let message = message(self);
        debug_assert!(message.is_some(), "a text: {self:?}");
        if let Some(message) = message {
            message.write(out, &texts().language().plural, &Filled(args));
        }
    }
}

impl Problem<'_> {
    /// What is wrong, and how to mend it.
    pub fn say(&self) -> [String; 2] {
        [self.what, self.help].map(|text| text.say(self.args))
    }
}

struct Filled<'a>(Args<'a>);

impl Filled<'_> {
    fn value(&self, place: &str) -> Value<'_> {
        let value = self.0.iter().find(|(name, _)| *name == place).map(|(_, value)| *value);
        debug_assert!(value.is_some(), "nothing fills the place {place}");
        value.unwrap_or(Value::Words(""))
    }
}

impl Places for Filled<'_> {
    fn write(&self, out: &mut String, place: &str) {
        match self.value(place) {
            Value::Number(number) => _ = number.write(out),
            Value::Words(words) => out.push_str(words),
            Value::Text(text) => out.push_str(text.plain()),
        }
    }

    fn operands(&self, place: &str) -> Option<Operands> {
        match self.value(place) {
            Value::Number(number) => Some(number.operands()),
            Value::Words(_) | Value::Text(_) => None,
        }
    }

    fn word(&self, place: &str) -> &str {
        match self.value(place) {
            Value::Words(words) => words,
            Value::Number(_) | Value::Text(_) => "",
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::base::time::SimTime;

    #[test]
    fn a_place_takes_a_number_a_text_or_words() {
        assert_eq!(say!("unit.percent", value = "5"), "5\u{202f}%");
        assert_eq!(say!("unit.percent", value = 1204_u64), "1,204\u{202f}%");
        assert_eq!(say!("unit.percent", value = SimTime::from_secs(1.5)), "00:01.500\u{202f}%");
    }
}
