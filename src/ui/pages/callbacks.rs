//! What a page calls back with.

use yew::Callback;

use crate::ui::msg::Msg;
use crate::ui::msg::inspect::InspectMsg;

/// What a page calls back with; always the same for as long as the application lives.
#[derive(Clone)]
pub struct Callbacks {
    /// Gets everything.
    pub send: Callback<Msg>,
    /// Gets what is done on the stages. It is one of its own so that the very many parts of a stage, which have it, are
    /// written anew only when something of them has changed.
    pub inspect: Callback<InspectMsg>,
}

impl Callbacks {
    /// All lead to `send`.
    pub fn new(send: Callback<Msg>) -> Callbacks {
        Callbacks { inspect: send.reform(Msg::Inspect), send }
    }
}
