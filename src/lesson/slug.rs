//! Names in addresses.

/// Whether a lesson or a scenario can be called so in an address: lower-case letters, digits and dashes, at most 60 of
/// them. Nothing in it can lead out of a folder.
pub fn is_slug(slug: &str) -> bool {
    (1..=60).contains(&slug.len())
        && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}
