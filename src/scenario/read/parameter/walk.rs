//! The walk over a part of a scenario along its shape: what each parameter is and may be.

use super::control::{Choice, Control, MOST_PARAMETERS, Parameter, Parameters};
use super::start;
use crate::base::{Json, parse_duration};
use crate::scenario::model::decode::Decode;
use crate::scenario::model::dist::Dist;
use crate::scenario::model::shape::{Bounds, Field, Record, Shape, Tagged, Word, about, chosen};

/// The name of the type of a step, which stays what it is.
const STEP: &str = "Step";

/// All parameters of a value of this shape.
pub fn walk(full: &Json, path: String, key: &str, shape: &Shape, value: &Json) -> Parameters {
    let mut walk = Walk { full, left: MOST_PARAMETERS, cut: false };
    let root =
        walk.of(Slot { path, key: key.to_owned(), about: "", default: None, example: None }, shape, value);
    Parameters { root, cut: walk.cut }
}

/// Where a parameter is, and what is known of it from there.
struct Slot {
    path: String,
    key: String,
    about: &'static str,
    default: Option<Json>,
    example: Option<Json>,
}

impl Slot {
    /// A part of it under a field's name.
    fn inside(&self, key: &str, default: Option<Json>) -> Slot {
        Slot { path: [&self.path, ".", key].concat(), key: key.to_owned(), about: "", default, example: None }
    }

    /// A part of it by its place in a list.
    fn item(&self, at: usize) -> Slot {
        let key = at.to_string();
        Slot { path: [&self.path, "[", &key, "]"].concat(), key, about: "", default: None, example: None }
    }

    /// The same place under another name.
    fn called(&self, key: &str) -> Slot {
        Slot {
            path: self.path.clone(),
            key: key.to_owned(),
            about: "",
            default: self.default.clone(),
            example: None,
        }
    }
}

/// A walk over a part of a scenario, along its shape.
struct Walk<'a> {
    full: &'a Json,
    left: usize,
    cut: bool,
}

impl Walk<'_> {
    fn of(&mut self, place: Slot, shape: &Shape, value: &Json) -> Parameter {
        match shape {
            Shape::Nullable(Shape::Node(kinds)) => {
                let nobody = Choice { word: "none".to_owned(), own: false, value: Json::Null };
                let nodes = self.nodes(kinds).map(|id| Choice {
                    word: id.clone(),
                    own: true,
                    value: id.as_str().into(),
                });
                leaf(place, choice(std::iter::once(nobody).chain(nodes).collect(), value), value)
            }
            Shape::Nullable(_) if *value == Json::Null => {
                let start = start::of(&place.path, place.example.clone(), shape, self.full);
                leaf(place, Control::Absent(start), value)
            }
            Shape::Nullable(Shape::Name) => with_removal(leaf(place, Control::Text(40), value)),
            Shape::Nullable(inner) => {
                let before = place.default.clone();
                let own = Slot { default: before.clone().filter(|given| *given != Json::Null), ..place };
                let mut found = self.of(own, inner, value);
                found.removable = true;
                found.changed |= before.is_some_and(|before| !same(&before, value));
                found.default = found.default.or(Some(Json::Null));
                found
            }
            Shape::Flag => leaf(place, Control::Switch([false.into(), true.into()]), value),
            Shape::Number(bounds) => leaf(place, number(bounds), value),
            Shape::Duration(least) => leaf(place, Control::Duration(least.0 > 0), value),
            Shape::Text(most) => leaf(place, Control::Text(*most), value),
            Shape::Any | Shape::Name | Shape::Operation(_) | Shape::Path | Shape::Node(_) => {
                leaf(place, Control::Fixed, value)
            }
            Shape::Words(words) => leaf(place, choice(words.iter().map(word).collect(), value), value),
            Shape::Either(first, other) => self.either(place, first, other, value),
            Shape::Tagged(tagged) if tagged.name == STEP => self.step(place, tagged, value),
            Shape::Tagged(tagged) => self.forms(place, tagged, start::forms(tagged.name, value), value),
            Shape::Kinds(tagged) => {
                let kind = chosen(value).0;
                let variant = tagged.variant(kind);
                match variant.map(|variant| variant.shape) {
                    Some(Shape::Record(record)) => self.record(place, record, value),
                    _ => leaf(place, Control::Fixed, value),
                }
            }
            Shape::Record(record) => self.record(place, record, value),
            Shape::Pair(shapes) => {
                let items = value.items().iter().zip(shapes.iter()).enumerate();
                let parts = items.map(|(at, (item, shape))| self.of(place.item(at), shape, item)).collect();
                group(place, value, parts)
            }
            Shape::List(Shape::Words(words), _) => self.words(place, words, value),
            Shape::List(of, _) => self.items(place, of, value),
            Shape::Steps(step) => self.items(place, step(), value),
            Shape::Map(of, ..) => {
                let mut parts = Vec::new();
                for (key, item) in value.members() {
                    if self.is_full() {
                        break;
                    }
                    parts.push(self.of(place.inside(key, None), of, item));
                }
                group(place, value, parts)
            }
        }
    }

    /// Whether there is no room for more; takes the room for one.
    fn is_full(&mut self) -> bool {
        self.cut |= self.left == 0;
        self.left = self.left.saturating_sub(1);
        self.cut
    }

    /// The ids of the nodes of these kinds.
    fn nodes(&self, kinds: &'static [&'static str]) -> impl Iterator<Item = &String> {
        let nodes = self.full.get("nodes").map_or(&[][..], Json::members);
        let fits = move |node: &Json| kinds.contains(&node.get("kind").and_then(Json::as_str).unwrap_or(""));
        nodes.iter().filter(move |(_, node)| fits(node)).map(|(id, _)| id)
    }

    fn items(&mut self, place: Slot, of: &Shape, value: &Json) -> Parameter {
        let mut parts = Vec::new();
        for (at, item) in value.items().iter().enumerate() {
            if self.is_full() {
                break;
            }
            parts.push(self.of(place.item(at), of, item));
        }
        group(place, value, parts)
    }

    fn record(&mut self, place: Slot, record: &'static Record, value: &Json) -> Parameter {
        let parts = self.fields(&place, record, value);
        group(place, value, parts)
    }

    fn fields(&mut self, place: &Slot, record: &'static Record, value: &Json) -> Vec<Parameter> {
        let mut parts = Vec::new();
        for field in record.fields {
            if self.is_full() {
                break;
            }
            let own = value.get(field.key).unwrap_or(&Json::Null);
            let mut inside = place.inside(field.key, default(field, place.default.as_ref()));
            inside.about = about(record.name, field.key).known().unwrap_or_default();
            inside.example = field.example();
            parts.push(self.of(inside, &field.shape, own));
        }
        parts
    }

    /// A list of words is a switch for each word.
    fn words(&mut self, place: Slot, words: &'static [Word], value: &Json) -> Parameter {
        let has = |list: &Json, word: &str| list.items().iter().any(|item| item.as_str() == Some(word));
        let with = |word: &str, on: bool| {
            let kept = words.iter().filter(|each| if each.word == word { on } else { has(value, each.word) });
            Json::Array(kept.map(|each| each.word.into()).collect())
        };
        let default = place.default.clone();
        let part = |word: &'static str| {
            let given = default.as_ref().map(|list| Json::Bool(has(list, word)));
            let own = Slot { default: given, ..place.called(word) };
            leaf(own, Control::Switch([with(word, false), with(word, true)]), &Json::Bool(has(value, word)))
        };
        let parts = words.iter().map(|word| part(word.word)).collect();
        group(place, value, parts)
    }

    /// A step is called what it does; it stays that.
    fn step(&mut self, place: Slot, tagged: &'static Tagged, value: &Json) -> Parameter {
        let key = chosen(value).0.to_owned();
        let parts = self.variant(&place, tagged, value);
        let about = variant_about(tagged, &key);
        group(Slot { key, about, default: None, ..place }, value, parts)
    }

    /// One of several forms, each with its own parts.
    fn forms(
        &mut self,
        place: Slot,
        tagged: &'static Tagged,
        starts: Vec<(String, Json)>,
        value: &Json,
    ) -> Parameter {
        let now = chosen(value).0;
        let forms = starts.into_iter().map(|(key, start)| {
            let value = if key == now { value.clone() } else { start };
            Choice { word: key, own: false, value }
        });
        let forms: Vec<Choice> = forms.collect();
        let at = forms.iter().position(|form| form.word == now).unwrap_or(0);
        let parts = self.variant(&place, tagged, value);
        with_parts(leaf(place, Control::Choice(forms, at), value), parts)
    }

    /// What stands behind the form that a value has.
    fn variant(&mut self, place: &Slot, tagged: &'static Tagged, value: &Json) -> Vec<Parameter> {
        let (key, inner) = chosen(value);
        let Some(variant) = tagged.variant(key) else {
            return Vec::new();
        };
        // The default has parts only where it has the same form.
        let default = place.default.as_ref().and_then(|default| default.get(key)).cloned();
        let inside = place.inside(key, default);
        match variant.shape {
            Shape::Record(record) => self.fields(&inside, record, inner),
            shape => vec![self.of(Slot { about: variant_about(tagged, key), ..inside }, &shape, inner)],
        }
    }

    fn either(
        &mut self,
        place: Slot,
        first: &'static Shape,
        other: &'static Shape,
        value: &Json,
    ) -> Parameter {
        match (first, other) {
            // Constant, or one of the forms.
            (Shape::Duration(_) | Shape::Number(_), Shape::Tagged(tagged)) => {
                let starts = match first {
                    Shape::Number(_) => start::numbers(value, tagged),
                    _ => start::spreads(&Dist::decode(value)),
                };
                if first.is_written_as(value) {
                    let at = starts.iter().position(|(key, _)| key == start::CONSTANT).unwrap_or(0);
                    let mut forms: Vec<Choice> =
                        starts.into_iter().map(|(word, value)| Choice { word, own: false, value }).collect();
                    forms[at].value = value.clone();
                    let default = place.default.clone().filter(|default| first.is_written_as(default));
                    let own = Slot { default, ..place.called(start::CONSTANT) };
                    let part = self.of(own, first, value);
                    return with_parts(leaf(place, Control::Choice(forms, at), value), vec![part]);
                }
                self.forms(place, tagged, starts, value)
            }
            // How much a log keeps: by time or by number.
            (Shape::Duration(_), Shape::Number(bounds)) => {
                let by_time = matches!(value, Json::String(_));
                let mut forms = start::retention();
                let at = usize::from(!by_time);
                forms[at].value = value.clone();
                let control = if by_time { Control::Duration(true) } else { number(bounds) };
                let part = leaf(Slot { default: None, ..place.called(&forms[at].word) }, control, value);
                with_parts(leaf(place, Control::Choice(forms, at), value), vec![part])
            }
            // Words, and numbers that are words as well.
            (Shape::Words(words), Shape::Number(bounds)) => {
                let numbers = (bounds.min as u32..=bounds.max as u32).map(|n| Choice {
                    word: n.to_string(),
                    own: true,
                    value: Json::Number(n.into()),
                });
                let all = numbers.chain(words.iter().map(word));
                leaf(place, choice(all.collect(), value), value)
            }
            _ => leaf(place, Control::Fixed, value),
        }
    }
}

/// What a choice's documentation says about one of its forms.
fn variant_about(tagged: &Tagged, key: &str) -> &'static str {
    about(tagged.name, key).known().unwrap_or_default()
}

/// What holds for a field that is left out: what the whole record's default says of it, or else its own.
fn default(field: &Field, whole: Option<&Json>) -> Option<Json> {
    whole.and_then(|whole| whole.get(field.key)).cloned().or_else(|| field.default())
}

fn leaf(place: Slot, control: Control, value: &Json) -> Parameter {
    let Slot { path, key, about, default, .. } = place;
    let changed = default.as_ref().is_some_and(|default| !same(default, value));
    Parameter {
        path,
        key,
        about,
        control,
        value: value.clone(),
        default,
        changed,
        removable: false,
        parts: Vec::new(),
    }
}

/// Several parameters under one name: changed is what is changed in it.
fn group(place: Slot, value: &Json, parts: Vec<Parameter>) -> Parameter {
    let whole = leaf(Slot { default: None, ..place }, Control::Group, value);
    with_parts(whole, parts)
}

fn with_parts(mut whole: Parameter, parts: Vec<Parameter>) -> Parameter {
    whole.changed |= parts.iter().any(|part| part.changed);
    whole.parts = parts;
    whole
}

fn with_removal(mut parameter: Parameter) -> Parameter {
    parameter.removable = true;
    parameter
}

fn number(bounds: &Bounds) -> Control {
    let Bounds { min, max, above, whole } = *bounds;
    Control::Number { min, max, above, whole }
}

/// One of these; the present one as it is.
fn choice(forms: Vec<Choice>, value: &Json) -> Control {
    let at = forms.iter().position(|form| same(&form.value, value)).unwrap_or(0);
    Control::Choice(forms, at)
}

/// A word of the language as a form of a choice.
fn word(word: &Word) -> Choice {
    Choice { word: word.word.to_owned(), own: false, value: word.word.into() }
}

/// Whether two values mean the same: `"0.1s"` is `"100ms"`, and what an object leaves out is not missed.
fn same(default: &Json, value: &Json) -> bool {
    match (default, value) {
        (Json::String(a), Json::String(b)) => {
            a == b || matches!((parse_duration(a), parse_duration(b)), (Ok(a), Ok(b)) if a == b)
        }
        (Json::Object(members), Json::Object(_)) => {
            members.iter().all(|(key, inner)| value.get(key).is_some_and(|other| same(inner, other)))
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        _ => default == value,
    }
}
