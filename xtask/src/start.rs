//! How the page starts its programs: trunk's own script gives way to `static/start.js`.

use crate::problem::{Problem, Result};
use crate::{bare, policy, project};
use std::path::Path;

/// What trunk writes into the page to start the program.
const TRUNK: &str = "module_or_path: './";
const SCRIPT: (&str, &str) = ("<script type=\"module\">", "</script>");

/// The name of the program that trunk's page starts: its script's, without the ending.
pub fn program(page: &str) -> Result<String> {
    let name = page.split(TRUNK).nth(1).and_then(|rest| rest.split_once("_bg.wasm'"));
    name.map(|(name, _)| name.to_owned()).ok_or_else(|| {
        Problem::new(
            "the built page does not start a program as expected",
            format!("no \"{TRUNK}…_bg.wasm'\" in dist/index.html"),
            "look at what trunk writes there now, and follow it in xtask/src/start.rs",
        )
    })
}

/// Trunk's page, which now starts the light program or the whole one, and knows their scripts' hashes.
pub fn with_programs(dist: &Path, page: &str, light: &str, whole: &str) -> Result<String> {
    let mut hashes = Vec::new();
    for name in [light, whole] {
        let hash = policy::sha384(&project::read_bytes(&dist.join(format!("{name}.js")))?);
        hashes.push(format!("\"./{name}.js\":\"{hash}\""));
    }
    let code = |file: &str| {
        project::read(&project::root().join("static").join(file)).map(|text| bare::script(&text))
    };
    let start = code("start.js")?.replace("LIGHT", &files(light)).replace("WHOLE", &files(whole));
    let scripts = format!(
        "<script type=\"importmap\">{{\"integrity\":{{{}}}}}</script>{}\n{}{start}{}",
        hashes.join(","),
        SCRIPT.0,
        code("unpack.js")?,
        SCRIPT.1
    );
    Ok(without_preloads(&replaced(page, &scripts), &program(page)?))
}

/// The page with other scripts in place of the one that starts a program.
fn replaced(page: &str, scripts: &str) -> String {
    let Some(middle) = page.find(TRUNK) else { return page.to_owned() };
    let begin = page[..middle].rfind(SCRIPT.0).unwrap_or(middle);
    let end = page[middle..].find(SCRIPT.1).map_or(middle, |at| middle + at + SCRIPT.1.len());
    [&page[..begin], scripts, &page[end..]].concat()
}

/// What trunk would have loaded early is the program that most visits do not begin with.
fn without_preloads(page: &str, whole: &str) -> String {
    let early = policy::tags(page).into_iter().filter(|tag| tag.starts_with("<link") && tag.contains(whole));
    early.fold(page.to_owned(), |page, tag| page.replacen(tag, "", 1))
}

fn files(name: &str) -> String {
    format!("['./{name}.js', './{name}.lzma']")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_starts_what_it_is_told_to_start() {
        let page = "<head><script type=\"module\">\nawait init({ module_or_path: './web-1_bg.wasm' });</script>\
                    <link rel=\"preload\" href=\"./web-1_bg.wasm\"><link rel=\"icon\" href=\"a.svg\"></head>";
        assert_eq!(program(page).ok().as_deref(), Some("web-1"));
        assert!(program("<p>nothing</p>").is_err());
        let dist = std::env::temp_dir().join(format!("cascade-start-{}", std::process::id()));
        std::fs::create_dir_all(&dist).expect("a temporary directory");
        for name in ["light-1.js", "web-1.js"] {
            std::fs::write(dist.join(name), name).expect("written");
        }
        let page = with_programs(&dist, page, "light-1", "web-1").expect("readable");
        std::fs::remove_dir_all(&dist).expect("removed");
        assert!(page.contains("light: ['./light-1.js', './light-1.lzma']"), "{page}");
        assert!(page.contains(&format!("\"./web-1.js\":\"{}\"", policy::sha384(b"web-1.js"))), "{page}");
        assert!(!page.contains(".wasm") && !page.contains("\n//") && page.contains("a.svg"), "{page}");
    }
}
