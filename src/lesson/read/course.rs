//! Reads the list of all lessons, as the site's build writes it: `[ { "slug": …, "title": …, "summary": …, "about": … } ]`.

use crate::lesson::format::{Course, Listed};
use crate::lesson::place::{Place, Problems};
use crate::scenario::{Diagnostic, Json};

use super::Reader;

/// At most so many lessons.
const MOST: usize = 100;

impl Course {
    /// Reads a course; all problems at once.
    pub fn read(text: &str) -> Result<Course, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        let root = Place { json: &json, path: String::new() };
        let problems = Problems::default();
        let mut reader = Reader { plans: &[], primaries: &[], lane: None, faults: 0, problems };
        let places = root.items(MOST, &mut reader.problems);
        let lessons = places.iter().filter_map(|place| reader.listed(place)).collect();
        if reader.problems.0.is_empty() { Ok(Course { lessons }) } else { Err(reader.problems.0) }
    }
}

impl Reader<'_> {
    fn listed(&mut self, place: &Place) -> Option<Listed> {
        place.only(&["slug", "title", "summary", "about"], &mut self.problems);
        let about = place.must("about", &mut self.problems)?;
        Some(Listed {
            slug: self.required(place, "slug"),
            title: self.required(place, "title"),
            summary: self.must_spans(place, "summary"),
            about: self.about(&about),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::Level;

    #[test]
    fn a_course_is_read_and_its_mistakes_are_named() {
        let text = r#"[{"slug": "a", "title": "A call", "summary": ["One waits."],
            "about": {"chapter": 2, "number": 9, "minutes": 20, "level": "advanced"}}]"#;
        let course = Course::read(text).expect("a course");
        assert_eq!((course.lessons[0].about.chapter, course.lessons[0].about.level), (2, Level::Advanced));
        for (wrong, path) in [
            (text.replace("\"slug\"", "\"slot\""), "[0].slot"),
            (text.replace("advanced", "genius"), "[0].about.level"),
            (text.replace("\"about\"", "\"off\""), "[0]"),
            ("{}".to_owned(), ""),
        ] {
            let problems = Course::read(&wrong).expect_err("a mistake");
            assert!(problems.iter().any(|problem| problem.path == path), "{wrong}: {problems:?}");
        }
    }
}
