//! Lists: several things in one text, put between each other as the language has it.

use super::current::texts;
use super::key::Text;
use super::message::{Message, Places};
use super::plural::Operands;

/// A list that is written item by item. Its text has the places `list`, for what was written so far, and `item`.
pub struct List<'a> {
    out: &'a mut String,
    start: usize,
    pattern: Text,
    empty: bool,
}

/// "a, b, c".
pub const COMMA: Text = Text::new("list.comma");
/// "a · b · c".
pub const DOT: Text = Text::new("list.dot");
/// "a; b; c".
pub const SEMICOLON: Text = Text::new("list.semicolon");
/// "a → b → c".
pub const ARROW: Text = Text::new("list.arrow");
/// "a b".
pub const SPACE: Text = Text::new("list.space");
/// "a or b".
pub const OR: Text = Text::new("list.or");

impl<'a> List<'a> {
    /// A list at the end of `out`.
    pub fn new(out: &'a mut String, pattern: Text) -> List<'a> {
        let start = out.len();
        List { out, start, pattern, empty: true }
    }

    /// Appends what `write` writes; if that is nothing, there is no item.
    pub fn item(&mut self, write: impl FnOnce(&mut String)) {
        let end = self.out.len();
        write(self.out);
        if self.out.len() > end && !self.empty {
            join(self.out, self.start, end, self.pattern);
        }
        self.empty &= self.out.len() == end;
    }

    /// Appends an item.
    pub fn push(&mut self, item: &str) {
        self.item(|out| out.push_str(item));
    }
}

/// These in a list.
pub fn of<'a>(pattern: Text, items: impl IntoIterator<Item = &'a str>) -> String {
    let mut out = String::new();
    let mut list = List::new(&mut out, pattern);
    items.into_iter().for_each(|item| list.push(item));
    out
}

/// Puts the text of a list around what stands from `start` to `end`, and from there on.
fn join(out: &mut String, start: usize, end: usize, pattern: Text) {
    let Some(message) = texts().get(pattern) else { return };
    // Nearly always something stands between the two and nothing around them.
    if let Some(["", between, ""]) = message.around("list", "item") {
        out.insert_str(end, between);
    } else {
        let (item, list) = (out.split_off(end), out.split_off(start));
        write(out, message, &Two { list: &list, item: &item });
    }
}

fn write(out: &mut String, message: &Message, two: &Two) {
    message.write(out, &texts().language().plural, two);
}

struct Two<'a> {
    list: &'a str,
    item: &'a str,
}

impl Places for Two<'_> {
    fn write(&self, out: &mut String, place: &str) {
        out.push_str(self.word(place));
    }

    fn operands(&self, _: &str) -> Option<Operands> {
        None
    }

    fn word(&self, place: &str) -> &str {
        match place {
            "list" => self.list,
            "item" => self.item,
            _ => "",
        }
    }
}
