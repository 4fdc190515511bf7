//! What a queue keeps of a message: what nearly every message has in 48 bytes, the rest beside them.
//!
//! A backlog of a million messages is an ordinary thing to show; it has to fit a phone.

use crate::base::{ServiceIx, SimTime};
use crate::engine::kernel::message::{Answer, Asker};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::{Slab, Slot};

/// Which bit of a message's number says that it is keyed: no run sends so many messages.
const KEYED: u32 = 55;

/// Where the number of a store begins in a message's number.
const SOURCE: u32 = 56;

/// The context of a message as its queue keeps it, 48 bytes.
#[derive(Clone, Copy, Debug)]
pub struct StoredMessage {
    request: u64,
    born: SimTime,
    /// The message's number, whether it is keyed, and in the highest byte the store that made its version.
    message: u64,
    span: u64,
    key: u32,
    version: u32,
    row: u32,
    /// Its record of extras, if it has any.
    extra: Option<Slot>,
}

/// What few messages have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extra {
    /// Of the context.
    pub deadline: SimTime,
    /// Of the context.
    pub poison: bool,
    /// Who asked, if anyone did.
    pub asker: Option<Asker>,
    /// It is a reply to who asked.
    pub answer: Option<Answer>,
    /// The work that the reply is worth, until it is handed over: which service did it, and when the job arrived.
    pub work: Option<(ServiceIx, SimTime)>,
    /// How often in a row it was dead-lettered within a circle of queues without anyone having refused it.
    pub deaths: u32,
}

impl Extra {
    /// What most messages have instead.
    pub const NOTHING: Extra =
        Extra { deadline: SimTime::NEVER, poison: false, asker: None, answer: None, work: None, deaths: 0 };
}

/// The extras of a queue's messages.
#[derive(Clone, Debug, Default)]
pub struct Extras(Slab<Extra>);

impl Extras {
    /// Packs a message's context. Of `extra` only what is not in the context counts.
    pub fn pack(&mut self, context: RequestContext, extra: Extra) -> StoredMessage {
        let RequestContext {
            request,
            born,
            deadline,
            span,
            message,
            key,
            version,
            row,
            source,
            keyed,
            poison,
        } = context;
        let extra = Extra { deadline, poison, ..extra };
        let extra = (extra != Extra::NOTHING).then(|| Slot::new(self.0.insert(extra)));
        let message = message | u64::from(keyed) << KEYED | u64::from(source) << SOURCE;
        StoredMessage { request, born, message, span, key, version, row, extra }
    }

    /// The context as it was, and what came with it.
    pub fn read(&self, stored: StoredMessage) -> (RequestContext, Extra) {
        let StoredMessage { request, born, message, span, key, version, row, extra } = stored;
        let (keyed, source) = (message >> KEYED & 1 == 1, (message >> SOURCE) as u8);
        let message = message & ((1 << KEYED) - 1);
        let extra = extra.map_or(Extra::NOTHING, |extra| self.0[extra.number()]);
        let Extra { deadline, poison, .. } = extra;
        (
            RequestContext {
                request,
                born,
                deadline,
                span,
                message,
                key,
                version,
                row,
                source,
                keyed,
                poison,
            },
            extra,
        )
    }

    /// The work that a reply is worth, taken from it: whoever has it decides on that.
    pub fn take_work(&mut self, stored: StoredMessage) -> Option<(ServiceIx, SimTime)> {
        self.0[stored.extra?.number()].work.take()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// How many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.0.memory_bytes()
    }

    /// The message is gone.
    pub fn forget(&mut self, stored: StoredMessage) {
        if let Some(extra) = stored.extra {
            self.0.clear(extra.number());
        }
    }
}
