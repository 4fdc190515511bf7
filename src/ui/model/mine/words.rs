//! How long ago something was, and what a system's file is called.

/// What every file of a system ends with.
pub const ENDING: &str = ".cascade.json";

/// A file's name has at most so many characters before its ending.
const LONGEST: usize = 60;

/// How long before `now` something was, both in milliseconds: "5 minutes ago". What is yet to come is just now: clocks
/// are set.
pub fn ago(now: f64, at: f64) -> String {
    let minutes = ((now - at) / 60_000.0).max(0.0) as u64;
    let (hours, days) = (minutes / 60, minutes / (24 * 60));
    match (minutes, hours, days) {
        (0, ..) => text!("mine.just-now").to_owned(),
        (_, 0, _) => say!("mine.minutes-ago", count = minutes),
        (.., 0) => say!("mine.hours-ago", count = hours),
        (.., 0..60) => say!("mine.days-ago", count = days),
        (.., 60..730) => say!("mine.months-ago", count = days / 30),
        _ => say!("mine.years-ago", count = days / 365),
    }
}

/// The name of a system's file: its own in whatever letters, without what a file system or a terminal takes amiss.
pub fn file_name(name: &str) -> String {
    let bad = |c: char| {
        c.is_control()
            || c.is_whitespace()
            || "/\\:*?\"<>|.".contains(c)
            // What turns the direction of writing hides what a file is.
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let mut out = String::new();
    for word in name.split(bad).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push('-');
        }
        out.push_str(word);
    }
    let short: String = out.chars().take(LONGEST).collect();
    let short = short.trim_matches('-');
    [if short.is_empty() { "system" } else { short }, ENDING].concat()
}

/// What a file is about, by its name: without its endings.
pub fn name_of_file(name: &str) -> &str {
    name.strip_suffix(ENDING).or_else(|| name.strip_suffix(".json")).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_ago_is_said_in_whole_words() {
        const MINUTE: f64 = 60_000.0;
        const DAY: f64 = 24.0 * 60.0 * MINUTE;
        let cases = [
            (-DAY, "just now"),
            (0.9 * MINUTE, "just now"),
            (MINUTE, "1 minute ago"),
            (59.9 * MINUTE, "59 minutes ago"),
            (60.0 * MINUTE, "1 hour ago"),
            (0.99 * DAY, "23 hours ago"),
            (DAY, "1 day ago"),
            (59.0 * DAY, "59 days ago"),
            (60.0 * DAY, "2 months ago"),
            (729.0 * DAY, "24 months ago"),
            (800.0 * DAY, "2 years ago"),
            (f64::NAN, "just now"),
        ];
        for (before, says) in cases {
            assert_eq!(ago(1e12, 1e12 - before), says);
        }
    }

    #[test]
    fn a_file_is_called_like_its_system_in_any_language() {
        let cases = [
            ("Order queue", "Order-queue"),
            ("注文キュー", "注文キュー"),
            ("Очередь: заказы?", "Очередь-заказы"),
            ("طابور الطلبات", "طابور-الطلبات"),
            ("../../etc/passwd", "etc-passwd"),
            (".htaccess", "htaccess"),
            ("C:\\a|b*", "C-a-b"),
            ("a\u{202e}gpj.exe", "a-gpj-exe"),
            ("-rf \n", "rf"),
            ("", "system"),
            ("///", "system"),
        ];
        for (name, file) in cases {
            assert_eq!(file_name(name), [file, ENDING].concat());
        }
        let long = file_name(&"ж".repeat(200));
        assert!(long.len() <= 255 && long.starts_with("жж"), "{long}");
        assert_eq!(name_of_file("Order queue.cascade.json"), "Order queue");
        assert_eq!([name_of_file("a.json"), name_of_file("b")], ["a", "b"]);
    }
}
