//! Texts of the site: Markdown in `static/`, rendered before trunk copies the result.

use crate::problem::{Problem, Result};
use crate::project;
use pulldown_cmark::{Parser, html};

/// Renders every text to `target/pages/`, where index.html takes it from.
pub fn render() -> Result {
    let to = project::root().join("target/pages");
    std::fs::create_dir_all(&to).map_err(|error| {
        Problem::new("cannot create target/pages", error.to_string(), "free the disk or its permissions")
    })?;
    let text = project::read(&project::root().join("static/model.md"))?;
    project::write(&to.join("model.html"), rendered(&text))
}

fn rendered(text: &str) -> String {
    let mut page = String::new();
    html::push_html(&mut page, Parser::new(text));
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_a_page() {
        assert_eq!(rendered("# One\n\nA *word* < two."), "<h1>One</h1>\n<p>A <em>word</em> &lt; two.</p>\n");
    }
}
