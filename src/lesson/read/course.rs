//! Reads the list of all lessons, as the site's build writes it: `[ { "slug": …, "title": …, "summary": …, "about": …,
//! "steps": 5, "terms": ["timeout"] } ]`.

use super::Reader;
use crate::base::{Cursor, Diagnostic, Json};
use crate::lesson::format::{About, Course, Level, Listed};
use crate::lesson::text::Span;

/// At most so many lessons, and numbers up to this in one.
const MOST: usize = 1000;

impl Course {
    /// Reads a course.
    ///
    /// # Errors
    ///
    /// Everything that is missing or wrong.
    pub fn read(text: &str) -> Result<Course, Vec<Diagnostic>> {
        let json = Json::parse(text).map_err(|problem| vec![problem])?;
        let mut reader = Reader::new(&[], &[]);
        let lessons = Cursor::root(&json).items(MOST, &mut reader.problems);
        let lessons = lessons.iter().map(|lesson| reader.listed(lesson)).collect();
        reader.problems.or(Course { lessons })
    }
}

impl Reader<'_> {
    fn listed(&mut self, here: &Cursor) -> Listed {
        let about = here.must("about", &mut self.problems).map(|about| self.about(&about));
        Listed {
            slug: self.required(here, "slug"),
            title: self.required(here, "title"),
            summary: self.must_spans(here, "summary"),
            about: about.unwrap_or(About { chapter: 0, number: 0, minutes: 0, level: Level::Beginner }),
            steps: here
                .must("steps", &mut self.problems)
                .map_or(0, |n| n.below(MOST + 1, &mut self.problems)),
            terms: self.list(here, "terms", MOST, Reader::string),
        }
    }
}

impl Listed {
    /// Its title, its summary, the terms that it explains and what its subject is called elsewhere: what a search
    /// looks through.
    pub fn says(&self) -> String {
        let mut text = self.title.clone();
        let more = self.summary.iter().map(Span::words).chain(self.terms.iter().map(String::as_str));
        for (at, each) in more.enumerate() {
            // What the summary says stands together; each term alone.
            text.push_str(if at == 0 || at >= self.summary.len() { "\n" } else { "" });
            text.push_str(each);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_is_read_whole_or_not_at_all() {
        let text = r#"[{"slug": "a", "title": "A call", "summary": "One {request|waits}.",
            "about": {"chapter": 2, "number": 9, "minutes": 20, "level": "advanced"}, "steps": 3, "terms": ["request", "retry"]}]"#;
        let course = Course::read(text).expect("a course");
        let lesson = &course.lessons[0];
        assert_eq!((lesson.about.chapter, lesson.about.level, lesson.steps), (2, Level::Advanced, 3));
        assert_eq!(lesson.says(), "A call\nOne waits.\nrequest\nretry");
        for wrong in [
            text.replace("\"slug\"", "\"slot\""),
            text.replace("advanced", "genius"),
            text.replace("\"about\"", "\"off\""),
            text.replace("20", "-1"),
            text.replace("20", "1.5"),
            text.replace("{request", "{nothing"),
            "{}".to_owned(),
            "[".to_owned(),
        ] {
            assert!(Course::read(&wrong).is_err(), "{wrong}");
        }
    }
}
