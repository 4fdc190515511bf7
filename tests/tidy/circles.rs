//! Circles of files: files that import each other, however long the way round.

use std::collections::{BTreeMap, BTreeSet};

use super::imports::Imports;

/// Files that import each other.
#[derive(Debug)]
pub struct Circle {
    /// In order of their names.
    pub files: Vec<String>,
    /// The arrow whose removal frees most of them, with the places where it stands.
    pub cut: Cut,
}

/// An arrow of a circle.
#[derive(Debug)]
pub struct Cut {
    /// The file that imports.
    pub from: String,
    /// What it imports.
    pub to: String,
    /// How many files the largest circle has that is left without it.
    pub left: usize,
    /// `line: path` of every mention.
    pub mentions: Vec<String>,
}

/// Every circle, the largest first.
pub fn circles(imports: &Imports) -> Vec<Circle> {
    let graph: Graph<'_> =
        imports.arrows.iter().map(|(from, to)| (&**from, to.keys().map(|to| &**to).collect())).collect();
    let mut found: Vec<Circle> = components(&graph)
        .into_iter()
        .filter(|files| files.len() > 1)
        .map(|files| Circle {
            cut: best_cut(imports, &graph, &files),
            files: files.into_iter().map(ToOwned::to_owned).collect(),
        })
        .collect();
    found.sort_by(|a, b| b.files.len().cmp(&a.files.len()).then_with(|| a.files.cmp(&b.files)));
    found
}

/// A circle in words: its files, and the arrow to cut.
pub fn describe(circle: &Circle) -> String {
    let Cut { from, to, left, mentions } = &circle.cut;
    let files = circle.files.join("\n    ");
    let left = match left {
        0 => "nothing of the circle is left then".to_owned(),
        left => format!("the largest circle left has {left} files then"),
    };
    let mentions = mentions.iter().map(|mention| format!("\n    {from}:{mention}")).collect::<String>();
    format!("{} files in a circle:\n    {files}\n  cut {from} -> {to}; {left}:{mentions}", circle.files.len())
}

/// For each room (a folder of `src`, or a file in it) how many of its files are in circles.
pub fn files_by_room(circles: &[Circle]) -> BTreeMap<&str, usize> {
    let mut rooms = BTreeMap::new();
    for file in circles.iter().flat_map(|circle| &circle.files) {
        let end = file.match_indices('/').nth(1).map_or(file.len(), |(at, _)| at);
        *rooms.entry(&file[..end]).or_default() += 1;
    }
    rooms
}

type Graph<'a> = BTreeMap<&'a str, BTreeSet<&'a str>>;

/// The arrow inside a circle without which the largest rest is smallest; of equal ones the one with fewest mentions.
fn best_cut(imports: &Imports, graph: &Graph<'_>, files: &BTreeSet<&str>) -> Cut {
    let inside: Graph<'_> = files
        .iter()
        .map(|file| (*file, graph[file].iter().copied().filter(|to| files.contains(to)).collect()))
        .collect();
    let arrows = inside.iter().flat_map(|(from, all)| all.iter().map(|to| (*from, *to)));
    let judged = arrows.map(|(from, to)| {
        let mut without = inside.clone();
        without.entry(from).or_default().remove(to);
        let largest = components(&without).iter().map(BTreeSet::len).max().unwrap_or(0);
        let mentions = &imports.arrows[from][to];
        (if largest > 1 { largest } else { 0 }, mentions.len(), from, to, mentions)
    });
    let (left, _, from, to, mentions) = judged.min().expect("a circle has arrows");
    let mentions = mentions.iter().map(|mention| format!("{}: {}", mention.line, mention.path)).collect();
    Cut { from: from.to_owned(), to: to.to_owned(), left, mentions }
}

/// The strongly connected components: two files are in one if each reaches the other (Kosaraju's algorithm).
fn components<'a>(graph: &Graph<'a>) -> Vec<BTreeSet<&'a str>> {
    let mut backwards = Graph::new();
    for (from, all) in graph {
        for to in all {
            backwards.entry(to).or_default().insert(from);
        }
    }
    let mut finished = Vec::new();
    let mut seen = BTreeSet::new();
    for file in graph.keys() {
        visit(graph, file, &mut seen, &mut finished);
    }
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for file in finished.into_iter().rev() {
        let mut component = Vec::new();
        visit(&backwards, file, &mut seen, &mut component);
        if !component.is_empty() {
            found.push(component.into_iter().collect());
        }
    }
    found
}

/// Adds what is reached from a file and was not seen, each after what it reaches itself.
fn visit<'a>(graph: &Graph<'a>, file: &'a str, seen: &mut BTreeSet<&'a str>, finished: &mut Vec<&'a str>) {
    if !seen.insert(file) {
        return;
    }
    for to in graph.get(file).into_iter().flatten() {
        visit(graph, to, seen, finished);
    }
    finished.push(file);
}

#[cfg(test)]
mod tests {
    use super::super::source::File;
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<Circle> {
        let files: Vec<File> = files.iter().map(|(path, text)| File::new(path, text)).collect();
        circles(&Imports::of(&files))
    }

    #[test]
    fn a_circle_names_its_files_and_the_arrow_to_cut() {
        let circles = found(&[
            ("src/lib.rs", "mod a; mod b; mod c; mod d;"),
            ("src/a.rs", "use crate::b::B; pub struct A;"),
            ("src/b.rs", "use crate::c::C; pub struct B; fn f() { crate::c::g(); }"),
            ("src/c.rs", "pub struct C; pub fn g() {}\nfn h(_: super::a::A) {}"),
            ("src/d.rs", "use super::a::A;"),
        ]);
        assert_eq!(circles.len(), 1);
        assert_eq!(circles[0].files, ["src/a.rs", "src/b.rs", "src/c.rs"]);
        let said = describe(&circles[0]);
        assert!(said.contains("cut src/a.rs -> src/b.rs; nothing of the circle is left then"), "{said}");
        assert!(said.contains("src/a.rs:1: crate::b::B"), "{said}");
        assert_eq!(files_by_room(&circles)["src/a.rs"], 1);
    }

    #[test]
    fn two_circles_that_share_a_file_are_one_and_others_are_apart() {
        let circles = found(&[
            ("src/lib.rs", "mod a; mod b; mod c; mod d; mod e;"),
            ("src/a.rs", "use crate::{b::B, c::C}; pub struct A;"),
            ("src/b.rs", "use crate::a::A; pub struct B;"),
            ("src/c.rs", "use crate::a::A; pub struct C;"),
            ("src/d.rs", "use crate::e::E; pub struct D;"),
            ("src/e.rs", "use crate::d::D; pub struct E;"),
        ]);
        let sizes: Vec<usize> = circles.iter().map(|circle| circle.files.len()).collect();
        assert_eq!((sizes, circles[0].cut.left), (vec![3, 2], 2));
    }
}
