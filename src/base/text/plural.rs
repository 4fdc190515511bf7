//! Which form of a word goes with a number: the plural rules of Unicode's CLDR, as it writes them.
//!
//! A language has up to six forms. Its file says which number takes which, in the language of
//! <https://unicode.org/reports/tr35/tr35-numbers.html#Language_Plural_Rules>: `"one": "i = 1 and v = 0"`. What no rule
//! is about takes the form `other`.

/// The forms of a word. Languages use them as they need them: English `One` and `Other`, Arabic all six.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Form {
    /// `zero`.
    Zero,
    /// `one`.
    One,
    /// `two`.
    Two,
    /// `few`.
    Few,
    /// `many`.
    Many,
    /// `other`.
    #[default]
    Other,
}

impl Form {
    /// All of them, with what they are called in rules and messages.
    pub const ALL: [(&str, Form); 6] = [
        ("zero", Form::Zero),
        ("one", Form::One),
        ("two", Form::Two),
        ("few", Form::Few),
        ("many", Form::Many),
        ("other", Form::Other),
    ];

    /// The form of this name.
    pub fn named(name: &str) -> Option<Form> {
        Form::ALL.iter().find(|(own, _)| *own == name).map(|(_, form)| *form)
    }
}

/// What rules ask of a number, which depends on how it is written: "1" and "1.0" may take different forms.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Operands {
    /// The whole part.
    pub i: u64,
    /// How many decimals are written.
    pub v: u32,
    /// How many of them are left without the zeros at their end.
    pub w: u32,
    /// The decimals, as a whole number.
    pub f: u64,
    /// The same without the zeros at their end.
    pub t: u64,
    /// The power of ten that is written as a word: 6 of "1.2 million".
    pub e: u32,
}

impl Operands {
    /// Of a whole number.
    pub fn whole(i: u64) -> Operands {
        Operands { i, ..Operands::default() }
    }

    /// Of `units / 10^decimals`, with so many decimals written, and a power of ten behind them.
    pub fn decimal(units: u64, decimals: u32, power: u32) -> Operands {
        // What is written behind the point counts as far as the power of ten does not move it before the point.
        let (decimals, zeros) = (decimals.saturating_sub(power), power.saturating_sub(decimals));
        let scale = 10_u64.saturating_pow(decimals);
        let f = units % scale;
        let (mut t, mut w) = (f, decimals);
        while w > 0 && t % 10 == 0 {
            (t, w) = (t / 10, w - 1);
        }
        let i = (units / scale).saturating_mul(10_u64.saturating_pow(zeros));
        Operands { i, v: decimals, w, f, t, e: power }
    }
}

/// A language's rules, in the order in which they are asked.
#[derive(Clone, Debug, Default)]
pub struct Rules(Vec<(Form, Condition)>);

/// Any of these, each of which is all of those.
type Condition = Vec<Vec<Relation>>;

/// `i % 10 != 2..4, 7`.
#[derive(Clone, Debug)]
struct Relation {
    operand: char,
    modulo: Option<u64>,
    not: bool,
    ranges: Vec<(u64, u64)>,
}

impl Rules {
    /// Adds the rule of a form.
    ///
    /// # Errors
    ///
    /// What could not be read, for whoever writes a language's file.
    pub fn add(&mut self, form: Form, rule: &str) -> Result<(), String> {
        // Behind an @ stand examples.
        let rule = rule.split('@').next().unwrap_or_default();
        let condition =
            condition(rule).ok_or_else(|| ["\"", rule, "\" is no plural rule of CLDR"].concat())?;
        self.0.push((form, condition));
        Ok(())
    }

    /// The form that goes with a number.
    pub fn form(&self, number: &Operands) -> Form {
        let holds = |condition: &Condition| {
            condition.iter().any(|all| all.iter().all(|relation| relation.holds(number)))
        };
        self.0.iter().find(|(_, condition)| holds(condition)).map_or(Form::Other, |(form, _)| *form)
    }
}

impl Relation {
    fn holds(&self, number: &Operands) -> bool {
        let (value, whole) = match self.operand {
            'n' => (number.i, number.t == 0),
            'i' => (number.i, true),
            'v' => (number.v.into(), true),
            'w' => (number.w.into(), true),
            'f' => (number.f, true),
            't' => (number.t, true),
            _ => (number.e.into(), true),
        };
        let value = self.modulo.map_or(value, |modulo| value % modulo);
        // Ranges are of whole numbers.
        let within = whole && self.ranges.iter().any(|(low, high)| (*low..=*high).contains(&value));
        within != self.not
    }
}

fn condition(rule: &str) -> Option<Condition> {
    rule.split(" or ").map(|all| all.split(" and ").map(relation).collect()).collect()
}

fn relation(text: &str) -> Option<Relation> {
    let (before, ranges) = text.split_once('=')?;
    let (before, not) = before.trim_end().strip_suffix('!').map_or((before, false), |before| (before, true));
    let (operand, modulo) = match before.split_once('%') {
        Some((operand, modulo)) => (operand, Some(number(modulo).filter(|modulo| *modulo > 0)?)),
        None => (before, None),
    };
    let operand = match operand.trim() {
        // `c` is another name of `e`.
        "n" | "i" | "v" | "w" | "f" | "t" | "e" | "c" => operand.trim().chars().next()?,
        _ => return None,
    };
    let ranges = ranges.split(',').map(|range| match range.split_once("..") {
        Some((low, high)) => Some((number(low)?, number(high)?)),
        None => number(range).map(|value| (value, value)),
    });
    Some(Relation { operand, modulo, not, ranges: ranges.collect::<Option<_>>()? })
}

fn number(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The operands of a number as CLDR writes its examples: "1.50", "1.2c6".
    fn operands(text: &str) -> Operands {
        let (text, power) = text.split_once('c').unwrap_or((text, "0"));
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let units = [whole, decimals].concat().parse().expect("a number");
        Operands::decimal(units, decimals.len() as u32, power.parse().expect("a power"))
    }

    /// That the rules give each form to the numbers that CLDR gives as its examples.
    fn check(language: &str, rules: &[(&str, &str)], examples: &[(&str, &str)]) {
        let mut read = Rules::default();
        for (form, rule) in rules {
            read.add(Form::named(form).expect("a form"), rule).expect(language);
        }
        for (form, numbers) in examples {
            for number in numbers.split(' ') {
                let found = read.form(&operands(number));
                assert_eq!(Form::named(form), Some(found), "{language}: {number}");
            }
        }
    }

    // Rules and examples: CLDR 48, plurals.xml.

    #[test]
    fn english_and_german_know_one_and_many_as_written() {
        let one = [("one", "i = 1 and v = 0 @integer 1")];
        let examples = [("one", "1"), ("other", "0 2 16 100 1000000 0.0 1.0 1.5 10.0 1.2c6")];
        check("en", &one, &examples);
        check("de", &one, &examples);
        check("ja", &[], &[("other", "0 1 2 15 100 1000000 0.0 1.5")]);
    }

    #[test]
    fn polish_counts_by_the_last_digits() {
        let rules = [
            ("one", "i = 1 and v = 0"),
            ("few", "v = 0 and i % 10 = 2..4 and i % 100 != 12..14"),
            (
                "many",
                "v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14",
            ),
        ];
        let examples = [
            ("one", "1"),
            ("few", "2 3 4 22 24 32 102 1002"),
            ("many", "0 5 19 12 14 21 31 100 1000 1000000"),
            ("other", "0.0 1.5 10.0 1000000.0"),
        ];
        check("pl", &rules, &examples);
    }

    #[test]
    fn arabic_has_all_six() {
        let rules = [
            ("zero", "n = 0"),
            ("one", "n = 1"),
            ("two", "n = 2"),
            ("few", "n % 100 = 3..10"),
            ("many", "n % 100 = 11..99"),
        ];
        let examples = [
            ("zero", "0 0.0 0.00"),
            ("one", "1 1.0"),
            ("two", "2 2.0"),
            ("few", "3 10 103 110 1003 3.0"),
            ("many", "11 26 99 111 1011 11.0"),
            ("other", "100 102 200 202 1000 1000000 0.1 1.7 10.1"),
        ];
        check("ar", &rules, &examples);
    }

    #[test]
    fn french_asks_how_millions_are_written() {
        let rules =
            [("one", "i = 0,1"), ("many", "e = 0 and i != 0 and i % 1000000 = 0 and v = 0 or e != 0..5")];
        let examples = [
            ("one", "0 1 0.0 1.5"),
            ("many", "1000000 1c6 1.2c6 2c6 1.1c6"),
            ("other", "2 17 100 1000 2.0 3.5 1c3 1.1c3 1000000.0"),
        ];
        check("fr", &rules, &examples);
    }

    #[test]
    fn what_is_no_rule_is_refused() {
        for rule in
            ["", "one", "i = ", "x = 1", "i % 0 = 1", "i = 1 and", "i = 1..", "i within 0..1", "i = -1"]
        {
            assert!(Rules::default().add(Form::One, rule).is_err(), "{rule}");
        }
    }
}
