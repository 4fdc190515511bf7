//! The page's Content-Security-Policy, and the little HTML reading that it takes.
//!
//! trunk's inline module script differs in every build, so its hash is computed afterwards and
//! written into the page; the hashed files themselves are never touched.

use crate::problem::{Problem, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256, Sha384};

const CHARSET: &str = "<meta charset=\"utf-8\">";

/// The page with its policy right after the declaration of its character set.
pub fn with_policy(page: &str) -> Result<String> {
    // Trunk writes void elements with or without the final slash.
    let charset = tags(page).into_iter().find(|tag| attribute(tag, "charset").is_some());
    let Some(charset) = charset else {
        return Err(Problem::new(
            "index.html has no place for its policy",
            "",
            format!("begin its head with {CHARSET}"),
        ));
    };
    let scripts = inline_scripts(page);
    if scripts.is_empty() {
        return Err(Problem::new(
            "the built page has no inline script",
            "trunk starts the program from one",
            "look at dist/index.html: the policy must allow whatever starts it now",
        ));
    }
    let meta = format!(
        "{charset}<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        policy(scripts.into_iter().map(str::as_bytes))
    );
    Ok(page.replacen(charset, &meta, 1))
}

/// Nothing is allowed but what the page has of its own. Yew writes `style` attributes (widths of
/// bars, positions), hence `style-src-attr`; no style element and no foreign sheet is allowed.
fn policy<'a>(inline_scripts: impl Iterator<Item = &'a [u8]>) -> String {
    let hashes: Vec<String> = inline_scripts.map(|script| format!("'{}'", sha256(script))).collect();
    [
        "default-src 'none'",
        &format!("script-src 'self' 'wasm-unsafe-eval' {}", hashes.join(" ")),
        "connect-src 'self'",
        "img-src 'self' data:",
        "style-src 'self'",
        "style-src-attr 'unsafe-inline'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    .join("; ")
}

/// The hash of a script as a policy writes it.
fn sha256(bytes: &[u8]) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(bytes)))
}

/// The hash of a file as an integrity attribute writes it.
pub fn sha384(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// The contents of the scripts that name no file.
fn inline_scripts(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find("<script") {
        let Some(open) = rest[start..].find('>') else { break };
        let body = start + open + 1;
        let Some(length) = rest[body..].find("</script>") else { break };
        if attribute(&rest[start..body], "src").is_none() {
            found.push(&rest[body..body + length]);
        }
        rest = &rest[body + length..];
    }
    found
}

/// Every opening tag of a page, from `<` to `>`.
pub fn tags(page: &str) -> Vec<&str> {
    page.match_indices('<')
        .filter(|(start, _)| page[start + 1..].starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|(start, _)| page[start..].find('>').map(|end| &page[start..=start + end]))
        .collect()
}

/// The value of one attribute of a tag, in either kind of quotes.
pub fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let start = tag.find(&format!(" {name}=")).or_else(|| tag.find(&format!("\n{name}=")))? + name.len() + 2;
    let quote = tag[start..].chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let value = &tag[start + 1..];
    value.find(quote).map(|end| &value[..end])
}

/// The values of one attribute over a whole page.
pub fn attributes<'a>(page: &'a str, name: &str) -> Vec<&'a str> {
    tags(page).into_iter().filter_map(|tag| attribute(tag, name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<head><meta charset=\"utf-8\" /><script type=\"module\">go()</script>\
                        <script src='a.js'></script></head>";

    #[test]
    fn the_inline_script_is_allowed_by_its_hash_and_nothing_else_is() {
        let page = with_policy(PAGE).expect("a page with a script");
        // printf 'go()' | openssl dgst -sha256 -binary | base64
        assert!(page.contains("'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"), "{page}");
        let scripts =
            page.split("script-src ").nth(1).and_then(|rest| rest.split(';').next()).expect("a directive");
        assert!(!scripts.contains("unsafe-inline"), "{scripts}");
        assert!(page.find("Content-Security-Policy") < page.find("<script"), "the policy comes first");
    }

    #[test]
    fn a_page_without_a_place_or_a_script_is_refused() {
        assert!(with_policy("<head><script>x</script></head>").is_err());
        assert!(with_policy("<head><meta charset=\"utf-8\"></head>").is_err());
    }

    #[test]
    fn attributes_are_read_in_either_kind_of_quotes() {
        assert_eq!(attribute("<a href='x y' b=\"z\">", "href"), Some("x y"));
        assert_eq!(attribute("<a href='x y' b=\"z\">", "b"), Some("z"));
        assert_eq!(attribute("<a data-href='x'>", "href"), None);
        assert_eq!(attributes("<a href='1'></a><b/><i href=\"2\">", "href"), ["1", "2"]);
    }
}
