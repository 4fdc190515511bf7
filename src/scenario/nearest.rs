//! Which known name was probably meant by one that is not known.

/// The candidate nearest to what was written, where one is near enough to be meant: at most a third of its
/// letters added, dropped, changed or swapped with their neighbour.
pub(super) fn nearest<'a>(written: &str, candidates: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (distance(written, candidate), candidate))
        .filter(|(distance, candidate)| distance * 3 <= candidate.len().max(3))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Edit distance with swaps of neighbours (optimal string alignment), over bytes; far for texts above 64.
fn distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() > 64 || b.len() > 64 {
        return usize::MAX / 4;
    }
    let mut rows = [[0_usize; 65]; 3];
    for (at, cell) in rows[0].iter_mut().enumerate() {
        *cell = at;
    }
    for (i, &x) in a.iter().enumerate() {
        let (now, last, before) = ((i + 1) % 3, i % 3, (i + 2) % 3);
        rows[now][0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let mut least =
                (rows[last][j + 1] + 1).min(rows[now][j] + 1).min(rows[last][j] + usize::from(x != y));
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                least = least.min(rows[before][j - 1] + 1);
            }
            rows[now][j + 1] = least;
        }
    }
    rows[a.len() % 3][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_found() {
        let names = ["workers", "replicas", "queue", "to"];
        let check =
            |written, expected| assert_eq!(nearest(written, &mut names.into_iter()), expected, "{written}");
        check("worker", Some("workers"));
        check("wrokers", Some("workers"));
        check("replica", Some("replicas"));
        check("ot", Some("to"));
        check("timeout", None);
        check(&"w".repeat(1000), None);
    }

    #[test]
    fn distances_are_those_of_the_definition() {
        for (a, b, expected) in [("", "abc", 3), ("abc", "", 3), ("ab", "ba", 1), ("kitten", "sitting", 3)] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }
}
