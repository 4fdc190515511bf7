//! Reads conditions: what is wrong is said with its column, what was expected and how to mend it.

use crate::base::{Json, SimDuration, sort};
use crate::observation::BreakerState;
use crate::scenario::Plan;

use super::measure::entries;
use super::names::{fact, measure};
use super::unit::Unit;
use super::value::{Relation, Sign, Span, Test, Value};

/// What the names of a condition may mean.
#[derive(Clone, Debug, Default)]
pub struct Scope<'a> {
    /// The variants, A first: their plans, and the node that each is mostly about (`view.primary`).
    pub variants: Vec<(&'a Plan, Option<&'a str>)>,
    /// The variant that is meant where none is named; none: it has to be clear.
    pub variant: Option<usize>,
}

/// What is wrong with a condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misread {
    /// At which character, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Over how much time a measure is taken where nothing is said.
const DEFAULT_SPAN: SimDuration = SimDuration::from_millis(1000);

/// Parentheses go at most so deep.
const DEEPEST: usize = 16;

pub(super) type Read<T> = Result<T, Misread>;

/// Reads a condition: what must hold, and for how long.
pub(super) fn condition(text: &str, scope: &Scope) -> Read<(Test, SimDuration)> {
    let mut reader = Reader { text, at: 0, scope, depth: 0 };
    let test = reader.either()?;
    let test = reader.test(test, 0)?;
    let lasting = if reader.word("for") { reader.duration()? } else { SimDuration::ZERO };
    reader.end()?;
    Ok((test, lasting))
}

/// Reads a number and its unit.
pub(super) fn quantity(text: &str, scope: &Scope) -> Read<(Value, Unit)> {
    let mut reader = Reader { text, at: 0, scope, depth: 0 };
    let found = reader.sum()?;
    let found = reader.number(found, 0)?;
    reader.end()?;
    Ok(found)
}

/// What was read: something that is so or not, or a number.
enum Found {
    Test(Test),
    Number(Value, Unit),
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// Where reading goes on, in bytes.
    pub(super) at: usize,
    scope: &'a Scope<'a>,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn either(&mut self) -> Read<Found> {
        self.joined("or", Reader::both, Test::Any)
    }

    fn both(&mut self) -> Read<Found> {
        self.joined("and", Reader::single, Test::All)
    }

    fn joined(
        &mut self,
        word: &str,
        part: fn(&mut Self) -> Read<Found>,
        join: fn(Vec<Test>) -> Test,
    ) -> Read<Found> {
        let start = self.here();
        let first = part(self)?;
        if !self.word(word) {
            return Ok(first);
        }
        let mut tests = vec![self.test(first, start)?];
        loop {
            let start = self.here();
            let next = part(self)?;
            tests.push(self.test(next, start)?);
            if !self.word(word) {
                return Ok(Found::Test(join(tests)));
            }
        }
    }

    fn single(&mut self) -> Read<Found> {
        if self.word("not") {
            let start = self.here();
            let found = self.deeper(Reader::single)?;
            return Ok(Found::Test(Test::Not(Box::new(self.test(found, start)?))));
        }
        let start = self.here();
        let left = self.sum()?;
        let relation = if self.sign("<=") {
            Relation::AtMost
        } else if self.sign(">=") {
            Relation::AtLeast
        } else if self.sign("<") {
            Relation::Below
        } else if self.sign(">") {
            Relation::Above
        } else {
            return Ok(left);
        };
        let (left, unit) = self.number(left, start)?;
        let start = self.here();
        let right = self.sum()?;
        let (right, other) = self.number(right, start)?;
        let zero = |number: &Value| *number == Value::Number(0.0);
        let fits = unit.with(other).is_some() || zero(&left) || zero(&right);
        let too_large =
            matches!((unit, other, &right), (Unit::Share, Unit::Bare, Value::Number(n)) if *n > 1.0);
        if !fits || too_large {
            let message = say!("condition.compares", left = unit.says(), right = other.says());
            return Err(self.misread(start, message, unit.example().to_owned()));
        }
        Ok(Found::Test(Test::Compare(relation, Box::new((left, right)))))
    }

    fn sum(&mut self) -> Read<Found> {
        self.chain(&[("+", Sign::Plus), ("-", Sign::Minus)], Reader::product, |_, a, b| a.with(b))
    }

    fn product(&mut self) -> Read<Found> {
        let unit = |sign, a: Unit, b| if sign == Sign::Times { a.times(b) } else { a.over(b) };
        self.chain(&[("*", Sign::Times), ("/", Sign::Over)], Reader::part, unit)
    }

    fn chain(
        &mut self,
        signs: &[(&str, Sign)],
        part: fn(&mut Self) -> Read<Found>,
        joined: fn(Sign, Unit, Unit) -> Option<Unit>,
    ) -> Read<Found> {
        let start = self.here();
        let mut found = part(self)?;
        while let Some(sign) = signs.iter().find(|(sign, _)| self.sign(sign)).map(|(_, sign)| *sign) {
            let (left, unit) = self.number(found, start)?;
            let at = self.here();
            let right = part(self)?;
            let (right, other) = self.number(right, at)?;
            let Some(unit) = joined(sign, unit, other) else {
                let message = say!("condition.not-together", left = unit.says(), right = other.says());
                return Err(self.misread(at, message, other.example().to_owned()));
            };
            found = Found::Number(Value::Joined(sign, Box::new((left, right))), unit);
        }
        Ok(found)
    }

    fn part(&mut self) -> Read<Found> {
        let start = self.here();
        if self.sign("(") {
            let found = self.deeper(Reader::either)?;
            self.must(")")?;
            return Ok(found);
        }
        if self.sign("-") {
            let start = self.here();
            let found = self.deeper(Reader::part)?;
            let (value, unit) = self.number(found, start)?;
            let sides = Box::new((Value::Number(0.0), value));
            return Ok(Found::Number(Value::Joined(Sign::Minus, sides), unit));
        }
        let digits = self.take(|c| c.is_ascii_digit() || c == '.');
        if digits.is_empty() {
            return self.named();
        }
        let Ok(Json::Number(number)) = Json::parse(digits) else {
            return Err(self.wrong(start, problem!("condition.not-a-number", text = digits)));
        };
        let (number, unit) = if self.sign("%") {
            (number / 100.0, Unit::Share)
        } else if self.word("ms") {
            (number / 1000.0, Unit::Time)
        } else if self.word("s") {
            (number, Unit::Time)
        } else if self.per_second() {
            (number, Unit::Rate)
        } else {
            (number, Unit::Bare)
        };
        Ok(Found::Number(Value::Number(number), unit))
    }

    fn per_second(&mut self) -> bool {
        let before = self.at;
        let found = self.sign("/") && self.word("s");
        if !found {
            self.at = before;
        }
        found
    }

    /// A measure or a fact.
    fn named(&mut self) -> Read<Found> {
        let start = self.here();
        let mut name = self.name();
        let variant = match name {
            "A" | "B" => {
                self.must(".")?;
                let variant = usize::from(name == "B");
                if variant >= self.scope.variants.len() {
                    return Err(self.wrong(start, problem!("condition.no-b")));
                }
                name = self.name();
                Some(variant)
            }
            _ => None,
        };
        if name.is_empty() {
            return Err(self.expected(text!("condition.a-number")));
        }
        let inside = self.arguments()?;
        let fact = matches!(name, "breaker" | "crashed" | "broken" | "rebalanced");
        if fact {
            return self.fact(name, inside, variant, start).map(Found::Test);
        }
        if entries().all(|entry| entry.name != name) {
            let mut names: Vec<&str> = entries().map(|entry| entry.name).collect();
            sort(&mut names);
            names.dedup();
            return Err(
                self.wrong(start, problem!("condition.no-measure", name = name, names = &names.join(", ")))
            );
        }
        let found = self.in_variants(variant, start, |plan, primary| measure(name, inside, plan, primary))?;
        let (variant, (measure, unit)) = found;
        let at = self.here();
        let span = self.span(variant)?;
        let unit = match span {
            Span::Total if !measure.counts() => {
                return Err(self.wrong(at, problem!("condition.no-total", name = name)));
            }
            Span::Total => Unit::Count,
            _ => unit,
        };
        Ok(Found::Number(Value::Measured { variant, measure, span }, unit))
    }

    /// What stands in parentheses after a name: the thing, and what follows a comma.
    fn arguments(&mut self) -> Read<Option<(&'a str, Option<&'a str>)>> {
        if !self.sign("(") {
            return Ok(None);
        }
        let inside = self.take(|c| c != ')' && c != '(');
        self.must(")")?;
        let (thing, further) =
            inside.split_once(',').map_or((inside, None), |(thing, more)| (thing, Some(more.trim())));
        Ok(Some((thing.trim(), further)))
    }

    /// Finds something in the variant that is named, or in the one that is meant.
    fn in_variants<T>(
        &mut self,
        variant: Option<usize>,
        start: usize,
        find: impl Fn(&Plan, Option<&str>) -> Result<T, [String; 2]>,
    ) -> Read<(usize, T)> {
        let variants = &self.scope.variants;
        let named = variant.or(self.scope.variant).or((variants.len() == 1).then_some(0));
        let mut found = Vec::new();
        let mut wrong = None;
        for (at, (plan, primary)) in variants.iter().enumerate() {
            if named.is_none_or(|named| named == at) {
                match find(plan, *primary) {
                    Ok(thing) => found.push((at, thing)),
                    Err(why) => wrong = Some(why),
                }
            }
        }
        let clear = found.len() == 1;
        match found.pop() {
            Some(found) if clear => Ok(found),
            Some(_) => Err(self.wrong(start, problem!("condition.both-have"))),
            None => {
                let [message, help] = wrong.unwrap_or_default();
                Err(self.misread(start, message, help))
            }
        }
    }

    fn fact(
        &mut self,
        name: &str,
        inside: Option<(&str, Option<&str>)>,
        variant: Option<usize>,
        start: usize,
    ) -> Read<Test> {
        let Some((thing, None)) = inside else {
            return Err(self.wrong(start, problem!("condition.about-what", name = name)));
        };
        let state = if name == "breaker" { Some(self.state()?) } else { None };
        let (variant, fact) = self.in_variants(variant, start, |plan, _| fact(name, thing, state, plan))?;
        let over = if self.word("over") { Some(self.duration()?) } else { None };
        Ok(Test::Fact { variant, fact, over })
    }

    fn state(&mut self) -> Read<(BreakerState, bool)> {
        let start = self.here();
        let known = [
            ("open", BreakerState::Open, false),
            ("closed", BreakerState::Closed, false),
            ("half-open", BreakerState::HalfOpen, false),
            ("opened", BreakerState::Open, true),
            ("reclosed", BreakerState::Closed, true),
            ("half-opened", BreakerState::HalfOpen, true),
        ];
        let word = self.take(|c| c.is_ascii_alphabetic() || c == '-');
        match known.iter().find(|(name, ..)| *name == word) {
            Some((_, state, turned)) => Ok((*state, *turned)),
            None => {
                let names: Vec<&str> = known.iter().map(|(name, ..)| *name).collect();
                Err(self.wrong(start, problem!("condition.no-state", text = word, names = &names.join(", "))))
            }
        }
    }

    fn span(&mut self, variant: usize) -> Read<Span> {
        if self.word("over") {
            return self.length().map(Span::Last);
        }
        if self.word("in") {
            return if self.word("total") {
                Ok(Span::Total)
            } else {
                Err(self.expected(text!("condition.total")))
            };
        }
        if !self.word("within") {
            return Ok(Span::Last(DEFAULT_SPAN));
        }
        let length = self.length()?;
        let after = self.word("after");
        if !after && !self.word("before") {
            return Err(self.expected(text!("condition.around")));
        }
        let began = self.word("fault");
        if !began && !self.word("repair") {
            return Err(self.expected(text!("condition.moment")));
        }
        let start = self.here();
        let node = match self.arguments()? {
            None => None,
            Some((id, _)) => match self.scope.variants[variant].0.node(id) {
                Some(node) => Some(node),
                None => {
                    return Err(self.wrong(start, problem!("condition.no-node", id = id)));
                }
            },
        };
        Ok(Span::Around { length, after, began, node })
    }

    fn test(&self, found: Found, start: usize) -> Read<Test> {
        match found {
            Found::Test(test) => Ok(test),
            Found::Number(..) => Err(self.wrong(self.here().max(start), problem!("condition.number-alone"))),
        }
    }

    fn number(&self, found: Found, start: usize) -> Read<(Value, Unit)> {
        match found {
            Found::Number(value, unit) => Ok((value, unit)),
            Found::Test(_) => Err(self.wrong(start, problem!("condition.fact-for-number"))),
        }
    }

    /// Reads something that may contain its like, down to a bound.
    fn deeper(&mut self, read: fn(&mut Self) -> Read<Found>) -> Read<Found> {
        if self.depth == DEEPEST {
            return Err(self.wrong(self.here(), problem!("condition.too-deep")));
        }
        self.depth += 1;
        let found = read(self);
        self.depth -= 1;
        found
    }
}
