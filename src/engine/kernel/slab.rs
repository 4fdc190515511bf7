//! A slab: records in reusable slots, so that a running system allocates nothing. And what records weigh.

use crate::engine::runtime::task::NONE;

/// Slots that hold a record or are free. A slot's number stays valid until it is taken out.
#[derive(Clone, Debug)]
pub struct Slab<T> {
    slots: Vec<Slot<T>>,
    /// The slot that was freed last, which is the next to be taken; [`NONE`] where every slot holds a record.
    free: u32,
    len: usize,
}

#[derive(Clone, Debug)]
enum Slot<T> {
    Full(T),
    /// The one that was freed before it, or [`NONE`].
    Free(u32),
}

/// About how many bytes a tree of the standard library takes for an entry: its nodes are two thirds full.
pub const fn tree_of<T>() -> usize {
    size_of::<T>() * 3 / 2
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { slots: Vec::new(), free: NONE, len: 0 }
    }
}

impl<T> Slab<T> {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// How many bytes a clone takes beside itself: free slots too.
    pub fn memory_bytes(&self) -> usize {
        size_of_val(&self.slots[..])
    }

    /// Puts a record into a free slot and gives the slot's number.
    #[inline(always)]
    pub fn insert(&mut self, record: T) -> u32 {
        if self.free == NONE {
            self.grow();
        }
        let number = self.free;
        let slot = &mut self.slots.as_mut_slice()[number as usize];
        if let Slot::Free(next) = *slot {
            self.free = next;
        }
        self.len += 1;
        // Written once and in place.
        *slot = Slot::Full(record);
        number
    }

    /// One slot more.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) {
        self.free = self.slots.len() as u32;
        self.slots.push(Slot::Free(NONE));
    }

    /// Empties a slot.
    #[inline(always)]
    pub fn clear(&mut self, number: u32) {
        self.slots.as_mut_slice()[number as usize] = Slot::Free(self.free);
        self.free = number;
        self.len -= 1;
    }

    /// Takes a record out. A free slot is our bug.
    #[inline(always)]
    pub fn remove(&mut self, number: u32) -> T {
        let slot = &mut self.slots.as_mut_slice()[number as usize];
        let Slot::Full(record) = std::mem::replace(slot, Slot::Free(self.free)) else { nothing_there() };
        self.free = number;
        self.len -= 1;
        record
    }

    /// The record, if the slot holds one.
    #[inline]
    pub fn get(&self, number: u32) -> Option<&T> {
        match self.slots.get(number as usize) {
            Some(Slot::Full(record)) => Some(record),
            _ => None,
        }
    }

    /// All records with their slots, in order of the slots.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(&self.slots).filter_map(|(number, slot)| match slot {
            Slot::Full(record) => Some((number, record)),
            Slot::Free(_) => None,
        })
    }
}

// Through slices: where the page is built for size, a vector's own index is a call.
impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, number: u32) -> &T {
        match &self.slots.as_slice()[number as usize] {
            Slot::Full(record) => record,
            Slot::Free(_) => nothing_there(),
        }
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline(always)]
    fn index_mut(&mut self, number: u32) -> &mut T {
        match &mut self.slots.as_mut_slice()[number as usize] {
            Slot::Full(record) => record,
            Slot::Free(_) => nothing_there(),
        }
    }
}

#[cold]
#[inline(never)]
fn nothing_there() -> ! {
    panic!("the slot holds a record")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Stream;
    use std::collections::BTreeMap;

    #[test]
    fn a_slab_keeps_what_a_map_keeps_and_uses_its_slots_again() {
        let mut stream = Stream::new(1, "slab", "test");
        let (mut slab, mut map, mut most) = (Slab::default(), BTreeMap::new(), 0);
        for record in 0..20_000_u64 {
            if map.is_empty() || stream.chance(0.5) {
                assert_eq!(map.insert(slab.insert(record), record), None, "a slot holds one record");
            } else {
                let taken = *map.keys().nth(stream.below(map.len() as u64) as usize).expect("one of them");
                let expected = map.remove(&taken).expect("it is there");
                assert_eq!(slab[taken], expected);
                if stream.chance(0.5) {
                    assert_eq!(slab.remove(taken), expected);
                } else {
                    slab.clear(taken);
                }
                assert_eq!(slab.get(taken), None);
            }
            most = most.max(map.len());
            assert_eq!(slab.len(), map.len());
        }
        assert!(slab.iter().eq(map.iter().map(|(&slot, record)| (slot, record))));
        assert_eq!(slab.memory_bytes(), most * size_of::<Slot<u64>>(), "as many slots as were taken at once");
    }
}
