//! Which file of `src` imports which: a graph made from the paths that the sources name.
//!
//! An arrow goes to the file that defines what is named, also where the path to it leads over a re-export. `mod x;`
//! alone is no arrow, nor is what tests import.

use std::collections::{BTreeMap, BTreeSet};

use super::source::{File, is_word};

/// Where a file names something of another one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mention {
    /// The line, from 1.
    pub line: usize,
    /// The path as it is written there.
    pub path: String,
}

/// The files of `src` and the arrows between them.
#[derive(Debug, Default)]
pub struct Imports {
    /// For each file the files that it imports, each with its mentions.
    pub arrows: BTreeMap<String, BTreeMap<String, Vec<Mention>>>,
}

impl Imports {
    /// Reads the graph of the files below `src`.
    pub fn of(files: &[File]) -> Imports {
        let mut modules = Modules::default();
        for file in files.iter().filter(|file| is_crate_root(&file.path)) {
            modules.read(files, file, file.path.clone(), &file.path);
        }
        let mut imports = Imports::default();
        for (name, module) in &modules.all {
            for path in module.paths.iter().chain(module.uses.iter().map(|import| &import.path)) {
                for target in modules.targets(name, path, &module.words) {
                    imports.add(&module.file, target, path);
                }
            }
        }
        imports
    }

    fn add(&mut self, from: &str, to: &str, path: &Path) {
        if from == to {
            return;
        }
        let mentions = self.arrows.entry(from.to_owned()).or_default().entry(to.to_owned()).or_default();
        let mention = Mention { line: path.line, path: path.segments.join("::") };
        if !mentions.contains(&mention) {
            mentions.push(mention);
            mentions.sort();
        }
    }
}

/// The library and the binaries.
fn is_crate_root(path: &str) -> bool {
    path.strip_prefix("src/").is_some_and(|name| {
        !name.contains('/') && ["lib.rs", "scenarios.rs", "simulator.rs", "main.rs", "cli.rs"].contains(&name)
    })
}

/// A path as it is written.
#[derive(Clone, Debug)]
struct Path {
    line: usize,
    segments: Vec<String>,
}

/// A leaf of a `use` declaration.
#[derive(Debug)]
struct Import {
    path: Path,
    /// What it is called here; none for `*` and `_`.
    name: Option<String>,
}

/// A module: a file, or a part of one in braces.
#[derive(Debug, Default)]
struct Module {
    file: String,
    parent: Option<String>,
    root: String,
    children: BTreeMap<String, String>,
    /// Names that it defines.
    items: BTreeSet<String>,
    uses: Vec<Import>,
    paths: Vec<Path>,
    /// Every word in it.
    words: BTreeSet<String>,
}

/// All modules, each by the path of its crate's root and the names that lead to it.
#[derive(Default)]
struct Modules {
    all: BTreeMap<String, Module>,
}

/// What a path leads to.
enum Found<'a> {
    Module(&'a str),
    /// Something that this file defines.
    Item(&'a str),
}

impl Modules {
    /// Reads a file as the module `name`, and the files of its submodules.
    fn read(&mut self, files: &[File], file: &File, name: String, root: &str) {
        let tokens = tokens(&file.shipped);
        let module = Module { file: file.path.clone(), root: root.to_owned(), ..Module::default() };
        self.all.insert(name.clone(), module);
        // The folder in which the files of submodules are.
        let folder = match file.path.strip_suffix("/mod.rs") {
            Some(folder) => folder.to_owned(),
            None if is_crate_root(&file.path) => "src".to_owned(),
            None => file.path.trim_end_matches(".rs").to_owned(),
        };
        Reader { modules: self, files, tokens: &tokens, at: 0, root }.module(&name, &folder);
    }

    /// The files that a path of a module leads to.
    fn targets<'a>(&'a self, module: &str, path: &Path, words: &BTreeSet<String>) -> Vec<&'a str> {
        let segments: Vec<&str> = path.segments.iter().map(|segment| &**segment).collect();
        match segments.split_last() {
            // Of everything that is imported, what the module speaks of.
            Some((&"*", to)) => match self.find(module, to, 0) {
                Some(Found::Module(imported)) => {
                    let named = words.iter().filter_map(|word| self.member(imported, word, 0));
                    named.filter_map(|found| self.file(found)).collect()
                }
                Some(Found::Item(file)) => vec![file],
                None => Vec::new(),
            },
            _ => self.find(module, &segments, 0).and_then(|found| self.file(found)).into_iter().collect(),
        }
    }

    /// The file that a module's import counts for: none, for a module is imported to name something in it.
    fn file<'a>(&'a self, found: Found<'a>) -> Option<&'a str> {
        match found {
            Found::Module(_) => None,
            Found::Item(file) => Some(file),
        }
    }

    /// Follows a path from a module.
    fn find(&self, module: &str, segments: &[&str], depth: usize) -> Option<Found<'_>> {
        let (first, rest) = segments.split_first()?;
        let own = self.all.get_key_value(module)?;
        let begin = match *first {
            "crate" => Found::Module(&own.1.root),
            "self" => Found::Module(own.0),
            "super" => Found::Module(own.1.parent.as_deref()?),
            name => self.member(module, name, depth)?,
        };
        rest.iter().try_fold(begin, |found, name| match found {
            Found::Module(module) if *name == "super" => {
                Some(Found::Module(self.all.get(module)?.parent.as_deref()?))
            }
            Found::Module(module) if *name == "self" => Some(Found::Module(module)),
            // A name that nothing defines comes of a macro: the module's own file is where to look.
            Found::Module(module) => {
                Some(self.member(module, name, depth).unwrap_or(Found::Item(&self.all.get(module)?.file)))
            }
            // A variant, an associated function.
            item => Some(item),
        })
    }

    /// What a name means in a module: a submodule, what it defines, what it imports.
    fn member(&self, module: &str, name: &str, depth: usize) -> Option<Found<'_>> {
        let own = self.all.get(module)?;
        // Imports may lead round in a circle.
        if depth > 8 {
            return None;
        }
        if let Some(child) = own.children.get(name) {
            return Some(Found::Module(child));
        }
        if own.items.contains(name) {
            return Some(Found::Item(&own.file));
        }
        let segments = |import: &Import| -> Vec<String> { import.path.segments.clone() };
        let named = own.uses.iter().filter(|import| import.name.as_deref() == Some(name));
        for import in named {
            let segments = segments(import);
            // `use crate::a::b` in a module means its own `b` from then on; another crate's path leads nowhere.
            if segments[0] == name {
                continue;
            }
            let path: Vec<&str> = segments.iter().map(|segment| &**segment).collect();
            if let Some(found) = self.find(module, &path, depth + 1) {
                return Some(found);
            }
        }
        let globs =
            own.uses.iter().filter(|import| import.path.segments.last().is_some_and(|last| last == "*"));
        for import in globs {
            let segments = segments(import);
            let path: Vec<&str> = segments[..segments.len() - 1].iter().map(|segment| &**segment).collect();
            if let Some(Found::Module(imported)) = self.find(module, &path, depth + 1)
                && imported != module
                && let Some(found) = self.member(imported, name, depth + 1)
            {
                return Some(found);
            }
        }
        None
    }
}

/// A word or a mark of the source.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    text: &'a str,
    line: usize,
}

/// Words, `::`, and every other mark by itself.
fn tokens(code: &str) -> Vec<Token<'_>> {
    let mut found = Vec::new();
    let (mut line, mut at) = (1, 0);
    while let Some(first) = code[at..].chars().next() {
        let length = match first {
            _ if is_word(first) => code[at..].find(|c| !is_word(c)).unwrap_or(code.len() - at),
            ':' if code[at..].starts_with("::") => 2,
            _ => first.len_utf8(),
        };
        if !first.is_whitespace() {
            found.push(Token { text: &code[at..at + length], line });
        }
        line += usize::from(first == '\n');
        at += length;
    }
    found
}

/// Reads the modules of one file.
struct Reader<'a> {
    modules: &'a mut Modules,
    files: &'a [File],
    tokens: &'a [Token<'a>],
    at: usize,
    root: &'a str,
}

impl<'a> Reader<'a> {
    fn peek(&self, ahead: usize) -> &'a str {
        self.tokens.get(self.at + ahead).map_or("", |token| token.text)
    }

    fn own(&mut self, module: &str) -> &mut Module {
        self.modules.all.entry(module.to_owned()).or_default()
    }

    /// Reads a module up to the brace that closes it, or to the end of the file.
    fn module(&mut self, name: &str, folder: &str) {
        let mut depth = 0;
        while self.at < self.tokens.len() {
            let text = self.peek(0);
            match text {
                "{" => depth += 1,
                "}" if depth == 0 => return,
                "}" => depth -= 1,
                "use" if self.peek(1) != "<" => {
                    let mut found = Vec::new();
                    self.at += 1;
                    self.tree(&[], &mut found);
                    if depth > 0 {
                        // Inside a function it gives the module no name.
                        found.iter_mut().for_each(|import| import.name = None);
                    }
                    self.own(name).uses.extend(found);
                    continue;
                }
                "mod" if depth == 0 => {
                    self.submodule(name, folder);
                    continue;
                }
                "fn" | "struct" | "enum" | "union" | "trait" | "type" | "const" | "static" if depth == 0 => {
                    let defined = self.peek(1).to_owned();
                    self.own(name).items.insert(defined);
                }
                "macro_rules" if depth == 0 => {
                    let defined = self.peek(2).to_owned();
                    self.own(name).items.insert(defined);
                }
                _ if text.starts_with(is_word) => {
                    self.path(name);
                    continue;
                }
                _ => {}
            }
            self.at += 1;
        }
    }

    /// `mod name;` or `mod name { … }`.
    fn submodule(&mut self, parent: &str, folder: &str) {
        let child = self.peek(1).to_owned();
        let name = format!("{parent}::{child}");
        let folder = format!("{folder}/{child}");
        let inline = self.peek(2) == "{";
        self.at += 3;
        if inline {
            let (file, root) = (self.own(parent).file.clone(), self.root.to_owned());
            let module = Module { file, root, parent: Some(parent.to_owned()), ..Module::default() };
            self.modules.all.insert(name.clone(), module);
            self.module(&name, &folder);
            self.at += 1;
        } else {
            let paths = [format!("{folder}.rs"), format!("{folder}/mod.rs")];
            let Some(file) = self.files.iter().find(|file| paths.contains(&file.path)) else { return };
            self.modules.read(self.files, file, name.clone(), self.root);
            self.own(&name).parent = Some(parent.to_owned());
        }
        self.own(parent).children.insert(child, name);
    }

    /// The tree of a `use`, up to its semicolon, its comma or its closing brace.
    fn tree(&mut self, before: &[String], found: &mut Vec<Import>) {
        let mut segments = before.to_vec();
        let mut line = 0;
        loop {
            let text = self.peek(0);
            line = if line == 0 { self.tokens.get(self.at).map_or(0, |token| token.line) } else { line };
            match text {
                "::" => {}
                "{" => {
                    self.at += 1;
                    while self.peek(0) != "}" && self.at < self.tokens.len() {
                        self.tree(&segments, found);
                        self.at += usize::from(self.peek(0) == ",");
                    }
                    self.at += 1;
                    return;
                }
                "self" if !segments.is_empty() => {}
                "*" => segments.push("*".to_owned()),
                "as" => {
                    let name = Some(self.peek(1).to_owned()).filter(|name| name != "_");
                    self.at += 2;
                    found.push(Import { path: Path { line, segments }, name });
                    return;
                }
                _ if text.starts_with(is_word) => segments.push(text.to_owned()),
                _ => break,
            }
            self.at += 1;
        }
        if segments.len() > before.len() || !segments.is_empty() {
            let name = segments.last().filter(|last| *last != "*").cloned();
            found.push(Import { path: Path { line, segments }, name });
        }
    }

    /// A word with what follows it after `::`.
    fn path(&mut self, module: &str) {
        let line = self.tokens[self.at].line;
        let mut segments = vec![self.peek(0).to_owned()];
        self.at += 1;
        while self.peek(0) == "::" && self.peek(1).starts_with(is_word) {
            segments.push(self.peek(1).to_owned());
            self.at += 2;
        }
        let own = self.own(module);
        own.words.insert(segments[0].clone());
        if segments.len() > 1 {
            own.paths.push(Path { line, segments });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The arrows of some files, each as `from>to` without `src/` and `.rs`.
    fn arrows(files: &[(&str, &str)]) -> Vec<String> {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        let short = |path: &str| path.trim_start_matches("src/").trim_end_matches(".rs").to_owned();
        let imports = Imports::of(&files);
        let all = imports.arrows.iter().flat_map(|(from, to)| to.keys().map(move |to| (from, to)));
        all.map(|(from, to)| format!("{}>{}", short(from), short(to))).collect()
    }

    /// The arrows of `src/a/x.rs` with this text, beside `src/a/y.rs` and `src/b.rs`.
    fn of(text: &str) -> Vec<String> {
        arrows(&[
            ("src/lib.rs", "pub mod a; pub mod b;"),
            ("src/a/mod.rs", "mod x; mod y; pub use y::{Y, f as g}; pub const HERE: u8 = 1;"),
            ("src/a/x.rs", text),
            ("src/a/y.rs", "pub struct Y; pub fn f() {} macro_rules! m { () => {} }"),
            ("src/b.rs", "pub struct B; pub mod inner { pub struct I; }"),
        ])
        .into_iter()
        .filter(|arrow| arrow.starts_with("a/x>"))
        .collect()
    }

    #[test]
    fn arrows_are_found_in_every_form_of_path() {
        assert_eq!(of("use super::y::Y;"), ["a/x>a/y"]);
        assert_eq!(of("use crate::{a::y::{self, Y}, b::B as C};"), ["a/x>a/y", "a/x>b"]);
        assert_eq!(of("fn h() { super::y::f(); }"), ["a/x>a/y"]);
        assert_eq!(of("fn h() { use super::super::b; let _ = crate::b::inner::I; }"), ["a/x>b"]);
        assert_eq!(of("use super::y; fn h() { y::f() }"), ["a/x>a/y"]);
        assert_eq!(of("use crate::a::y as z; fn h() { z::f() }"), ["a/x>a/y"]);
        assert_eq!(of("impl super::y::Y { fn k(self: super::HERE) {} }"), ["a/x>a/mod", "a/x>a/y"]);
    }

    #[test]
    fn a_path_over_a_re_export_leads_to_the_file_that_defines() {
        assert_eq!(of("use crate::a::Y;"), ["a/x>a/y"]);
        assert_eq!(of("use super::g;"), ["a/x>a/y"]);
        assert_eq!(of("use super::HERE;"), ["a/x>a/mod"]);
    }

    #[test]
    fn of_everything_imported_what_is_used_counts() {
        assert_eq!(of("use super::*; fn h(_: Y) {}"), ["a/x>a/y"]);
        assert_eq!(of("use super::*;"), [""; 0]);
    }

    #[test]
    fn modules_tests_comments_and_other_crates_are_no_imports() {
        assert_eq!(of("use super::y; // super::y::f()"), [""; 0]);
        assert_eq!(of("#[cfg(test)] mod tests { use crate::b::B; }"), [""; 0]);
        assert_eq!(of("use std::b::B; use cascade::a::Y; fn f<T: Fn() -> u8>() { String::new(); }"), [""; 0]);
    }

    #[test]
    fn a_parent_that_only_declares_imports_nothing_and_one_that_re_exports_does() {
        let files = |root| [("src/lib.rs", root), ("src/a.rs", "pub struct A;")];
        assert_eq!(arrows(&files("pub mod a;")), [""; 0]);
        assert_eq!(arrows(&files("mod a; pub use a::A;")), ["lib>a"]);
    }
}
