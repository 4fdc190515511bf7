//! Sorting short lists, in little code.
//!
//! What is drawn is short: insertion beats the standard library's sort in the size of the page by kilobytes for
//! every type that is sorted, and in time up to some dozens of items.

/// Sorts by a key, the least first; equal ones keep their order. Quadratic in the worst case, linear where the list
/// is almost in order. Keys that are no number stay where they are.
pub fn order_by<T: Copy>(items: &mut [T], key: &dyn Fn(&T) -> f64) {
    for end in 1..items.len() {
        let item = items[end];
        let value = key(&item);
        let mut at = end;
        while at > 0 && key(&items[at - 1]) > value {
            items[at] = items[at - 1];
            at -= 1;
        }
        items[at] = item;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_and_keeps_the_order_of_equals() {
        for length in 0..40u32 {
            let mut items: Vec<(u32, u32)> = (0..length).map(|i| (i * 7919 % 10, i)).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|item| item.0);
            order_by(&mut items, &|item| f64::from(item.0));
            assert_eq!(items, expected);
        }
    }
}
