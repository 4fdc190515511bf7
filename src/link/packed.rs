//! Encoding 1: JSON text as raw deflate (RFC 1951) in base64url without padding (RFC 4648, section 5). It belongs to the
//! links that were made with it, and never changes.

use base64::engine::Engine;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD};
use base64::{DecodeError, alphabet};
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use crate::base::MAX_TEXT;

/// As small as it gets: a link is made once and read often. It decides how long a link is, not how it is read.
const LEVEL: u8 = 10;

/// The bits that are left over in the last character say nothing: so what there is of half a link can be unpacked.
const BASE64URL: GeneralPurpose =
    GeneralPurpose::new(&alphabet::URL_SAFE, NO_PAD.with_decode_allow_trailing_bits(true));

/// Why a payload could not be unpacked.
#[derive(Debug, PartialEq)]
pub enum Damage {
    /// A character, at a place counted from 1, that no payload has.
    Character(usize, char),
    /// It ends too early.
    Cut,
    /// Something in it was changed.
    Changed,
    /// It unpacks to more than [`MAX_TEXT`].
    TooLarge,
}

/// Packs a text.
pub fn pack(text: &str) -> String {
    BASE64URL.encode(compress_to_vec(text.as_bytes(), LEVEL))
}

/// Unpacks a text of at most [`MAX_TEXT`] bytes.
///
/// # Errors
///
/// What is wrong, and what could be read before it.
pub fn unpack(payload: &str) -> Result<String, (Damage, String)> {
    let bytes = match BASE64URL.decode(payload) {
        // One character of the last group is less than a byte.
        Err(DecodeError::InvalidLength(_)) => BASE64URL.decode(&payload.as_bytes()[..payload.len() - 1]),
        decoded => decoded,
    };
    let bytes = bytes.map_err(|error| {
        let damage = match error {
            DecodeError::InvalidByte(at, _) => {
                // Where a character of several bytes begins: everything before it is one of base64url's.
                let character = payload.get(at..).and_then(|rest| rest.chars().next());
                Damage::Character(at + 1, character.unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => Damage::Cut,
        };
        (damage, String::new())
    })?;
    let bytes = decompress_to_vec_with_limit(&bytes, MAX_TEXT).map_err(|error| {
        let damage = match error.status {
            TINFLStatus::HasMoreOutput => Damage::TooLarge,
            TINFLStatus::FailedCannotMakeProgress | TINFLStatus::NeedsMoreInput => Damage::Cut,
            _ => Damage::Changed,
        };
        // Behind what was unpacked the rest of the buffer is empty.
        let read = String::from_utf8_lossy(&error.output).trim_end_matches('\0').to_owned();
        (damage, read)
    })?;
    String::from_utf8(bytes)
        .map_err(|error| (Damage::Changed, String::from_utf8_lossy(error.as_bytes()).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked() {
        for text in ["", "{}", "ä \u{1f600} \0", &"nodes ".repeat(10_000)] {
            assert_eq!(unpack(&pack(text)).as_deref(), Ok(text));
        }
        // Any deflate stream is read, whichever library wrote it.
        assert_eq!(unpack("q1bKTUxJVUiqVLJSUKrKyUxSqgUA").as_deref(), Ok(r#"{"made by": "zlib"}"#));
    }

    #[test]
    fn damage_is_told_apart() {
        let text: String = (0..200).map(|number| format!("{number} is long enough, ")).collect();
        let whole = pack(&text);
        let (damage, read) = unpack(&whole[..whole.len() / 2]).expect_err("it is cut");
        assert_eq!(damage, Damage::Cut);
        assert!(read.starts_with("0 is long enough, 1 is") && text.starts_with(&read), "{read:?}");
        let with = |character: &str| [&whole[..4], character, &whole[4..]].concat();
        assert_eq!(unpack(&with("%")), Err((Damage::Character(5, '%'), String::new())));
        assert_eq!(unpack(&with("é")), Err((Damage::Character(5, 'é'), String::new())));
        let bomb = BASE64URL.encode(compress_to_vec(&vec![b' '; MAX_TEXT + 1], LEVEL));
        assert_eq!(unpack(&bomb).expect_err("it is too large").0, Damage::TooLarge);
        assert!(unpack(&pack(&" ".repeat(MAX_TEXT))).is_ok());
        let bytes = BASE64URL.encode(compress_to_vec(&[b'a', 0xff], LEVEL));
        assert_eq!(unpack(&bytes), Err((Damage::Changed, "a\u{fffd}".to_owned())));
    }
}
