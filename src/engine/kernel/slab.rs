//! A slab: records in reusable slots, so that a running system allocates nothing. And how much memory records take.

use std::num::NonZeroU32;

/// The number of a slot, in four bytes also where there may be none (`Option<Slot>`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(NonZeroU32);

impl Slot {
    /// The slot of this number, which is less than 2³¹.
    #[inline]
    pub fn new(number: u32) -> Slot {
        Slot(NonZeroU32::MIN | number << 1)
    }

    /// Its number.
    #[inline]
    pub fn number(self) -> u32 {
        self.0.get() >> 1
    }
}

/// Slots that hold a record or are free. A slot's number stays valid until it is taken out.
#[derive(Clone, Debug)]
pub struct Slab<T> {
    slots: Vec<Entry<T>>,
    /// The slot that was freed last, which is the next to be taken; none where every slot holds a record.
    free: Option<Slot>,
    len: usize,
}

#[derive(Clone, Debug)]
enum Entry<T> {
    Full(T),
    /// The one that was freed before it, if there is one.
    Free(Option<Slot>),
}

/// About how many bytes a tree of the standard library takes for an entry: its nodes are two thirds full.
pub const fn tree_of<T>() -> usize {
    size_of::<T>() * 3 / 2
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { slots: Vec::new(), free: None, len: 0 }
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
        let number = self.free.unwrap_or_else(|| self.grow()).number();
        let slot = &mut self.slots.as_mut_slice()[number as usize];
        if let Entry::Free(next) = *slot {
            self.free = next;
        }
        self.len += 1;
        // Written once and in place.
        *slot = Entry::Full(record);
        number
    }

    /// One slot more.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> Slot {
        self.slots.push(Entry::Free(None));
        Slot::new(self.slots.len() as u32 - 1)
    }

    /// Empties a slot.
    #[inline(always)]
    pub fn clear(&mut self, number: u32) {
        self.slots.as_mut_slice()[number as usize] = Entry::Free(self.free);
        self.free = Some(Slot::new(number));
        self.len -= 1;
    }

    /// Takes a record out. A free slot is our bug.
    #[inline(always)]
    pub fn remove(&mut self, number: u32) -> T {
        let slot = &mut self.slots.as_mut_slice()[number as usize];
        let Entry::Full(record) = std::mem::replace(slot, Entry::Free(self.free)) else { nothing_there() };
        self.free = Some(Slot::new(number));
        self.len -= 1;
        record
    }

    /// The record, if the slot holds one.
    #[inline]
    pub fn get(&self, number: u32) -> Option<&T> {
        match self.slots.get(number as usize) {
            Some(Entry::Full(record)) => Some(record),
            _ => None,
        }
    }

    /// All records with their slots, in order of the slots.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        (0..).zip(&self.slots).filter_map(|(number, slot)| match slot {
            Entry::Full(record) => Some((number, record)),
            Entry::Free(_) => None,
        })
    }
}

// Through slices: where the page is built for size, a vector's own index is a call.
impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, number: u32) -> &T {
        match &self.slots.as_slice()[number as usize] {
            Entry::Full(record) => record,
            Entry::Free(_) => nothing_there(),
        }
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline(always)]
    fn index_mut(&mut self, number: u32) -> &mut T {
        match &mut self.slots.as_mut_slice()[number as usize] {
            Entry::Full(record) => record,
            Entry::Free(_) => nothing_there(),
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
        assert_eq!(
            slab.memory_bytes(),
            most * size_of::<Entry<u64>>(),
            "as many slots as were taken at once"
        );
    }
}
