//! What the browser keeps for longer and in greater amounts: texts by their ids, in a database (IndexedDB) of this site.

use std::cell::RefCell;
use std::rc::Rc;

use idb::{Database, DatabaseEvent, Error, Factory, ObjectStoreParams, TransactionMode, TransactionResult};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::DomException;

use crate::ui::platform::end::ended;

/// The database, its form, and the one table in it.
const NAME: &str = "cascade";
const VERSION: u32 = 1;
const TABLE: &str = "systems";

/// Why something is not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser keeps nothing for this site: it is told not to, or it is a private window.
    Refused,
    /// There is no room left.
    Full,
    /// Another tab has an older form of the database open, and has to be closed.
    Blocked,
    /// A newer version of this site has been here: this one has to be loaded again.
    Newer,
    /// Something else is kept under this id by now.
    Taken,
    /// It is longer than anything that is kept.
    TooLong,
}

thread_local! {
    static OPEN: RefCell<Option<Rc<Database>>> = const { RefCell::new(None) };
}

/// Gets all texts. `on_blocked` is told while another tab stands in the way.
pub fn list(on_blocked: impl FnOnce() + 'static, done: impl FnOnce(Result<Vec<String>, Trouble>) + 'static) {
    answer(done, async move {
        let database = database(on_blocked).await?;
        let table = database.transaction(&[TABLE], TransactionMode::ReadOnly)?.object_store(TABLE)?;
        Ok(table.get_all(None, None)?.await?.iter().filter_map(JsValue::as_string).collect())
    });
}

/// Keeps a text, unless another one is there by then that it may not replace.
pub fn write(
    id: String,
    text: String,
    may_replace: fn(&str, &str) -> bool,
    done: impl FnOnce(Result<(), Trouble>) + 'static,
) {
    answer(done, async move {
        let database = database(|| ()).await?;
        let transaction = database.transaction(&[TABLE], TransactionMode::ReadWrite)?;
        let table = transaction.object_store(TABLE)?;
        let key = JsValue::from(&id);
        let there = table.get(key.clone())?.await?.and_then(|there| there.as_string());
        if there.is_some_and(|there| !may_replace(&there, &text)) {
            return Err(Failure(Trouble::Taken));
        }
        table.put(&JsValue::from(&text), Some(&key))?.await?;
        match transaction.await? {
            TransactionResult::Committed => Ok(()),
            // It is not said why; the disk is what may fail here.
            TransactionResult::Aborted => Err(Failure(Trouble::Full)),
        }
    });
}

/// Forgets a text.
pub fn remove(id: String, done: impl FnOnce(Result<(), Trouble>) + 'static) {
    answer(done, async move {
        let database = database(|| ()).await?;
        let transaction = database.transaction(&[TABLE], TransactionMode::ReadWrite)?;
        transaction.object_store(TABLE)?.delete(JsValue::from(&id))?.await?;
        transaction.await?;
        Ok(())
    });
}

/// Why it failed, whoever says so.
struct Failure(Trouble);

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        let name = match &error {
            Error::DomException(exception) => exception.name(),
            Error::UpdateFailed(thrown)
            | Error::IndexedDbOpenFailed(thrown)
            | Error::TransactionOpenFailed(thrown) => {
                thrown.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default()
            }
            _ => String::new(),
        };
        // A connection that was closed, or a database that was deleted by hand: the next call opens it anew.
        OPEN.with_borrow_mut(Option::take);
        Failure(match name.as_str() {
            "QuotaExceededError" => Trouble::Full,
            "VersionError" => Trouble::Newer,
            _ => Trouble::Refused,
        })
    }
}

fn answer<T: 'static>(
    done: impl FnOnce(Result<T, Trouble>) + 'static,
    work: impl Future<Output = Result<T, Failure>> + 'static,
) {
    spawn_local(async move {
        let result = work.await.map_err(|Failure(trouble)| trouble);
        // A program that is at its end answers nothing.
        if !ended() {
            done(result);
        }
    });
}

/// The database, opened once.
async fn database(on_blocked: impl FnOnce() + 'static) -> Result<Rc<Database>, Failure> {
    if let Some(open) = OPEN.with_borrow(Option::clone) {
        return Ok(open);
    }
    let mut request = Factory::new()?.open(NAME, Some(VERSION))?;
    request.on_blocked(move |_| on_blocked());
    request.on_upgrade_needed(|event| {
        // Refused, the table is not there, and whoever asks for it is told.
        if let Ok(database) = event.database() {
            let _ = database.create_object_store(TABLE, ObjectStoreParams::new());
        }
    });
    let mut database = request.await?;
    // A newer version of this site, in another tab, is not held up.
    database.on_version_change(|_| {
        if let Some(open) = OPEN.with_borrow_mut(Option::take) {
            open.close();
        }
    });
    let database = Rc::new(database);
    OPEN.with_borrow_mut(|open| *open = Some(Rc::clone(&database)));
    Ok(database)
}
