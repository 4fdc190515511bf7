//! Whether a lesson reads easily: by Flesch's formula, a step at a time, and by its longest sentence.
//!
//! Reading ease = 206.835 − 1.015 × words a sentence − 84.6 × syllables a word. (R. Flesch, "A new readability
//! yardstick", Journal of Applied Psychology 32, 1948, pages 221 to 233.) 60 to 70 is plain English. Flesch counts what a
//! colon or a semicolon ends as a sentence. The formula was made for English, so other languages are not measured.

use cascade::lesson::{Lesson, Span};

use super::complete::texts;
use super::mistake::Mistakes;
use super::source::Source;

/// The least reading ease of a step's text.
const EASE: f64 = 60.0;

/// The most words in a sentence, however easy its words are.
const LONGEST: usize = 35;

/// Complains of steps that are hard to read, at their headings.
pub fn readable(lesson: &Lesson, source: &Source, mistakes: &mut Mistakes) {
    for (step, lines) in lesson.steps.iter().zip(&source.steps) {
        let mut text = String::new();
        for spans in texts(step) {
            text.extend(spans.iter().map(Span::words));
            text.push('\n');
        }
        let line = lines.heading.line;
        let ease = ease(&text);
        if ease < EASE {
            let what = format!("the step's reading ease is {ease:.0}, below {EASE}");
            mistakes.add(line, what, "use shorter sentences and shorter words");
        }
        if let Some((words, sentence)) = longest(&text).filter(|(words, _)| *words > LONGEST) {
            let start: Vec<&str> = sentence.split_whitespace().take(6).collect();
            let what = format!("a sentence has {words} words: \"{} …\"", start.join(" "));
            mistakes.add(line, what, format!("split it: at most {LONGEST} words"));
        }
    }
}

/// Flesch's reading ease: the higher, the easier; 100 where there are no words.
fn ease(text: &str) -> f64 {
    let sentences = parts(text, &['.', '!', '?', ':', ';', '\n']).count();
    let (mut count, mut syllables) = (0, 0);
    for word in words(text) {
        count += 1;
        syllables += of_word(word);
    }
    if count == 0 {
        return 100.0;
    }
    let (count, syllables, sentences) = (f64::from(count), f64::from(syllables), sentences.max(1) as f64);
    206.835 - 1.015 * count / sentences - 84.6 * syllables / count
}

/// The sentence with the most words, and how many it has.
fn longest(text: &str) -> Option<(usize, &str)> {
    let counted = parts(text, &['.', '!', '?', '\n']).map(|part| (words(part).count(), part.trim()));
    counted.max_by_key(|(count, _)| *count)
}

/// The parts of a text that end with one of these signs and a space; a point inside "0.3" ends none.
fn parts<'a>(text: &'a str, ends: &'static [char]) -> impl Iterator<Item = &'a str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let is_end = |(at, sign): (usize, char)| {
            let after = at + sign.len_utf8();
            let ends_here = sign == '\n' || rest[after..].chars().next().is_none_or(char::is_whitespace);
            (ends.contains(&sign) && ends_here).then_some(after)
        };
        let end = rest.char_indices().find_map(is_end).unwrap_or(rest.len());
        let (part, after) = rest.split_at(end);
        rest = after;
        Some(part)
    })
    .filter(|part| words(part).next().is_some())
}

/// The words of a text: what has a letter or a digit in it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric))
}

/// The syllables of a word, estimated: groups of vowels, without a silent e at the end; a number counts as one.
fn of_word(word: &str) -> u32 {
    let letters: String =
        word.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    let is_vowel = |letter: char| "aeiouy".contains(letter);
    let mut before = ' ';
    let mut groups = 0;
    for letter in letters.chars() {
        groups += u32::from(is_vowel(letter) && !is_vowel(before));
        before = letter;
    }
    let ends = |with: &[&str]| with.iter().any(|end| letters.ends_with(end));
    let is_silent = match () {
        () if ends(&["le", "ee", "ye"]) => false,
        () if ends(&["ses", "xes", "zes", "ches", "shes", "ces", "ges", "les", "ted", "ded"]) => false,
        () => ends(&["e", "es", "ed"]),
    };
    if is_silent && groups > 1 { groups - 1 } else { groups.max(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_counted_well_enough() {
        for (word, syllables) in [
            ("the", 1),
            ("queue", 1),
            ("waits", 1),
            ("called", 1),
            ("waited", 2),
            ("service", 2),
            ("table", 2),
            ("messages", 3),
            ("computing", 3),
            ("availability", 6),
            ("300", 1),
        ] {
            assert_eq!(of_word(word), syllables, "{word}");
        }
    }

    #[test]
    fn known_texts_have_the_ease_that_the_formula_gives_them() {
        // 6 words of one syllable in one sentence.
        assert!((ease("The cat sat on the mat.") - (206.835 - 1.015 * 6.0 - 84.6)).abs() < 1e-9);
        // Two sentences of two words each, with seven syllables in all.
        assert!(
            (ease("Systems wait. We recover.") - (206.835 - 1.015 * 2.0 - 84.6 * 7.0 / 4.0)).abs() < 1e-9
        );
        let plain = "The shop calls the stock service and waits. When stock is slow, the shop is slow too.";
        let stiff = "Availability considerations necessitate the implementation of sophisticated redundancy.";
        assert!(ease(plain) > 80.0 && ease(stiff) < 0.0, "{} {}", ease(plain), ease(stiff));
        assert_eq!(ease(" … "), 100.0);
    }

    #[test]
    fn a_sentence_ends_where_a_reader_takes_a_breath() {
        let text = "It takes 0.3 s. That is: one, two\nand three";
        let sentences: Vec<&str> = parts(text, &['.', '\n']).map(str::trim).collect();
        assert_eq!(sentences, ["It takes 0.3 s.", "That is: one, two", "and three"]);
        assert_eq!(longest(text), Some((4, "That is: one, two")));
        assert_eq!(longest(""), None);
    }
}
