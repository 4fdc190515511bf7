//! The macros that make a type, its table and its documentation out of one declaration.
//!
//! `record!` makes a struct: `key: Type = default => shape,`. Without a default an `Option` may be left out and
//! anything else is required; without a shape the type's own holds; `@later` marks what does not run yet.
//! `tagged!` makes an enum of variants by name, `words!` one of plain words.

/// A struct that stands for a JSON object with known fields.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $(@$later:ident)? $field:ident $($key:literal)? : $ty:ty $(= $given:expr)? $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $( $(#[doc = $doc])+ pub $field: $ty, )*
        }

        const _: () = {
            use $crate::scenario::shape as table;
            static TABLE: table::Record = table::Record {
                name: stringify!($name),
                fields: &[ $( table::Field {
                    key: codec_pick!(stringify!($field) $(, $key)?),
                    shape: codec_pick!(<$ty as table::Coded>::SHAPE $(, $shape)?),
                    given: codec_pick!(<$ty as table::Coded>::ABSENT $(, $given)?),
                    later: codec_later!($($later)?),
                } ),* ],
                check: codec_check!($name $($check)?),
            };
            impl table::Coded for $name {
                const SHAPE: table::Shape = table::Shape::Record(&TABLE);
                #[allow(unused_mut, unused_variables)]
                fn decode(full: &$crate::scenario::Json) -> Self {
                    let mut fields = table::Fields::of(full, TABLE.fields.len());
                    $name { $( $field: fields.take() ),* }
                }
            }
        };

        impl $name {
            /// What the schema says about it.
            #[allow(dead_code)]
            pub(in $crate::scenario) const DOCS: $crate::scenario::schema::Docs =
                $crate::scenario::schema::Docs {
                    name: stringify!($name),
                    about: concat!($($about),+),
                    parts: &[ $( concat!($($doc),+) ),* ],
                };
        }
    };
}

/// An enum that stands for a JSON object with one key (or, for `Kinds`, with a field `kind`).
macro_rules! tagged {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident $how:ident $noun:literal $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $(@$later:ident)? $variant:ident $key:literal : $ty:ty $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Debug, PartialEq)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant($ty), )*
        }

        const _: () = {
            use $crate::scenario::shape as table;
            static TABLE: table::Tagged = table::Tagged {
                name: stringify!($name),
                noun: $noun,
                variants: &[ $( table::Variant {
                    key: $key,
                    shape: codec_pick!(<$ty as table::Coded>::SHAPE $(, $shape)?),
                    later: codec_later!($($later)?),
                } ),* ],
                check: codec_check!($name $($check)?),
            };
            impl table::Coded for $name {
                const SHAPE: table::Shape = table::Shape::$how(&TABLE);
                fn decode(full: &$crate::scenario::Json) -> Self {
                    let (key, value) = table::chosen(full);
                    match key {
                        $( $key => $name::$variant(table::Coded::decode(value)), )*
                        _ => unreachable!("the reader lets no other variant pass"),
                    }
                }
            }
        };

        impl $name {
            /// What the schema says about it.
            #[allow(dead_code)]
            pub(in $crate::scenario) const DOCS: $crate::scenario::schema::Docs =
                $crate::scenario::schema::Docs {
                    name: stringify!($name),
                    about: concat!($($about),+),
                    parts: &[ $( concat!($($doc),+) ),* ],
                };
        }
    };
}

/// An enum that stands for one of a few words.
macro_rules! words {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident {
            $(
                $(#[doc = $doc:literal])+
                $(@$later:ident)? $variant:ident $word:literal,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $( $(#[doc = $doc])+ $variant, )*
        }

        impl $crate::scenario::shape::Coded for $name {
            const SHAPE: $crate::scenario::shape::Shape = $crate::scenario::shape::Shape::Words(&[
                $( $crate::scenario::shape::Word { word: $word, later: codec_later!($($later)?) } ),*
            ]);
            fn decode(full: &$crate::scenario::Json) -> Self {
                match full.as_str() {
                    $( Some($word) => $name::$variant, )*
                    _ => unreachable!("the reader lets no other word pass"),
                }
            }
        }
    };
}

/// The second where there is one, else the first.
macro_rules! codec_pick {
    ($first:expr) => {
        $first
    };
    ($first:expr, $second:expr) => {
        $second
    };
}

/// Whether a part is marked `@later`.
macro_rules! codec_later {
    () => {
        false
    };
    (later) => {
        true
    };
}

/// The method that checks what holds between the parts, as a table entry.
macro_rules! codec_check {
    ($name:ident) => {
        None
    };
    ($name:ident $check:ident) => {
        Some(|full, reader| <$name as $crate::scenario::shape::Coded>::decode(full).$check(reader))
    };
}
