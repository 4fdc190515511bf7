//! The macros that make a type, its table and its documentation out of one declaration.
//!
//! `record!` makes a view of a JSON object: `key: Type = default => shape,` becomes a method that reads the
//! field. Without a default an `Option` may be left out and anything else is required; without a shape the
//! type's own holds. `tagged!` makes an enum of variants by name, `words!`
//! one of plain words.
//!
//! A view borrows the JSON tree and reads a field when it is asked for: what nobody asks for costs no code.

/// A view of a JSON object with known fields.
macro_rules! record {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident<'a> $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $field:ident $($key:literal)? : $ty:ty $(= $given:expr)? $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a>(#[allow(dead_code)] &'a $crate::base::Json);

        const _: () = {
            use $crate::scenario::shape as table;
            #[allow(dead_code)]
            const KEYS: &[&str] = &[$(codec_pick!(stringify!($field) $(, $key)?)),*];

            impl<'a> table::Coded<'a> for $name<'a> {
                const SHAPE: table::Shape = table::Shape::Record(&table::Record {
                    name: stringify!($name),
                    fields: &[ $( table::Field {
                        key: codec_pick!(stringify!($field) $(, $key)?),
                        shape: codec_pick!(<$ty as table::Coded>::SHAPE $(, $shape)?),
                        given: codec_pick!(<$ty as table::Coded>::ABSENT $(, $given)?),
                    } ),* ],
                    check: codec_check!($name $($check)?),
                });

                fn decode(full: &'a $crate::base::Json) -> Self {
                    $name(full)
                }
            }

            /// Places of the fields in the table.
            #[allow(non_camel_case_types, dead_code)]
            enum At { $($field),* }

            impl<'a> $name<'a> {
                $(
                    $(#[doc = $doc])+
                    pub fn $field(self) -> $ty {
                        table::Coded::decode(table::part(self.0, KEYS.len(), At::$field as usize))
                    }
                )*
            }
        };

        codec_docs!($name<'a>, concat!($($about),+), [ $( word!($($doc),+) ),* ]);
    };
}

/// A view of a JSON object with one key (or, for `Kinds`, with a field `kind`): an enum of its variants.
macro_rules! tagged {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident $(<$life:lifetime>)? $how:ident $noun:literal $(check $check:ident)? {
            $(
                $(#[doc = $doc:literal])+
                $variant:ident $key:literal : $ty:ty $(=> $shape:expr)? ,
            )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Clone, Copy, Debug)]
        pub enum $name $(<$life>)? {
            $( $(#[doc = $doc])+ $variant($ty), )*
        }

        const _: () = {
            use $crate::scenario::shape as table;
            impl<'a> table::Coded<'a> for $name $(<$life>)? {
                const SHAPE: table::Shape = table::Shape::$how(&table::Tagged {
                    name: stringify!($name),
                    noun: word!($noun),
                    variants: &[ $( table::Variant {
                        key: $key,
                        shape: codec_pick!(<$ty as table::Coded>::SHAPE $(, $shape)?),
                    } ),* ],
                    check: codec_check!($name $($check)?),
                });

                fn decode(full: &'a $crate::base::Json) -> Self {
                    let (key, value) = table::chosen(full);
                    match key {
                        $( $key => $name::$variant(table::Coded::decode(value)), )*
                        _ => unreachable!("the reader lets no other variant pass"),
                    }
                }
            }
        };

        codec_docs!($name $(<$life>)?, concat!($($about),+), [ $( word!($($doc),+) ),* ]);
    };
}

/// An enum that stands for one of a few words.
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

        impl $crate::scenario::shape::Coded<'_> for $name {
            const SHAPE: $crate::scenario::shape::Shape = $crate::scenario::shape::Shape::Words(&[
                $( $crate::scenario::shape::Word { word: $word } ),*
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

/// What the schema says about a type and its parts. Only the schema refers to it, so that a program that does
/// not print the schema does not carry it.
macro_rules! codec_docs {
    ($name:ident $(<$life:lifetime>)?, $about:expr, $parts:expr) => {
        impl $(<$life>)? $name $(<$life>)? {
            pub(in $crate::scenario) const DOCS: $crate::scenario::schema::Docs =
                $crate::scenario::schema::Docs { name: stringify!($name), about: $about, parts: &$parts };
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

/// The method that checks what holds between the parts, as a table entry.
macro_rules! codec_check {
    ($name:ident) => {
        None
    };
    ($name:ident $check:ident) => {
        Some(|full, reader| <$name as $crate::scenario::shape::Coded>::decode(full).$check(reader))
    };
}
