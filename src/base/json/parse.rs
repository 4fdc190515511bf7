//! From text to JSON values; a mistake is found with its line and column.

use super::decimal::from_decimal;
use super::value::Json;
use crate::base::text::Problem;

/// The longest text that is read, in bytes.
pub const MAX_TEXT: usize = 1 << 20;

/// How deep arrays and objects may nest.
const MAX_NESTING: u32 = 128;

/// Why a text is no JSON.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Unread {
    /// It is longer than [`MAX_TEXT`]: so many bytes.
    TooLong(usize),
    /// At a line and a column, both counted from 1.
    At(usize, usize, Problem<'static>),
}

impl Json {
    /// Reads JSON text (RFC 8259): at most [`MAX_TEXT`] bytes, nested at most 128 deep. [`Json::parse`] says in words
    /// what is wrong with it.
    pub fn read(text: &str) -> Result<Json, Unread> {
        if text.len() > MAX_TEXT {
            return Err(Unread::TooLong(text.len()));
        }
        // A byte order mark, which some editors put there, says nothing.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut parser = Parser { bytes: text.as_bytes(), at: 0, depth: 0 };
        let result = parser.document();
        result.map_err(|problem| {
            let before = &text.as_bytes()[..parser.at.min(text.len())];
            let line = 1 + before.iter().filter(|&&byte| byte == b'\n').count();
            let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
            // Bytes that begin a character: what an editor counts as columns.
            let column = 1 + before[start..].iter().filter(|&&byte| byte & 0xc0 != 0x80).count();
            Unread::At(line, column, problem)
        })
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    at: usize,
    depth: u32,
}

impl Parser<'_> {
    fn document(&mut self) -> Result<Json, Problem<'static>> {
        let value = self.value()?;
        match self.peek() {
            None => Ok(value),
            Some(_) => Err(problem!("json.after-end")),
        }
    }

    /// The next byte that is no white space.
    fn peek(&mut self) -> Option<u8> {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.bytes.get(self.at) {
            self.at += 1;
        }
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, wanted: u8) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    fn value(&mut self) -> Result<Json, Problem<'static>> {
        match self.peek() {
            Some(b'{') => self.nested(Parser::object),
            Some(b'[') => self.nested(Parser::array),
            Some(b'"') => self.string().map(Json::String),
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b'/') => Err(problem!("json.comment")),
            Some(b'\'') => Err(problem!("json.single-quotes")),
            Some(b'}' | b']' | b',') => Err(problem!("json.no-value")),
            None => Err(problem!("json.early-end")),
            Some(_) => {
                for (word, value) in
                    [("null", Json::Null), ("true", Json::Bool(true)), ("false", Json::Bool(false))]
                {
                    if self.bytes[self.at..].starts_with(word.as_bytes()) {
                        self.at += word.len();
                        return Ok(value);
                    }
                }
                Err(problem!("json.no-json"))
            }
        }
    }

    fn nested(
        &mut self,
        read: fn(&mut Self) -> Result<Json, Problem<'static>>,
    ) -> Result<Json, Problem<'static>> {
        if self.depth == MAX_NESTING {
            return Err(problem!("json.too-deep"));
        }
        self.depth += 1;
        self.at += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Result<Json, Problem<'static>> {
        let mut items = Vec::new();
        if self.take(b']') {
            return Ok(Json::Array(items));
        }
        loop {
            items.push(self.value()?);
            if self.take(b']') {
                return Ok(Json::Array(items));
            }
            if !self.take(b',') {
                return Err(problem!("json.no-comma-in-array"));
            }
        }
    }

    fn object(&mut self) -> Result<Json, Problem<'static>> {
        let mut members = Vec::new();
        if self.take(b'}') {
            return Ok(Json::Object(members));
        }
        loop {
            match self.peek() {
                Some(b'"') => {}
                Some(b'}') => return Err(problem!("json.last-comma")),
                Some(b'/') => return Err(problem!("json.comment")),
                _ => return Err(problem!("json.no-name")),
            }
            let key = self.string()?;
            if !self.take(b':') {
                return Err(problem!("json.no-colon"));
            }
            members.push((key, self.value()?));
            if self.take(b'}') {
                return Ok(Json::Object(members));
            }
            if !self.take(b',') {
                return Err(problem!("json.no-comma-in-object"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Problem<'static>> {
        let mut out = Vec::new();
        self.at += 1;
        loop {
            let Some(&byte) = self.bytes.get(self.at) else {
                return Err(problem!("json.open-string"));
            };
            match byte {
                b'"' => break,
                b'\\' => {
                    self.at += 1;
                    let mut utf8 = [0; 4];
                    out.extend_from_slice(self.escape()?.encode_utf8(&mut utf8).as_bytes());
                }
                0..0x20 => {
                    return Err(problem!("json.control"));
                }
                _ => {
                    out.push(byte);
                    self.at += 1;
                }
            }
        }
        self.at += 1;
        // The input is UTF-8 and was copied in whole characters.
        String::from_utf8(out).map_err(|_| problem!("json.no-utf8"))
    }

    fn escape(&mut self) -> Result<char, Problem<'static>> {
        let byte = self.bytes.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        Ok(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let mut code = self.hex()?;
                if (0xd800..0xdc00).contains(&code) && self.bytes[self.at..].starts_with(b"\\u") {
                    self.at += 2;
                    let low = self.hex()?;
                    if !(0xdc00..0xe000).contains(&low) {
                        return Err(problem!("json.half-pair"));
                    }
                    code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
                }
                char::from_u32(code).ok_or(problem!("json.half-pair"))?
            }
            _ => {
                self.at -= 1;
                return Err(problem!("json.escape"));
            }
        })
    }

    fn hex(&mut self) -> Result<u32, Problem<'static>> {
        let mut code = 0;
        for _ in 0..4 {
            let digit = self.bytes.get(self.at).and_then(|&byte| char::from(byte).to_digit(16));
            code = code * 16 + digit.ok_or(problem!("json.hex"))?;
            self.at += 1;
        }
        Ok(code)
    }

    /// Digits, at least one. They are added to `digits` while there is room; what is cut off is counted.
    fn digits(&mut self, digits: &mut u64) -> Result<(i32, i32), Problem<'static>> {
        let (start, mut cut) = (self.at, 0);
        while let Some(byte @ b'0'..=b'9') = self.bytes.get(self.at) {
            if *digits < u64::MAX / 10 - 1 {
                *digits = *digits * 10 + u64::from(byte - b'0');
            } else {
                cut += 1;
            }
            self.at += 1;
        }
        if self.at == start {
            return Err(problem!("json.no-digit"));
        }
        Ok(((self.at - start) as i32, cut))
    }

    fn number(&mut self) -> Result<Json, Problem<'static>> {
        let negative = self.bytes[self.at] == b'-';
        self.at += usize::from(negative);
        let zero = self.bytes.get(self.at) == Some(&b'0');
        let mut digits = 0;
        let (count, mut exponent) = self.digits(&mut digits)?;
        if zero && count > 1 {
            return Err(problem!("json.leading-zero"));
        }
        if self.bytes.get(self.at) == Some(&b'.') {
            self.at += 1;
            let (count, cut) = self.digits(&mut digits)?;
            exponent -= count - cut;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.at) {
            self.at += 1;
            let minus = self.bytes.get(self.at) == Some(&b'-');
            self.at += usize::from(matches!(self.bytes.get(self.at), Some(b'+' | b'-')));
            let mut power = 0;
            self.digits(&mut power)?;
            let power = power.min(1 << 30) as i32;
            exponent = if minus { exponent.saturating_sub(power) } else { exponent.saturating_add(power) };
        }
        let size = from_decimal(digits, exponent);
        if size.is_infinite() {
            return Err(problem!("json.too-large"));
        }
        Ok(Json::Number(if negative { -size } else { size }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `text`; compares with what it prints as, or with the message.
    fn check(text: &str, expected: Result<&str, &str>) {
        let found = Json::parse(text).map(|json| json.to_string()).map_err(|diagnostic| diagnostic.message);
        assert_eq!(found.as_deref().map_err(|message| message.as_str()), expected, "{text}");
    }

    #[test]
    fn values_read_and_print() {
        check(" {\"b\" :1, \"a\":[ ] ,\"b\":{}} ", Ok("{\"b\": 1, \"a\": [], \"b\": {}}"));
        check("[1.0, -0.5e2, 1e300, 0.001, 1e-9]", Ok("[1, -50, 1e300, 0.001, 1e-9]"));
        check(r#""\u00e9\ud83d\ude00\n\u0001\/""#, Ok("\"é😀\\n\\u0001/\""));
        check("[null,true,false]", Ok("[null, true, false]"));
    }

    #[test]
    fn mistakes_have_a_place() {
        check("{\"a\": 1,\n  }", Err("line 2, column 3: there is a comma before the closing }"));
        check("[1 2]", Err("line 1, column 4: expected a comma or ]"));
        check("{\"é\": 'x'}", Err("line 1, column 7: strings need double quotes"));
        check("{\"a\": 20ms}", Err("line 1, column 9: expected a comma or }"));
        check("// no\n{}", Err("line 1, column 1: JSON has no comments"));
        check("1e999", Err("line 1, column 6: a number is too large"));
        check("007", Err("line 1, column 4: a number starts with an unnecessary 0"));
        check("\"\\ud800\"", Err("line 1, column 8: half of a surrogate pair"));
        check("", Err("line 1, column 1: the text ends too early"));
        check("{} {}", Err("line 1, column 4: there is more text after the end"));
        let deep = "[".repeat(200);
        check(&deep, Err("line 1, column 129: arrays and objects are nested more than 128 deep"));
        let long = " ".repeat(MAX_TEXT + 1);
        check(&long, Err("the text has 1048577 bytes; at most 1048576 are read"));
    }
}
