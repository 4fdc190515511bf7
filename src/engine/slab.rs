//! A slab: records in reusable slots, so that a running system allocates nothing. And what records weigh.

/// Slots that hold a record or are free. A slot's number stays valid until it is taken out.
#[derive(Clone, Debug)]
pub struct Slab<T> {
    slots: Vec<Option<T>>,
    free: Vec<u32>,
}

/// About how many bytes a tree of the standard library takes for an entry: its nodes are two thirds full.
pub const fn tree_of<T>() -> usize {
    size_of::<T>() * 3 / 2
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Slab { slots: Vec::new(), free: Vec::new() }
    }
}

impl<T> Slab<T> {
    /// How many records there are.
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// How many bytes a clone takes beside itself: free slots too.
    pub fn weight(&self) -> usize {
        size_of_val(&self.slots[..]) + size_of_val(&self.free[..])
    }

    /// Puts a record into a free slot and gives the slot's number.
    #[inline(always)]
    pub fn insert(&mut self, record: T) -> u32 {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => self.grow(),
        };
        // Written once and in place.
        self.slots.as_mut_slice()[slot as usize] = Some(record);
        slot
    }

    /// One slot more.
    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.slots.push(None);
        (self.slots.len() - 1) as u32
    }

    /// Empties a slot.
    #[inline(always)]
    pub fn clear(&mut self, slot: u32) {
        self.slots.as_mut_slice()[slot as usize] = None;
        self.free.push(slot);
    }

    /// Takes a record out. A free slot is our bug.
    #[inline(always)]
    pub fn remove(&mut self, slot: u32) -> T {
        let record = self.slots.as_mut_slice()[slot as usize].take().expect("the slot holds a record");
        self.free.push(slot);
        record
    }

    /// The record, if the slot holds one.
    #[inline]
    #[cfg_attr(site, optimize(speed))]
    pub fn get(&self, slot: u32) -> Option<&T> {
        self.slots.get(slot as usize).and_then(Option::as_ref)
    }

    /// All records with their slots, in order of the slots.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &T)> {
        self.slots.iter().enumerate().filter_map(|(at, slot)| Some((at as u32, slot.as_ref()?)))
    }
}

// Through slices: where the page is built for size, a vector's own index is a call.
impl<T> std::ops::Index<u32> for Slab<T> {
    type Output = T;
    #[inline(always)]
    fn index(&self, slot: u32) -> &T {
        self.slots.as_slice()[slot as usize].as_ref().expect("the slot holds a record")
    }
}

impl<T> std::ops::IndexMut<u32> for Slab<T> {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut T {
        self.slots.as_mut_slice()[slot as usize].as_mut().expect("the slot holds a record")
    }
}
