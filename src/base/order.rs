//! Sorting in little code.
//!
//! The standard library's sort is compiled anew for each type that is sorted, and takes 5 KB of the page each time: a
//! hundredth of the whole program. Nothing that is sorted here is sorted often, so all types share one sort of indices,
//! which is small itself.

use std::cmp::Ordering;

/// Sorts; equal ones keep their order.
pub fn sort_by<T>(items: &mut [T], compare: &dyn Fn(&T, &T) -> Ordering) {
    let order = sorted(items.len(), &|a, b| compare(&items[a], &items[b]));
    rearrange(items, order);
}

/// Sorts by a key, the least first; equal ones keep their order. Each key is asked for once.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl FnMut(&T) -> K) {
    let keys: Vec<K> = items.iter().map(key).collect();
    let order = sorted(items.len(), &|a, b| keys[a].cmp(&keys[b]));
    rearrange(items, order);
}

/// Sorts, the least first.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, &T::cmp);
}

/// So many indices, sorted: the one sort of them all, which merges runs of 1, 2, 4, … indices.
fn sorted(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut merged = Vec::with_capacity(count);
    let mut run = 1;
    while run < count {
        for both in order.chunks(2 * run) {
            let (mut left, mut right) = both.split_at(run.min(both.len()));
            while let (&[first, ref lefts @ ..], &[other, ref rights @ ..]) = (left, right) {
                // Of equal ones the left comes first.
                if compare(other, first).is_lt() {
                    merged.push(other);
                    right = rights;
                } else {
                    merged.push(first);
                    left = lefts;
                }
            }
            merged.extend_from_slice(left);
            merged.extend_from_slice(right);
        }
        std::mem::swap(&mut order, &mut merged);
        merged.clear();
        run *= 2;
    }
    order
}

/// Puts at each place what stands at the index that `order` has there.
fn rearrange<T>(items: &mut [T], mut order: Vec<usize>) {
    // Each cycle of the permutation is gone through once.
    for start in 0..order.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts a short list by a key, the least first; equal ones keep their order. Quadratic in the worst case, linear where
/// the list is almost in order. Keys that are no number stay where they are.
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
            let mut again = items.clone();
            order_by(&mut items, &|item| f64::from(item.0));
            assert_eq!(items, expected);
            sort_by_key(&mut again, |item| item.0);
            assert_eq!(again, expected);
            sort_by(&mut again, &|a, b| b.1.cmp(&a.1));
            assert!(again.is_sorted_by_key(|item| std::cmp::Reverse(item.1)));
            sort(&mut again);
            assert_eq!(again, expected);
        }
    }
}
