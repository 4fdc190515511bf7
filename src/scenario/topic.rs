//! Topic patterns: which routing keys a binding of a topic exchange matches.
//!
//! Semantics of RabbitMQ's topic exchanges: keys and patterns are words between points; `*` is exactly one word, `#`
//! any number of words, none included. Only a whole word is a wildcard.

/// Whether a pattern matches a routing key. The empty key has no word at all, but `a..b` has three.
///
/// Takes at most (words of the pattern) × (words of the key) comparisons, however many `#` there are.
pub fn topic_matches(pattern: &str, key: &str) -> bool {
    let key: Vec<&str> = words(key).collect();
    // Whether the pattern so far matches the first so many words of the key.
    let mut reached = vec![false; key.len() + 1];
    reached[0] = true;
    for word in words(pattern) {
        if word == "#" {
            let first = reached.iter().position(|&reached| reached).unwrap_or(reached.len());
            reached[first..].fill(true);
        } else {
            for at in (0..key.len()).rev() {
                reached[at + 1] = reached[at] && (word == "*" || word == key[at]);
            }
            reached[0] = false;
        }
    }
    reached[key.len()]
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split('.').filter(move |_| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, matched: &[&str], not: &[&str]) {
        for key in matched {
            assert!(topic_matches(pattern, key), "{pattern:?} matches {key:?}");
        }
        for key in not {
            assert!(!topic_matches(pattern, key), "{pattern:?} does not match {key:?}");
        }
    }

    #[test]
    fn wildcards_are_whole_words() {
        check("", &[""], &["a", "."]);
        check("*", &["a", "*"], &["", "a.b", "."]);
        check("#", &["", "a", "a..b", "."], &[]);
        check("#.#", &["", "a", "a.b"], &[]);
        check("#.*.#", &["a", "a.b", "."], &[""]);
        check("a.*.b", &["a.x.b", "a..b"], &["a.b", "a.x.y.b"]);
        check("a.#.b", &["a.b", "a.x.b", "a.x.y.b", "a.b.b"], &["a", "b", "a.b.c"]);
        check("a*.b#", &["a*.b#"], &["ax.b", "a.b"]);
        check("a.", &["a."], &["a", "a.b"]);
        check("#.b.#", &["b", "a.b", "b.c", "a.b.c"], &["", "a.c"]);
    }

    #[test]
    fn many_wildcards_take_no_longer_than_the_product_of_the_lengths() {
        let pattern = ["#"; 100].join(".a.") + ".b";
        let key = ["a"; 100].join(".");
        assert!(!topic_matches(&pattern, &key));
    }
}
