//! Publications that may be sent again: which of their copies are under way, and which brokers hold the message.
//!
//! It stands for two things. To an idempotent producer it is what the leader of a partition knows of its sequence
//! numbers: a producer has few batches under way there, and what is sent again is always among those that the leader
//! remembers, so a copy is recognized without exception. For everybody else it only counts what is held twice. A
//! publication is forgotten when its publisher has gone on and no copy is under way any more: there are never more than
//! running operations, messages under way and records to be confirmed.

use crate::base::NodeIx;
use crate::engine::kernel::slab::{Slab, Slot};

/// Brokers by their nodes; a scenario has at most 256.
const WORDS: usize = 256 / 64;

/// A publication.
#[derive(Clone, Copy, Debug)]
struct Publication {
    /// Number of the message, the same for every copy: 0 until the first is sent.
    message: u64,
    /// The publisher may send it again.
    open: bool,
    /// Copies under way, and records that wait to be confirmed.
    copies: u32,
    /// The partition to which it goes, once it has reached its log.
    partition: Option<u16>,
    /// Who holds the message.
    held: [u64; WORDS],
}

/// The publications of a run that may be sent again.
#[derive(Clone, Debug, Default)]
pub struct Publications(Slab<Publication>);

impl Publications {
    /// How many there are.
    pub fn live_objects(&self) -> usize {
        self.0.len()
    }

    /// About how many bytes a clone takes.
    pub fn memory_bytes(&self) -> usize {
        self.0.memory_bytes()
    }

    /// A publication begins, as the message of this number.
    pub fn begin(&mut self, message: u64) -> Slot {
        let publication = Publication { message, open: true, copies: 0, partition: None, held: [0; WORDS] };
        Slot::new(self.0.insert(publication))
    }

    /// A copy is sent; gives the number of the message.
    pub fn sent(&mut self, publication: Slot) -> u64 {
        let record = &mut self.0[publication.number()];
        record.copies += 1;
        record.message
    }

    /// An exchange sends so many copies on in place of the one that it got.
    pub fn copied(&mut self, publication: Slot, copies: u32) {
        self.0[publication.number()].copies += copies;
        self.landed(publication);
    }

    /// A copy has arrived and has been dealt with, or the record that it became is confirmed.
    pub fn landed(&mut self, publication: Slot) {
        self.0[publication.number()].copies -= 1;
        self.forget(publication);
    }

    /// The publisher sends it no more. Whether some broker holds the message.
    pub fn end(&mut self, publication: Slot) -> bool {
        let record = &mut self.0[publication.number()];
        record.open = false;
        let held = record.held != [0; WORDS];
        self.forget(publication);
        held
    }

    fn forget(&mut self, publication: Slot) {
        let record = &self.0[publication.number()];
        if !record.open && record.copies == 0 {
            self.0.clear(publication.number());
        }
    }

    /// The partition to which its first copy went.
    pub fn partition(&self, publication: Slot) -> Option<u32> {
        self.0[publication.number()].partition.map(u32::from)
    }

    /// All its copies go to this partition.
    pub fn goes_to(&mut self, publication: Slot, partition: u32) {
        self.0[publication.number()].partition = Some(partition as u16);
    }

    /// Whether a broker holds the message.
    pub fn is_held(&self, publication: Slot, by: NodeIx) -> bool {
        let (word, bit) = place(by);
        self.0[publication.number()].held[word] & bit != 0
    }

    /// A broker takes a copy. Whether it holds the message already.
    pub fn hold(&mut self, publication: Slot, by: NodeIx) -> bool {
        let again = self.is_held(publication, by);
        let (word, bit) = place(by);
        self.0[publication.number()].held[word] |= bit;
        again
    }

    /// The record that a copy became is gone with its leader, and will not be confirmed.
    pub fn lost(&mut self, publication: Slot, by: NodeIx) {
        let (word, bit) = place(by);
        self.0[publication.number()].held[word] &= !bit;
        self.landed(publication);
    }

    /// A copy became a record that waits to be confirmed.
    pub fn pends(&mut self, publication: Slot) {
        self.0[publication.number()].copies += 1;
    }
}

fn place(node: NodeIx) -> (usize, u64) {
    (node.at() / 64 % WORDS, 1 << (node.0 % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOG: NodeIx = NodeIx(200);
    const QUEUE: NodeIx = NodeIx(8);

    #[test]
    fn a_copy_is_recognized_until_publisher_and_network_are_done() {
        let mut publications = Publications::default();
        let one = publications.begin(7);
        assert_eq!((publications.sent(one), publications.sent(one)), (7, 7));
        publications.goes_to(one, 1_023);
        assert!(!publications.hold(one, LOG));
        publications.landed(one);
        assert!(publications.end(one));
        // The second copy is still under way.
        assert_eq!(publications.live_objects(), 1);
        assert_eq!(publications.partition(one), Some(1_023));
        assert!(publications.hold(one, LOG) && !publications.is_held(one, QUEUE));
        publications.landed(one);
        assert_eq!(publications.live_objects(), 0);
    }

    #[test]
    fn copies_of_an_exchange_are_each_awaited() {
        let mut publications = Publications::default();
        let one = publications.begin(7);
        publications.sent(one);
        publications.copied(one, 2);
        assert!(!publications.end(one));
        assert!(!publications.hold(one, QUEUE));
        publications.landed(one);
        assert_eq!(publications.live_objects(), 1);
        publications.landed(one);
        assert_eq!(publications.live_objects(), 0);
        let unroutable = publications.begin(8);
        publications.sent(unroutable);
        publications.copied(unroutable, 0);
        assert!(!publications.end(unroutable));
        assert_eq!(publications.live_objects(), 0);
    }

    #[test]
    fn a_record_that_is_gone_may_come_again() {
        let mut publications = Publications::default();
        let one = publications.begin(7);
        publications.sent(one);
        publications.hold(one, LOG);
        publications.pends(one);
        publications.landed(one);
        publications.lost(one, LOG);
        assert!(!publications.is_held(one, LOG));
        assert!(!publications.end(one));
        assert_eq!(publications.live_objects(), 0);
    }
}
