//! The macros that make a type and its table out of one declaration.
//!
//! A field is one row: `/// meaning`, `#[unit = "requests per second"]`, `#[example("1s")]`, then
//! `key: Type = default => shape,`. The default and the example are written as in JSON. Without a default an `Option`
//! is null and anything else is required; without a shape the type's own holds. `name "key": Type` gives a field of
//! the type another name than its key has, and `#[decode(function)]` decodes it with something else than its type.
//!
//! `record!` makes a struct, `node!` one for a kind of node, `tagged!` an enum of variants by name, `words!` an enum of
//! plain words. A name after the type (`pub struct HedgePlan "Hedge"`) is its name in the schema.

/// A description: for the schema, the reference, and the group `about` of the English texts, which a test holds to it.
/// The page has it from there, in its language.
macro_rules! described {
    ($($about:literal),+) => {
        if cfg!(target_arch = "wasm32") { "" } else { concat!($($about),+) }
    };
}

/// A JSON object with known fields, as a struct.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        $(#[derive($($derive:ident),+)])?
        pub struct $name:ident $($schema:literal)? $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $(#[unit = $unit:literal])?
                $(#[example($example:tt)])?
                $(#[decode($decode:path)])?
                $field:ident $($key:literal)? : $ty:ty $(= $default:tt)? $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq $($(, $derive)+)?)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $ty, )*
        }

        impl $crate::scenario::model::decode::Decode for $name {
            const SHAPE: $crate::scenario::model::shape::Shape =
                $crate::scenario::model::shape::Shape::Record(&$crate::scenario::model::shape::Record {
                    name: pick!(stringify!($name) $(, $schema)?),
                    about: described!($($about),+),
                    fields: &[ $( $crate::scenario::model::shape::Field {
                        key: pick!(stringify!($field) $(, $key)?),
                        about: described!($($doc),+),
                        unit: pick!("" $(, $unit)?),
                        shape: pick!(<$ty as $crate::scenario::model::decode::Decode>::SHAPE $(, $shape)?),
                        default: pick!(
                            <$ty as $crate::scenario::model::decode::Decode>::DEFAULT
                            $(, Some(stringify!($default)))?
                        ),
                        example: pick!(None $(, Some(stringify!($example)))?),
                    } ),* ],
                    check: checked!($name $($check)?),
                });

            fn decode(full: &$crate::base::Json) -> Self {
                const KEYS: &[&str] = &[$(stringify!($field)),*];
                #[allow(unused_mut, unused_variables)]
                let mut fields = $crate::scenario::model::decode::fields(full, KEYS.len());
                $name {
                    $( $field: pick!($crate::scenario::model::decode::Decode::decode $(, $decode)?)(
                        fields.next().unwrap_or(&$crate::base::Json::Null)
                    ), )*
                }
            }
        }
    };
}

/// A kind of node: a record with the fields that every node has.
macro_rules! node {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident $(check $check:ident)? { $($rows:tt)* }
    ) => {
        record! {
            $(#[doc = $about])+
            pub struct $name $(check $check)? {
                /// The name on the screen, in any language. Left out: the id. Paths, conditions and results always use
                /// the id.
                #[example("Ticket shop")]
                label: Option<String>
                    => $crate::scenario::model::shape::Shape::Nullable(&$crate::scenario::model::kinds::LABEL),
                $($rows)*
            }
        }
    };
}

/// A JSON object with one key (or, for `Kinds`, with a field `kind`), as an enum of its variants.
macro_rules! tagged {
    (
        $(#[doc = $about:literal])+
        $(#[derive($($derive:ident),+)])?
        pub enum $name:ident $how:ident $noun:literal $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $(#[decode($decode:path)])?
                $variant:ident $key:literal : $ty:ty $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq $($(, $derive)+)?)]
        // One is decoded at a time, when a scenario is compiled: its size does not matter.
        #[allow(clippy::large_enum_variant)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant($ty), )*
        }

        impl $crate::scenario::model::decode::Decode for $name {
            const SHAPE: $crate::scenario::model::shape::Shape =
                $crate::scenario::model::shape::Shape::$how(&$crate::scenario::model::shape::Tagged {
                    name: stringify!($name),
                    about: described!($($about),+),
                    noun: $noun,
                    variants: &[ $( $crate::scenario::model::shape::Variant {
                        key: $key,
                        about: described!($($doc),+),
                        shape: pick!(<$ty as $crate::scenario::model::decode::Decode>::SHAPE $(, $shape)?),
                    } ),* ],
                    check: checked!($name $($check)?),
                });

            fn decode(full: &$crate::base::Json) -> Self {
                let (key, value) = $crate::scenario::model::shape::chosen(full);
                match key {
                    $( $key => $name::$variant(
                        pick!($crate::scenario::model::decode::Decode::decode $(, $decode)?)(value)
                    ), )*
                    _ => unreachable!("the reader lets no other variant pass"),
                }
            }
        }
    };
}

/// One of a few words, as an enum.
macro_rules! words {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident $word:literal,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant, )*
        }

        impl $crate::scenario::model::decode::Decode for $name {
            const SHAPE: $crate::scenario::model::shape::Shape =
                $crate::scenario::model::shape::Shape::Words(&[
                    $( $crate::scenario::model::shape::Word { word: $word, about: described!($($doc),+) } ),*
                ]);

            fn decode(full: &$crate::base::Json) -> Self {
                match full.as_str() {
                    $( Some($word) => $name::$variant, )*
                    _ => unreachable!("the reader lets no other word pass"),
                }
            }
        }
    };
}

/// The second where there is one, else the first.
macro_rules! pick {
    ($first:expr) => {
        $first
    };
    ($first:expr, $second:expr) => {
        $second
    };
}

/// The method that checks what holds between the parts, as a table entry.
macro_rules! checked {
    ($name:ident) => {
        None
    };
    ($name:ident $check:ident) => {
        Some(|full, at, report| {
            <$name as $crate::scenario::model::decode::Decode>::decode(full).$check(at, report)
        })
    };
}
