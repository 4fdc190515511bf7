//! What only whole builds have.
//!
//! The page's first load (feature `lite`) leaves out the parts of the language that none of its own scenarios has. They
//! are refused with a diagnostic, and their code is not in it.

/// Whether this build runs the whole language.
pub const WHOLE: bool = !cfg!(feature = "lite");

/// A part that only whole builds have. In a lite one no such value can exist, and the compiler leaves out whatever
/// needs one.
#[cfg(not(feature = "lite"))]
pub type Large<T> = Box<T>;

/// A part that this build does not have.
#[cfg(feature = "lite")]
#[derive(Clone, Debug, PartialEq)]
pub struct Large<T>(std::convert::Infallible, std::marker::PhantomData<T>);

#[cfg(feature = "lite")]
impl<T> std::ops::Deref for Large<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self.0 {}
    }
}

#[cfg(feature = "lite")]
impl<T> std::ops::DerefMut for Large<T> {
    fn deref_mut(&mut self) -> &mut T {
        match self.0 {}
    }
}

/// Makes a part that only whole builds have; to be reached in no other.
#[cfg(not(feature = "lite"))]
pub fn large<T>(make: impl FnOnce() -> T) -> Large<T> {
    Box::new(make())
}

/// Is not reached: the reader has refused the part.
#[cfg(feature = "lite")]
pub fn large<T>(_: impl FnOnce() -> T) -> Large<T> {
    unreachable!("refused: this build is not whole")
}
