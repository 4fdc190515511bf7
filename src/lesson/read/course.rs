//! Reads the list of all lessons, as the site's build writes it: `[ { "slug": …, "title": …, "summary": …, "about": …,
//! "steps": 5, "terms": ["timeout"] } ]`.
//!
//! The start page reads it, whose program is small: what is wrong in it is not said in words.

use crate::base::Json;
use crate::lesson::format::{About, Course, Level, Listed};
use crate::lesson::text::{self, Span};

/// At most so many lessons, and numbers up to this in one.
const MOST: usize = 1000;

impl Course {
    /// Reads a course; none where anything is missing or wrong.
    pub fn read(text: &str) -> Option<Course> {
        let json = Json::parse(text).ok()?;
        let lessons: Option<Vec<Listed>> = items(&json)?.iter().take(MOST).map(listed).collect();
        Some(Course { lessons: lessons? })
    }
}

fn listed(json: &Json) -> Option<Listed> {
    let about = json.get("about")?;
    let level = Level::named(about.get("level")?.as_str()?)?;
    let own = |key: &str| Some(number(about, key)? as u32);
    let terms: Option<Vec<String>> = items(json.get("terms")?)?.iter().map(string).collect();
    Some(Listed {
        slug: string(json.get("slug")?)?,
        title: string(json.get("title")?)?,
        summary: text::spans(json.get("summary")?.as_str()?).ok()?,
        about: About { chapter: own("chapter")?, number: own("number")?, minutes: own("minutes")?, level },
        steps: number(json, "steps")?,
        terms: terms?,
    })
}

fn items(json: &Json) -> Option<&[Json]> {
    match json {
        Json::Array(items) => Some(items),
        _ => None,
    }
}

fn string(json: &Json) -> Option<String> {
    json.as_str().map(str::to_owned)
}

/// A whole number from 0 to [`MOST`].
fn number(json: &Json, key: &str) -> Option<usize> {
    let number = json.get(key)?.as_f64()?;
    let whole = number as usize;
    (whole <= MOST && whole as f64 == number).then_some(whole)
}

impl Listed {
    /// Its title, its summary and the terms that it explains: what a search looks through.
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
            assert_eq!(Course::read(&wrong), None, "{wrong}");
        }
    }
}
