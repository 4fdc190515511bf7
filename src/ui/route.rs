//! Hash routes: which page the address asks for.

use super::browser::window;

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// The opening page.
    Opening,
    /// A lesson, by the name of its folder.
    Lesson(String),
    /// An address that leads nowhere.
    Unknown,
}

impl Route {
    /// The page of the present address.
    pub fn current() -> Route {
        Route::of(&window().location().hash().unwrap_or_default())
    }

    /// The page of a fragment such as `#/lesson/cascading-failure`.
    pub fn of(hash: &str) -> Route {
        match hash.trim_start_matches('#').trim_matches('/') {
            "" => Route::Opening,
            path => match path.strip_prefix("lesson/") {
                Some(slug) if is_slug(slug) => Route::Lesson(slug.to_owned()),
                _ => Route::Unknown,
            },
        }
    }

    /// Where a lesson's file lies, relative to the page.
    pub fn file(slug: &str) -> String {
        ["lessons/", slug, "/lesson.json"].concat()
    }
}

/// Lower-case letters, digits and dashes: nothing that could lead out of the folder.
fn is_slug(slug: &str) -> bool {
    slug.len() <= 60 && slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
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
            ("#/lesson/../../etc", Route::Unknown),
            ("#/lesson/https://elsewhere", Route::Unknown),
            ("#/nowhere", Route::Unknown),
        ];
        for (hash, expected) in cases {
            assert_eq!(Route::of(hash), expected, "{hash}");
        }
    }
}
