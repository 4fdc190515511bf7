//! What is done with a person's own systems: kept whenever something was done, listed, opened, given from outside.

use crate::ui::model::Model;
use crate::ui::model::clock::{Clock, Told};
use crate::ui::model::content::Content;
use crate::ui::model::effect::{Effect, File};
use crate::ui::model::focus::{self, Focus};
use crate::ui::model::mine::given;
use crate::ui::model::mine::kept::{self, Kept, named};
use crate::ui::model::mine::words::file_name;
use crate::ui::model::mine::{Current, Deleted, MOST_KEPT, News};
use crate::ui::msg::mine::MineMsg;
use crate::ui::platform::files::Given;
use crate::ui::platform::route::Route;
use crate::ui::platform::storage;
use crate::ui::platform::vault::Trouble;
use crate::ui::platform::visit::{fresh_id, now_ms};
use crate::ui::update::variants;

/// So long after something was done it is kept, in milliseconds, and a little longer the more there is to write.
const SOON_MS: f64 = 1000.0;
const SOON_MS_PER_ACTION: f64 = 0.5;
/// So often it is kept where nothing but time passes.
const LATER_MS: f64 = 10_000.0;
/// So long what was deleted can be brought back.
const UNDO_MS: f64 = 10_000.0;
/// Under names that begin so stands what was kept while the page was left, for the database answers too late then.
const LEFT: &str = "cascade.left.";

/// Answers what is done with a person's own systems; true if the page has to be written anew.
pub fn mine(model: &mut Model, msg: MineMsg) -> bool {
    let ends_undo = matches!(
        msg,
        MineMsg::Keep | MineMsg::Rename(..) | MineMsg::Duplicate(_) | MineMsg::Delete(_) | MineMsg::Given(_)
    );
    if ends_undo {
        finish_deletion(model);
    }
    model.mine.now = now_ms();
    match msg {
        MineMsg::Listed(Ok(texts)) => listed(model, &texts),
        MineMsg::Listed(Err(why)) => {
            model.mine.known = true;
            trouble(model, why);
            take_in(model);
            show(model);
        }
        MineMsg::Written(id, Ok(())) => {
            model.mine.unwritten.retain(|other| *other != id);
            storage::forget(&left(&id));
            (model.mine.trouble, model.mine.told) = (None, None);
            if !model.mine.known {
                model.effects.push(Effect::ListKept);
            }
        }
        MineMsg::Written(id, Err(Trouble::Taken)) => go_on_as_copy(model, &id),
        MineMsg::Written(_, Err(why)) | MineMsg::Trouble(why) => trouble(model, why),
        MineMsg::Keep => keep(model),
        MineMsg::Save(id) => save(model, id.as_deref()),
        MineMsg::Renaming(id) => renaming(model, id),
        MineMsg::Rename(id, name) => rename(model, &id, &name),
        MineMsg::Duplicate(id) => {
            if let Some(kept) = model.mine.get(&id) {
                let copy = Kept { name: copy_of(&kept.name), ..kept.clone() };
                let id = add(model, copy);
                model.focus = Some(Focus::Element(focus::kept(&id)));
            }
        }
        MineMsg::Delete(id) => delete(model, &id),
        MineMsg::Undo => {
            if let Some(Deleted { kept, .. }) = model.mine.deleted.take() {
                model.focus = Some(Focus::Element(focus::kept(&kept.id)));
                model.mine.put(kept);
            }
        }
        MineMsg::Hold(held) => {
            let until = model.clock.frame.unwrap_or_default() + UNDO_MS;
            if let Some(deleted) = &mut model.mine.deleted {
                deleted.until = (!held).then_some(until);
            }
            return false;
        }
        MineMsg::Choose => model.effects.push(Effect::ChooseFiles),
        MineMsg::Given(all) => given(model, all),
        MineMsg::Drag(over) => model.mine.dragging = over,
        MineMsg::Dismiss => {
            let mine = &mut model.mine;
            mine.refused.clear();
            mine.news = None;
            mine.told = mine.trouble.take().or(mine.told);
            model.focus = Some(Focus::on(focus::FIGURE));
        }
        MineMsg::Leave => {
            leave(model);
            return false;
        }
        MineMsg::Back => {
            if model.route == Route::Mine {
                model.effects.push(Effect::ListKept);
            }
            return false;
        }
    }
    true
}

/// Something was done to the run that is open: soon it is kept.
pub fn touched(model: &mut Model) {
    // What one builds is kept from its first edit on.
    if model.mine.current.is_none()
        && let Some(own) = model.content.sandbox().filter(|own| own.is_edited())
    {
        let id = begin(model, &own.title());
        if let Some(own) = model.content.sandbox_mut() {
            own.id = Some(id.clone());
        }
        go_to(model, &id);
    }
    let (Some(run), Some(current)) = (model.content.run(), &mut model.mine.current) else { return };
    let wait = SOON_MS + SOON_MS_PER_ACTION * run.session.log().len() as f64;
    current.due.get_or_insert(model.clock.frame.unwrap_or_default() + wait);
}

/// A frame: what is due is done. True if the page has to be written anew.
pub fn frame(model: &mut Model, at: f64) -> bool {
    if let Some(current) = &mut model.mine.current {
        if current.later == f64::NEG_INFINITY {
            current.later = at + LATER_MS;
        }
        if current.due.is_some_and(|due| at >= due) || at >= current.later {
            current.later = at + LATER_MS;
            flush(model);
        }
    }
    let late = model.mine.deleted.as_ref().and_then(|deleted| deleted.until).is_some_and(|until| at >= until);
    if late {
        finish_deletion(model);
    }
    late
}

/// Another page opens: what is open is kept as it is, and what was deleted is gone.
pub fn close(model: &mut Model) {
    flush(model);
    finish_deletion(model);
    let mine = &mut model.mine;
    (mine.current, mine.renamed, mine.news) = (None, None, None);
}

/// A page of one's own systems opens.
pub fn open(model: &mut Model) -> Content {
    model.mine.now = now_ms();
    match model.route.clone() {
        // The browser does not have it yet, or refuses it.
        Route::Kept(id) | Route::KeptSandbox(id) if model.mine.unwritten.contains(&id) => opened(model, &id),
        route => {
            model.effects.push(Effect::ListKept);
            if route == Route::Mine { Content::Mine } else { Content::Loading }
        }
    }
}

/// Whether the page that an address asks for is the one that is open, and goes on.
pub fn is_open(model: &Model, route: &Route) -> bool {
    let current = model.mine.current.as_ref();
    model.route == *route && route.kept().is_some_and(|id| current.is_some_and(|open| open.id == id))
}

/// What one builds is open again, as it was when it was left, and is kept on.
pub fn resume(model: &mut Model, id: &str) {
    let kept = model.mine.get(id);
    model.mine.current = kept
        .map(|kept| Current::new(id.to_owned(), kept.name.clone(), kept.count, Some(kept.record.clone())));
}

/// From now on the run that is open is kept under a new id, once something is done to it.
pub fn begin(model: &mut Model, name: &str) -> String {
    let id = fresh_id();
    model.mine.current = Some(Current::new(id.clone(), named(name), 0, None));
    id
}

fn left(id: &str) -> String {
    [LEFT, id].concat()
}

fn copy_of(name: &str) -> String {
    named(&say!("mine.copy-of", name = name))
}

/// Says why nothing is kept, once.
fn trouble(model: &mut Model, why: Trouble) {
    if model.mine.told != Some(why) {
        model.mine.trouble = Some(why);
    }
}

fn listed(model: &mut Model, texts: &[String]) {
    let mine = &mut model.mine;
    mine.known = true;
    let read: Vec<Kept> = texts.iter().filter_map(|text| Kept::read(text)).collect();
    mine.unread = texts.len() - read.len();
    let before = std::mem::replace(&mut mine.list, read);
    for kept in before {
        // The browser has an older one of these, or none.
        if mine.unwritten.contains(&kept.id) {
            mine.list.retain(|other| other.id != kept.id);
            mine.list.push(kept);
        }
    }
    let deleted = mine.deleted.as_ref().map(|deleted| deleted.kept.id.clone());
    mine.list.retain(|kept| deleted.as_ref() != Some(&kept.id));
    mine.sort();
    take_in(model);
    let gone = model.mine.list.split_off(MOST_KEPT.min(model.mine.list.len()));
    forget(model, &gone);
    show(model);
}

/// Takes in what was kept while a page was left, where the database has not heard of it.
fn take_in(model: &mut Model) {
    for name in storage::names(LEFT) {
        let kept = storage::remembered(&name).and_then(|text| Kept::read(&text));
        let current = model.mine.current.as_ref().map(|current| &current.id);
        if kept.as_ref().is_some_and(|kept| Some(&kept.id) == current) {
            continue;
        }
        match kept {
            // It stays where it is until the database has it.
            Some(kept) if model.mine.get(&kept.id).is_none_or(|there| kept.may_replace(there)) => {
                write(model, kept);
            }
            Some(kept) => {
                let copy = add(model, Kept { name: copy_of(&kept.name), ..kept });
                leave_behind(model, &copy);
                storage::forget(&name);
            }
            None => storage::forget(&name),
        }
    }
}

/// What the address asks for can be shown now.
fn show(model: &mut Model) {
    let Some(id) = model.route.kept().map(str::to_owned) else { return };
    if matches!(model.content, Content::Loading) {
        model.content = opened(model, &id);
        model.clock = Clock::new(model.clock.frame);
        model.told = Told::default();
        model.charts.forget();
        variants::forget(model);
    }
}

fn opened(model: &mut Model, id: &str) -> Content {
    let Some(kept) = model.mine.get(id) else {
        model.mine.news = Some(News::Absent);
        return Content::Mine;
    };
    let content = match &model.route {
        Route::KeptSandbox(_) => Content::edited(id, kept.record.clone()),
        _ => Content::record(&kept.name, kept.record.clone()),
    };
    if content.run().is_some() {
        let current = Current::new(id.to_owned(), kept.name.clone(), kept.count, Some(kept.record.clone()));
        model.mine.current = Some(current);
    }
    content
}

/// Keeps what is open, if anything of it is news.
fn flush(model: &mut Model) {
    let (Some(run), Some(current)) = (model.content.run(), &mut model.mine.current) else { return };
    let done = current.due.take().is_some();
    if current.last.is_none() && !done {
        return;
    }
    let Some((_, record)) = model.content.recording() else { return };
    let record = kept::arrived(record, &run.session);
    if current.last.as_ref() == Some(&record) {
        return;
    }
    current.last = Some(record.clone());
    current.count += 1;
    let (id, name, count) = (current.id.clone(), current.name.clone(), current.count);
    let (visit, sandbox) = (model.mine.visit.clone(), model.content.sandbox().is_some());
    let mut kept = Kept { id, name, at: now_ms(), visit, count, sandbox, record };
    // After very many edits the system is kept without them.
    if kept.print().is_none() {
        kept.record = kept.record.restarted();
    }
    write(model, kept);
}

/// The page may be gone before the database answers: what it does not have yet is put where it is kept at once.
fn leave(model: &mut Model) {
    flush(model);
    let mine = &model.mine;
    if let Some(current) = mine.current.as_ref().filter(|current| mine.unwritten.contains(&current.id)) {
        leave_behind(model, &current.id);
    }
}

/// Puts one where it is kept at once.
fn leave_behind(model: &Model, id: &str) {
    if let Some(text) = model.mine.get(id).and_then(Kept::print) {
        storage::remember(&left(id), &text);
    }
}

/// Puts one into the list, and asks the browser to keep it.
fn write(model: &mut Model, kept: Kept) {
    let id = kept.id.clone();
    match kept.print() {
        Some(text) => model.effects.push(Effect::Keep { id: id.clone(), text }),
        None => trouble(model, Trouble::TooLong),
    }
    if !model.mine.unwritten.contains(&id) {
        model.mine.unwritten.push(id);
    }
    let gone = model.mine.put(kept);
    forget(model, &gone);
}

/// Another system like this one, of which nobody has heard yet; gives its id.
fn add(model: &mut Model, like: Kept) -> String {
    let (id, visit) = (fresh_id(), model.mine.visit.clone());
    write(model, Kept { id: id.clone(), at: now_ms(), visit, count: 1, ..like });
    id
}

fn forget(model: &mut Model, gone: &[Kept]) {
    for Kept { id, .. } in gone {
        model.mine.unwritten.retain(|other| other != id);
        storage::forget(&left(id));
        model.effects.push(Effect::Forget(id.clone()));
    }
}

/// Another tab has kept something else under this id: nothing of it is lost, and nothing of this.
fn go_on_as_copy(model: &mut Model, id: &str) {
    model.mine.unwritten.retain(|other| other != id);
    let at = model.mine.list.iter().position(|kept| kept.id == id);
    let Some(kept) = at.map(|at| model.mine.list.remove(at)) else { return };
    let name = copy_of(&kept.name);
    let copy = add(model, Kept { name: name.clone(), ..kept });
    storage::forget(&left(id));
    model.mine.news = Some(News::Copied);
    let current = model.mine.current.as_mut().filter(|current| current.id == id);
    if let Some(current) = current {
        (current.id, current.name, current.count) = (copy.clone(), name.clone(), 1);
        model.content.call(&name);
        if let Some(own) = model.content.sandbox_mut() {
            own.id = Some(copy.clone());
        }
        go_to(model, &copy);
    }
    model.effects.push(Effect::ListKept);
}

/// The address names what is open.
fn go_to(model: &mut Model, id: &str) {
    let sandbox = model.content.sandbox().is_some();
    model.route = if sandbox { Route::KeptSandbox(id.to_owned()) } else { Route::Kept(id.to_owned()) };
    model.effects.push(Effect::GoTo(kept::address(id, sandbox)));
}

fn keep(model: &mut Model) {
    let Content::Scenario(open) = &model.content else { return };
    let id = begin(model, &open.title.clone());
    if let Some(current) = &mut model.mine.current {
        current.due = Some(0.0);
    }
    flush(model);
    go_to(model, &id);
    model.focus = Some(Focus::on(focus::KEPT));
}

fn save(model: &mut Model, id: Option<&str>) {
    let open = || {
        let (title, record) = model.content.recording()?;
        Some((title, kept::arrived(record, &model.content.run()?.session)))
    };
    let saved = match id {
        Some(id) => model.mine.get(id).map(|kept| (kept.name.clone(), kept.record.clone())),
        None => open(),
    };
    if let Some((name, record)) = saved {
        let (name, text) = (file_name(&name), record.print() + "\n");
        model.effects.push(Effect::Save(File::Text { name, kind: "application/json", text }));
    }
}

fn renaming(model: &mut Model, id: Option<String>) {
    model.focus = Some(match (&id, &model.mine.renamed) {
        (None, Some(before)) => Focus::Element(focus::rename(before)),
        _ => Focus::on(focus::NAME),
    });
    model.mine.renamed = id;
}

fn rename(model: &mut Model, id: &str, name: &str) {
    renaming(model, None);
    let (name, visit) = (named(name), model.mine.visit.clone());
    let Some(kept) = model.mine.get(id).filter(|kept| !name.is_empty() && kept.name != name) else { return };
    let (count, kept) = (kept.count + 1, kept.clone());
    write(model, Kept { name, visit, count, ..kept });
}

fn delete(model: &mut Model, id: &str) {
    let at = model.mine.list.iter().position(|kept| kept.id == id);
    let Some(kept) = at.map(|at| model.mine.list.remove(at)) else { return };
    let until = Some(model.clock.frame.unwrap_or_default() + UNDO_MS);
    model.mine.deleted = Some(Deleted { kept, until });
    model.focus = Some(Focus::on(focus::UNDELETE));
}

fn finish_deletion(model: &mut Model) {
    if let Some(Deleted { kept, .. }) = model.mine.deleted.take() {
        forget(model, &[kept]);
    }
}

/// Texts from outside: each becomes a system of one's own, or it is said what is wrong with it.
fn given(model: &mut Model, all: Vec<Given>) {
    model.mine.dragging = false;
    model.mine.refused.clear();
    let mut taken = Vec::new();
    for given in all {
        match given::read(given) {
            Ok(kept) => taken.push(add(model, kept)),
            Err(refused) => model.mine.refused.push(refused),
        }
    }
    match taken.as_slice() {
        [] => model.focus = Some(Focus::on(focus::REFUSED)),
        [only] => model.effects.extend(model.mine.get(only).map(|kept| Effect::GoTo(kept.address()))),
        _ => model.effects.push(Effect::GoTo("#/mine".to_owned())),
    }
}
