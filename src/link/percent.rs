//! URL-encoded text (RFC 3986, section 2.1), as `encodeURIComponent` writes it.

/// Decodes a text; what is not encoded stands for itself. None: a `%` without two hexadecimal digits, or bytes that are
/// no UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => digit(rest.next()?)? << 4 | digit(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_decoded() {
        assert_eq!(decode("%7B%22a%22%3A+1%7d").as_deref(), Some("{\"a\":+1}"));
        assert_eq!(decode("{\"ä\":\"%C3%A4\"}").as_deref(), Some("{\"ä\":\"ä\"}"));
        for wrong in ["%", "%a", "%ag", "%é", "%ff"] {
            assert_eq!(decode(wrong), None, "{wrong}");
        }
    }
}
