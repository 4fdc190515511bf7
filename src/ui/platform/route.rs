//! Hash routes: which page the address asks for.

use std::rc::Rc;

use crate::lesson::is_slug;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The opening page.
    Opening,
    /// A lesson, by the name of its folder.
    Lesson(String),
    /// A lesson at one of its steps, from 1.
    Step(String, usize),
    /// What a teacher wants to know about a lesson.
    Teacher(String),
    /// All lessons.
    Course,
    /// What is simulated and how, for teachers.
    Model,
    /// Every field of the scenario language.
    Reference,
    /// All words that lessons explain.
    Glossary,
    /// All ready scenarios.
    Gallery,
    /// A ready scenario, or two to be compared, by name.
    Scenario(String, Option<String>),
    /// A system of one's own.
    Sandbox,
    /// The reader's own systems.
    Mine,
    /// One of them, by its id.
    Kept(String),
    /// One of them in the sandbox, by its id.
    KeptSandbox(String),
    /// A run that somebody sent: all of it stands in the address, which may be long.
    Sent(Rc<str>),
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    /// The page of a fragment such as `#/lesson/cascading-failure`.
    pub fn of(hash: &str) -> Route {
        if hash.starts_with("#/s/") {
            return Route::Sent(hash.into());
        }
        match hash.trim_start_matches('#').trim_matches('/') {
            "" => Route::Opening,
            "course" => Route::Course,
            "glossary" => Route::Glossary,
            "model" => Route::Model,
            "reference" => Route::Reference,
            "gallery" => Route::Gallery,
            "sandbox" => Route::Sandbox,
            "mine" => Route::Mine,
            path => Route::deeper(&path.split('/').collect::<Vec<_>>()),
        }
    }

    fn deeper(path: &[&str]) -> Route {
        let named = !path[1..].is_empty() && path[1..].iter().all(|slug| is_slug(slug));
        match path {
            // The browser itself scrolls to the section.
            ["reference", _] if named => Route::Reference,
            ["lesson", slug] if named => Route::Lesson((*slug).to_owned()),
            ["lesson", slug, "teacher"] if named => Route::Teacher((*slug).to_owned()),
            ["lesson", slug, step] if is_slug(slug) => match step.parse() {
                Ok(step @ 1..) => Route::Step((*slug).to_owned(), step),
                _ => Route::Unknown,
            },
            ["mine", id] if named => Route::Kept((*id).to_owned()),
            ["sandbox", id] if named => Route::KeptSandbox((*id).to_owned()),
            ["gallery", a] if named => Route::Scenario((*a).to_owned(), None),
            ["gallery", a, b] if named => Route::Scenario((*a).to_owned(), Some((*b).to_owned())),
            _ => Route::Unknown,
        }
    }

    /// The lesson that it runs.
    pub fn lesson(&self) -> Option<&str> {
        match self {
            Route::Lesson(slug) | Route::Step(slug, _) => Some(slug),
            _ => None,
        }
    }

    /// The lesson whose teacher's page it is.
    pub fn taught(&self) -> Option<&str> {
        match self {
            Route::Teacher(slug) => Some(slug),
            _ => None,
        }
    }

    /// The id of the kept system that it opens.
    pub fn kept(&self) -> Option<&str> {
        match self {
            Route::Kept(id) | Route::KeptSandbox(id) => Some(id),
            _ => None,
        }
    }

    /// Whether what runs there can be edited.
    pub fn is_sandbox(&self) -> bool {
        matches!(self, Route::Sandbox | Route::KeptSandbox(_))
    }

    /// The step of a lesson, from 0; none on any other page.
    pub fn step(&self) -> Option<usize> {
        match self {
            Route::Lesson(_) => Some(0),
            Route::Step(_, step) => Some(step - 1),
            _ => None,
        }
    }

    /// The file that this page shows, relative to the site; none where the page has all it needs.
    pub fn file(&self) -> Option<String> {
        match self {
            Route::Lesson(slug) | Route::Step(slug, _) | Route::Teacher(slug) => {
                Some(["lessons/", slug, "/lesson.json"].concat())
            }
            Route::Course => Some("lessons/index.json".to_owned()),
            Route::Glossary => Some("lessons/glossary.json".to_owned()),
            Route::Model => Some("model.html".to_owned()),
            Route::Reference => Some("reference.html".to_owned()),
            Route::Gallery | Route::Scenario(..) => Some("gallery.json".to_owned()),
            Route::Opening
            | Route::Sandbox
            | Route::Mine
            | Route::Kept(_)
            | Route::KeptSandbox(_)
            | Route::Sent(_)
            | Route::Unknown => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_lead_to_pages() {
        let cases = [
            ("", Route::Opening),
            ("#", Route::Opening),
            ("#/", Route::Opening),
            ("#/lesson/cascading-failure", Route::Lesson("cascading-failure".into())),
            ("#/lesson/cascading-failure/teacher", Route::Teacher("cascading-failure".into())),
            ("#/lesson/cascading-failure/pupil", Route::Unknown),
            ("#/lesson/cascading-failure/3", Route::Step("cascading-failure".into(), 3)),
            ("#/lesson/cascading-failure/0", Route::Unknown),
            ("#/lesson/cascading-failure/-1", Route::Unknown),
            ("#/lesson/../teacher", Route::Unknown),
            ("#/lesson/../../etc", Route::Unknown),
            ("#/lesson/https://elsewhere", Route::Unknown),
            ("#/model", Route::Model),
            ("#/reference", Route::Reference),
            ("#/reference/retry", Route::Reference),
            ("#/gallery/", Route::Gallery),
            ("#/gallery/dead-letters", Route::Scenario("dead-letters".into(), None)),
            ("#/gallery/a/b", Route::Scenario("a".into(), Some("b".into()))),
            ("#/gallery//b", Route::Unknown),
            ("#/sandbox", Route::Sandbox),
            ("#/sandbox/", Route::Sandbox),
            ("#/mine", Route::Mine),
            ("#/mine/0f", Route::Kept("0f".into())),
            ("#/sandbox/0f", Route::KeptSandbox("0f".into())),
            ("#/sandbox/../a", Route::Unknown),
            ("#/mine/../a", Route::Unknown),
            ("#/s/1/abc", Route::Sent("#/s/1/abc".into())),
            ("#/s/json/{\"a/b\":1}", Route::Sent("#/s/json/{\"a/b\":1}".into())),
            ("#/lesson", Route::Unknown),
            ("#/nowhere", Route::Unknown),
        ];
        for (hash, expected) in cases {
            assert_eq!(Route::of(hash), expected, "{hash}");
        }
    }

    #[test]
    fn pages_fetch_files_of_this_site() {
        let file = |hash| Route::of(hash).file().unwrap_or_default();
        assert_eq!(file("#/lesson/the-log/2"), "lessons/the-log/lesson.json");
        assert_eq!(file("#/lesson/the-log/teacher"), "lessons/the-log/lesson.json");
        assert_eq!([file("#/gallery"), file("#/gallery/a/b")], ["gallery.json", "gallery.json"]);
        // Whatever the address says, what is fetched lies below the page and nowhere else.
        for hash in ["#/", "#/nowhere", "#/lesson/..%2f", "#/lesson//etc", "#/lesson/a/../b", "#/gallery/%00"]
        {
            assert_eq!(file(hash), "", "{hash}");
        }
        let step = |hash| Route::of(hash).step();
        assert_eq!([step("#/lesson/a"), step("#/lesson/a/3"), step("#/gallery")], [Some(0), Some(2), None]);
        let lesson = |hash| Route::of(hash).lesson().map(str::to_owned);
        assert_eq!(lesson("#/lesson/the-log/2").as_deref(), Some("the-log"));
        assert_eq!(lesson("#/lesson/the-log/teacher"), None);
    }

    #[test]
    fn a_slug_is_short_and_plain() {
        assert!(is_slug("a-2") && is_slug(&"a".repeat(60)));
        for slug in ["", "A", "a b", "ä", ".", "a/b", &"a".repeat(61)] {
            assert!(!is_slug(slug), "{slug}");
        }
    }
}
