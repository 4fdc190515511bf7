//! What the browser calls the page: in its tab, its history and its bookmarks.

use crate::base::list;
use crate::ui::model::Model;
use crate::ui::model::content::Content;
use crate::ui::platform::route::Route;

/// The title of the page that is open, with the site's name behind it.
pub fn title(model: &Model) -> String {
    match own(model) {
        name if name.is_empty() => text!("page.title").to_owned(),
        name => list::of(list::DOT, [&*name, text!("page.wordmark")]),
    }
}

/// The page's own title; empty for the opening page, which is the site.
fn own(model: &Model) -> String {
    match (&model.content, &model.route) {
        (_, Route::Opening) => String::new(),
        (Content::Lesson(player), _) => player.lesson().title.clone(),
        (Content::Teacher(lesson), _) => say!("teacher.title", lesson = &lesson.title),
        (Content::Scenario(open), _) => open.title.clone(),
        (Content::Missing(_), _) => text!("load.failed").to_owned(),
        (Content::Broken(_), _) => text!("load.broken").to_owned(),
        (Content::Unreadable(_), _) => text!("send.unreadable").to_owned(),
        (Content::Nowhere, _) | (_, Route::Unknown) => text!("load.no-page").to_owned(),
        (_, Route::Course) => text!("page.course").to_owned(),
        (_, Route::Glossary) => text!("page.glossary").to_owned(),
        (_, Route::Model) => text!("page.model").to_owned(),
        (_, Route::Reference) => text!("page.reference").to_owned(),
        (Content::Sandbox(_), _) | (_, Route::Sandbox) => text!("page.sandbox").to_owned(),
        (_, Route::Gallery) => text!("page.gallery").to_owned(),
        (_, Route::Mine) | (Content::Mine, _) => text!("page.mine").to_owned(),
        (
            _,
            Route::Kept(_)
            | Route::KeptSandbox(_)
            | Route::Lesson(_)
            | Route::Step(..)
            | Route::Teacher(_)
            | Route::Scenario(..)
            | Route::Sent(_),
        ) => text!("load.loading").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titled(hash: &str, content: Content) -> String {
        let mut model = Model::new();
        (model.route, model.content) = (Route::of(hash), content);
        title(&model)
    }

    #[test]
    fn every_page_has_a_title_of_its_own() {
        let text = || Content::Text(String::new());
        let pages = [
            titled("#/", Content::Loading),
            titled("#/course", Content::Course),
            titled("#/glossary", Content::Glossary),
            titled("#/model", text()),
            titled("#/reference", text()),
            titled("#/gallery", Content::Gallery(String::new())),
            titled("#/sandbox", Content::Loading),
            titled("#/mine", Content::Mine),
            titled("#/nowhere", Content::Nowhere),
            titled("#/lesson/the-log", Content::Loading),
        ];
        for (at, page) in pages.iter().enumerate() {
            assert!(!pages[..at].contains(page), "{page}");
        }
        assert_eq!(pages[1], "Course · Cascade");
    }
}
