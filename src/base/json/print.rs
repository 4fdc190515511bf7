//! How JSON values are printed.

use std::fmt;

use super::decimal::to_decimal;
use super::value::Json;

impl Json {
    /// The text over several lines: what fits into a line of 100 characters stays in one.
    pub fn pretty(&self) -> String {
        let mut out = String::new();
        self.pretty_into(&mut out, 0);
        out
    }

    fn pretty_into(&self, out: &mut String, indent: usize) {
        let flat = self.to_string();
        let parts = match self {
            Json::Array(items) => items.len(),
            Json::Object(members) => members.len(),
            _ => 0,
        };
        if parts == 0 || flat.len() + 2 * indent <= 100 {
            return out.push_str(&flat);
        }
        let array = matches!(self, Json::Array(_));
        out.push(if array { '[' } else { '{' });
        for at in 0..parts {
            out.push_str(if at == 0 { "\n" } else { ",\n" });
            out.extend(std::iter::repeat_n("  ", indent + 1));
            let value = match self {
                Json::Object(members) => {
                    quote(&members[at].0, out);
                    out.push_str(": ");
                    &members[at].1
                }
                _ => &self.items()[at],
            };
            value.pretty_into(out, indent + 1);
        }
        out.push('\n');
        out.extend(std::iter::repeat_n("  ", indent));
        out.push(if array { ']' } else { '}' });
    }

    fn print(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Bool(true) => out.push_str("true"),
            Json::Bool(false) => out.push_str("false"),
            Json::Number(number) => print_number(*number, out),
            Json::String(text) => quote(text, out),
            Json::Array(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    item.print(out);
                }
                out.push(']');
            }
            Json::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    out.push_str(if at == 0 { "" } else { ", " });
                    quote(key, out);
                    out.push_str(": ");
                    value.print(out);
                }
                out.push('}');
            }
        }
    }
}

/// One line of JSON. What it prints reads back as the same value.
impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        self.print(&mut out);
        f.write_str(&out)
    }
}

/// Whole numbers without a fraction, very small and very large ones with an exponent; JSON has no infinity
/// and no NaN, so these print as `null`.
fn print_number(number: f64, out: &mut String) {
    if !number.is_finite() {
        return out.push_str("null");
    }
    if number.is_sign_negative() {
        out.push('-');
    }
    if number == 0.0 {
        return out.push('0');
    }
    let (mut digits, mut power) = to_decimal(number.abs());
    while digits % 10 == 0 {
        digits /= 10;
        power += 1;
    }
    let text = digits.to_string();
    let point = text.len() as i32 + power;
    let zeros = |out: &mut String, count: i32| out.extend(std::iter::repeat_n('0', count.max(0) as usize));
    if !(-4..=16).contains(&point) {
        out.push_str(&text[..1]);
        out.push_str(if text.len() > 1 { "." } else { "" });
        out.push_str(&text[1..]);
        out.push('e');
        out.push_str(&(point - 1).to_string());
    } else if point <= 0 {
        out.push_str("0.");
        zeros(out, -point);
        out.push_str(&text);
    } else {
        let whole = text.len().min(point as usize);
        out.push_str(&text[..whole]);
        zeros(out, power);
        out.push_str(if whole < text.len() { "." } else { "" });
        out.push_str(&text[whole..]);
    }
}

/// A JSON string literal.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c < ' ' => {
                out.push_str("\\u00");
                for nibble in [c as u32 >> 4, c as u32 & 15] {
                    out.extend(char::from_digit(nibble, 16));
                }
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
