//! Scripts and style sheets as a browser needs them: without comments and indentation, which a visitor would load.

/// A script without comments that have lines of their own, and without indentation.
pub fn script(text: &str) -> String {
    let said = |line: &&str| !["//", "/*", "*"].iter().any(|mark| line.starts_with(mark)) && !line.is_empty();
    text.lines().map(str::trim).filter(said).fold(String::new(), |code, line| code + line + "\n")
}

/// A style sheet without comments and line breaks.
pub fn style(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split("/*");
    out.push_str(parts.next().unwrap_or_default());
    // What follows a comment's end; a comment without one reaches to the end of the sheet.
    parts.filter_map(|part| part.split_once("*/")).for_each(|(_, code)| out.push_str(code));
    let lines = out.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.fold(String::new(), |code, line| {
        // A selector or a value may go on in the next line, where the break stands for a space.
        let ends = code.is_empty() || code.ends_with(['{', '}', ';', ',']) || line.starts_with('}');
        code + if ends { "" } else { " " } + line
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_does_not_need_is_left_out() {
        let code = "// Says hello.\nconst a = `x`; // stays\n\n  /**\n   * @returns {void}\n   */\n  a();\n";
        assert_eq!(script(code), "const a = `x`; // stays\na();\n");
        let sheet = "/* One.\n   Two. */\n.a,\n.b {\n  grid: \"x y\"\n    1fr;\n}\n\n@media (width < 5px) {\n  .c { d: e }\n}\n/* open";
        assert_eq!(style(sheet), ".a,.b {grid: \"x y\" 1fr;}@media (width < 5px) {.c { d: e }}");
        assert_eq!(style(&style(sheet)), style(sheet));
    }
}
